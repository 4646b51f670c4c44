package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

func (a *app) manCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "man DIR",
		Short: "Write the man pages",
		Long: "Man writes one page a verb into DIR, which it makes if need be. Where MANPATH names the folder\n" +
			"above a man1, man finds them there.",
		Example: "  codicil man ~/.local/share/man/man1",
		Args:    cobra.ExactArgs(1),
		RunE:    func(cmd *cobra.Command, args []string) error { return a.man(cmd.Root(), args[0]) },
	}
}

func (a *app) man(root *cobra.Command, dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("make the folder of the man pages: %w", err)
	}
	day := a.today().Time()
	header := &doc.GenManHeader{Title: "CODICIL", Section: "1", Date: &day, Source: "codicil " + version(), Manual: "Codicil"}
	if err := doc.GenManTree(root, header, dir); err != nil {
		return fmt.Errorf("write the man pages: %w", err)
	}
	a.say("wrote the man pages to %s", dir)
	return nil
}
