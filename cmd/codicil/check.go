package main

import (
	"bytes"
	"cmp"
	"context"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/history"
	"github.com/codicil/codicil/policy/repair"
	"github.com/codicil/codicil/policy/review"
	"github.com/codicil/codicil/policy/worktree"
)

func (a *app) checkCommand() *cobra.Command {
	var base, format string
	var fix bool
	cmd := &cobra.Command{
		Use:   "check [ID...]",
		Short: "Check the texts, and that no change slips out without notice",
		Long: "Check lints the policies of the work tree and holds every change against what was published\n" +
			"(--base, else where this branch left the published one). It exits with 3 when there are faults:\n" +
			"a change without a new label, a major change without summary, date or notice period, a downgrade\n" +
			"without a reason, a text that changed silently after it took effect.",
		Example: "  codicil check\n  codicil check --fix\n  codicil check privacy --base origin/main --format github",
		RunE: func(cmd *cobra.Command, ids []string) error {
			return a.check(cmd.Context(), ids, base, format, fix)
		},
	}
	cmd.Flags().StringVar(&base, "base", "", "`REVISION` that was published last")
	cmd.Flags().BoolVar(&fix, "fix", false, "first mend in the work tree what changes no word")
	cmd.Flags().StringVar(&format, "format", "text", "`FORMAT` of the findings: text, github, sarif, markdown or json")
	return cmd
}

func (a *app) check(ctx context.Context, ids []string, base, format string, fix bool) error {
	if a.json {
		format = "json"
	}
	if !oneOf(format, "text", "github", "sarif", "markdown", "json") {
		return usagef("--format: %q is not text, github, sarif, markdown or json", format)
	}
	w, err := a.open(ctx)
	if err != nil {
		return err
	}
	w.stranger = base != ""
	ruled, published, loose, err := a.published(ctx, w, base)
	if err != nil {
		return err
	}
	if err := w.sighted(published); err != nil {
		return err
	}
	policies, err := w.nextTexts(ids)
	if err != nil {
		return err
	}
	w = ruled
	if fix {
		if err := a.mend(w, policies); err != nil {
			return err
		}
	}
	candidates, err := w.candidates(policies)
	if err != nil {
		return err
	}
	reviewer := a.reviewer(w, published)
	reviewer.Partial, reviewer.Based = len(ids) > 0, published != w.history
	result, err := reviewer.Check(candidates)
	if err != nil {
		return err
	}
	more, err := w.ofRepository(ctx, result, len(ids) == 0)
	if err != nil {
		return err
	}
	result.Findings = slices.Concat(result.Findings, more, loose)
	if err := a.printChecked(w, result, format); err != nil {
		return err
	}
	if review.Errors(result.All()) > 0 {
		return &exitError{code: exitFindings}
	}
	return nil
}

// reviewer makes the gate, with what is published as the published branch has it.
func (a *app) reviewer(w *workspace, published *history.History) *review.Reviewer {
	return &review.Reviewer{
		Texts: w.repo, Comparer: w.comparer, Rules: w.rules, Lint: w.config.Lint,
		Policies: w.history.Policies, Published: published.Policies, Withdrawn: w.config.Withdrawn, Readings: w.loadRecord, On: a.today(), Exists: w.exists,
		Sent: func() policy.Date { return a.sent(w, a.today()) },
	}
}

// exists reports whether the work tree has a file.
func (w *workspace) exists(file string) bool {
	return worktree.Has(w.repo.Root(), file)
}

// candidates reads the texts of the work tree.
func (w *workspace) candidates(policies []*policy.Policy) ([]review.Candidate, error) {
	list := make([]review.Candidate, 0, len(policies))
	for _, p := range policies {
		src, err := w.workTree(p)
		if err != nil {
			return nil, err
		}
		c := review.Candidate{Policy: p, Source: src}
		if len(p.Versions) > 0 {
			c.DateLine = history.DateLine(src, p.Versions[0].StaleDate)
		}
		list = append(list, c)
	}
	return list, nil
}

