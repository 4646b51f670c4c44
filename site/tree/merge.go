package tree

import (
	"encoding/hex"
	"io/fs"
	"strings"
)

// Merged is the list of files of a new folder, made from that of the old one.
type Merged struct {
	Gone  []string // files of the old folder that the new one does not have
	Files int
	Pages int // those that are HTML

	pieces []string        // the new manifest; those that were kept are of the old one
	fresh  strings.Builder // lines of files that were made, until they are a piece
	keeps  [2]int          // where the last piece is in the old list; zero when it is not of it
	stays  []run           // files of the old folder that stay
	late   string          // path of the file that is written last
	lateAt int             // the piece of its line, which begins with its digest once that is known
	joined *Listing        // its lines in one piece, once they were asked for
}

// run is files that follow each other both in the old list and in the new one: how
// many lines are before the first there and here, and how many they are.
type run struct{ old, at, n int }

// stay notes that the file that was counted last is the one in a line of the old list.
func (m *Merged) stay(line int) {
	at := m.Files - 1
	if last := len(m.stays) - 1; last >= 0 {
		if r := &m.stays[last]; r.old+r.n == line && r.at+r.n == at {
			r.n++
			return
		}
	}
	m.stays = append(m.stays, run{line, at, 1})
}

// kept yields the paths of the files that stay, of those in the old list.
func (m *Merged) kept(old []string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for _, r := range m.stays {
			for _, path := range old[r.old : r.old+r.n] {
				if !yield(path) {
					return
				}
			}
		}
	}
}

// listing returns the new list, to which nothing is added any more.
func (m *Merged) listing() *Listing {
	if m.joined == nil {
		m.joined = &Listing{lines: strings.Join(m.pieces[1:], "")}
	}
	return m.joined
}

// pieceSize is how many bytes are put together at least before they are written.
const pieceSize = 1 << 16

// add adds the line of a file that this build has made.
func (m *Merged) add(f file) {
	line := "  " + f.path + "\n"
	if f.path == m.late {
		m.flush()
		m.lateAt = len(m.pieces)
		m.piece(line)
	} else {
		m.fresh.Write(hex.AppendEncode(make([]byte, 0, digestLength), f.digest[:]))
		m.fresh.WriteString(line)
		if m.fresh.Len() >= pieceSize {
			m.flush()
			m.fresh.Grow(pieceSize * 5 / 4)
		}
	}
	m.count(f.path)
}

// flush makes a piece of the lines that were added.
func (m *Merged) flush() {
	if m.fresh.Len() > 0 {
		m.piece(m.fresh.String())
		m.fresh.Reset()
	}
}

// piece adds a piece that is not of the old list.
func (m *Merged) piece(lines string) { m.pieces, m.keeps = append(m.pieces, lines), [2]int{} }

// keep adds a line of the old manifest. Lines that followed each other there
// stay one piece.
func (m *Merged) keep(old *Listing, path string, from, to int) {
	m.flush()
	m.count(path)
	if last := m.keeps; last[1] > 0 && last[1] == from {
		m.keeps[1] = to
		m.pieces[len(m.pieces)-1] = old.lines[last[0]:to]
		return
	}
	m.pieces, m.keeps = append(m.pieces, old.lines[from:to]), [2]int{from, to}
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
	m := &Merged{pieces: []string{manifestHead}, late: late}
	old := s.folder.Files
	if old == nil {
		old = new(Listing)
	}
	dir, kept := "\x00", false
	for n, at := 0, 0; at < len(old.lines); n++ {
		line, _, _ := strings.Cut(old.lines[at:], "\n")
		from, path := at, pathOf(line)
		at = min(at+len(line)+1, len(old.lines))
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
			if made[0].same {
				m.stay(n)
			}
			made = made[1:]
		case kept || s.kept[path]:
			m.keep(old, path, from, at)
			m.stay(n)
		case local(path):
			m.Gone = append(m.Gone, path)
		}
	}
	for _, f := range made {
		m.add(f)
	}
	m.flush()
	return m, err
}
