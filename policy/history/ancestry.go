package history

import (
	"fmt"

	"github.com/go-git/go-git/v5/plumbing"
)

// Unreachable returns those of the given commits that a revision does not go
// back to, through any parent: what a rewritten history left behind. Ids that
// are no commits of this repository count among them. In a shallow clone a
// commit may only be out of reach.
func (r *Repository) Unreachable(revision string, commits []string) ([]string, error) {
	var lost []string
	err := r.pool.with(func(s *store) error {
		head, err := s.resolve(revision)
		if err != nil {
			return unborn(err)
		}
		wanted := make(map[plumbing.Hash]bool)
		for _, id := range commits {
			wanted[plumbing.NewHash(id)] = true
		}
		if err := s.meet(head, wanted, r.boundary); err != nil {
			return err
		}
		for _, id := range commits {
			if !plumbing.IsHash(id) || wanted[plumbing.NewHash(id)] {
				lost = append(lost, id)
			}
		}
		return nil
	})
	return lost, r.explain(err)
}

// meet takes out of wanted what lies behind head, until nothing is wanted.
func (s *store) meet(head plumbing.Hash, wanted, boundary map[plumbing.Hash]bool) error {
	seen := map[plumbing.Hash]bool{head: true}
	queue := []plumbing.Hash{head}
	for len(queue) > 0 && len(wanted) > 0 {
		at := queue[0]
		queue = queue[1:]
		delete(wanted, at)
		if boundary[at] {
			continue
		}
		c, err := s.readCommit(at)
		if err != nil {
			return err
		}
		for _, parent := range c.parents {
			if !seen[parent] {
				seen[parent] = true
				queue = append(queue, parent)
			}
		}
	}
	return nil
}

// Texts returns every text that one file had along the first parents of a
// revision, newest first. The path is slash-separated, from the root.
func (r *Repository) Texts(revision, file string) ([][]byte, error) {
	var texts [][]byte
	err := r.pool.with(func(s *store) error {
		at, err := s.resolve(revision)
		if err != nil {
			return unborn(err)
		}
		texts, err = s.textsBefore(at, file, r.boundary)
		return err
	})
	return texts, r.explain(err)
}

// textsBefore returns every text that a file had at a commit and along the first
// parents of it, newest first.
func (s *store) textsBefore(at plumbing.Hash, file string, boundary map[plumbing.Hash]bool) ([][]byte, error) {
	var texts [][]byte
	var last plumbing.Hash
	for {
		c, err := s.readCommit(at)
		if err != nil {
			return texts, err
		}
		e, err := s.lookUp(c.tree, file)
		if err != nil {
			return texts, err
		}
		if e != nil && e.isFile() && e.id != last {
			text, err := s.read(plumbing.BlobObject, e.id)
			if err != nil {
				return texts, fmt.Errorf("read %s at %s: %w", file, at, err)
			}
			texts, last = append(texts, text), e.id
		}
		if len(c.parents) == 0 || boundary[at] {
			return texts, nil
		}
		at = c.parents[0]
	}
}
