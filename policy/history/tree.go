package history

import (
	"bytes"
	"fmt"

	"github.com/go-git/go-git/v5/plumbing"
)

// difference is one file that two trees do not have in common. A zero id says
// that the file is not in that tree.
type difference struct {
	path     string
	old, new plumbing.Hash
}

// entry is one line of a raw tree: "mode name\0" and twenty bytes of id.
type entry struct {
	mode, name []byte
	id         plumbing.Hash
	size       int // of the whole line, in bytes
}

// parseEntry reads the first entry of a raw tree.
func parseEntry(raw []byte) (entry, error) {
	space := bytes.IndexByte(raw, ' ')
	zero := bytes.IndexByte(raw, 0)
	end := zero + 1 + len(plumbing.Hash{})
	if space < 0 || zero < space || end > len(raw) {
		return entry{}, fmt.Errorf("a tree of the repository is malformed")
	}
	e := entry{mode: raw[:space], name: raw[space+1 : zero], size: end}
	copy(e.id[:], raw[zero+1:end])
	return e, nil
}

func (e *entry) isTree() bool { return string(e.mode) == "40000" || string(e.mode) == "040000" }

// isFile leaves out symbolic links and submodules, which hold no text.
func (e *entry) isFile() bool { return bytes.HasPrefix(e.mode, []byte("100")) }

// order compares entries as git sorts them: a folder as if its name ended in a slash.
func order(a, b *entry) int {
	n := min(len(a.name), len(b.name))
	if c := bytes.Compare(a.name[:n], b.name[:n]); c != 0 {
		return c
	}
	return int(a.after(n)) - int(b.after(n))
}

func (e *entry) after(n int) byte {
	switch {
	case n < len(e.name):
		return e.name[n]
	case e.isTree():
		return '/'
	}
	return 0
}

// differ compares trees and gathers the files that changed.
type differ struct {
	read func(plumbing.Hash) ([]byte, error) // a raw tree; that of the zero id is empty
	want func(name string) bool              // which files matter, by the last part of their path
	out  []difference
}

// trees compares two trees whose paths begin with prefix, and opens only the
// folders below them that differ.
func (d *differ) trees(prefix string, oldID, newID plumbing.Hash) error {
	a, err := d.read(oldID)
	if err != nil {
		return err
	}
	b, err := d.read(newID)
	if err != nil {
		return err
	}
	for len(a) > 0 || len(b) > 0 {
		if a, b, err = d.next(prefix, a, b); err != nil {
			return err
		}
	}
	return nil
}

// next compares the first entries of two raw trees and returns what is left.
func (d *differ) next(prefix string, a, b []byte) ([]byte, []byte, error) {
	var old, new entry
	var err error
	if len(a) > 0 {
		if old, err = parseEntry(a); err != nil {
			return nil, nil, err
		}
		if bytes.HasPrefix(b, a[:old.size]) {
			return a[old.size:], b[old.size:], nil
		}
	}
	if len(b) > 0 {
		if new, err = parseEntry(b); err != nil {
			return nil, nil, err
		}
	}
	switch {
	case len(b) == 0 || len(a) > 0 && order(&old, &new) < 0:
		return a[old.size:], b, d.pair(prefix, &old, nil)
	case len(a) == 0 || order(&old, &new) > 0:
		return a, b[new.size:], d.pair(prefix, nil, &new)
	}
	return a[old.size:], b[new.size:], d.pair(prefix, &old, &new)
}

// pair takes note of a difference between two entries of one name and kind, or
// of one that is in one tree only.
func (d *differ) pair(prefix string, old, new *entry) error {
	e := old
	if e == nil {
		e = new
	}
	diff := difference{path: prefix + string(e.name)}
	if e.isTree() {
		return d.trees(diff.path+"/", idOf(old), idOf(new))
	}
	if !d.want(string(e.name)) {
		return nil
	}
	if old != nil && old.isFile() {
		diff.old = old.id
	}
	if new != nil && new.isFile() {
		diff.new = new.id
	}
	if diff.old != diff.new { // a changed mode alone is none of our business
		d.out = append(d.out, diff)
	}
	return nil
}

func idOf(e *entry) plumbing.Hash {
	if e == nil {
		return plumbing.Hash{}
	}
	return e.id
}
