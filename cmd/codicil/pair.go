package main

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/worktree"
)

// pair is two texts to compare.
type pair struct {
	name          string // of what changed: a policy's id, or a file
	lang          string // of the policy: a BCP 47 tag; empty where only the text can tell
	before, after side
}

// side is one text of a pair. A text that does not exist has no document.
type side struct {
	name      string // as people call it: privacy@1.0, a file, "work tree"
	doc       *policy.Document
	published time.Time // zero for what is not a published version
}

// side reads a version as one text of a pair.
func (w *workspace) side(p *policy.Policy, v *policy.Version) (side, error) {
	doc, err := w.document(v)
	return side{p.Ref(v), doc, v.Published}, err
}

// previous reads the version before v as one text of a pair.
func (w *workspace) previous(p *policy.Policy, v *policy.Version) (side, error) {
	if previous := p.Previous(v); previous != nil {
		return w.side(p, previous)
	}
	return side{name: "nothing"}, nil
}

// pairs finds what the arguments of diff and assess name: nothing (what was
// published against the work tree), one version (what it changed), two
// versions, two commits, two files, or a version and one of the others.
func (a *app) pairs(ctx context.Context, args []string) ([]pair, error) {
	if len(args) == 2 && isFile(args[0]) && isFile(args[1]) {
		p, err := a.filePair(args[0], args[1])
		return []pair{p}, err
	}
	w, err := a.open(ctx)
	if err != nil {
		return nil, err
	}
	switch {
	case len(args) == 0:
		return w.unpublished(w.history.Policies)
	case len(args) == 2 && (w.isReference(args[0]) || w.isReference(args[1])):
		p, err := a.twoSides(w, args[0], args[1])
		if err != nil {
			return nil, err
		}
		return []pair{p}, nil
	case w.isReference(args[0]):
		p, err := a.versionPair(w, args)
		if err != nil {
			return nil, err
		}
		return []pair{p}, nil
	case len(args) == 1 && isFile(args[0]):
		p, err := a.filePolicy(w, args[0])
		if err != nil {
			return nil, err
		}
		return w.unpublished([]*policy.Policy{p})
	}
	return w.commitPairs(args)
}

// isFile reports whether name is a file.
func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular()
}

func (a *app) filePair(before, after string) (pair, error) {
	old, err := readFile(before)
	if err != nil {
		return pair{}, err
	}
	new, err := readFile(after)
	if err != nil {
		return pair{}, err
	}
	return pair{name: after, before: side{name: before, doc: old}, after: side{name: after, doc: new}}, nil
}

func readFile(name string) (*policy.Document, error) {
	src, err := worktree.ReadNamed(worktree.Root("."), name, worktree.MaxText)
	if err != nil {
		return nil, fmt.Errorf("read the text: %w", err)
	}
	return policy.ParsePublished(name, src)
}

// isReference reports whether an argument names a policy, with or without a version.
func (w *workspace) isReference(arg string) bool {
	if strings.Contains(arg, "@") {
		return true
	}
	_, err := w.find(arg)
	return err == nil
}

// versionPair sets one version beside the one before it, and a policy without
// a version as published beside the work tree.
func (a *app) versionPair(w *workspace, args []string) (pair, error) {
	p, v, err := w.lookup(args[0], a.today())
	if err != nil {
		return pair{}, err
	}
	if !strings.Contains(args[0], "@") {
		list, err := w.unpublished([]*policy.Policy{p})
		if err != nil {
			return pair{}, err
		}
		return list[0], nil
	}
	after, err := w.side(p, v)
	if err != nil {
		return pair{}, err
	}
	before, err := w.previous(p, v)
	return w.pair(p, before, after), err
}

// pair names two texts of a policy.
func (w *workspace) pair(p *policy.Policy, before, after side) pair {
	return pair{p.ID, cmp.Or(p.Lang, w.config.Lang), before, after}
}

// twoSides sets a version beside another, or beside a file or the text at a
// commit, in the order in which they are named.
func (a *app) twoSides(w *workspace, first, second string) (pair, error) {
	named := second
	if w.isReference(first) {
		named = first
	}
	p, _, err := w.lookup(named, a.today())
	if err != nil {
		return pair{}, err
	}
	before, err := a.oneSide(w, p, first)
	if err != nil {
		return pair{}, err
	}
	after, err := a.oneSide(w, p, second)
	if w.isReference(second) {
		p, _, _ = w.lookup(second, a.today()) // the newer text names what changed
	}
	return w.pair(p, before, after), err
}

