package notify

import (
	"crypto/sha256"
	"encoding/binary"
	"strings"
)

// seen remembers in which line each address of a list was, in some 20
// octets an address: a list of a million must fit beside everything else.
// Addresses are told apart by 96 bits of their SHA-256, so that of a million
// two are taken for one with a probability of 10^-17.
type seen struct {
	shards [256]shard // each grows by itself, so that little is copied at a time
}

type shard struct {
	slots []seenSlot // at most 7/8 full
	count int
}

type seenSlot struct {
	digest [3]uint32
	line   uint32 // 0 for a free slot
}

// add notes an address, and returns the line in which it was before, or 0.
func (s *seen) add(address string, line int) int {
	sum := sha256.Sum256([]byte(strings.ToLower(address)))
	entry := seenSlot{line: uint32(line)}
	for i := range entry.digest {
		entry.digest[i] = binary.LittleEndian.Uint32(sum[4*i:])
	}
	return s.shards[sum[31]].add(entry)
}

func (s *shard) add(entry seenSlot) int {
	if s.count*8 >= len(s.slots)*7 {
		s.grow()
	}
	at := s.find(entry)
	if before := s.slots[at].line; before != 0 {
		return int(before)
	}
	s.slots[at] = entry
	s.count++
	return 0
}

// find returns the slot of an entry, or the free one where it belongs.
func (s *shard) find(entry seenSlot) int {
	at := int(uint64(entry.digest[0]) * uint64(len(s.slots)) >> 32)
	for s.slots[at].line != 0 && s.slots[at].digest != entry.digest {
		if at++; at == len(s.slots) {
			at = 0
		}
	}
	return at
}

func (s *shard) grow() {
	old := s.slots
	s.slots = make([]seenSlot, 16+len(old)+len(old)/4)
	for _, entry := range old {
		if entry.line != 0 {
			s.slots[s.find(entry)] = entry
		}
	}
}
