package tree

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"

	"github.com/codicil/codicil/policy"
)

// Publish writes the late file and the manifest, puts the new files in their
// place, and remembers what the folder was made from. When it fails or is
// killed, the old files stay as they were, or, where the files could not change
// places in one step, the next build makes good what is missing.
func (s *Stage) Publish(m *Merged, stamp string, late func(io.Writer) error) error {
	if m.late != "" {
		if err := s.writeLate(m, late); err != nil {
			return err
		}
	}
	if err := s.root.Remove(scratchName); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return s.gone(err)
	}
	if err := s.put(ManifestName, textOf(m.pieces...)); err != nil {
		return err
	}
	if err := cmp.Or(s.folder.undisturbed(), s.clear()); err != nil {
		return err
	}
	atOnce, err := s.atOnce(m)
	switch {
	case err != nil:
	case atOnce:
		err = s.swap(m)
	default:
		err = s.install(m)
	}
	if err != nil {
		return fmt.Errorf("publishing to %s: %w", s.folder.dst, err)
	}
	return s.remember(m, stamp)
}

// remember notes in the record where the new files are.
func (s *Stage) remember(m *Merged, stamp string) error {
	f, files := s.folder, m.listing()
	prints := f.prints(files, s.untouched(m.stays))
	if i := slices.Index(prints, 0); i >= 0 {
		return fmt.Errorf("%w: %s is not there", ErrChanged, append([]string{ManifestName}, files.paths()...)[i])
	}
	f.Files, f.record = files, &record{recordHead{Place: f.dst, Stamp: stamp}, prints, files.lines}
	_ = f.record.write(f.records) // without it the next build begins from nothing
	return nil
}

// untouched returns the files of the old folder that stay, unless this build gave any
// of them a second name: that changes what the system tells of a file.
func (s *Stage) untouched(stays []run) []run {
	if s.linked {
		return nil
	}
	return stays
}

// clear refuses to write where something of somebody else is in the way.
func (s *Stage) clear() error {
	f, known := s.folder, make(map[string]bool)
	if _, err := f.parent.Lstat(f.name); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, file := range s.made {
		if _, ours := f.Files.Digest(file.path); ours {
			continue
		}
		for dir := range ancestors(file.path) {
			if known[dir] {
				continue
			}
			known[dir] = true
			if info, err := f.parent.Lstat(f.within(dir)); err == nil && !info.IsDir() {
				return f.inTheWay(dir)
			}
		}
		if _, err := f.parent.Lstat(f.within(file.path)); err == nil {
			return f.inTheWay(file.path)
		}
	}
	return nil
}

func (f *Folder) inTheWay(path string) error {
	return &policy.Diagnostic{
		Level:   policy.Error,
		Message: fmt.Sprintf("in folder %s, %q is in the way and was not built here", f.dst, path),
		Hint:    "move it away, or name another folder with -d",
	}
}

// maxLinked is how many files a folder may have that changes places in one step
// although only some of it is new. Above that, giving every file a second name
// would take much longer than all the rest of a build.
const maxLinked = 10_000

// atOnce makes the building folder hold all that the new folder shall hold, so
// that the two can change places, and reports whether that can be done.
func (s *Stage) atOnce(m *Merged) (bool, error) {
	f := s.folder
	if s.inside {
		return false, nil
	}
	if _, err := f.parent.Lstat(f.name); errors.Is(err, fs.ErrNotExist) {
		if len(m.stays) > 0 {
			return false, fmt.Errorf("%w: it was removed", ErrChanged)
		}
		return true, nil
	}
	if !exchanges || m.Files > maxLinked && len(m.stays) > 0 {
		return false, nil
	}
	s.linked = true
	return s.fill(m)
}

// swap lets the building folder and the folder change places.
func (s *Stage) swap(m *Merged) error {
	f, name := s.folder, s.name
	if _, err := f.parent.Lstat(f.name); errors.Is(err, fs.ErrNotExist) {
		s.close()
		if err := f.parent.Rename(name, f.name); err != nil {
			return cmp.Or(f.undisturbed(), err)
		}
		s.name = ""
		return nil
	}
	s.dirs.close()
	s.root.Close()
	parent, err := f.parent.Open(".")
	if err != nil {
		return err
	}
	defer parent.Close()
	if err := exchange(parent, name, f.name); err != nil {
		return s.reopen(m, err)
	}
	return s.Discard() // it holds the old files now
}

// reopen goes on file by file where the folders could not change places, as
// with a folder that another file system is mounted on.
func (s *Stage) reopen(m *Merged, cause error) error {
	root, err := s.folder.parent.OpenRoot(s.name)
	if err != nil {
		return errors.Join(cause, err)
	}
	s.root = root
	return s.install(m)
}