// oneSide reads what an argument names beside a version of p: a version, a
// file, a label of p, or p at a commit.
func (a *app) oneSide(w *workspace, p *policy.Policy, arg string) (side, error) {
	if !w.isReference(arg) && isFile(arg) {
		doc, err := readFile(arg)
		return side{name: arg, doc: doc}, err
	}
	reference := arg
	if !w.isReference(arg) {
		reference = p.ID + "@" + arg
	}
	q, v, err := w.lookup(reference, a.today())
	if err == nil {
		return w.side(q, v)
	}
	if _, unknown := w.repo.Resolve(arg); w.isReference(arg) || unknown != nil {
		return side{}, err
	}
	s := w.at(arg, p)
	if s.doc == nil {
		return s, hinted(fmt.Errorf("%s has no text at %s", p.ID, arg), "`codicil log "+p.ID+"` shows its versions")
	}
	return s, nil
}

// unpublished sets the newest published text of each policy beside the work tree.
func (w *workspace) unpublished(policies []*policy.Policy) ([]pair, error) {
	var list []pair
	for _, p := range policies {
		if len(p.Versions) == 0 || !p.Withdrawn.IsZero() {
			continue
		}
		before, err := w.side(p, p.Versions[0])
		if err != nil {
			return nil, err
		}
		after, err := w.workTreeDocument(p)
		if err != nil {
			return nil, err
		}
		list = append(list, w.pair(p, before, side{name: "work tree", doc: after}))
	}
	return list, nil
}

func (a *app) filePolicy(w *workspace, file string) (*policy.Policy, error) {
	path, err := relativeTo(w.repo.Root(), file)
	if err != nil {
		return nil, err
	}
	for _, p := range w.history.Policies {
		if p.Path == path {
			return p, nil
		}
	}
	return nil, hinted(fmt.Errorf("%s is not a policy of this repository", file), "commit it first, or name two files to compare")
}

// commitPairs sets all policies at one commit beside another, or the work tree.
func (w *workspace) commitPairs(args []string) ([]pair, error) {
	for _, revision := range args {
		if _, err := w.repo.Resolve(revision); err != nil {
			return nil, hinted(fmt.Errorf("%q is neither a policy, a version, a commit nor a file", revision), "`codicil list` shows the policies")
		}
	}
	var list []pair
	for _, p := range w.history.Policies {
		before := w.at(args[0], p)
		after := side{name: "work tree"}
		var err error
		if len(args) == 2 {
			after = w.at(args[1], p)
		} else if after.doc, err = w.workTreeDocument(p); err != nil {
			return nil, err
		}
		if before.doc != nil || after.doc != nil {
			list = append(list, w.pair(p, before, after))
		}
	}
	return list, nil
}

// at returns the text of a policy at a commit, by any path it has had.
func (w *workspace) at(revision string, p *policy.Policy) side {
	s := side{name: p.ID + "@" + revision}
	tried := make(map[string]bool)
	for _, path := range append([]string{p.Path}, paths(p)...) {
		if tried[path] {
			continue
		}
		tried[path] = true
		src, err := w.repo.ReadAt(revision, path)
		if err != nil {
			continue
		}
		if s.doc, err = policy.ParsePublished(path, src); err == nil {
			return s
		}
	}
	return s
}

func paths(p *policy.Policy) []string {
	var list []string
	for _, v := range p.Versions {
		list = append(list, v.Path)
	}
	return list
}

// language returns the language of the newer text as a BCP 47 tag: what its
// front matter says, else that of the policy, else what its script tells;
// empty where nothing does.
func (p pair) language() string {
	doc := p.after.doc
	if doc == nil {
		doc = p.before.doc
	}
	switch {
	case doc == nil:
		return p.lang
	case doc.Front.Lang != "":
		return doc.Front.Lang
	case p.lang != "":
		return p.lang
	}
	return policy.ScriptLanguage(doc)
}
