package workspace

import (
	"bytes"
	"cmp"
	"context"
	"path"
	"reflect"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/history"
	"github.com/codicil/codicil/policy/integrity"
	"github.com/codicil/codicil/policy/review"
	"github.com/codicil/codicil/policy/worktree"
)

// exists reports whether the work tree has a file.
func (w *Workspace) exists(file string) bool {
	return worktree.Has(w.Repo.Root(), file)
}

// Candidates reads the texts of the work tree; where nobody has edited one since git
// wrote it there, the text that git holds, which is the one that will be published.
func (w *Workspace) Candidates(policies []*policy.Policy) ([]review.Candidate, error) {
	list := make([]review.Candidate, 0, len(policies))
	var files []string
	for _, p := range policies {
		files = append(files, p.Path)
	}
	untouched, err := w.Repo.Untouched(files)
	if err != nil {
		return nil, err
	}
	for _, p := range policies {
		src, err := w.WorkTree(p)
		if err != nil {
			return nil, err
		}
		if id := untouched[p.Path]; id != "" {
			held, err := w.Repo.Blob(id)
			if err != nil {
				return nil, err
			}
			if !bytes.Equal(plainEnds(held), plainEnds(src)) && policy.LFSPointer("", held) == nil {
				src = held
			}
		}
		c := review.Candidate{Policy: p, Source: src}
		if len(p.Versions) > 0 {
			c.DateLine = history.DateLine(src, p.Versions[0].StaleDate)
		}
		list = append(list, c)
	}
	return list, nil
}

// Next is the workspace as it would be with the work tree committed on a day. A
// bare repository has none.
func (w *Workspace) Next(ctx context.Context, on policy.Date) (*Workspace, error) {
	next := *w
	if w.Repo.Root() == "" {
		return &next, nil
	}
	o := w.Options("")
	o.Day = on
	o.WorkTree = func(file string) ([]byte, error) { return w.WorkTree(&policy.Policy{Path: file}) }
	var err error
	if next.History, err = w.Repo.History(ctx, o); err == nil {
		w.Config.Remember(next.History.Policies)
	}
	return &next, err
}

// OfRepository returns what keeps the repository from being published or
// verified: all that build and verify refuse. Of what is as it would be with the
// work tree committed, that is what they would refuse then. What the review
// refuses already is not said twice; with ids given, what is wrong with other
// texts does not count.
func (w *Workspace) OfRepository(ctx context.Context, result *review.Result, published *history.History, all bool) ([]*policy.Diagnostic, error) {
	found, err := w.Refused(ctx)
	if err != nil {
		return nil, err
	}
	if published != nil {
		before := *w
		before.History = published
		r := review.Repository{Policies: published.Policies, Warnings: published.Warnings}
		otherwise, err := before.toldOtherwise(ctx)
		if err != nil {
			return nil, err
		}
		review.Known(found, slices.Concat(r.Findings(), (&integrity.Checker{Policies: published.Policies}).Labels(), before.SilentChanges(), otherwise))
	}
	gone := slices.ContainsFunc(result.All(), func(d *policy.Diagnostic) bool { return d.Rule == "policy-gone" })
	return slices.DeleteFunc(found, func(d *policy.Diagnostic) bool {
		if gone && d.Rule == "no-policies" {
			return true
		}
		i := slices.IndexFunc(result.Policies, func(r *review.Reviewed) bool { return r.Policy.Path == d.File })
		if i < 0 {
			return !all && d.File != w.SumFile()
		}
		reviewed := result.Policies[i]
		return !reviewed.Smudged(d) && (d.Level != policy.Error || review.Errors(reviewed.Findings) > 0 || reviewed.Has(d))
	}), nil
}

// Afterwards adds what build and verify would refuse once the change has landed
// with its own `versions:` in codicil.yaml, where the check is ruled by others.
func (w *Workspace) Afterwards(ctx context.Context, ruled *Workspace, result *review.Result, published *history.History, all bool, on policy.Date) error {
	if reflect.DeepEqual(w.Config.Versions, ruled.Config.Versions) {
		return nil
	}
	next, err := w.Next(ctx, on)
	if err != nil {
		return err
	}
	found, err := next.OfRepository(ctx, result, published, all)
	if err != nil {
		return err
	}
	said := result.All()
	for _, d := range found {
		same := func(s *policy.Diagnostic) bool { return s.File == d.File && s.Rule == d.Rule && s.Message == d.Message }
		if !slices.ContainsFunc(said, same) {
			result.Findings = append(result.Findings, d)
		}
	}
	return nil
}

// Refused returns what build or verify finds in the history, but for what is
// damaged in the repository itself.
func (w *Workspace) Refused(ctx context.Context) ([]*policy.Diagnostic, error) {
	r, c, err := w.AsRepository()
	if err != nil {
		return nil, err
	}
	found := r.Findings()
	if c == nil {
		return found, nil
	}
	removed, err := c.Removed()
	if err != nil {
		return nil, err
	}
	rewritten, err := c.Committed()
	if err != nil {
		return nil, err
	}
	otherwise, err := w.toldOtherwise(ctx)
	if err != nil {
		return nil, err
	}
	unsigned, err := w.Unsigned(ctx, c)
	return slices.Concat(found, removed, rewritten, w.SilentChanges(), c.Labels(), otherwise, unsigned), err
}

