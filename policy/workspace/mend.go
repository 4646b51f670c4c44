package workspace

import (
	"bytes"
	"fmt"
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
		if SourceOf(p.Path, src) != "" {
			continue // what its source makes of it is mended there
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

// Numbered is a text of the work tree whose numbering was looked at.
type Numbered struct {
	File    string
	Source  string // that its text is made of: then it is left as it is; empty for none
	Repairs []repair.Repair
}

// Number mends the numbering of texts in the work tree.
func (w *Workspace) Number(policies []*policy.Policy) ([]Numbered, error) {
	var list []Numbered
	for _, p := range policies {
		file := filepath.Join(w.Repo.Root(), filepath.FromSlash(p.Path))
		src, err := worktree.Read(w.Repo.Root(), file, worktree.MaxText)
		if err != nil {
			return nil, fmt.Errorf("read the work tree: %w", err)
		}
		n := Numbered{File: p.Path, Source: SourceOf(p.Path, src)}
		if n.Source != "" {
			list = append(list, n)
			continue
		}
		out, repairs, err := repair.Numbering(p.Path, src)
		if err != nil {
			return nil, err
		}
		n.Repairs = repairs
		if len(repairs) > 0 && !bytes.Equal(src, out) {
			if err := worktree.Write(file, out); err != nil {
				return nil, err
			}
		}
		list = append(list, n)
	}
	return list, nil
}
