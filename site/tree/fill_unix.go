//go:build unix

package tree

import (
	"errors"
	"io/fs"
	"os"

	"golang.org/x/sys/unix"
)

// fill gives every file that stays a second name in the building folder: those
// of the old build, and those of others. It reports false where the system does
// not let it.
func (s *Stage) fill(m *Merged) (bool, error) {
	l := &linker{files: s.folder.Files, kept: make(map[string]bool, m.Files)}
	for path := range m.kept(l.files.paths()) {
		l.kept[path] = true
	}
	old, err := s.folder.parent.Open(s.folder.name)
	if err != nil {
		return false, err
	}
	defer old.Close()
	into, err := s.root.Open(".")
	if err != nil {
		return false, s.gone(err)
	}
	defer into.Close()
	err = l.fill("", old, func() (*os.File, error) { return into, nil })
	switch {
	case errors.Is(err, fs.ErrNotExist):
		err = errors.Join(ErrChanged, err)
	case err != nil && l.linked == 0, errors.Is(err, unix.EMLINK):
		return false, nil
	case err == nil && l.ours < len(l.kept):
		err = ErrChanged
	}
	return err == nil, err
}

// linker gives files second names in the building folder.
type linker struct {
	files  *Listing
	kept   map[string]bool
	linked int // files of either kind
	ours   int // those of the old build
}

// fill goes through one folder of the old build, named with its slash, whose files
// get names in the folder that into opens when it is needed. Links are never followed.
func (l *linker) fill(dir string, old *os.File, into func() (*os.File, error)) error {
	entries, err := old.ReadDir(-1)
	if err != nil {
		return err
	}
	for _, e := range entries {
		path := dir + e.Name()
		if e.IsDir() {
			err = l.descend(path, e.Name(), old, into)
		} else {
			err = l.file(path, e.Name(), old, into)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// file gives one file a second name, if it stays.
func (l *linker) file(path, name string, old *os.File, into func() (*os.File, error)) error {
	kept := l.kept[path]
	if !kept {
		if _, listed := l.files.Digest(path); listed || path == ManifestName {
			return nil
		}
	}
	to, err := into()
	if err != nil {
		return err
	}
	if err := unix.Linkat(int(old.Fd()), name, int(to.Fd()), name, 0); err != nil {
		return &fs.PathError{Op: "link", Path: path, Err: err}
	}
	l.linked++
	if kept {
		l.ours++
	}
	return nil
}

// descend goes on with a folder in the folder.
func (l *linker) descend(path, name string, old *os.File, into func() (*os.File, error)) error {
	from, err := openFolder(old, name)
	if err != nil {
		return err
	}
	defer from.Close()
	var made *os.File
	defer func() {
		if made != nil {
			made.Close()
		}
	}()
	return l.fill(path+"/", from, func() (*os.File, error) {
		if made != nil {
			return made, nil
		}
		above, err := into()
		if err != nil {
			return nil, err
		}
		if err := unix.Mkdirat(int(above.Fd()), name, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
			return nil, &fs.PathError{Op: "mkdir", Path: path, Err: err}
		}
		made, err = openFolder(above, name)
		return made, err
	})
}

// openFolder opens a folder in a folder, which is not a link.
func openFolder(in *os.File, name string) (*os.File, error) {
	fd, err := unix.Openat(int(in.Fd()), name, unix.O_RDONLY|unix.O_DIRECTORY|unix.O_NOFOLLOW|unix.O_CLOEXEC, 0)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	return os.NewFile(uintptr(fd), name), nil
}
