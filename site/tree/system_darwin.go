package tree

import (
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// changed returns when anything about a file changed.
func changed(s *syscall.Stat_t) []int64 { return []int64{s.Ctimespec.Sec, s.Ctimespec.Nsec} }

// exchanges says that two folders can change places on this system.
const exchanges = true

// exchange lets two folders of one parent change places in one step.
func exchange(parent *os.File, a, b string) error {
	return unix.RenameatxNp(int(parent.Fd()), a, int(parent.Fd()), b, unix.RENAME_SWAP)
}
