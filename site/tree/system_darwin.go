package tree

import (
	"os"

	"golang.org/x/sys/unix"
)

// exchanges says that two folders can change places on this system.
const exchanges = true

// exchange lets two folders of one parent change places in one step.
func exchange(parent *os.File, a, b string) error {
	return unix.RenameatxNp(int(parent.Fd()), a, int(parent.Fd()), b, unix.RENAME_SWAP)
}
