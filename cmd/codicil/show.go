package main

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/workspace"
	"github.com/codicil/codicil/render"
)

func (a *app) showCommand() *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "show ID[@VERSION]",
		Short: "Show the text of one version",
		Long: "Show prints the text of one version; without a label, the text in force on the day.\n" +
			"Markdown comes out byte for byte as git holds it, so that its sha256 can be checked.",
		Example: "  codicil show privacy\n  codicil show privacy@2.0 --format text\n  codicil show privacy --on 2026-12-24 --json",
		Args:    cobra.ExactArgs(1),
		RunE:    func(cmd *cobra.Command, args []string) error { return a.show(cmd.Context(), args[0], format) },
	}
	a.reviewsFlag(cmd)
	cmd.Flags().StringVar(&format, "format", "md", "`FORMAT` of the text: md, html, text or json")
	return cmd
}

func (a *app) show(ctx context.Context, reference, format string) error {
	if a.json {
		format = "json"
	}
	if !oneOf(format, "md", "html", "text", "json") {
		return usagef("--format: %q is not md, html, text or json", format)
	}
	w, err := a.openKnown(ctx)
	if err != nil {
		return err
	}
	p, v, err := w.Lookup(reference, a.today())
	if err != nil {
		return err
	}
	if !strings.Contains(reference, "@") && p.InForce(a.today()) == nil {
		return nothingInForce(p, a.today())
	}
	if err := w.Approve(a.reviews); err != nil {
		return err
	}
	src, err := w.Repo.Text(v)
	if err != nil {
		return err
	}
	if format == "json" {
		return a.showJSON(w, p, v, src)
	}
	a.describe(p, v)
	if format == "md" {
		_, err = a.exact().Write(src)
		return err
	}
	doc, err := policy.ParsePublished(v.Path, src)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if format == "html" {
		render.Document(&b, doc)
	} else {
		b.WriteString(render.DocumentText(doc))
	}
	_, err = a.exact().Write(b.Bytes())
	return err
}

// nothingInForce says why a policy has no text that binds on a day.
func nothingInForce(p *policy.Policy, on policy.Date) error {
	err := fmt.Errorf("no version of %s is in force on %s", p.ID, on)
	if !p.Withdrawn.IsZero() && !on.Before(p.Withdrawn) {
		return hinted(err, fmt.Sprintf("it was withdrawn on %s; the last text is %s", p.Withdrawn, p.Ref(p.Versions[0])))
	}
	first := p.Versions[len(p.Versions)-1]
	return hinted(err, fmt.Sprintf("the first, %s, takes effect on %s", p.Ref(first), first.From()))
}

// describe says on standard error which text this is, so that it does not mix
// with the text itself.
func (a *app) describe(p *policy.Policy, v *policy.Version) {
	on := a.today()
	a.say("%s · %s on %s · effective %s (%s)", p.Ref(v), p.Status(v, on), on, v.Effective, v.Certainty)
	a.say("sha256 %s · commit %s · %s", v.SHA256, v.Commit, v.Path)
	for _, given := range v.Approvals {
		a.say("approved by %s", given)
	}
	if steps := v.Steps(); len(steps) > 1 || v.Cancelled() != nil {
		for _, step := range steps {
			a.say("%s", step)
		}
	}
	for _, next := range p.Upcoming(on) {
		if next != v {
			a.say("upcoming: %s takes effect on %s", p.Ref(next), next.From())
		}
	}
}

// shownVersion is the JSON of show.
type shownVersion struct {
	ID        string            `json:"id"`
	Title     string            `json:"title"`
	Label     string            `json:"label"`
	Status    policy.Status     `json:"status"`
	On        policy.Date       `json:"on"`
	Effective policy.Date       `json:"effective"`
	Certainty policy.Certainty  `json:"certainty"`
	Commit    string            `json:"commit"`
	Path      string            `json:"path"`
	SHA256    string            `json:"sha256"`
	Upcoming  []string          `json:"upcoming"`
	Approvals []policy.Approval `json:"approvals"`
	Clauses   []shownClause     `json:"clauses"`
	Text      string            `json:"text"` // Markdown, as git holds it
}

// shownClause is a clause in the JSON of show.
type shownClause struct {
	ID      string        `json:"id"`
	Number  string        `json:"number,omitempty"`
	Title   string        `json:"title,omitempty"`
	Line    int           `json:"line"`
	Clauses []shownClause `json:"clauses,omitempty"`
}

func (a *app) showJSON(w *workspace.Workspace, p *policy.Policy, v *policy.Version, src []byte) error {
	on := a.today()
	shown := shownVersion{
		ID: p.ID, Title: p.Title, Label: v.Label, Status: p.Status(v, on), On: on,
		Effective: v.Effective, Certainty: v.Certainty, Commit: v.Commit, Path: v.Path,
		SHA256: v.SHA256, Upcoming: []string{}, Text: string(src),
	}
	shown.Approvals = append([]policy.Approval{}, v.Approvals...)
	for _, next := range p.Upcoming(on) {
		shown.Upcoming = append(shown.Upcoming, next.Label)
	}
	doc, err := w.Document(v)
	if err != nil {
		return err
	}
	shown.Clauses = showClauses(doc.Clauses)
	return printJSON(a.stdout, shown)
}

func showClauses(clauses []*policy.Clause) []shownClause {
	list := make([]shownClause, 0, len(clauses))
	for _, c := range clauses {
		list = append(list, shownClause{c.ID, c.Number, c.Title, c.Line, showClauses(c.Children)})
	}
	return list
}

// oneOf reports whether word is one of the words.
func oneOf(word string, words ...string) bool {
	for _, w := range words {
		if w == word {
			return true
		}
	}
	return false
}
