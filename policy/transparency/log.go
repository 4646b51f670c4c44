package transparency

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// Hash is a node of the tree: SHA-256, written in base64.
type Hash = tlog.Hash

// maxEntry is how many bytes an entry may have: its length is told in two.
const maxEntry = 1<<16 - 1

// ErrSize is the error of a tree that is asked for more entries than there are.
var ErrSize = errors.New("the log has fewer entries")

// Log is a list of entries with the tree over it. It never changes.
type Log struct {
	entries []string
	stored  stored
}

// stored are the hashes of a tree in the order of package tlog.
type stored []tlog.Hash

// ReadHashes returns hashes by their places.
func (s stored) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	list := make([]tlog.Hash, len(indexes))
	for i, at := range indexes {
		if at < 0 || at >= int64(len(s)) {
			return nil, ErrSize
		}
		list[i] = s[at]
	}
	return list, nil
}

// New makes a log of entries: lines of text without their newline.
func New(entries []string) (*Log, error) {
	l := &Log{entries: slices.Clone(entries), stored: make(stored, 0, 2*len(entries))}
	for i, entry := range entries {
		if len(entry) > maxEntry || strings.Contains(entry, "\n") {
			return nil, fmt.Errorf("entry %d of the log is no line of at most %d bytes", i, maxEntry)
		}
		hashes, err := tlog.StoredHashes(int64(i), []byte(entry), l.stored)
		if err != nil {
			return nil, err
		}
		l.stored = append(l.stored, hashes...)
	}
	return l, nil
}

// Size returns how many entries there are.
func (l *Log) Size() int64 { return int64(len(l.entries)) }

// Entries returns them in order.
func (l *Log) Entries() []string { return slices.Clone(l.entries) }

// Entry returns the one with an index, from 0.
func (l *Log) Entry(index int64) string { return l.entries[index] }

// Root returns the root of the tree over the first entries.
func (l *Log) Root(size int64) (Hash, error) {
	if size < 0 || size > l.Size() {
		return Hash{}, ErrSize
	}
	return tlog.TreeHash(size, l.stored)
}

// Inclusion returns the hashes that lead from the entry with an index to the
// root of the tree over the first entries: that of its neighbour first.
func (l *Log) Inclusion(index, size int64) ([]Hash, error) {
	if index < 0 || index >= size || size > l.Size() {
		return nil, ErrSize
	}
	return tlog.ProveRecord(size, index, l.stored)
}

// Consistency returns the hashes that prove the tree of an earlier size to be
// the beginning of a later one.
func (l *Log) Consistency(before, after int64) ([]Hash, error) {
	if before < 1 || before > after || after > l.Size() {
		return nil, ErrSize
	}
	return tlog.ProveTree(after, before, l.stored)
}

// EntryHash returns the hash by which an entry is in the tree.
func EntryHash(entry string) Hash { return tlog.RecordHash([]byte(entry)) }

// CheckInclusion returns an error unless the path leads from the entry to the root.
func CheckInclusion(path []Hash, entry string, index, size int64, root Hash) error {
	if index < 0 || index >= size {
		return ErrSize
	}
	return tlog.CheckRecord(path, size, root, index, EntryHash(entry))
}

// CheckConsistency returns an error unless the proof shows that the tree with
// the root before is the beginning of the one with the root after.
func CheckConsistency(proof []Hash, before int64, rootBefore Hash, after int64, rootAfter Hash) error {
	if before < 1 || before > after {
		return ErrSize
	}
	return tlog.CheckTree(proof, after, rootAfter, before, rootBefore)
}
