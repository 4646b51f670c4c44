package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/spf13/cobra"

	"github.com/codicil/codicil/policy/config"
	"github.com/codicil/codicil/policy/worktree"
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

// policyFacts fill in the text of a new policy.
type policyFacts struct{ ID, Title, Day string }

// policyID is what a policy may be called: it stands in addresses and in
// references such as privacy@2.0.
var policyID = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

func (a *app) newPolicy(id, title string) error {
	if !policyID.MatchString(id) {
		return usagef("%q cannot be an id: use small letters, digits and hyphens, such as cookie-policy", id)
	}
	cfg, err := config.Load(a.config)
	if err != nil {
		return err
	}
	file := filepath.Join(cfg.Dir, id+".md")
	if _, err := os.Lstat(file); !errors.Is(err, fs.ErrNotExist) {
		return hinted(fmt.Errorf("%s exists already", file), "choose another id, or edit the text that is there")
	}
	if err := worktree.CheckTarget(worktree.Root("."), file); err != nil {
		return err
	}
	if title == "" {
		title = titleFrom(id)
	}
	facts := policyFacts{ID: id, Title: quoteYAML(title), Day: a.today().String()}
	if _, err := (starter{"policy.md", file, 0o644, ""}).write(facts); err != nil {
		return err
	}
	if a.json {
		return printJSON(a.stdout, map[string]string{"id": id, "file": file})
	}
	fmt.Fprintf(a.stdout, "wrote %s\n", file)
	a.say("replace what stands in brackets; to publish version 1.0, take `draft: true` out and commit")
	return nil
}

// titleFrom makes a title of an id: cookie-policy becomes Cookie policy.
func titleFrom(id string) string {
	words := strings.ReplaceAll(id, "-", " ")
	return strings.ToUpper(words[:1]) + words[1:]
}

// quoteYAML puts a title in quotation marks where YAML would not read it as
// plain words.
func quoteYAML(s string) string {
	plain := regexp.MustCompile(`^[\pL][\pL\pN ,.()/-]*$`)
	if plain.MatchString(s) {
		return s
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", " ").Replace(s) + `"`
}
