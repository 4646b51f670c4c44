package workspace

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/repair"
)

// ErrChanged is returned where the work tree no longer says what a version says.
var ErrChanged = errors.New("the text has changed")

// Unchanged returns the text of a policy in the work tree, which must still say
// what a version of it says.
func (w *Workspace) Unchanged(p *policy.Policy, v *policy.Version) ([]byte, error) {
	source, err := w.WorkTree(p)
	if err != nil {
		return nil, err
	}
	then, err := w.Repo.Text(v)
	if err != nil {
		return nil, err
	}
	now, err := policy.Parse(p.Path, source)
	if err != nil {
		return nil, err
	}
	was, err := policy.ParsePublished(p.Path, then)
	if err != nil {
		return nil, err
	}
	if !repair.SameBlocks(was.Blocks, now.Blocks) {
		return nil, fmt.Errorf("%w: %s since %s", ErrChanged, p.Path, p.Ref(v))
	}
	return source, nil
}

// PathOf returns where the text of a policy is, seen from the current folder.
func (w *Workspace) PathOf(p *policy.Policy) string {
	path := filepath.FromSlash(p.Path)
	if here, err := os.Getwd(); err == nil {
		if near, err := filepath.Rel(here, filepath.Join(w.Repo.Root(), path)); err == nil {
			return near
		}
	}
	return path
}
