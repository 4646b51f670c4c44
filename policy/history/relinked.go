package history

import (
	"path"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing/filemode"
	gitindex "github.com/go-git/go-git/v5/plumbing/format/index"
)

// Relinked returns the symbolic links of git's index in whose place a revision has
// something else: a folder, a file, or a link that leads elsewhere. Whoever goes to
// one by its name comes to another place than there.
func (r *Repository) Relinked(revision string) (links []string, err error) {
	err = r.beside(revision, func(s *store, root *entry, entries []*gitindex.Entry) error {
		for _, e := range entries {
			if e.Mode != filemode.Symlink {
				continue
			}
			was, err := s.lookUp(root.id, e.Name)
			if err != nil {
				return err
			}
			if was != nil && (!was.isLink() || was.id != e.Hash) {
				links = append(links, e.Name)
			}
		}
		return nil
	})
	return links, err
}

// Altered returns the files of git's index at paths, or in the folders that lie
// there, of which a revision has other bytes or none; and those that it alone has.
func (r *Repository) Altered(revision string, paths []string) (files []string, err error) {
	err = r.beside(revision, func(s *store, root *entry, entries []*gitindex.Entry) error {
		now := make(map[string]bool)
		for _, e := range entries {
			if !slices.Contains(paths, e.Name) && !slices.Contains(paths, path.Dir(e.Name)) {
				continue
			}
			now[e.Name] = true
			was, err := s.lookUp(root.id, e.Name)
			if err != nil {
				return err
			}
			if was == nil || was.id != e.Hash {
				files = append(files, e.Name)
			}
		}
		for _, at := range paths {
			before, err := s.filesAt(root, at)
			if err != nil {
				return err
			}
			files = append(files, slices.DeleteFunc(before, func(file string) bool { return now[file] })...)
		}
		return nil
	})
	slices.Sort(files)
	return slices.Compact(files), err
}

// filesAt lists the file at a path, or those straight in the folder there.
func (s *store) filesAt(root *entry, at string) ([]string, error) {
	e, err := s.lookUp(root.id, at)
	switch {
	case err != nil || e == nil:
		return nil, err
	case !e.isTree():
		return []string{at}, nil
	}
	raw, err := s.readTree(e.id)
	var files []string
	for err == nil && len(raw) > 0 {
		var in entry
		if in, err = parseEntry(raw); err == nil && !in.isTree() {
			files = append(files, strings.TrimPrefix(at+"/"+string(in.name), "/"))
		}
		raw = raw[in.size:]
	}
	return files, err
}

// beside looks at git's index beside the tree of a revision.
func (r *Repository) beside(revision string, look func(s *store, root *entry, entries []*gitindex.Entry) error) error {
	entries, err := r.index()
	if err != nil {
		return err
	}
	return r.explain(r.pool.with(func(s *store) error {
		id, err := s.resolve(revision)
		if err != nil {
			return unborn(err)
		}
		c, err := s.readCommit(id)
		if err != nil {
			return err
		}
		return look(s, &entry{mode: modeFolder, id: c.tree}, entries)
	}))
}
