package tree

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// install moves the new files to their place one by one: first those that were
// not there, then those that changed; then what is to go is removed. Until the
// last step the manifest lists the old files and the new ones, and the record
// says that they are on their way.
func (s *Stage) install(m *Merged) error {
	f := s.folder
	if err := s.announce(m); err != nil {
		return err
	}
	var changed []string
	for _, made := range s.made {
		switch _, was := f.Files.Digest(made.path); {
		case made.same:
		case was:
			changed = append(changed, made.path)
		default:
			if err := s.move(made.path, made.path); err != nil {
				return err
			}
		}
	}
	for _, path := range changed {
		if err := s.move(path, path); err != nil {
			return err
		}
	}
	if err := f.remove(m.Gone); err != nil {
		return err
	}
	if len(m.Gone) > 0 {
		if err := s.move(ManifestName, ManifestName); err != nil {
			return err
		}
	}
	return s.Discard()
}

// unionName is the manifest of what is in the folder while files are on
// their way.
const unionName = ".codicil-union"

// announce writes down all files that may be in the folder until it is whole
// again.
func (s *Stage) announce(m *Merged) error {
	f, fresh := s.folder, m.listing()
	union, name := fresh, ManifestName
	if len(m.Gone) > 0 {
		union, name = &Listing{lines: strings.Join(between(fresh, f.Files, m.Gone), "")}, unionName
		if err := s.put(name, textOf(manifestHead, union.lines)); err != nil {
			return err
		}
	}
	if err := f.parent.MkdirAll(f.name, 0o755); err != nil {
		return err
	}
	if err := s.move(name, ManifestName); err != nil {
		return err
	}
	prints := f.noted(m.Files+len(m.Gone), s.untouched(among(m, f.Files.paths())))
	r := &record{recordHead{Place: f.dst, Pending: true}, prints, union.lines}
	return r.write(f.records)
}

// among returns where the files that stay are in the list of all files that may be
// in the folder: behind those that go.
func among(m *Merged, old []string) []run {
	stays, before := slices.Clone(m.stays), 0
	for i := range stays {
		for before < len(m.Gone) && m.Gone[before] < old[stays[i].old] {
			before++
		}
		stays[i].at += before
	}
	return stays
}

// between returns the lines of a list, and in their places those of an older one
// whose files are gone.
func between(list, older *Listing, gone []string) (lines []string) {
	at := 0
	for _, path := range gone {
		digest, _ := older.Digest(path)
		next := list.find(path)
		lines = append(lines, list.lines[at:next], digest+"  "+path+"\n")
		at = next
	}
	return append(lines, list.lines[at:])
}

// move puts a file of the building folder in its place: by one rename, or where
// that lies on another file system, by a copy beside its place.
func (s *Stage) move(from, to string) error {
	f := s.folder
	target := f.within(to)
	if err := f.parent.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		return err
	}
	err := f.parent.Rename(filepath.Join(s.name, filepath.FromSlash(from)), target)
	if err == nil {
		return nil
	}
	if errors.Is(err, fs.ErrNotExist) {
		return s.gone(err)
	}
	return s.copy(from, target)
}

// copy copies a file of the building folder to its place.
func (s *Stage) copy(from, target string) error {
	f := s.folder
	in, err := s.root.Open(filepath.FromSlash(from))
	if err != nil {
		return err
	}
	defer in.Close()
	beside := filepath.Join(filepath.Dir(target), insidePrefix+"copy")
	if err := f.parent.RemoveAll(beside); err != nil {
		return err
	}
	out, err := f.parent.OpenFile(beside, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	err = errors.Join(err, out.Close())
	if err == nil {
		err = f.parent.Rename(beside, target)
	}
	if err != nil {
		return errors.Join(err, f.parent.Remove(beside))
	}
	return nil
}

// remove removes files of the old folder, and the folders that they leave empty.
func (f *Folder) remove(gone []string) error {
	var faults []error
	for _, path := range gone {
		if err := f.parent.Remove(f.within(path)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			faults = append(faults, err)
		}
		for at := strings.LastIndexByte(path, '/'); at > 0; at = strings.LastIndexByte(path[:at], '/') {
			if f.parent.Remove(f.within(path[:at])) != nil {
				break
			}
		}
	}
	return errors.Join(faults...)
}
