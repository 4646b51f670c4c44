package site

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// stage is the folder in which a site is built before it takes its place. Its
// methods may be called concurrently.
type stage struct {
	dir     string // where files are written
	dst     string // where they will stand
	mu      sync.Mutex
	folders map[string]bool
	files   []file
	bytes   int64
}

// file is one line of the manifest.
type file struct {
	path   string // slash-separated, relative to the site
	digest string // SHA-256 in hexadecimal
}

// newStage makes ready to build the site in dst. It refuses a folder that
// holds files of others, repairs a swap that was cut short, and removes what a
// killed build has left.
func newStage(dst string) (*stage, error) {
	dst, err := filepath.Abs(dst)
	if err != nil {
		return nil, fmt.Errorf("site folder: %w", err)
	}
	if real, err := filepath.EvalSymlinks(dst); err == nil {
		dst = real
	}
	if err := recoverSwap(dst); err != nil {
		return nil, err
	}
	if err := checkOurs(dst); err != nil {
		return nil, err
	}
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
	return &stage{dir: dir, dst: dst, folders: map[string]bool{"": true}}, nil
}

// stageInside makes the building folder within dst, for a parent that cannot be
// written to, such as that of a mounted volume.
func stageInside(dst string) (string, error) {
	if err := os.MkdirAll(dst, 0o755); err != nil {
		return "", err
	}
	return os.MkdirTemp(dst, insidePrefix)
}

const insidePrefix = ".codicil-new-"

// stagePrefix begins the names of the folders that a build of dst makes beside it.
func stagePrefix(dst string) string { return "." + filepath.Base(dst) + ".codicil-" }

// write adds one file. A path that was written before means that two pages
// want one address.
func (s *stage) write(path string, data []byte) error {
	sum := sha256.Sum256(data)
	s.mu.Lock()
	dir := path[:strings.LastIndexByte(path, '/')+1]
	known := s.folders[dir]
	s.folders[dir] = true
	s.files = append(s.files, file{path, hex.EncodeToString(sum[:])})
	s.bytes += int64(len(data))
	s.mu.Unlock()
	name := filepath.Join(s.dir, filepath.FromSlash(path))
	if !known {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			return collision(path, err)
		}
	}
	f, err := s.create(name)
	if err != nil {
		return collision(path, err)
	}
	_, err = f.Write(data)
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

// discard removes the building folder.
func (s *stage) discard() error { return os.RemoveAll(s.dir) }
