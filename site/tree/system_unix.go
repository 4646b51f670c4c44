//go:build unix

package tree

import (
	"os"

	"golang.org/x/sys/unix"
)

// printOf returns the print of a file.
func printOf(name string) uint64 { return printAt(unix.AT_FDCWD, name) }

// printsIn returns a function that tells the print of a file in a folder, by its
// path there, and one that ends that. A large folder has hundreds of thousands of
// files: the way to the folder is gone once.
func printsIn(dir string) (look func(path string) uint64, done func()) {
	f, err := os.Open(dir)
	if err != nil {
		return func(string) uint64 { return 0 }, func() {}
	}
	at := int(f.Fd())
	return func(path string) uint64 { return printAt(at, path) }, func() { f.Close() }
}

// printAt asks the system itself, and keeps nothing.
func printAt(dir int, name string) uint64 {
	var s unix.Stat_t
	err := unix.Fstatat(dir, name, &s, unix.AT_SYMLINK_NOFOLLOW)
	for err == unix.EINTR {
		err = unix.Fstatat(dir, name, &s, unix.AT_SYMLINK_NOFOLLOW)
	}
	if err != nil || s.Mode&unix.S_IFMT != unix.S_IFREG {
		return 0
	}
	seconds, nanoseconds := s.Ctim.Unix() // when anything about it changed
	return hashed(seconds, nanoseconds, int64(s.Ino), s.Size, s.Mtim.Nano())
}
