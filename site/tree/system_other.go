//go:build !unix

package tree

import (
	"errors"
	"os"
)

// printOf returns the print of a file: its size and the time of its last change.
func printOf(name string) uint64 {
	info, err := os.Lstat(name)
	if err != nil || !info.Mode().IsRegular() {
		return 0
	}
	return hashed(info.Size(), info.ModTime().UnixNano())
}

// exchanges says that two folders can change places on this system.
const exchanges = false

func (s *Stage) fill(*Merged) (bool, error) { return false, nil }

func exchange(*os.File, string, string) error { return errors.ErrUnsupported }
