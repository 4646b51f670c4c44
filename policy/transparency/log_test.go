package transparency

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// rootByTheBook is the tree hash as RFC 6962, section 2.1 defines it.
func rootByTheBook(entries []string) Hash {
	switch n := len(entries); n {
	case 0:
		return sha256.Sum256(nil)
	case 1:
		return sha256.Sum256(append([]byte{0}, entries[0]...))
	default:
		k := 1
		for k*2 < n {
			k *= 2
		}
		left, right := rootByTheBook(entries[:k]), rootByTheBook(entries[k:])
		return sha256.Sum256(slices.Concat([]byte{1}, left[:], right[:]))
	}
}

func someEntries(n int) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprintf("rules@%d text", i)
	}
	return list
}

func someLog(t interface{ Fatal(...any) }, entries []string) *Log {
	l, err := New(entries)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestRootsAreThoseOfTheStandard(t *testing.T) {
	entries := someEntries(70)
	l := someLog(t, entries)
	for n := range len(entries) + 1 {
		if root, err := l.Root(int64(n)); err != nil || root != rootByTheBook(entries[:n]) {
			t.Errorf("the root over %d entries is %v (%v), the standard has %v", n, root, err, rootByTheBook(entries[:n]))
		}
	}
	if _, err := l.Root(71); !errors.Is(err, ErrSize) {
		t.Errorf("a root over more entries than there are: %v", err)
	}
}

func TestEveryEntryIsProvedAndNoOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		entries := someEntries(rapid.IntRange(1, 600).Draw(t, "entries"))
		l := someLog(t, entries)
		size := rapid.Int64Range(1, l.Size()).Draw(t, "size")
		index := rapid.Int64Range(0, size-1).Draw(t, "index")
		path, err := l.Inclusion(index, size)
		if err != nil {
			t.Fatal(err)
		}
		root, _ := l.Root(size)
		if err := CheckInclusion(path, l.Entry(index), index, size, root); err != nil {
			t.Errorf("entry %d of %d is not proved: %v", index, size, err)
		}
		if CheckInclusion(path, l.Entry(index)+"!", index, size, root) == nil {
			t.Error("another entry is proved too")
		}
		if other := (index + 1) % size; other != index && CheckInclusion(path, l.Entry(index), other, size, root) == nil {
			t.Error("the entry is proved at another place too")
		}
	})
}

func TestALogThatGrewIsConsistentAndARewrittenOneIsNot(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		entries := someEntries(rapid.IntRange(1, 600).Draw(t, "entries"))
		l := someLog(t, entries)
		after := rapid.Int64Range(1, l.Size()).Draw(t, "after")
		before := rapid.Int64Range(1, after).Draw(t, "before")
		proof, err := l.Consistency(before, after)
		if err != nil {
			t.Fatal(err)
		}
		rootBefore, _ := l.Root(before)
		rootAfter, _ := l.Root(after)
		if err := CheckConsistency(proof, before, rootBefore, after, rootAfter); err != nil {
			t.Errorf("%d is not the beginning of %d: %v", before, after, err)
		}
		entries[rapid.Int64Range(0, before-1).Draw(t, "rewritten")] += "!"
		other := someLog(t, entries)
		forged, _ := other.Consistency(before, after)
		rootForged, _ := other.Root(after)
		if CheckConsistency(forged, before, rootBefore, after, rootForged) == nil {
			t.Error("a rewritten log passes for one that grew")
		}
	})
}

func TestTilesHoldTheWholeLog(t *testing.T) {
	for _, size := range []int{0, 1, 2, 255, 256, 257, 70_000} {
		entries := someEntries(size)
		tiles, err := someLog(t, entries).Tiles(int64(size))
		if err != nil {
			t.Fatal(err)
		}
		var read []string
		hashes := map[string]int{}
		for _, tile := range tiles {
			if strings.HasPrefix(tile.Path, "tile/entries/") {
				for data := tile.Data; len(data) > 0; {
					n := 2 + int(binary.BigEndian.Uint16(data))
					read, data = append(read, string(data[2:n])), data[n:]
				}
				continue
			}
			hashes[tile.Path] = len(tile.Data) / 32
		}
		if !slices.Equal(read, entries) {
			t.Errorf("%d entries: the bundles hold %d others", size, len(read))
		}
		switch size {
		case 257:
			want := map[string]int{"tile/0/000": 256, "tile/0/001.p/1": 1, "tile/1/000.p/1": 1}
			if fmt.Sprint(hashes) != fmt.Sprint(want) {
				t.Errorf("the tiles of 257 entries are %v, want %v", hashes, want)
			}
		case 70_000: // the example of the specification
			if hashes["tile/0/273.p/112"] != 112 || hashes["tile/1/001.p/17"] != 17 || hashes["tile/2/000.p/1"] != 1 {
				t.Errorf("%d tiles of 70,000 entries: %v", len(hashes), hashes)
			}
		}
	}
}

func TestAnEntryIsOneLineOfBoundedLength(t *testing.T) {
	for _, entry := range []string{"two\nlines", string(make([]byte, 1<<16))} {
		if _, err := New([]string{entry}); err == nil {
			t.Errorf("%.20q is taken", entry)
		}
	}
}
