package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/history"
	"github.com/codicil/codicil/policy/listing"
	"github.com/codicil/codicil/policy/workspace"
	"github.com/codicil/codicil/render/terminal"
)

func (a *app) listCommand() *cobra.Command {
	var all bool
	var whom string
	cmd := &cobra.Command{
		Use:     "list",
		Aliases: []string{"ls"},
		Short:   "List the policies, what is in force and what is upcoming",
		Example: "  codicil list\n  codicil list --on 2027-02-01 --json",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.list(cmd.Context(), all, whom) },
	}
	cmd.Flags().BoolVar(&all, "all", false, "name the Markdown files that are no policies too, and why")
	cohortFlag(cmd, &whom)
	return cmd
}

func (a *app) list(ctx context.Context, all bool, whom string) error {
	c, err := cohort(whom)
	if err != nil {
		return err
	}
	w, err := a.openKnown(ctx)
	if err != nil {
		return err
	}
	if err := w.Unfound(); err != nil {
		return err
	}
	if err := a.warnUnpublishable(w); err != nil {
		return err
	}
	on := a.today()
	if a.json {
		policies := make([]listing.Policy, 0, len(w.History.Policies))
		for _, p := range w.History.Policies {
			policies = append(policies, listing.NewPolicy(p, c, on))
		}
		listed := map[string]any{"policies": policies}
		if all {
			listed["left_out"] = append([]history.LeftOut{}, w.History.LeftOut...)
		}
		return printJSON(a.stdout, listed)
	}
	if all {
		defer a.printLeftOut(w.History.LeftOut)
	}
	if err := a.sayDrafts(w); err != nil {
		return err
	}
	if len(w.History.Policies) == 0 {
		a.say("%s", noPolicies(w))
		return nil
	}
	rows := [][]string{{"POLICY", "IN FORCE", "SINCE", "UPCOMING", "VERSIONS", "TITLE"}}
	differ := listing.StartsDiffer(w.History.Policies)
	if differ {
		rows[0] = append(rows[0][:5], "STARTS", "TITLE")
	}
	for _, p := range w.History.Policies {
		row := listing.Row(p, c, on)
		if differ {
			row = append(row[:5], string(p.Starts), p.Title)
		}
		rows = append(rows, row)
	}
	terminal.Columns(a.stdout, rows)
	a.say("%s on %s; a version starts with %s", policy.Plural(len(w.History.Policies), "policy", "policies"), on, listing.StartsOf(w.History.Policies))
	if n := w.History.OtherTexts(); n > 0 && !all {
		a.say("%s no policy by name or folder: `codicil list --all` names them, and `policies:` in codicil.yaml says otherwise", policy.Plural(n, "Markdown file is", "Markdown files are"))
	}
	return nil
}

// noPolicies says why the list is empty, and what to do about it.
func noPolicies(w *workspace.Workspace) string {
	if w.Known.IsZero() {
		return "no policies are published yet: commit a Markdown file that is not a draft"
	}
	return fmt.Sprintf("no policies were published by %s; --as-known DATE asks with what was published by a later day", w.Known)
}

// sayDrafts names the texts that nobody but the editor sees.
func (a *app) sayDrafts(w *workspace.Workspace) error {
	if w.Repo.Root() == "" || !w.Known.IsZero() {
		return nil // a bare repository has no index, and what is a draft today says nothing of another day
	}
	staged, err := w.Staged()
	for _, p := range staged {
		withdrawn := func(q *policy.Policy) bool { return q.ID == p.ID && !q.Withdrawn.IsZero() }
		if slices.ContainsFunc(w.History.Policies, withdrawn) {
			continue // the table says so
		}
		a.say("not published: %s (%s)", p.ID, p.Path)
	}
	return err
}

// printLeftOut names the files that are no policies.
func (a *app) printLeftOut(files []history.LeftOut) {
	if len(files) == 0 {
		a.say("every Markdown file is a policy: none is left out")
		return
	}
	rows := [][]string{{"LEFT OUT", "WHY"}}
	for _, f := range files {
		rows = append(rows, []string{f.Path, f.Why})
	}
	fmt.Fprintln(a.stdout)
	terminal.Columns(a.stdout, rows)
}

// warnUnpublishable says what would keep the repository from being published.
func (a *app) warnUnpublishable(w *workspace.Workspace) error {
	r, _, err := w.AsRepository()
	for _, d := range r.Findings() {
		if d.Level == policy.Error && d.Rule != "shallow-clone" { // of that every verb warns
			a.say("codicil: warning: %s", d.Error())
			a.say("codicil: hint: %s", d.Hint)
		}
	}
	return err
}
