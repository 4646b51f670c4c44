package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/history"
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

// listedPolicy is a policy in the JSON of list.
type listedPolicy struct {
	ID            string  `json:"id"`
	Title         string  `json:"title"`
	Path          string  `json:"path"`
	Lang          string  `json:"lang"`
	TranslationOf string  `json:"translation_of,omitempty"`
	InForce       *string `json:"in_force"` // label, or null
	Upcoming      *string `json:"upcoming"` // label of the last announced, or null
	Withdrawn     string  `json:"withdrawn,omitempty"`
	Starts        string  `json:"starts"`   // what starts a version
	Versions      int     `json:"versions"` // how many
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
	if err := a.warnUnpublishable(w); err != nil {
		return err
	}
	on := a.today()
	if a.json {
		policies := make([]listedPolicy, 0, len(w.History.Policies))
		for _, p := range w.History.Policies {
			policies = append(policies, listPolicy(p, c, on))
		}
		listed := map[string]any{"policies": policies}
		if all {
			listed["left_out"] = leftOut(w.History.LeftOut)
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
	differ := startsDiffer(w.History.Policies)
	if differ {
		rows[0] = append(rows[0][:5], "STARTS", "TITLE")
	}
	for _, p := range w.History.Policies {
		row := listRow(p, c, on)
		if differ {
			row = append(row[:5], string(p.Starts), p.Title)
		}
		rows = append(rows, row)
	}
	terminal.Columns(a.stdout, rows)
	a.say("%s on %s; a version starts with %s", terminal.Plural(len(w.History.Policies), "policy", "policies"), on, startsOf(w.History.Policies))
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

// leftOutFile is a file that is no policy, in the JSON of list --all.
type leftOutFile struct {
	Path string `json:"path"`
	Why  string `json:"why"`
}

func leftOut(files []history.LeftOut) []leftOutFile {
	listed := []leftOutFile{}
	for _, f := range files {
		listed = append(listed, leftOutFile(f))
	}
	return listed
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

func listPolicy(p *policy.Policy, c policy.Cohort, on policy.Date) listedPolicy {
	l := listedPolicy{
		ID: p.ID, Title: p.Title, Path: p.Path, Lang: p.Lang, TranslationOf: p.TranslationOf,
		Withdrawn: p.Withdrawn.String(), Starts: string(p.Starts), Versions: len(p.Versions),
	}
	if v := p.Binding(c, on); v != nil {
		l.InForce = &v.Label
	}
	if upcoming := p.UpcomingFor(c, on); len(upcoming) > 0 {
		l.Upcoming = &upcoming[len(upcoming)-1].Label
	}
	return l
}

func listRow(p *policy.Policy, c policy.Cohort, on policy.Date) []string {
	label, since := "-", "-"
	switch v := p.Binding(c, on); {
	case v != nil:
		label, since = v.Label, v.FromFor(c).String()
	case !p.Withdrawn.IsZero():
		label, since = "withdrawn", p.Withdrawn.String()
	}
	next := "-"
	for i, v := range p.UpcomingFor(c, on) {
		if i == 0 {
			next = ""
		} else {
			next += ", "
		}
		next += fmt.Sprintf("%s on %s", v.Label, v.FromFor(c))
	}
	return []string{p.ID, label, since, next, fmt.Sprint(len(p.Versions)), p.Title}
}

// startsDiffer tells whether policies start their versions in different ways.
func startsDiffer(policies []*policy.Policy) bool {
	return slices.ContainsFunc(policies, func(p *policy.Policy) bool { return p.Starts != policies[0].Starts })
}

// startsOf names what starts a version, where all policies agree.
func startsOf(policies []*policy.Policy) string {
	if startsDiffer(policies) {
		return "a label or a commit, by policy"
	}
	switch policies[0].Starts {
	case policy.StartLabel:
		return "a new label"
	case policy.StartTag:
		return "a tag"
	}
	return "each commit that changes the text"
}
