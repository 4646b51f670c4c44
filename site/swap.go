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

// publish writes the manifest and puts the new site in the place of the old.
// When it fails, the old site stands as it was, or is mended by the next build.
func (s *stage) publish() error {
	if err := s.write(ManifestName, manifest(s.files)); err != nil {
		return err
	}
	if filepath.Dir(s.dir) == s.dst || !s.replaceable() || s.swap() != nil {
		if err := s.install(); err != nil {
			return fmt.Errorf("publishing to %s: %w", s.dst, err)
		}
	}
	return errors.Join(s.discard(), removeLeftovers(s.dst))
}

// replaceable reports whether every file in the old site is one of ours. A file
// that somebody else has put there must outlive the build.
func (s *stage) replaceable() bool {
	ours, err := readManifest(s.dst)
	if err != nil {
		return errors.Is(err, fs.ErrNotExist)
	}
	err = filepath.WalkDir(s.dst, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(s.dst, path)
		if name = filepath.ToSlash(name); err != nil || name != ManifestName && !ours[name] {
			return errors.Join(err, fs.ErrExist)
		}
		return nil
	})
	return err == nil
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
	return nil
}

func restore(old, dst string) error {
	if err := os.Rename(old, dst); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// install puts the files in their place one by one, each by a rename, and
// removes those of the old site that the new one does not have. The manifest
// comes last but for the removals, so that a killed build is finished by the
// next one.
func (s *stage) install() error {
	old, err := readManifest(s.dst)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.MkdirAll(s.dst, 0o755); err != nil {
		return err
	}
	for _, f := range s.files {
		if err := move(filepath.Join(s.dir, filepath.FromSlash(f.path)), filepath.Join(s.dst, filepath.FromSlash(f.path))); err != nil {
			return err
		}
		delete(old, f.path)
	}
	return removeAll(s.dst, old)
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
	out, err := os.CreateTemp(filepath.Dir(to), insidePrefix)
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

// removeAll removes the given files of dst and the folders they leave empty.
func removeAll(dst string, paths map[string]bool) error {
	var faults []error
	for path := range paths { // the order does not show in the outcome
		name := filepath.Join(dst, filepath.FromSlash(path))
		if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			faults = append(faults, err)
		}
		for dir := filepath.Dir(name); dir != dst && os.Remove(dir) == nil; {
			dir = filepath.Dir(dir)
		}
	}
	return errors.Join(faults...)
}

// recoverSwap puts the old site back if a build was killed between the two
// renames of a swap, and removes what killed builds have left.
func recoverSwap(dst string) error {
	if _, err := os.Lstat(dst); errors.Is(err, fs.ErrNotExist) {
		old, _ := filepath.Glob(filepath.Join(globEscape(filepath.Dir(dst)), globEscape(stagePrefix(dst))+"old-*"))
		if len(old) > 0 {
			if err := os.Rename(slices.Max(old), dst); err != nil {
				return fmt.Errorf("putting the old site back: %w", err)
			}
		}
	}
	return removeLeftovers(dst)
}

// removeLeftovers removes the folders of builds that were killed.
func removeLeftovers(dst string) error {
	beside, _ := filepath.Glob(filepath.Join(globEscape(filepath.Dir(dst)), globEscape(stagePrefix(dst))+"*-*"))
	inside, _ := filepath.Glob(filepath.Join(globEscape(dst), insidePrefix+"*"))
	for _, dir := range slices.Concat(beside, inside) {
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
