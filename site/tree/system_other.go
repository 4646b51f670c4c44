//go:build !unix

package tree

import (
	"errors"
	"os"
	"path/filepath"
)

// printOf returns the print of a file: its size and the time of its last change.
func printOf(name string) uint64 {
	info, err := os.Lstat(name)
	if err != nil || !info.Mode().IsRegular() {
		return 0
	}
	return hashed(info.Size(), info.ModTime().UnixNano())
}

// printsIn returns a function that tells the print of a file in a folder, by its
// path there, and one that ends that.
func printsIn(dir string) (look func(path string) uint64, done func()) {
	return func(path string) uint64 { return printOf(filepath.Join(dir, filepath.FromSlash(path))) }, func() {}
}

// exchanges says that two folders can change places on this system.
const exchanges = false

func (s *Stage) fill(*Merged) (bool, error) { return false, nil }

func exchange(*os.File, string, string) error { return errors.ErrUnsupported }
