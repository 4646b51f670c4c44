package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/integrity"
	"github.com/codicil/codicil/policy/review"
	"github.com/codicil/codicil/policy/worktree"
)

// sumFile returns where the pins of this workspace are kept.
func (w *workspace) sumFile() string { return filepath.Join(w.config.Dir, integrity.SumName) }

// pins reads the pins. A workspace without the file has none.
func (w *workspace) pins() ([]integrity.Pin, error) {
	src, err := worktree.Read(w.repo.Root(), w.sumFile(), worktree.MaxText)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the digests: %w", err)
	}
	return integrity.ParseSum(w.sumFile(), src)
}

// checker makes what compares the pins with the history.
func (w *workspace) checker() (*integrity.Checker, error) {
	pins, err := w.pins()
	return &integrity.Checker{
		Repository: w.repo, Policies: w.history.Policies, Head: w.history.Head, Pins: pins, File: path.Join(w.base, integrity.SumName),
	}, err
}

// asRepository is what there is to know of the repository as a whole, and what
// compares more of it; nil where the history is cut off or the pins cannot be
// read.
func (w *workspace) asRepository() (review.Repository, *integrity.Checker, error) {
	h := w.history
	r := review.Repository{Policies: h.Policies, Shallow: h.Shallow, Warnings: h.Warnings}
	if h.Shallow { // what is cut off is not gone
		return r, nil, nil
	}
	c, err := w.checker()
	if fault := (*policy.Diagnostic)(nil); errors.As(err, &fault) {
		r.Integrity = []*policy.Diagnostic{fault}
		return r, nil, nil
	}
	if err == nil {
		r.Integrity, err = c.Changed()
	}
	return r, c, err
}
