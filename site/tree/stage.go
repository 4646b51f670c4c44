package tree

import (
	"bufio"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/codicil/codicil/policy"
	"github.com/gofrs/flock"
)

// Stage is the folder in which a new folder, or what is new in it, is built
// before it takes its place. Its methods may be called concurrently.
type Stage struct {
	Written int   // files that were written
	Bytes   int64 // of those

	folder *Folder
	name   string       // within the parent; empty once the files are on their way
	lock   *flock.Flock // says that a build is working in it
	inside bool         // it is in the folder itself
	linked bool         // files of the folder got second names in it
	root   *os.Root     // where files are written
	dirs   dirs
	mu     sync.Mutex
	made   []file
	kept   map[string]bool // folders, with their slash, and files that stay as they are
}

// file is one line of the manifest.
type file struct {
	path   string // slash-separated, relative to the folder
	digest [sha256.Size]byte
	same   bool // the old folder has it already
}

// Stage makes ready to build the folder anew.
func (f *Folder) Stage() (*Stage, error) {
	const each = 400 // bytes that the files of a folder take in the list
	s := &Stage{folder: f, kept: make(map[string]bool, f.Files.size()/each)}
	if err := s.begin(); err != nil {
		return nil, fmt.Errorf("site folder: %w", err)
	}
	root, err := f.parent.OpenRoot(s.name)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("site folder: %w", err), s.Discard())
	}
	s.root = root
	s.lock, _ = f.claim(s.name)
	return s, nil
}

// begin makes the building folder: beside the folder, or within it where the
// parent cannot be written to, such as that of a mounted volume.
func (s *Stage) begin() error {
	parent, f := s.folder.parent, s.folder
	for range 100 {
		random := strconv.FormatUint(rand.Uint64(), 36)
		s.name, s.inside = f.besidePrefix()+"new-"+random, false
		err := parent.Mkdir(s.name, 0o755)
		if err != nil && !errors.Is(err, fs.ErrExist) {
			if err := parent.MkdirAll(f.name, 0o755); err != nil {
				return err
			}
			s.name, s.inside = filepath.Join(f.name, insidePrefix+"new-"+random), true
			err = parent.Mkdir(s.name, 0o755)
		}
		if !errors.Is(err, fs.ErrExist) {
			return err
		}
	}
	return fs.ErrExist
}

// Keep lets files of the old folder stay as they are: those directly in a folder
// that is named with its slash, and single ones.
func (s *Stage) Keep(paths ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, path := range paths {
		s.kept[path] = true
	}
}

// Made reports which files were written until now, or were there already with
// the same content.
func (s *Stage) Made() map[string]bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	made := make(map[string]bool, len(s.made))
	for _, f := range s.made {
		made[f.path] = true
	}
	return made
}

// Write adds one file. A path that was written before means that two pages
// want one address.
func (s *Stage) Write(path string, data []byte) error {
	f := file{path: path, digest: sha256.Sum256(data)}
	if same, ok := s.folder.Files.Digest(path); ok && s.folder.Whole && same == hex.EncodeToString(f.digest[:]) {
		f.same = true
		s.mu.Lock()
		s.made = append(s.made, f)
		s.mu.Unlock()
		return nil
	}
	s.mu.Lock()
	s.made = append(s.made, f)
	s.Written++
	s.Bytes += int64(len(data))
	s.mu.Unlock()
	return s.put(path, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}

// put writes a file to the building folder.
func (s *Stage) put(path string, write func(io.Writer) error) error {
	f, err := s.create(path)
	if err != nil {
		return collision(path, err)
	}
	if err := errors.Join(write(f), f.Close()); err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	return nil
}

// textOf writes pieces of a text.
func textOf(pieces ...string) func(io.Writer) error {
	return func(w io.Writer) (err error) {
		for i := 0; i < len(pieces) && err == nil; i++ {
			_, err = io.WriteString(w, pieces[i])
		}
		return err
	}
}

// create opens a new file, and makes its folder where there is none.
func (s *Stage) create(path string) (*os.File, error) {
	f, err := s.dirs.create(s.root, filepath.FromSlash(path))
	return f, s.gone(err)
}

// gone says what it means that something of the building folder is not there.
func (s *Stage) gone(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%w: the building folder was removed: %w", ErrChanged, err)
	}
	return err
}

// Scratch opens a file in the building folder that is removed before the files
// take their place. The caller closes it.
func (s *Stage) Scratch() (*os.File, error) {
	f, err := s.root.OpenFile(scratchName, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	return f, s.gone(err)
}

// scratchName is the file that Scratch opens.
const scratchName = ".codicil-scratch"

// writeLate writes the late file, and its digest to its line of the manifest.
func (s *Stage) writeLate(m *Merged, write func(io.Writer) error) error {
	f, err := s.create(m.late)
	if err != nil {
		return fmt.Errorf("writing %s: %w", m.late, err)
	}
	sum, out := sha256.New(), bufio.NewWriterSize(f, 1<<16)
	err = errors.Join(write(io.MultiWriter(out, sum)), out.Flush())
	size, seekErr := f.Seek(0, io.SeekCurrent)
	if err := errors.Join(err, seekErr, f.Close()); err != nil {
		return fmt.Errorf("writing %s: %w", m.late, err)
	}
	s.Written++
	s.Bytes += size
	m.pieces[m.lateAt] = hex.EncodeToString(sum.Sum(nil)) + m.pieces[m.lateAt]
	return nil
}

// sorted returns the files made until now in order of path. Two of one path
// mean that two pages want one address, as does a file with a folder's name.
func (s *Stage) sorted() ([]file, error) {
	slices.SortFunc(s.made, func(a, b file) int { return cmp.Compare(a.path, b.path) })
	for i := 1; i < len(s.made); i++ {
		if s.made[i-1].path == s.made[i].path {
			return nil, collision(s.made[i].path, fs.ErrExist)
		}
	}
	return s.made, nil
}

func collision(path string, err error) error {
	if errors.Is(err, fs.ErrExist) || strings.Contains(err.Error(), "not a directory") {
		return &policy.Diagnostic{
			Level:   policy.Error,
			Message: "two pages want the address /" + path,
			Hint:    "give one of the policies another id in its front matter",
			Err:     err,
		}
	}
	return fmt.Errorf("writing %s: %w", path, err)
}

// Discard removes the building folder, unless its files have taken their place.
func (s *Stage) Discard() error {
	if s == nil || s.name == "" {
		return nil
	}
	s.close()
	return s.folder.parent.RemoveAll(s.name)
}

// close ends the writing.
func (s *Stage) close() {
	s.dirs.close()
	if s.root != nil {
		s.root.Close()
	}
	if s.lock != nil {
		_ = s.lock.Close() // the end of the program does it too
	}
}
