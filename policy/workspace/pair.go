package workspace

import (
	"cmp"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/comparison"
	"github.com/codicil/codicil/policy/review"
	"github.com/codicil/codicil/policy/worktree"
)

// Pair is two texts to compare.
type Pair struct {
	Name          string // of what changed: a policy's id, or a file
	Lang          string // of the policy: a BCP 47 tag; empty where only the text can tell
	Before, After Side

	policy *policy.Policy  // nil for files
	kept   string          // label under which a second reader's word on it is kept; empty where none can be
	read   review.Readings // of its workspace
}

// Side is one text of a pair. A text that does not exist has no document.
type Side struct {
	Name      string // as people call it: privacy@1.0, a file, "work tree"
	Doc       *policy.Document
	Published time.Time // zero for what is not a published version
	sha256    string    // of its bytes; empty where nobody asks
	src       []byte
}

// Side reads a version as one text of a pair.
func (w *Workspace) Side(p *policy.Policy, v *policy.Version) (Side, error) {
	doc, err := w.Document(v)
	return Side{Name: p.Ref(v), Doc: doc, Published: v.Published, sha256: v.SHA256}, err
}

// Previous reads the version before v as one text of a pair.
func (w *Workspace) Previous(p *policy.Policy, v *policy.Version) (Side, error) {
	if previous := p.Previous(v); previous != nil {
		return w.Side(p, previous)
	}
	return Side{Name: "nothing"}, nil
}

// workTreeSide reads the text of the work tree as one text of a pair; it has no
// document when its file is gone.
func (w *Workspace) workTreeSide(p *policy.Policy) (Side, error) {
	s := Side{Name: "work tree"}
	src, err := w.WorkTree(p)
	if err != nil || src == nil {
		return s, err
	}
	s.sha256, s.src = review.Digest(src), src
	s.Doc, err = policy.Parse(p.Path, src)
	return s, err
}

// IsFile reports whether name is a file.
func IsFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular()
}

// FilePair reads two files to compare.
func FilePair(before, after string) (Pair, error) {
	old, err := ReadFile(before)
	if err != nil {
		return Pair{}, err
	}
	new, err := ReadFile(after)
	if err != nil {
		return Pair{}, err
	}
	return Pair{Name: after, Before: Side{Name: before, Doc: old}, After: Side{Name: after, Doc: new}}, nil
}

// ReadFile reads a text that the user has named.
func ReadFile(name string) (*policy.Document, error) {
	src, err := worktree.ReadNamed(worktree.Root("."), name, worktree.MaxText)
	if err != nil {
		return nil, fmt.Errorf("read the text: %w", err)
	}
	return policy.ParsePublished(name, src)
}

// isReference reports whether an argument names a policy, with or without a version.
func (w *Workspace) isReference(arg string) bool {
	if strings.Contains(arg, "@") {
		return true
	}
	_, err := w.Find(arg)
	return err == nil
}

// versionPair sets one version beside the one before it, and a policy without
// a version as published beside the work tree.
func (w *Workspace) versionPair(args []string, on policy.Date) (Pair, error) {
	p, v, err := w.Lookup(args[0], on)
	if err != nil {
		return Pair{}, err
	}
	if !strings.Contains(args[0], "@") {
		list, err := w.unpublished([]*policy.Policy{p}, on)
		if err != nil {
			return Pair{}, err
		}
		if len(list) == 0 {
			return Pair{}, policy.Hinted(fmt.Errorf("%s is withdrawn: no text of it is to come", p.ID), "`codicil log "+p.ID+"` shows its versions; name one to see what it changed")
		}
		return list[0], nil
	}
	after, err := w.Side(p, v)
	if err != nil {
		return Pair{}, err
	}
	before, err := w.Previous(p, v)
	if err != nil {
		return Pair{}, err
	}
	after.src, err = w.Repo.Text(v)
	changed := w.Pair(p, before, after)
	changed.kept = v.Label
	return changed, err
}

