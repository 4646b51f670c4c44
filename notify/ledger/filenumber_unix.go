//go:build unix

package ledger

import (
	"os"
	"strconv"
	"syscall"
)

// fileNumber returns the number of a file on its disk.
func fileNumber(info os.FileInfo) string {
	if stat, ok := info.Sys().(*syscall.Stat_t); ok {
		return strconv.FormatUint(uint64(stat.Ino), 10)
	}
	return ""
}
