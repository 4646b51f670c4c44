package materiality

import (
	"testing"

	"pgregory.net/rapid"
)

func TestASetOfHashesHoldsWhatWasAdded(t *testing.T) {
	t.Parallel()
	hash := rapid.OneOf(rapid.Uint64Range(0, 3), rapid.Uint64(), rapid.Map(rapid.Uint64Range(0, 9), func(n uint64) uint64 { return n << 32 }))
	rapid.Check(t, func(t *rapid.T) {
		var h hashes
		want := make(map[uint64]bool)
		added := rapid.SliceOf(hash).Draw(t, "added")
		start, step := rapid.Uint64().Draw(t, "start"), rapid.Uint64Range(1, 1<<40).Draw(t, "step")
		for i := range rapid.Uint64Range(0, 3000).Draw(t, "many") { // more than the table holds at first
			added = append(added, start+i*step)
		}
		for _, n := range added {
			h.add(n)
			want[max(n, 1)] = true
		}
		if h.used != len(want) {
			t.Fatalf("%d hashes, want %d", h.used, len(want))
		}
		for _, n := range rapid.SliceOf(hash).Draw(t, "asked for") {
			if h.has(n) != want[max(n, 1)] {
				t.Fatalf("%d: %v", n, h.has(n))
			}
		}
		for n := range want {
			if !h.has(n) {
				t.Fatalf("%d was added", n)
			}
		}
	})
}