// Chosen returns the living policies with the given ids, or all of them.
func (w *Workspace) Chosen(ids []string) ([]*policy.Policy, error) {
	var list []*policy.Policy
	for _, id := range ids {
		p, err := w.Find(id)
		if err != nil {
			return nil, err
		}
		list = append(list, p)
	}
	if len(ids) > 0 {
		return list, nil
	}
	for _, p := range w.History.Policies {
		if p.Withdrawn.IsZero() {
			list = append(list, p)
		}
	}
	return list, nil
}

// NextTexts returns what chosen does, and the policies that the next commit adds:
// their first version is to be checked before anybody can read it.
func (w *Workspace) NextTexts(ids []string) ([]*policy.Policy, error) {
	staged, err := w.Staged()
	if err != nil {
		return nil, err
	}
	if len(ids) == 0 {
		list, err := w.Chosen(nil)
		return append(list, staged...), err
	}
	var list []*policy.Policy
	for _, id := range ids {
		if i := slices.IndexFunc(staged, func(p *policy.Policy) bool { return p.ID == id }); i >= 0 {
			list = append(list, staged[i])
			continue
		}
		known, err := w.Chosen([]string{id})
		if err != nil {
			return nil, err
		}
		list = append(list, known...)
	}
	return list, nil
}

// Staged returns the policies that no version exists of yet: those that git's
// index holds and no commit does, and those whose committed text cannot be read.
func (w *Workspace) Staged() ([]*policy.Policy, error) {
	files, err := w.Repo.Staged(w.History, w.Options(""))
	if err != nil {
		return nil, err
	}
	for _, d := range w.History.Warnings {
		known := func(p *policy.Policy) bool { return p.Path == d.File }
		if d.Rule == "utf-8" && !slices.Contains(files, d.File) && !slices.ContainsFunc(w.History.Policies, known) {
			files = append(files, d.File)
		}
	}
	var list []*policy.Policy
	for _, file := range files {
		if i := slices.IndexFunc(w.History.Policies, func(p *policy.Policy) bool { return p.Path == file }); i >= 0 {
			list = append(list, w.History.Policies[i]) // withdrawn by its own word
			continue
		}
		p := &policy.Policy{ID: strings.TrimSuffix(path.Base(file), path.Ext(file)), Path: file}
		src, err := w.WorkTree(p)
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
	return w.withoutSources(list)
}

// mergeBase finds where the current branch left the published one, by names that
// no tag has.
func (w *Workspace) mergeBase() string {
	for _, branch := range []string{"remotes/origin/HEAD", "remotes/origin/main", "remotes/origin/master", "heads/main", "heads/master"} {
		if base, err := w.Repo.MergeBase("refs/"+branch, "HEAD"); err == nil && base != "" {
			return base
		}
	}
	return "HEAD"
}

// Publishable refuses to publish what would be false: a history that is cut
// off, a front matter that cannot be read, a published text that changed.
func (w *Workspace) Publishable() error {
	held, err := w.HeldBack()
	if err == nil && len(held) > 0 {
		return held[0]
	}
	return err
}

// HeldBack returns what is wrong with newest texts that are held back one by
// one. All other errors, and these too where the configuration is strict, keep
// the whole from being published.
func (w *Workspace) HeldBack() ([]*policy.Diagnostic, error) {
	r, _, err := w.AsRepository()
	if err != nil {
		return nil, err
	}
	var held []*policy.Diagnostic
	for _, d := range r.Findings() {
		switch {
		case d.Level != policy.Error:
		case w.Config.Strict || !review.OneText(d):
			return nil, d
		default:
			held = append(held, d)
		}
	}
	return held, nil
}

// SilentChanges reports texts that changed under their label.
func (w *Workspace) SilentChanges() []*policy.Diagnostic {
	var found []*policy.Diagnostic
	for _, p := range w.History.Policies {
		found = append(found, review.SilentChanges(p)...)
	}
	return found
}

// Reviewer makes the gate, with what is published as the published branch has it.
// Sent says when the last message would leave if sending began on the day, and
// zero when that is not known.
func (w *Workspace) Reviewer(published *history.History, on policy.Date, sent func() policy.Date) (*review.Reviewer, error) {
	shared, err := w.sources(published.Head)
	return &review.Reviewer{
		Texts: w.Repo, Comparer: w.Comparer, Rules: w.Rules, Lint: w.Config.Lint,
		Policies: w.History.Policies, Published: published.Policies, Withdrawn: w.Config.Withdrawn, Readings: w.LoadRecord, On: on, Exists: w.exists,
		Sent: sent, Roles: w.Config.Roles(), Holding: w.Repo.Holding, Dates: history.DatesIn, Sources: shared,
	}, err
}