// ofRepository returns what keeps the repository from being published or
// verified. What is wrong with a text counts as the work tree has it; with ids
// given, that of other texts does not count.
func (w *workspace) ofRepository(ctx context.Context, result *review.Result, all bool) ([]*policy.Diagnostic, error) {
	r, c, err := w.asRepository()
	if err != nil {
		return nil, err
	}
	r.Warnings = slices.DeleteFunc(slices.Clone(r.Warnings), func(d *policy.Diagnostic) bool {
		reviewed := func(r *review.Reviewed) bool { return r.Policy.Path == d.File && !r.Smudged(d) }
		return !all || slices.ContainsFunc(result.Policies, reviewed)
	})
	found := r.Findings()
	if c == nil {
		return found, nil
	}
	removed, err := c.Removed()
	if err != nil {
		return nil, err
	}
	unsigned, err := w.unsigned(ctx, c)
	return slices.Concat(found, removed, c.Labels(), unsigned), err
}

// sent returns the day on which the last message would leave if sending began
// on the given day; zero when the list or the rate is not known.
func (a *app) sent(w *workspace, on policy.Date) policy.Date {
	if w.stranger {
		return policy.Date{}
	}
	mailed := w.mailed()
	if mailed == 0 {
		return policy.Date{}
	}
	return policy.DateOf(on.Time().Add(9*time.Hour + mailed))
}

// mend repairs in the work tree what changes no meaning, and reports it.
func (a *app) mend(w *workspace, policies []*policy.Policy) error {
	for _, p := range policies {
		src, err := w.workTree(p)
		if err != nil {
			return err
		}
		out, repairs := repair.Tidy(src)
		if bytes.Equal(out, src) || len(repairs) == 0 {
			continue
		}
		if err := writeFile(filepath.Join(w.repo.Root(), filepath.FromSlash(p.Path)), out); err != nil {
			return err
		}
		a.say("%s: %s", p.Path, plural(len(repairs), "repair", "repairs"))
	}
	return nil
}

// chosen returns the living policies with the given ids, or all of them.
func (w *workspace) chosen(ids []string) ([]*policy.Policy, error) {
	var list []*policy.Policy
	for _, id := range ids {
		p, err := w.find(id)
		if err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	if len(ids) > 0 {
		return list, nil
	}
	for _, p := range w.history.Policies {
		if p.Withdrawn.IsZero() {
			list = append(list, p)
		}
	}
	return list, nil
}

// nextTexts returns what chosen does, and the policies that the next commit adds:
// their first version is to be checked before anybody can read it.
func (w *workspace) nextTexts(ids []string) ([]*policy.Policy, error) {
	staged, err := w.staged()
	if err != nil {
		return nil, err
	}
	if len(ids) == 0 {
		list, err := w.chosen(nil)
		return append(list, staged...), err
	}
	var list []*policy.Policy
	for _, id := range ids {
		if i := slices.IndexFunc(staged, func(p *policy.Policy) bool { return p.ID == id }); i >= 0 {
			list = append(list, staged[i])
			continue
		}
		known, err := w.chosen([]string{id})
		if err != nil {
			return nil, err
		}
		list = append(list, known...)
	}
	return list, nil
}

// staged returns the policies that no version exists of yet: those that git's
// index holds and no commit does, and those whose committed text cannot be read.
func (w *workspace) staged() ([]*policy.Policy, error) {
	files, err := w.repo.Staged(w.history, w.options(""))
	if err != nil {
		return nil, err
	}
	for _, d := range w.history.Warnings {
		known := func(p *policy.Policy) bool { return p.Path == d.File }
		if d.Rule == "utf-8" && !slices.Contains(files, d.File) && !slices.ContainsFunc(w.history.Policies, known) {
			files = append(files, d.File)
		}
	}
	var list []*policy.Policy
	for _, file := range files {
		p := &policy.Policy{ID: strings.TrimSuffix(path.Base(file), path.Ext(file)), Path: file}
		src, err := w.workTree(p)
		if err != nil {
			return nil, err
		}
		if src == nil {
			continue
		}
		if doc, _ := policy.Parse(file, src); doc != nil { // what is wrong with it is for the review to say
			p.ID, p.Title, p.Lang = cmp.Or(doc.Front.ID, p.ID), cmp.Or(doc.Front.Title, p.ID), doc.Front.Lang
		}
		list = append(list, p)
	}
	return list, nil
}

// mergeBase finds where the current branch left the published one.
func (w *workspace) mergeBase() string {
	for _, branch := range []string{"origin/HEAD", "origin/main", "origin/master", "main", "master"} {
		if base, err := w.repo.MergeBase(branch, "HEAD"); err == nil && base != "" {
			return base
		}
	}
	return "HEAD"
}
