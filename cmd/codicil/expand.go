package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/workspace"
	"github.com/codicil/codicil/render/report"
)

func (a *app) expandCommand() *cobra.Command {
	var how workspace.ExpandHow
	cmd := &cobra.Command{
		Use:   "expand [ID...]",
		Short: "Write the texts that several brands share",
		Long: "Expand writes the text of each policy whose front matter names a `source`: a Markdown file that\n" +
			"several policies share. {{company}} becomes the value of that name, {{> contact}} brings in the\n" +
			"file contact.md, and what is between {{#if country = DE}} and {{/if}} is kept where that holds.\n" +
			"Values are under `variables:` and `brands:` in codicil.yaml, and under `variables:` in a policy.\n" +
			"The front matter stays as it is, and what is written is what you commit and publish.\n" +
			"It says which policies read otherwise then: each needs a version of its own. A text that was\n" +
			"edited by hand is left as it is, unless --force is given.",
		Example: "  codicil expand\n  codicil expand --check",
		RunE: func(cmd *cobra.Command, ids []string) error {
			return a.expand(cmd.Context(), ids, how)
		},
	}
	cmd.Flags().BoolVar(&how.Check, "check", false, "write nothing; exit with 3 when something would be written")
	cmd.Flags().BoolVar(&how.Force, "force", false, "write over what was edited by hand")
	return cmd
}

func (a *app) expand(ctx context.Context, ids []string, how workspace.ExpandHow) error {
	w, err := a.open(ctx)
	if err != nil {
		return err
	}
	done, err := w.Expand(ids, how)
	if err != nil {
		return err
	}
	if a.json {
		err = printJSON(a.stdout, done)
	} else {
		a.sayExpanded(done)
	}
	if err == nil && done.Left() {
		err = &exitError{code: exitFindings}
	}
	return err
}

func (a *app) sayExpanded(done *workspace.Expanding) {
	report.Findings(a.stdout, done.Findings)
	done.Write(a.stdout)
	report.Findings(a.stdout, done.Gaps)
	for _, p := range done.Policies {
		if !p.Changes {
			a.say("%s: is what %s makes of it", p.File, p.Source)
		}
	}
	switch moved := done.Moved(); {
	case len(done.Policies) == 0 && len(done.Findings) == 0:
		a.say("no policy that git knows names a `source:` in its front matter: `git add` a new one first")
	case len(moved) > 0:
		a.say("%s: %s; each needs a `version`, `effective_date` and `summary` of its own, and `codicil check` says what is missing",
			policy.Plural(len(moved), "policy reads otherwise", "policies read otherwise"), strings.Join(moved, ", "))
	}
}

// showSource shows the source of a version, or what git makes of it again.
func (a *app) showSource(w *workspace.Workspace, p *policy.Policy, v *policy.Version, f showFlags) error {
	s, err := w.SourceText(p, v, f.expanded)
	if err != nil {
		return err
	}
	if f.format == "json" {
		err = printJSON(a.stdout, s)
	} else {
		_, err = a.exact().Write([]byte(s.Text))
	}
	for _, line := range s.Says() {
		a.say("%s", line)
	}
	if err == nil && f.expanded && !s.Same {
		err = &exitError{code: exitFindings}
	}
	return err
}