// Pair names two texts of a policy.
func (w *Workspace) Pair(p *policy.Policy, before, after Side) Pair {
	return Pair{Name: p.ID, Lang: cmp.Or(p.Lang, w.Config.Lang), Before: before, After: after, policy: p, read: w.LoadRecord}
}

// twoSides sets a version beside another, or beside a file or the text at a
// commit, in the order in which they are named.
func (w *Workspace) twoSides(first, second string, on policy.Date) (Pair, error) {
	named := second
	if w.isReference(first) {
		named = first
	}
	p, _, err := w.Lookup(named, on)
	if err != nil {
		return Pair{}, err
	}
	before, err := w.oneSide(p, first, on)
	if err != nil {
		return Pair{}, err
	}
	after, err := w.oneSide(p, second, on)
	if w.isReference(second) {
		p, _, _ = w.Lookup(second, on) // the newer text names what changed
	}
	return w.Pair(p, before, after), err
}

// oneSide reads what an argument names beside a version of p: a version, a
// file, a label of p, or p at a commit.
func (w *Workspace) oneSide(p *policy.Policy, arg string, on policy.Date) (Side, error) {
	if !w.isReference(arg) && IsFile(arg) {
		doc, err := ReadFile(arg)
		return Side{Name: arg, Doc: doc}, err
	}
	reference := arg
	if !w.isReference(arg) {
		reference = p.ID + "@" + arg
	}
	q, v, err := w.Lookup(reference, on)
	if err == nil {
		return w.Side(q, v)
	}
	if _, unknown := w.Repo.Resolve(arg); w.isReference(arg) || unknown != nil {
		return Side{}, err
	}
	s := w.at(arg, p)
	if s.Doc == nil {
		return s, policy.Hinted(fmt.Errorf("%s has no text at %s", p.ID, arg), "`codicil log "+p.ID+"` shows its versions")
	}
	return s, nil
}

// unpublished sets the newest published text of each policy beside the work tree.
func (w *Workspace) unpublished(policies []*policy.Policy, on policy.Date) ([]Pair, error) {
	var list []Pair
	for _, p := range policies {
		if len(p.Versions) == 0 || !p.Withdrawn.IsZero() {
			continue
		}
		before, err := w.Side(p, p.Versions[0])
		if err != nil {
			return nil, err
		}
		after, err := w.workTreeSide(p)
		if err != nil {
			return nil, err
		}
		next := w.Pair(p, before, after)
		if after.Doc != nil {
			_, next.kept = review.Against(p, after.Doc, on)
		}
		list = append(list, next)
	}
	return list, nil
}

func (w *Workspace) filePolicy(file string) (*policy.Policy, error) {
	path, err := worktree.Relative(w.Repo.Root(), file)
	if err != nil {
		return nil, err
	}
	for _, p := range w.History.Policies {
		if p.Path == path {
			return p, nil
		}
	}
	return nil, policy.Hinted(fmt.Errorf("%s is not a policy of this repository", file), "commit it first, or name two files to compare")
}

// commitPairs sets all policies at one commit beside another, or the work tree.
func (w *Workspace) commitPairs(args []string) ([]Pair, error) {
	for _, revision := range args {
		if _, err := w.Repo.Resolve(revision); err != nil {
			if err := w.Unfound(); err != nil {
				return nil, err
			}
			return nil, policy.Hinted(fmt.Errorf("%q is neither a policy, a version, a commit nor a file", revision), "`codicil list` shows the policies")
		}
	}
	var list []Pair
	for _, p := range w.History.Policies {
		before := w.at(args[0], p)
		after, err := w.workTreeSide(p)
		if len(args) == 2 {
			after = w.at(args[1], p)
		} else if err != nil {
			return nil, err
		}
		if before.Doc != nil || after.Doc != nil {
			list = append(list, w.Pair(p, before, after))
		}
	}
	return list, nil
}

