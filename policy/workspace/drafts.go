package workspace

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/review"
	"github.com/codicil/codicil/policy/worktree"
)

// Drafts are the texts of the work tree as if they were published on a day. They
// give the bytes of published versions too.
type Drafts struct {
	Policies []*policy.Policy

	published review.Texts
	texts     map[*policy.Version][]byte
}

// Drafts adds to each policy the text of the work tree, if it differs from what
// is published.
func (w *Workspace) Drafts(on policy.Date) (*Drafts, error) {
	d := &Drafts{published: w.Repo, texts: make(map[*policy.Version][]byte)}
	for _, published := range w.History.Policies {
		next, err := d.next(w, published, on)
		if err != nil {
			return nil, err
		}
		d.Policies = append(d.Policies, next)
	}
	return d, nil
}

// next adds the text of the work tree to a policy, if it differs.
func (d *Drafts) next(w *Workspace, p *policy.Policy, on policy.Date) (*policy.Policy, error) {
	if w.Repo.Root() == "" || len(p.Versions) == 0 || !p.Withdrawn.IsZero() {
		return p, nil
	}
	file := filepath.Join(w.Repo.Root(), filepath.FromSlash(p.Path))
	src, err := worktree.Read(w.Repo.Root(), file, worktree.MaxText)
	if errors.Is(err, fs.ErrNotExist) {
		return p, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the work tree: %w", err)
	}
	if len(src) == 0 {
		return nil, worktree.ErrBeingSaved
	}
	published, err := w.Repo.Text(p.Versions[0])
	if err != nil || string(src) == string(published) {
		return p, err
	}
	doc, err := policy.Parse(p.Path, src)
	if err != nil {
		return nil, err
	}
	next, v := review.AsPublished(p, doc, on)
	v.Commit = "not committed yet"
	d.texts[v] = src
	return next, nil
}

// Text returns the bytes of a version.
func (d *Drafts) Text(v *policy.Version) ([]byte, error) {
	if src, ok := d.texts[v]; ok {
		return src, nil
	}
	return d.published.Text(v)
}
