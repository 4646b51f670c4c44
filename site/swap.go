package site

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// publish writes the manifest and puts the new files in their place. When it
// fails or is killed, the old site stands as it was, or the next build puts the
// rest of the new one in its place.
func (s *stage) publish(m *merged) error {
	if err := s.putPieces(ManifestName, m.pieces, true); err != nil {
		return err
	}
	if !s.partial && s.replaceable() && s.swap() == nil {
		return removeLeftovers(s.dst)
	}
	if err := s.put(removalsName, []byte(strings.Join(m.gone, "\n")), true); err != nil {
		return err
	}
	ready, err := s.commit()
	if err != nil {
		return err
	}
	if err := install(ready, s.dst); err != nil {
		return fmt.Errorf("publishing to %s: %w", s.dst, err)
	}
	return removeLeftovers(s.dst)
}

// removalsName is the file of a building folder that lists what is to go.
const removalsName = ".codicil-removals"

// commit gives the building folder the name that says that it is whole: from
// here on the new site is certain, whatever happens. Until here nothing of the
// old one was touched.
func (s *stage) commit() (string, error) {
	dir, name := filepath.Split(s.dir)
	at := strings.LastIndex(name, "new-")
	ready := dir + name[:at] + "go-" + name[at+len("new-"):]
	if err := os.Rename(s.dir, ready); err != nil {
		return "", err
	}
	s.dir = ""
	return ready, nil
}

// install moves the files of a building folder that is whole to their place,
// each by one rename, removes what is to go, and writes the manifest last. Cut
// short, it can be begun again.
func install(ready, dst string) error {
	if err := os.MkdirAll(dst, 0o755); err != nil {
		return err
	}
	err := filepath.WalkDir(ready, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(ready, path)
		if err != nil || name == ManifestName || name == removalsName {
			return err
		}
		return move(path, filepath.Join(dst, name))
	})
	if err != nil {
		return err
	}
	if err := removeListed(ready, dst); err != nil {
		return err
	}
	if err := move(filepath.Join(ready, ManifestName), filepath.Join(dst, ManifestName)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return os.RemoveAll(ready)
}

// removeListed removes the files that a building folder lists for removal, and
// the folders that they leave empty.
func removeListed(ready, dst string) error {
	list, err := os.ReadFile(filepath.Join(ready, removalsName))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	var faults []error
	for path := range strings.Lines(string(list)) {
		name := filepath.Join(dst, filepath.FromSlash(strings.TrimSuffix(path, "\n")))
		if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			faults = append(faults, err)
		}
		for dir := filepath.Dir(name); dir != dst && os.Remove(dir) == nil; {
			dir = filepath.Dir(dir)
		}
	}
	return errors.Join(faults...)
}

// replaceable reports whether every file in the old site is one of ours. A file
// that somebody else has put there must outlive the build.
func (s *stage) replaceable() bool {
	if filepath.Dir(s.dir) == s.dst {
		return false
	}
	ours := map[string]bool{ManifestName: true}
	s.old.each("", func(path, _ string) { ours[path] = true })
	err := filepath.WalkDir(s.dst, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(s.dst, path)
		if err == nil && !ours[filepath.ToSlash(name)] {
			return fs.ErrExist
		}
		return err
	})
	return err == nil || errors.Is(err, fs.ErrNotExist)
}

// swap exchanges the folders by renaming.
func (s *stage) swap() error {
	old := strings.Replace(s.dir, stagePrefix(s.dst)+"new-", stagePrefix(s.dst)+"old-", 1)
	err := os.Rename(s.dst, old)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.Rename(s.dir, s.dst); err != nil {
		return errors.Join(err, restore(old, s.dst))
	}
	s.dir = ""
	return nil
}

func restore(old, dst string) error {
	if err := os.Rename(old, dst); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// move renames a file, or copies it to another file system beside its new
// place first.
func move(from, to string) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	if os.Rename(from, to) == nil {
		return nil
	}
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.CreateTemp(filepath.Dir(to), insidePrefix+"new-")
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	err = errors.Join(err, out.Chmod(0o644), out.Close())
	if err == nil {
		err = os.Rename(out.Name(), to)
	}
	if err != nil {
		return errors.Join(err, os.Remove(out.Name()))
	}
	return nil
}

// recoverSwap puts the old site back if a build was killed between the two
// renames of a swap, ends an installation that was cut short, and removes what
// killed builds have left.
func recoverSwap(dst string) error {
	if _, err := os.Lstat(dst); errors.Is(err, fs.ErrNotExist) {
		if old := leftovers(dst, "old-*"); len(old) > 0 {
			if err := os.Rename(slices.Max(old), dst); err != nil {
				return fmt.Errorf("putting the old site back: %w", err)
			}
		}
	}
	_, err := os.Stat(filepath.Join(dst, ManifestName))
	for _, ready := range leftovers(dst, "go-*") {
		if err != nil && filepath.Dir(ready) != dst {
			continue // the site that it was meant for is gone
		}
		if err := install(ready, dst); err != nil {
			return fmt.Errorf("ending a build that was cut short: %w", err)
		}
	}
	return removeLeftovers(dst)
}

// leftovers lists the folders of builds of dst whose names end as the pattern
// says.
func leftovers(dst, pattern string) []string {
	beside, _ := filepath.Glob(filepath.Join(globEscape(filepath.Dir(dst)), globEscape(stagePrefix(dst))+pattern))
	inside, _ := filepath.Glob(filepath.Join(globEscape(dst), insidePrefix+pattern))
	return slices.Concat(beside, inside)
}

// removeLeftovers removes the folders of builds that were killed.
func removeLeftovers(dst string) error {
	for _, dir := range leftovers(dst, "*-*") {
		if err := os.RemoveAll(dir); err != nil {
			return fmt.Errorf("removing what an earlier build left: %w", err)
		}
	}
	return nil
}

// globEscape makes a name match only itself.
func globEscape(name string) string {
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(name)
}
