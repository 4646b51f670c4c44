package workspace

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/history"
	"github.com/codicil/codicil/policy/integrity"
	"github.com/codicil/codicil/policy/review"
	"github.com/codicil/codicil/policy/worktree"
)

// SumFile returns where the pins of this workspace are kept.
func (w *Workspace) SumFile() string { return filepath.Join(w.Config.Dir, integrity.SumName) }

// Pins reads the pins. A workspace without the file has none.
func (w *Workspace) Pins() ([]integrity.Pin, error) {
	src, err := worktree.Read(w.Repo.Root(), w.SumFile(), worktree.MaxText)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the digests: %w", err)
	}
	return integrity.ParseSum(w.SumFile(), src)
}

// publishedLine is a repository as the published line of a history has it.
type publishedLine struct {
	*history.Repository
	history *history.History
}

func (l publishedLine) Past(files ...string) (map[string][][]byte, error) {
	return l.Repository.Past(l.history, files...)
}

func (l publishedLine) Beside(commits []string) ([]string, error) {
	return l.Repository.Beside(l.history, commits)
}

// checker makes what compares the pins with the history.
func (w *Workspace) checker() (*integrity.Checker, error) {
	pins, err := w.Pins()
	return &integrity.Checker{
		Repository: publishedLine{w.Repo, w.History}, OnRecord: w.Config.Acknowledged, Policies: w.History.Policies, Head: w.History.Head, Pins: pins, File: path.Join(w.base, integrity.SumName),
	}, err
}

// AsRepository is what there is to know of the repository as a whole, and what
// compares more of it; nil where the history is cut off or the pins cannot be
// read, and for what was known on a day that is past.
func (w *Workspace) AsRepository() (review.Repository, *integrity.Checker, error) {
	h := w.History
	r := review.Repository{Policies: h.Policies, Shallow: h.Shallow, Warnings: h.Warnings}
	if h.Shallow || !w.Known.IsZero() { // what is cut off is not gone, nor what was not known yet
		return r, nil, nil
	}
	c, err := w.checker()
	if fault := (*policy.Diagnostic)(nil); errors.As(err, &fault) {
		r.Integrity = []*policy.Diagnostic{fault}
		return r, nil, nil
	}
	if err != nil {
		return r, nil, err
	}
	vouched, err := w.readLog(c)
	if err != nil {
		return r, nil, err
	}
	r.Integrity, err = c.Changed()
	r.Integrity = append(r.Integrity, vouched...)
	return r, c, err
}
