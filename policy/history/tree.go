package history

import (
	"bytes"
	"errors"

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
	mode uint32
	name []byte
	id   plumbing.Hash
	size int // of the whole line, in bytes
}

// The bits of a mode that tell what an entry is, and what they tell.
const (
	modeKind   = 0o170000
	modeFolder = 0o040000
	modeFile   = 0o100000
	modeLink   = 0o120000
)

// parseEntry reads the first entry of a raw tree as git does, which minds
// neither zeros before a mode nor bits of it that it never writes itself.
// (decode_tree_entry in git's tree-walk.c.)
func parseEntry(raw []byte) (entry, error) {
	space := bytes.IndexByte(raw, ' ')
	zero := bytes.IndexByte(raw, 0)
	end := zero + 1 + len(plumbing.Hash{})
	if space <= 0 || zero <= space+1 || end > len(raw) {
		return entry{}, errors.New("it ends in the middle of an entry, or an entry has no mode or no name")
	}
	e := entry{name: raw[space+1 : zero], size: end}
	for _, c := range raw[:space] {
		if c < '0' || c > '7' {
			return entry{}, errors.New("the mode of an entry is no octal number")
		}
		e.mode = e.mode<<3 + uint32(c-'0')
	}
	copy(e.id[:], raw[zero+1:end])
	return e, nil
}

func (e *entry) isTree() bool { return e.mode&modeKind == modeFolder }

// isFile leaves out symbolic links and submodules, which hold no text.
func (e *entry) isFile() bool { return e.mode&modeKind == modeFile }

func (e *entry) isLink() bool { return e.mode&modeKind == modeLink }

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
	read    func(plumbing.Hash) ([]byte, error) // a raw tree; that of the zero id is empty
	want    func(name string) bool              // which files matter, by the last part of their path
	weigh   *weigher                            // to leave out folders that hold too much; nil while nothing shows that there are such
	out     []difference
	leftOut []string // folders that hold too much
	entries int      // that were in one tree only, or not the same
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
	if d.entries++; d.entries > mostEntries || len(d.out) > mostTexts || d.weigh == nil && d.entries > manyEntries {
		return errTooMany
	}
	diff := difference{path: prefix + string(e.name)}
	if e.isTree() {
		return d.folder(diff.path+"/", idOf(old), idOf(new))
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

// folder compares two folders of one path, unless they hold too much.
func (d *differ) folder(path string, old, new plumbing.Hash) error {
	tooMuch := len(path) > mostPath
	for _, id := range []plumbing.Hash{old, new} {
		if d.weigh == nil || tooMuch {
			break
		}
		var err error
		if tooMuch, err = d.weigh.leaveOut(id); err != nil {
			return err
		}
	}
	if tooMuch {
		d.leftOut = append(d.leftOut, path[:min(len(path), mostPath)])
		return nil
	}
	return d.trees(path, old, new)
}

func idOf(e *entry) plumbing.Hash {
	if e == nil {
		return plumbing.Hash{}
	}
	return e.id
}
