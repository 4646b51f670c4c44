package workspace

import (
	"bytes"
	"path/filepath"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/repair"
	"github.com/codicil/codicil/policy/worktree"
)

// Mend repairs in the work tree what changes no meaning, and tells of each file
// how many repairs that took.
func (w *Workspace) Mend(policies []*policy.Policy, mended func(file string, repairs int)) error {
	for _, p := range policies {
		src, err := w.WorkTree(p)
		if err != nil {
			return err
		}
		out, repairs := repair.Tidy(src)
		if bytes.Equal(out, src) || len(repairs) == 0 {
			continue
		}
		if err := worktree.Write(filepath.Join(w.Repo.Root(), filepath.FromSlash(p.Path)), out); err != nil {
			return err
		}
		mended(p.Path, len(repairs))
	}
	return nil
}
