package site

import (
	"os"
	"runtime/debug"
)

// A build makes much garbage and keeps little: collecting it seldom saves time, up to
// buildMemory, from which on it is collected as often as it must. That is how many bytes
// the program asks the system for, which counts some tenths more: half a gigabyte. Two
// texts as long as may be, all of which differs, take most of that themselves, and
// would be collected all the time: from largeText bytes on a text gets largeMemory.
const (
	buildGarbage = 400 // percent of what is kept
	buildMemory  = 420 << 20
	largeText    = 1 << 20
	largeMemory  = 700 << 20
)

// TuneMemory sets how often garbage is collected during a build, unless the
// environment says it (GOGC, GOMEMLIMIT), and returns what undoes it.
func TuneMemory() (undo func()) {
	percent, limit := debug.SetGCPercent(buildGarbage), debug.SetMemoryLimit(buildMemory)
	if os.Getenv("GOGC") != "" {
		debug.SetGCPercent(percent)
	}
	if os.Getenv("GOMEMLIMIT") != "" {
		debug.SetMemoryLimit(limit)
	}
	return func() {
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(limit)
	}
}

// makeRoom makes room for a text, where TuneMemory set the limit.
func makeRoom(text []byte) {
	if len(text) >= largeText && debug.SetMemoryLimit(-1) == buildMemory {
		debug.SetMemoryLimit(largeMemory)
	}
}
