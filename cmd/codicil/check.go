package main

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/history"
	"github.com/codicil/codicil/policy/materiality"
	"github.com/codicil/codicil/policy/notice"
	"github.com/codicil/codicil/policy/redline"
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

// checked is what check found out about one policy.
type checked struct {
	policy     *policy.Policy
	before     string // reference of what is published; empty when nothing is
	redline    *redline.Redline
	assessment *materiality.Assessment
	notice     *notice.Notice // of the change; nil when nothing changed
	found      []*policy.Diagnostic

	email    string // as it would be sent, where somebody wants to read it
	audience string // whom it would go to
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
	published, err := w.published(ctx, base)
	if err != nil {
		return err
	}
	policies, err := w.nextTexts(ids)
	if err != nil {
		return err
	}
	translated := &translations{workspace: w, on: a.today(), changed: make(map[*policy.Version][]string)}
	if fix {
		if err := a.mend(w, policies); err != nil {
			return err
		}
	}
	var results []*checked
	for _, p := range policies {
		result, err := a.checkPolicy(w, p, published)
		if err != nil {
			return err
		}
		late, err := translated.behind(p)
		if err != nil {
			return err
		}
		result.found = append(result.found, late...)
		results = append(results, result)
	}
	if err := w.checkSum(results); err != nil {
		return err
	}
	if len(ids) == 0 && len(results) > 0 {
		results[0].found = append(results[0].found, w.notTexts()...)
	}
	if format == "markdown" {
		w.previewEmails(results, a.today())
	}
	if err := a.printChecked(results, format); err != nil {
		return err
	}
	if countErrors(results) > 0 {
		return &exitError{code: exitFindings}
	}
	return nil
}

// notTexts lists the files that stand where policies do, but are no text:
// no policy is there to report them with.
func (w *workspace) notTexts() []*policy.Diagnostic {
	var found []*policy.Diagnostic
	for _, d := range w.history.Warnings {
		if d.Rule == "symlink" || d.Rule == "lfs" {
			found = append(found, d)
		}
	}
	return found
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

// staged returns the policies that git's index holds and no commit does yet.
func (w *workspace) staged() ([]*policy.Policy, error) {
	files, err := w.repo.Staged(w.history, w.options(""))
	if err != nil {
		return nil, err
	}
	var list []*policy.Policy
	for _, file := range files {
		p := &policy.Policy{ID: strings.TrimSuffix(path.Base(file), path.Ext(file)), Path: file}
		if doc, _, _ := w.workTree(p); doc != nil {
			p.ID, p.Title, p.Lang = cmp.Or(doc.Front.ID, p.ID), cmp.Or(doc.Front.Title, p.ID), doc.Front.Lang
			list = append(list, p)
		}
	}
	return list, nil
}

// published returns the history as it stands on the published branch: at the
// given revision, else where the current branch left the published one.
func (w *workspace) published(ctx context.Context, base string) (*history.History, error) {
	if base == "" && w.history.Head == "" {
		return w.history, nil // nothing was ever published
	}
	if base == "" {
		base = w.mergeBase()
	}
	commit, err := w.repo.Resolve(base)
	if err != nil {
		return nil, hinted(fmt.Errorf("--base: there is no revision %q", base), "name a branch, tag or commit, such as origin/main")
	}
	if commit == w.history.Head {
		return w.history, nil
	}
	return w.repo.History(ctx, w.options(commit))
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

// checkPolicy lints the text in the work tree and holds its change against
// what is published.
func (a *app) checkPolicy(w *workspace, p *policy.Policy, published *history.History) (*checked, error) {
	result := &checked{policy: p}
	doc, src, err := w.workTree(p)
	if fault := (*policy.Diagnostic)(nil); errors.As(err, &fault) {
		result.found = append(result.found, fault)
		return result, nil
	}
	if err != nil {
		return nil, err
	}
	result.found = append(result.found, silentChanges(p)...)
	stale, err := w.staleDate(p, src)
	if err != nil {
		return nil, err
	}
	result.found = append(result.found, stale...)
	if doc == nil {
		return result, nil
	}
	result.found = append(result.found, w.lint(p, doc, src)...)
	result.found = append(result.found, notice.Unkept(doc, w.rules)...)
	before := counterpart(published, p)
	if before == nil || len(before.Versions) == 0 || doc.Front.Draft {
		return result, nil
	}
	if sum := sha256.Sum256(src); hex.EncodeToString(sum[:]) != before.Versions[0].SHA256 {
		if err := a.gate(w, before, doc, result); err != nil {
			return nil, err
		}
	}
	return result, a.gateUpcoming(w, before, result)
}

// counterpart finds a policy in another state of the history.
func counterpart(h *history.History, p *policy.Policy) *policy.Policy {
	for _, q := range h.Policies {
		if q.ID == p.ID {
			return q
		}
	}
	for _, q := range h.Policies {
		if q.Path == p.Path {
			return q
		}
	}
	return nil
}

// staleDate reports that the newest text changed what it says under a date line
// that stayed. A corrected typo leaves the day of the rules as it was.
func (w *workspace) staleDate(p *policy.Policy, src []byte) ([]*policy.Diagnostic, error) {
	if len(p.Versions) == 0 || p.Versions[0].StaleDate.IsZero() {
		return nil, nil
	}
	v := p.Versions[0]
	c, err := w.compare(p, v)
	if err != nil || c.assessment.Decided() < policy.Minor {
		return nil, err
	}
	return []*policy.Diagnostic{{
		File: p.Path, Line: history.DateLine(src, v.StaleDate), Column: 1, Level: policy.Warning, Rule: "stale-date",
		Message: fmt.Sprintf("%s has a %s change, but its date line still says %s", p.Ref(v), c.assessment.Decided(), v.StaleDate),
		Hint:    "set the date line to the day of the change",
	}}, nil
}

func silentChanges(p *policy.Policy) []*policy.Diagnostic {
	var found []*policy.Diagnostic
	for _, v := range p.Versions {
		for _, r := range v.Silent {
			found = append(found, &policy.Diagnostic{
				File: p.Path, Line: 1, Column: 1, Level: policy.Error, Rule: "silent-change",
				Message: fmt.Sprintf("commit %.12s changed the text of %s after it took effect", r.Commit, p.Ref(v)),
				Hint:    "restore the text, or publish the change under a new `version`",
			})
		}
	}
	return found
}
