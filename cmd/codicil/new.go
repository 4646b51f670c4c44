package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/codicil/codicil/policy/config"
	"github.com/codicil/codicil/policy/starter"
)

func (a *app) newCommand() *cobra.Command {
	var title string
	cmd := &cobra.Command{
		Use:   "new ID",
		Short: "Begin a policy: a text with front matter and clauses",
		Long: "New writes ID.md beside the configuration, with front matter and a few clauses to replace.\n" +
			"It never writes over a text. The text is a draft: it is published once you take `draft: true` out\n" +
			"and commit it.",
		Example: "  codicil new terms\n  codicil new cookies --title \"Cookie policy\"",
		Args:    cobra.ExactArgs(1),
		RunE:    func(_ *cobra.Command, args []string) error { return a.newPolicy(args[0], title) },
	}
	cmd.Flags().StringVar(&title, "title", "", "`TITLE` of the policy (default: made from ID)")
	return cmd
}

func (a *app) newPolicy(id, title string) error {
	if err := starter.CheckID(id); err != nil {
		return asUsage(err)
	}
	cfg, err := config.Load(a.config)
	if err != nil {
		return err
	}
	file, err := starter.Text(cfg.Dir, id, title, a.today())
	if err != nil {
		return err
	}
	if a.json {
		return printJSON(a.stdout, map[string]string{"id": id, "file": file})
	}
	fmt.Fprintf(a.stdout, "wrote %s\n", file)
	a.say("replace what is in brackets; to publish version 1.0, take `draft: true` out and commit")
	return nil
}
