package history

import (
	"github.com/go-git/go-git/v5/plumbing/filemode"
)

// Relinked returns the symbolic links of git's index in whose place a revision has
// something else: a folder, a file, or a link that leads elsewhere. Whoever goes to
// one by its name comes to another place than there.
func (r *Repository) Relinked(revision string) ([]string, error) {
	entries, err := r.index()
	if err != nil {
		return nil, err
	}
	var links []string
	err = r.pool.with(func(s *store) error {
		id, err := s.resolve(revision)
		if err != nil {
			return unborn(err)
		}
		c, err := s.readCommit(id)
		if err != nil {
			return err
		}
		for _, e := range entries {
			if e.Mode != filemode.Symlink {
				continue
			}
			was, err := s.lookUp(c.tree, e.Name)
			if err != nil {
				return err
			}
			if was != nil && (!was.isLink() || was.id != e.Hash) {
				links = append(links, e.Name)
			}
		}
		return nil
	})
	return links, r.explain(err)
}
