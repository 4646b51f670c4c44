package history

import (
	"bytes"

	"github.com/go-git/go-git/v5/plumbing"
)

// readTree returns a raw tree with its entries in git's order and each name
// once. A tree that git would not write can name a file twice, or hide one
// behind another: what `git show COMMIT:PATH` would not find is left out, so
// that nobody is shown a text that others cannot see.
func (s *store) readTree(id plumbing.Hash) ([]byte, error) {
	raw, err := s.read(plumbing.TreeObject, id)
	if err != nil {
		return nil, err
	}
	plain, err := inOrder(raw)
	if err != nil {
		return nil, damaged("tree", id, err)
	}
	return plain, nil
}

// inOrder returns raw, or what is left of it without entries out of order.
func inOrder(raw []byte) ([]byte, error) {
	var seen sequence
	var plain []byte
	altered := false
	for at := 0; at < len(raw); {
		e, err := parseEntry(raw[at:])
		if err != nil {
			return nil, err
		}
		fits := seen.takes(&e)
		if !fits && !altered {
			plain, altered = bytes.Clone(raw[:at]), true
		}
		if fits && altered {
			plain = append(plain, raw[at:at+e.size]...)
		}
		at += e.size
	}
	if altered {
		return plain, nil
	}
	return raw, nil
}

// sequence is the entries of a tree so far.
type sequence struct {
	last  entry
	files [][]byte        // names of files that the next entry may begin with, each the beginning of the one after it
	left  map[string]bool // names of entries that were left out: git may have met them, and look no further
}

// takes tells whether an entry may follow, and takes it in.
func (s *sequence) takes(e *entry) bool {
	if !s.fits(e) {
		if s.left == nil {
			s.left = make(map[string]bool)
		}
		s.left[string(e.name)] = true
		return false
	}
	if !e.isTree() {
		s.files = append(s.files, e.name)
	}
	s.last = *e
	return true
}

func (s *sequence) fits(e *entry) bool {
	if s.last.size > 0 && order(&s.last, e) >= 0 || s.left[string(e.name)] || neverCheckedOut(e.name) {
		return false
	}
	for len(s.files) > 0 && !bytes.HasPrefix(e.name, s.files[len(s.files)-1]) {
		s.files = s.files[:len(s.files)-1]
	}
	last := len(s.files) - 1
	return last < 0 || len(s.files[last]) < len(e.name) // not a folder behind a file of its name
}

// neverCheckedOut knows names that would lead out of their folder, or into the
// repository itself.
func neverCheckedOut(name []byte) bool {
	switch string(name) {
	case ".", "..", ".git":
		return true
	}
	return bytes.IndexByte(name, '/') >= 0
}
