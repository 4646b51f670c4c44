package site

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// stage is the folder in which a site, or what is new in it, is built before
// it takes its place. Its methods may be called concurrently.
type stage struct {
	dir     string   // where files are written; empty once they are published
	dst     string   // where they will stand
	old     *listing // files of the site that stands there; nil when there is none
	partial bool     // files that are as they were are not written again
	mu      sync.Mutex
	folders map[string]bool
	made    []file
	kept    map[string]bool // folders, with their slash, and files that stay as they are
	written int
	bytes   int64
}

// file is one line of the manifest.
type file struct {
	path   string // slash-separated, relative to the site
	digest [sha256.Size]byte
}

// place returns the folder that a site stands in, without links in its path. It
// refuses one that holds files of others, and ends what a killed build began.
func place(dst string) (string, error) {
	dst, err := filepath.Abs(dst)
	if err != nil {
		return "", fmt.Errorf("site folder: %w", err)
	}
	if real, err := filepath.EvalSymlinks(dst); err == nil {
		dst = real
	}
	if err := recoverSwap(dst); err != nil {
		return "", err
	}
	return dst, checkOurs(dst)
}

// newStage makes ready to build the site in dst, which place has returned.
func newStage(dst string, old *listing, partial bool) (*stage, error) {
	if err := os.MkdirAll(filepath.Dir(dst), 0o755); err != nil {
		return nil, fmt.Errorf("site folder: %w", err)
	}
	dir, err := os.MkdirTemp(filepath.Dir(dst), stagePrefix(dst)+"new-")
	if err != nil {
		dir, err = stageInside(dst)
	}
	if err != nil {
		return nil, fmt.Errorf("site folder: %w", err)
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return &stage{dir: dir, dst: dst, old: old, partial: partial, folders: map[string]bool{"": true}, kept: make(map[string]bool)}, nil
}

// stageInside makes the building folder within dst, for a parent that cannot be
// written to, such as that of a mounted volume.
func stageInside(dst string) (string, error) {
	if err := os.MkdirAll(dst, 0o755); err != nil {
		return "", err
	}
	return os.MkdirTemp(dst, insidePrefix+"new-")
}

// insidePrefix begins the names of the folders that a build makes inside dst.
const insidePrefix = ".codicil-stage-"

// stagePrefix begins the names of the folders that a build of dst makes beside it.
func stagePrefix(dst string) string { return "." + filepath.Base(dst) + ".codicil-" }

// keep lets all files directly in a folder of the old site stay as they are.
func (s *stage) keep(dirs ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, dir := range dirs {
		s.kept[dir] = true
	}
}

// write adds one file. A path that was written before means that two pages
// want one address.
func (s *stage) write(path string, data []byte) error {
	digest := sha256.Sum256(data)
	if same, ok := s.old.digest(path); ok && s.partial && same == hex.EncodeToString(digest[:]) {
		s.mu.Lock()
		s.made = append(s.made, file{path, digest})
		s.mu.Unlock()
		return nil
	}
	s.mu.Lock()
	dir := path[:strings.LastIndexByte(path, '/')+1]
	known := s.folders[dir]
	s.folders[dir] = true
	s.made = append(s.made, file{path, digest})
	s.written++
	s.bytes += int64(len(data))
	s.mu.Unlock()
	return s.put(path, data, known)
}

// put writes a file to the building folder.
func (s *stage) put(path string, data []byte, hasFolder bool) error {
	return s.putPieces(path, [][]byte{data}, hasFolder)
}

func (s *stage) putPieces(path string, data [][]byte, hasFolder bool) error {
	name := filepath.Join(s.dir, filepath.FromSlash(path))
	if !hasFolder && os.Mkdir(filepath.Dir(name), 0o755) != nil {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return collision(path, err)
		}
	}
	f, err := s.create(name)
	if err != nil {
		return collision(path, err)
	}
	for _, piece := range data {
		if err == nil {
			_, err = f.Write(piece)
		}
	}
	if err := errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	return nil
}

// create opens a new file. The folder may be in the making by another worker.
func (s *stage) create(name string) (*os.File, error) {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if !errors.Is(err, fs.ErrNotExist) {
		return f, err
	}
	if _, gone := os.Stat(s.dir); gone != nil {
		return nil, fmt.Errorf("the building folder was removed, perhaps by another build of the same site: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return nil, err
	}
	return os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
}

// writeState writes the state, and its digest to its line of the manifest.
func (s *stage) writeState(m *merged, write func(io.Writer) error) error {
	f, err := s.create(filepath.Join(s.dir, stateName))
	if err != nil {
		return fmt.Errorf("writing %s: %w", stateName, err)
	}
	sum, out := sha256.New(), bufio.NewWriterSize(f, 1<<16)
	err = errors.Join(write(io.MultiWriter(out, sum)), out.Flush())
	size, seekErr := f.Seek(0, io.SeekCurrent)
	if err := errors.Join(err, seekErr, f.Close()); err != nil {
		return fmt.Errorf("writing %s: %w", stateName, err)
	}
	s.written++
	s.bytes += size
	hex.Encode(m.state, sum.Sum(nil))
	return nil
}

// sorted returns the files made until now in order of path. Two of one path
// mean that two pages want one address, as does a file with a folder's name.
func (s *stage) sorted() ([]file, error) {
	slices.SortFunc(s.made, func(a, b file) int { return strings.Compare(a.path, b.path) })
	for i := 1; i < len(s.made); i++ {
		if s.made[i-1].path == s.made[i].path {
			return nil, collision(s.made[i].path, fs.ErrExist)
		}
	}
	return s.made, nil
}

func collision(path string, err error) error {
	if errors.Is(err, fs.ErrExist) || strings.Contains(err.Error(), "not a directory") {
		return &Fault{
			Message: "two pages want the address /" + path,
			Hint:    "give one of the policies another id in its front matter",
			Err:     err,
		}
	}
	return fmt.Errorf("writing %s: %w", path, err)
}

// discard removes the building folder, unless its files are on their way.
func (s *stage) discard() error {
	if s.dir == "" {
		return nil
	}
	return os.RemoveAll(s.dir)
}
