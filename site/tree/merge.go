package tree

import (
	"bytes"
	"encoding/hex"
	"io/fs"
	"strings"
)

// Merged is the list of files of a new folder, made from that of the old one.
type Merged struct {
	Gone  []string // files of the old folder that the new one does not have
	Files int
	Pages int // those that are HTML

	pieces [][]byte // the new manifest; those that were kept are of the old one
	kept   []string // files of the old folder that stay
	late   string   // path of the file that is written last
	digest []byte   // in its piece: that of the late file, not known yet
	joined *Listing // its lines in one piece, once they were asked for
}

// listing returns the new list, to which nothing is added any more.
func (m *Merged) listing() *Listing {
	if m.joined == nil {
		m.joined = &Listing{bytes.Join(m.pieces[1:], nil)}
	}
	return m.joined
}

// pieceSize is how many bytes are put together at least before they are written.
const pieceSize = 1 << 16

// add adds the line of a file that this build has made.
func (m *Merged) add(f file) {
	size := 2*len(f.digest) + 3 + len(f.path)
	last := len(m.pieces) - 1
	if last < 0 || cap(m.pieces[last])-len(m.pieces[last]) < size {
		m.pieces = append(m.pieces, make([]byte, 0, max(size, pieceSize)))
		last++
	}
	piece := hex.AppendEncode(m.pieces[last], f.digest[:])
	if f.path == m.late {
		m.digest = piece[len(piece)-digestLength:]
	}
	piece = append(append(append(piece, "  "...), f.path...), '\n')
	m.pieces[last] = piece
	m.count(f.path)
	if f.same {
		m.kept = append(m.kept, f.path)
	}
}

// keep adds a line of the old manifest. Lines that followed each other there
// stay one piece.
func (m *Merged) keep(old *Listing, path string, from, to int) {
	line := old.lines[from:to:to]
	m.count(path)
	m.kept = append(m.kept, path)
	if last := len(m.pieces) - 1; last >= 0 && from > 0 {
		if p := m.pieces[last]; len(p) > 0 && &p[len(p)-1] == &old.lines[from-1] {
			m.pieces[last] = old.lines[from-len(p) : to : to]
			return
		}
	}
	m.pieces = append(m.pieces, line)
}

func (m *Merged) count(path string) {
	m.Files++
	if strings.HasSuffix(path, ".html") {
		m.Pages++
	}
}

// Merge lists the files that this build has made and those of the old folder
// that it keeps. The late file, if one is named, is written by [Stage.Publish].
func (s *Stage) Merge(late string) (*Merged, error) {
	if late != "" {
		s.made = append(s.made, file{path: late})
	}
	made, err := s.sorted()
	if err != nil {
		return nil, err
	}
	m := &Merged{pieces: [][]byte{[]byte(manifestHead)}, late: late}
	old := s.folder.Files
	if old == nil {
		old = new(Listing)
	}
	dir, kept := "\x00", false
	text := string(old.lines) // of which all paths are parts
	for at := 0; at < len(text); {
		line, _, _ := strings.Cut(text[at:], "\n")
		from, path := at, pathOf(line)
		at = min(at+len(line)+1, len(text))
		for len(made) > 0 && made[0].path < path {
			m.add(made[0])
			made = made[1:]
		}
		if here := path[:strings.LastIndexByte(path, '/')+1]; here != dir {
			dir, kept = here, s.kept[here]
		}
		again := len(made) > 0 && made[0].path == path
		switch {
		case again && kept:
			err = collision(path, fs.ErrExist)
		case again:
			m.add(made[0])
			made = made[1:]
		case kept || s.kept[path]:
			m.keep(old, path, from, at)
		case local(path):
			m.Gone = append(m.Gone, path)
		}
	}
	for _, f := range made {
		m.add(f)
	}
	return m, err
}
