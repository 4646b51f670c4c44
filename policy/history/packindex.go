package history

import (
	"bytes"
	"encoding/binary"
	"sort"

	"github.com/go-git/go-git/v5/plumbing"
)

// packIndex tells where in a pack its objects are: the index in version 2, as
// gitformat-pack(5) has it, read where it lies.
type packIndex struct {
	fan   []byte // for each first byte of an id, how many ids begin with it or a lower one
	ids   []byte // twenty bytes each, in order
	small []byte // the places, four bytes each
	large []byte // those beyond 2 GB, eight bytes each
}

const (
	indexHead  = "\xfftOc\x00\x00\x00\x02"
	fanSize    = 256 * 4
	indexTrail = 2 * 20 // the digests of the pack and of the index
)

// parsePackIndex returns nil for an index of another version, or one cut short.
func parsePackIndex(raw []byte) *packIndex {
	if len(raw) < len(indexHead)+fanSize+indexTrail || !bytes.HasPrefix(raw, []byte(indexHead)) {
		return nil
	}
	rest := raw[len(indexHead) : len(raw)-indexTrail]
	x := &packIndex{fan: rest[:fanSize]}
	rest = rest[fanSize:]
	n := x.count(255)
	for first := 1; first < 256; first++ {
		if x.count(first-1) > x.count(first) {
			return nil
		}
	}
	if n > len(rest)/(20+4+4) {
		return nil
	}
	x.ids, rest = rest[:20*n], rest[20*n:]
	rest = rest[4*n:] // checksums
	x.small, x.large = rest[:4*n], rest[4*n:]
	return x
}

// count returns how many ids begin with a byte or a lower one.
func (x *packIndex) count(first int) int { return int(binary.BigEndian.Uint32(x.fan[4*first:])) }

// find returns where in the pack an object begins.
func (x *packIndex) find(id plumbing.Hash) (at int64, found bool) {
	low, high := 0, x.count(int(id[0]))
	if id[0] > 0 {
		low = x.count(int(id[0]) - 1)
	}
	i := low + sort.Search(high-low, func(i int) bool { return bytes.Compare(x.ids[20*(low+i):20*(low+i+1)], id[:]) >= 0 })
	if i >= high || !bytes.Equal(x.ids[20*i:20*(i+1)], id[:]) {
		return 0, false
	}
	place := binary.BigEndian.Uint32(x.small[4*i:])
	if place < 1<<31 {
		return int64(place), true
	}
	far := int(place - 1<<31)
	if far >= len(x.large)/8 {
		return 0, false
	}
	wide := binary.BigEndian.Uint64(x.large[8*far:])
	return int64(wide), wide < 1<<62
}
