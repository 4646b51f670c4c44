//go:build unix

package tree

import (
	"io/fs"
	"syscall"
)

// identity tells which file it is that info describes.
func identity(info fs.FileInfo) []int64 {
	s, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return nil
	}
	return append(changed(s), int64(s.Ino))
}
