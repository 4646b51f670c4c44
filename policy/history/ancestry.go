package history

import (
	"bytes"
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

// Beside returns those of the given commits that are not on the published line of
// a history: commits of other branches, merged or not, and what is no commit. Where
// nothing tells which of two lines was published, both are.
func (r *Repository) Beside(h *History, commits []string) ([]string, error) {
	wanted := make(map[plumbing.Hash]bool)
	for _, id := range commits {
		wanted[plumbing.NewHash(id)] = true
	}
	err := r.pool.with(func(s *store) error {
		return s.along(h, r.boundary, true, func(id plumbing.Hash, _ *commit) (bool, error) {
			delete(wanted, id)
			return len(wanted) > 0, nil
		})
	})
	var beside []string
	for _, id := range commits {
		if !plumbing.IsHash(id) || wanted[plumbing.NewHash(id)] {
			beside = append(beside, id)
		}
	}
	return beside, r.explain(err)
}

// Past returns every text that files had along the published line of a history,
// newest first, by path: slash-separated, from the root.
func (r *Repository) Past(h *History, files ...string) (map[string][][]byte, error) {
	texts, last := make(map[string][][]byte), make(map[string]plumbing.Hash)
	err := r.pool.with(func(s *store) error {
		tree := plumbing.ZeroHash
		return s.along(h, r.boundary, false, func(id plumbing.Hash, c *commit) (bool, error) {
			if c.tree == tree {
				return true, nil
			}
			tree = c.tree
			for _, file := range files {
				e, err := s.lookUp(c.tree, file)
				if err != nil {
					return false, err
				}
				if e == nil || !e.isFile() || e.id == last[file] {
					continue
				}
				text, err := s.read(plumbing.BlobObject, e.id)
				if err != nil {
					return false, fmt.Errorf("read %s at %s: %w", file, id, err)
				}
				texts[file], last[file] = append(texts[file], bytes.Clone(text)), e.id
			}
			return true, nil
		})
	})
	return texts, r.explain(err)
}

// along visits the commits of the published line of a history, newest first, for
// as long as more is asked for; with sides, those of both lines of a merge of which
// nothing tells which one was published.
func (s *store) along(h *History, boundary map[plumbing.Hash]bool, sides bool, visit func(plumbing.Hash, *commit) (more bool, err error)) error {
	if h.Head == "" {
		return nil
	}
	line := mainline{}
	if h.line != nil {
		line = *h.line
	}
	seen := make(map[plumbing.Hash]bool)
	queue := []plumbing.Hash{plumbing.NewHash(h.Head)}
	for len(queue) > 0 {
		at := queue[0]
		if queue = queue[1:]; seen[at] {
			continue
		}
		seen[at] = true
		c, err := s.readCommit(at)
		if err != nil {
			return err
		}
		if more, err := visit(at, c); err != nil || !more {
			return err
		}
		if len(c.parents) == 0 || boundary[at] {
			continue
		}
		line.doubtful = nil
		queue = append(queue, c.parents[line.parent(at, c)])
		if sides && len(line.doubtful) > 0 {
			queue = append(queue, c.parents[1:]...)
		}
	}
	return nil
}
