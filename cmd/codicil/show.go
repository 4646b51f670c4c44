package main

import (
	"bytes"
	"context"
	"strings"

	"github.com/spf13/cobra"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/listing"
	"github.com/codicil/codicil/policy/workspace"
	"github.com/codicil/codicil/render"
)

// showFlags are the flags of show.
type showFlags struct {
	format string
	cohort string
	all    bool

	expanded, source bool // the text made again of its source; the source itself
}

func (a *app) showCommand() *cobra.Command {
	var f showFlags
	cmd := &cobra.Command{
		Use:   "show {ID[@VERSION] | --all}",
		Short: "Show the text of one version, or all that binds on a day",
		Long: "Show prints the text of one version; without a label, the text in force on the day.\n" +
			"Markdown comes out byte for byte as git holds it, so that its sha256 can be checked.\n" +
			"With --expanded it makes the text again of the source that it names, with the files of the very\n" +
			"commit, and exits with 3 where that is not what was published; --source shows the source. Their\n" +
			"JSON holds source, parts and same.\n" +
			"With --all it shows every text that is in force on the day, one after the other; its JSON holds\n" +
			"them as in_force, beside on and cohort.",
		Example: "  codicil show privacy\n  codicil show privacy@2.0 --format text\n  codicil show privacy --on 2026-12-24 --cohort new --json\n  codicil show --all --on 2026-12-24",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			switch {
			case f.all && len(args) > 0:
				return usagef("show takes either a policy or --all")
			case !f.all && len(args) == 0:
				return usagef("show needs the ID of a policy; --all shows all that are in force")
			case f.all:
				return a.showAll(cmd.Context(), f)
			}
			return a.show(cmd.Context(), args[0], f)
		},
	}
	a.reviewsFlag(cmd)
	cmd.Flags().StringVar(&f.format, "format", "md", "`FORMAT` of the text: md, html, text or json")
	cmd.Flags().BoolVar(&f.all, "all", false, "show every text that is in force on the day")
	cmd.Flags().BoolVar(&f.expanded, "expanded", false, "make the text again of its source, as the commit has it, and compare")
	cmd.Flags().BoolVar(&f.source, "source", false, "show the source that the text is made of, as the commit has it")
	cmd.MarkFlagsMutuallyExclusive("expanded", "source", "all")
	cohortFlag(cmd, &f.cohort)
	return cmd
}

// openToShow opens what the flags of show ask for.
func (a *app) openToShow(ctx context.Context, f *showFlags) (*workspace.Workspace, error) {
	if a.json {
		f.format = "json"
	}
	if !oneOf(f.format, "md", "html", "text", "json") {
		return nil, usagef("--format: %q is not md, html, text or json", f.format)
	}
	c, err := cohort(f.cohort)
	if err != nil {
		return nil, err
	}
	w, err := a.openKnown(ctx)
	if err != nil {
		return nil, err
	}
	w.Cohort = c
	return w, w.Approve(a.reviews)
}

func (a *app) show(ctx context.Context, reference string, f showFlags) error {
	w, err := a.openToShow(ctx, &f)
	if err != nil {
		return err
	}
	p, v, err := w.Lookup(reference, a.today())
	if err != nil {
		return err
	}
	if !strings.Contains(reference, "@") && p.Binding(w.Cohort, a.today()) == nil {
		return listing.NothingInForce(p, a.today())
	}
	if f.expanded || f.source {
		return a.showSource(w, p, v, f)
	}
	if f.format == "json" {
		text, err := shown(w, p, v, a.today())
		if err != nil {
			return err
		}
		return printJSON(a.stdout, text)
	}
	return a.showText(w, p, v, f.format)
}

// showAll shows every text that is in force on the day.
func (a *app) showAll(ctx context.Context, f showFlags) error {
	w, err := a.openToShow(ctx, &f)
	if err != nil {
		return err
	}
	list := []*listing.Text{}
	for _, p := range w.History.Policies {
		v := p.Binding(w.Cohort, a.today())
		if v == nil {
			continue
		}
		if f.format != "json" {
			if err := a.showText(w, p, v, f.format); err != nil {
				return err
			}
			continue
		}
		text, err := shown(w, p, v, a.today())
		if err != nil {
			return err
		}
		list = append(list, text)
	}
	if f.format == "json" {
		return printJSON(a.stdout, map[string]any{"on": a.today(), "cohort": w.Cohort, "in_force": list})
	}
	return nil
}

// showText prints the text of a version, and on standard error which it is.
func (a *app) showText(w *workspace.Workspace, p *policy.Policy, v *policy.Version, format string) error {
	src, err := w.Repo.Text(v)
	if err != nil {
		return err
	}
	a.describe(p, v, w.Cohort)
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
		render.DocumentHTML(&b, doc)
	} else {
		b.WriteString(render.DocumentText(doc))
	}
	_, err = a.exact().Write(b.Bytes())
	return err
}

// describe says on standard error which text this is, so that it does not mix
// with the text itself.
func (a *app) describe(p *policy.Policy, v *policy.Version, c policy.Cohort) {
	on := a.today()
	a.say("%s · %s on %s · effective %s (%s)", p.Ref(v), p.StatusFor(c, on)(v), on, v.Effective, v.Certainty)
	if v.TwoDays() {
		a.say("new accounts are bound from %s, existing ones from %s: this is for %s accounts", v.FromFor(policy.NewAccounts), v.From(), c)
	}
	a.say("sha256 %s · commit %s · %s", v.SHA256, v.Commit, v.Path)
	for _, given := range v.Approvals {
		a.say("approved by %s", given)
	}
	if steps := v.Steps(); len(steps) > 1 || v.Cancelled() != nil {
		for _, step := range steps {
			a.say("%s", step)
		}
	}
	for _, next := range p.UpcomingFor(c, on) {
		if next != v {
			a.say("upcoming: %s takes effect on %s", p.Ref(next), next.FromFor(c))
		}
	}
}

// shown lists a version with its text.
func shown(w *workspace.Workspace, p *policy.Policy, v *policy.Version, on policy.Date) (*listing.Text, error) {
	src, err := w.Repo.Text(v)
	if err != nil {
		return nil, err
	}
	doc, err := w.Document(v)
	if err != nil {
		return nil, err
	}
	return listing.NewText(p, v, w.Cohort, on, src, doc), nil
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
