package site

import (
	"math"
	"runtime/debug"
	"testing"
)

func TestALongTextGetsMoreMemory(t *testing.T) {
	t.Setenv("GOMEMLIMIT", "")
	before := debug.SetMemoryLimit(-1)
	undo := TuneMemory()
	limit := func() int64 { return debug.SetMemoryLimit(-1) }
	makeRoom(make([]byte, 1000))
	if got := limit(); got != buildMemory {
		t.Errorf("%d bytes for a short text", got)
	}
	makeRoom(make([]byte, largeText))
	if got := limit(); got != largeMemory {
		t.Errorf("%d bytes for a long text", got)
	}
	undo()
	if got := limit(); got != before {
		t.Errorf("%d bytes after the build, %d before", got, before)
	}
	if makeRoom(make([]byte, largeText)); limit() != before || before != math.MaxInt64 {
		t.Errorf("a limit of others was changed: %d", limit())
	}
}
