package history

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing/filemode"
	gitindex "github.com/go-git/go-git/v5/plumbing/format/index"
)

// Staged returns the paths of the files that look like policies, are in git's
// index and are no policy of h yet: what the next commit will publish first. Where
// git knows of none at all, those count that lie in the work tree.
func (r *Repository) Staged(h *History, o Options) ([]string, error) {
	choose, entries, err := r.choosing(o)
	if err != nil {
		return nil, err
	}
	known, texts := make(map[string]bool), make(map[string]int)
	for _, f := range h.LeftOut {
		known[f.Path] = true
	}
	for _, p := range h.Policies {
		known[p.Path] = p.Withdrawn.IsZero()
	}
	var candidates []string
	for _, e := range entries {
		if e.Mode != filemode.Symlink && choose.want(e.Name) {
			texts[folder(e.Name)]++
			candidates = append(candidates, e.Name)
		}
	}
	lonely := func(file string) bool { return texts[folder(file)] <= 1 }
	candidates = slices.DeleteFunc(candidates, func(file string) bool {
		return known[file] || !choose.policy(file, lonely) || h.byName && !policyName.MatchString(strings.TrimPrefix(file, choose.base))
	})
	if len(candidates) == 0 && len(h.Policies) == 0 {
		return r.fitting(choose), nil
	}
	return candidates, nil
}

// choosing returns what tells policies from other files, and the index of git.
func (r *Repository) choosing(o Options) (*chooser, []*gitindex.Entry, error) {
	choose, err := newChooser(o.Base, o.Policies)
	if err != nil {
		return nil, nil, err
	}
	entries, err := r.index()
	return choose, entries, err
}

// Unknown returns the files of the work tree that fit the patterns of the
// configuration, lie beside files that git knows, and are unknown to git: whoever
// wrote one may think that it is looked at.
func (r *Repository) Unknown(o Options) ([]string, error) {
	choose, entries, err := r.choosing(o)
	if err != nil {
		return nil, err
	}
	known, folders := make(map[string]bool), make(map[string]bool)
	for _, e := range entries {
		known[e.Name], folders[folder(e.Name)] = true, true
	}
	return slices.DeleteFunc(r.fitting(choose), func(file string) bool { return known[file] || !folders[folder(file)] }), nil
}

// mostLooked bounds how many files and folders are looked at for texts that git
// knows nothing of.
const mostLooked = 20_000

// fitting lists the files of the work tree that fit the patterns of the
// configuration, whether git knows them or not.
func (r *Repository) fitting(choose *chooser) []string {
	if r.root == "" || len(choose.globs) == 0 {
		return nil
	}
	var found []string
	seen := 0
	top := filepath.Join(r.root, filepath.FromSlash(choose.base))
	_ = filepath.WalkDir(top, func(name string, e fs.DirEntry, err error) error { // what cannot be read is not there
		if seen++; err != nil || seen > mostLooked {
			return fs.SkipAll
		}
		if e.IsDir() && e.Name() == ".git" {
			return fs.SkipDir
		}
		file, err := filepath.Rel(r.root, name)
		if file = filepath.ToSlash(file); err == nil && e.Type().IsRegular() && choose.want(file) && choose.policy(file, func(string) bool { return true }) {
			found = append(found, file)
		}
		return nil
	})
	return found
}

// index reads git's index: the files of the next commit. A bare repository has
// none, nor has one to which nothing was added yet.
func (r *Repository) index() ([]*gitindex.Entry, error) {
	f, err := os.Open(filepath.Join(r.git, "index"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the index of git: %w", err)
	}
	defer f.Close()
	var idx gitindex.Index
	if gitindex.NewDecoder(f).Decode(&idx) != nil {
		return nil, nil // git writes forms that are not known here, such as one without a checksum: the history is checked all the same
	}
	return idx.Entries, nil
}

// Tracks reports whether git's index has a file, by its slash path from the root.
func (r *Repository) Tracks(file string) bool {
	entries, _ := r.index() // what cannot be read holds nothing
	return slices.ContainsFunc(entries, func(e *gitindex.Entry) bool { return e.Name == file })
}

// Holding returns the paths at which the next commit has a text, known by git's id
// of it.
func (r *Repository) Holding(blob string) []string {
	entries, _ := r.index() // what cannot be read holds nothing
	var paths []string
	for _, e := range entries {
		if e.Hash.String() == blob {
			paths = append(paths, e.Name)
		}
	}
	return paths
}
