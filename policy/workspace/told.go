package workspace

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/comparison"
)

// toldOtherwise reports versions that are not as people were told.
func (w *Workspace) toldOtherwise(ctx context.Context) ([]*policy.Diagnostic, error) {
	if len(w.Told) == 0 || w.History.Shallow || !w.Known.IsZero() {
		return nil, nil
	}
	names := w.byName()
	strange, err := w.strangeSites(ctx, names)
	if err != nil {
		return nil, err
	}
	var found []*policy.Diagnostic
	for _, t := range w.Told {
		at := names[t.Policy+"@"+t.Label]
		if at.policy == nil {
			at.policy = names[t.Policy].policy
		}
		if t.By != "" && slices.Contains(strange, t.Revision) {
			continue // it was built from a branch, to look at
		}
		d, err := w.otherwise(t, at.policy, at.version)
		if err != nil {
			return nil, err
		}
		if d != nil {
			d.Rule, d.Line, d.Column = "told-otherwise", 1, 1
			found = append(found, d)
		}
	}
	return found, nil
}

// strangeSites returns those of the commits of built sites that the published
// branch does not hold.
func (w *Workspace) strangeSites(ctx context.Context, names map[string]named) ([]string, error) {
	var commits []string
	for _, t := range w.Told {
		if v := names[t.Policy+"@"+t.Label].version; t.By != "" && (v == nil || v.Commit != t.Revision) {
			commits = append(commits, t.Revision)
		}
	}
	if len(commits) == 0 {
		return nil, nil
	}
	public := w.History
	base, err := w.Repo.Resolve(w.mergeBase())
	if err != nil {
		return nil, err
	}
	if base != w.History.Head {
		if public, err = w.Repo.History(ctx, w.Options(base)); err != nil {
			return nil, err
		}
	}
	return w.Repo.Beside(public, commits)
}

// named is a policy and, where it has one of that name, a version.
type named struct {
	policy  *policy.Policy
	version *policy.Version
}

// byName finds policies by their ids and versions by theirs, under the names that
// they have and those that they had before.
func (w *Workspace) byName() map[string]named {
	names := make(map[string]named)
	add := func(id string, p *policy.Policy) {
		if names[id].policy != nil {
			return
		}
		names[id] = named{p, nil}
		for _, v := range p.Versions {
			names[id+"@"+v.Label] = named{p, v}
		}
	}
	for _, p := range w.History.Policies {
		add(p.ID, p)
	}
	for _, p := range w.History.Policies {
		for _, alias := range p.Aliases {
			add(alias, p)
		}
	}
	return names
}

// otherwise says how a version is not as people were told; nil when it is.
func (w *Workspace) otherwise(t policy.AnnouncedText, p *policy.Policy, v *policy.Version) (*policy.Diagnostic, error) {
	ref := t.Policy + "@" + t.Label
	if v == nil {
		d := &policy.Diagnostic{Level: policy.Error, Message: shown(t, ref) + ", and it is not in the history any more", Hint: "restore the commits that published it; a version once published stays"}
		if d.File = t.Path; p != nil {
			d.File = p.Path
		}
		return d, nil
	}
	if d, err := w.otherWords(t, p, v); d != nil || err != nil {
		return d, err
	}
	called := v.Cancelled() != nil
	d := &policy.Diagnostic{File: p.Path, Level: policy.Warning, Hint: correct(ref)}
	switch {
	case called && !t.Cancelled && t.By == "":
		d.Message = shown(t, ref) + ", and it is called off"
	case !called && t.Cancelled:
		d.Message = fmt.Sprintf("%s %s is called off, and it takes effect on %s", said(t), ref, v.Effective)
	case called || t.Effective.IsZero() || t.Effective == v.Effective:
		return nil, nil
	default:
		d.Message = fmt.Sprintf("%s %s takes effect on %s, and it is %s now", said(t), ref, t.Effective, v.Effective)
		switch {
		case v.Effective.Before(t.Effective):
			d.Level, d.Hint = policy.Error, fmt.Sprintf("put `effective_date: %s` back, or a later day; a day that people were told is never pulled forward", t.Effective)
		case t.By != "":
			return nil, nil // it was put off, which the page says
		}
	}
	return d, nil
}

// otherWords says that the text of a version is not the one that people were told
// of. Another head is no other text; a typo may be mended.
func (w *Workspace) otherWords(t policy.AnnouncedText, p *policy.Policy, v *policy.Version) (*policy.Diagnostic, error) {
	if t.SHA256 == v.SHA256 {
		return nil, nil
	}
	now, err := w.bytesOf(v)
	if err != nil {
		return nil, err
	}
	ref := t.Policy + "@" + t.Label
	d := &policy.Diagnostic{
		File: p.Path, Level: policy.Error,
		Message: fmt.Sprintf("%s with other words: sha256 %.12s then, and %.12s now", shown(t, ref), t.SHA256, v.SHA256),
		Hint:    "put its words back, and publish the change under a new `version`",
	}
	if t.By == "" {
		d.Hint += "; or " + correct(ref)
	}
	then, err := w.Repo.ReadAt(t.Revision, t.Path)
	if err != nil {
		return d, nil // the commit is gone: that it was another text is known by its digest
	}
	_, before, _ := policy.SplitFrontMatter(then)
	_, after, _ := policy.SplitFrontMatter(now)
	if bytes.Equal(bytes.TrimSpace(before), bytes.TrimSpace(after)) {
		return nil, nil
	}
	was, is, err := sides(t, then, v, now)
	if err != nil {
		return d, nil // what cannot be read cannot be called a typo
	}
	if c := w.Comparer.Compare(was, is); c.Redline.Stat().Changes == 0 {
		return nil, nil
	} else if a := c.Assessment(); a.Severity <= policy.Editorial && !a.Limited {
		d.Level, d.Hint = policy.Warning, ""
	}
	return d, nil
}

// bytesOf reads a version, which the work tree alone may have yet.
func (w *Workspace) bytesOf(v *policy.Version) ([]byte, error) {
	if v.Commit == policy.NoCommit {
		return w.WorkTree(&policy.Policy{Path: v.Path})
	}
	return w.Repo.ReadAt(v.Commit, v.Path)
}

func sides(t policy.AnnouncedText, then []byte, v *policy.Version, now []byte) (was, is comparison.Side, err error) {
	before, err := policy.ParsePublished(t.Path, then)
	if err != nil {
		return was, is, err
	}
	after, err := policy.ParsePublished(v.Path, now)
	return comparison.Side{Name: "then", Doc: before}, comparison.Side{Name: "now", Doc: after}, err
}

// shown says that a version was shown, and to whom.
func shown(t policy.AnnouncedText, ref string) string {
	if t.By != "" {
		return t.By + " shows " + ref
	}
	return fmt.Sprintf("%s of %s on %s", policy.Plural(t.Many, "person was told", "people were told"), ref, t.Day)
}

// said begins a sentence about what was said of a version.
func said(t policy.AnnouncedText) string {
	if t.By != "" {
		return t.By + " says that"
	}
	return fmt.Sprintf("%s on %s that", policy.Plural(t.Many, "person was told", "people were told"), t.Day)
}

// correct says how people who were told learn better.
func correct(ref string) string {
	return fmt.Sprintf("tell those people what holds now, once it is published: `codicil notify %s --correct REASON`", ref)
}