// at returns the text of a policy at a commit, by any path it has had.
func (w *Workspace) at(revision string, p *policy.Policy) Side {
	s := Side{Name: p.ID + "@" + revision}
	tried := make(map[string]bool)
	for _, path := range append([]string{p.Path}, paths(p)...) {
		if tried[path] {
			continue
		}
		tried[path] = true
		src, err := w.Repo.ReadAt(revision, path)
		if err != nil {
			continue
		}
		if s.Doc, err = policy.ParsePublished(path, src); err == nil {
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

// Language returns the language of the newer text as a BCP 47 tag: what its
// front matter says, else that of the policy, else what its script tells;
// empty where nothing does.
func (p Pair) Language() string {
	doc := p.After.Doc
	if doc == nil {
		doc = p.Before.Doc
	}
	switch {
	case doc == nil:
		return p.Lang
	case doc.Front.Lang != "":
		return doc.Front.Lang
	case p.Lang != "":
		return p.Lang
	}
	return policy.ScriptLanguage(doc)
}

// Pairs finds what the arguments of diff and assess name: nothing (what was
// published against the work tree), one version (what it changed), two
// versions, two commits, or a version and a file or commit.
func (w *Workspace) Pairs(args []string, on policy.Date) ([]Pair, error) {
	switch {
	case len(args) == 0:
		if fault := w.Unfound(); fault != nil {
			return nil, fault
		}
		return w.unpublished(w.History.Policies, on)
	case len(args) == 2 && (w.isReference(args[0]) || w.isReference(args[1])):
		p, err := w.twoSides(args[0], args[1], on)
		if err != nil {
			return nil, err
		}
		return []Pair{p}, nil
	case w.isReference(args[0]):
		p, err := w.versionPair(args, on)
		if err != nil {
			return nil, err
		}
		return []Pair{p}, nil
	case len(args) == 1 && IsFile(args[0]):
		p, err := w.filePolicy(args[0])
		if err != nil {
			return nil, err
		}
		return w.unpublished([]*policy.Policy{p}, on)
	}
	return w.commitPairs(args)
}

// Compare sets the texts of a pair beside each other.
func (p Pair) Compare(c comparison.Comparer) *comparison.Comparison {
	return c.Compare(comparison.Side{Name: p.Before.Name, Doc: p.Before.Doc}, comparison.Side{Name: p.After.Name, Doc: p.After.Doc})
}

// Judged says how much the pair changes, by the rules and by a second reader
// where one was asked.
func (p Pair) Judged(c comparison.Comparer) review.Joined {
	compared := p.Compare(c)
	if p.kept == "" {
		return review.Joined{Assessment: compared.Assessment()}
	}
	return p.read.Joined(review.Pair{Policy: p.policy, Label: p.kept, Before: p.Before.sha256, After: p.After.src, Comparison: compared})
}

// SinceTold sets a version, or the text of the work tree, beside the last version
// that people were told about.
func (w *Workspace) SinceTold(arg string, on policy.Date) (Pair, error) {
	p, v, err := w.Lookup(arg, on)
	if err != nil {
		return Pair{}, err
	}
	after, err := w.Side(p, v)
	if !strings.Contains(arg, "@") && err == nil && w.Repo.Root() != "" {
		next, err := w.workTreeSide(p)
		if err != nil {
			return Pair{}, err
		}
		if next.Doc != nil && next.sha256 != p.Versions[0].SHA256 {
			after = next
			p, v = review.AsPublished(p, next.Doc, on)
		}
	}
	if err != nil {
		return Pair{}, err
	}
	told, err := review.LastTold(w.Repo, w.Comparer, w.Rules, p, v)
	if err != nil || told == nil {
		return w.Pair(p, Side{Name: "nothing"}, after), err
	}
	before, err := w.Side(p, told)
	return w.Pair(p, before, after), err
}
