package site

import (
	"bytes"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
)

// ManifestName is the file at the root of a built site that lists its files
// with their digests, so that `sha256sum -c` checks them. A folder that has it
// is ours to replace.
const ManifestName = ".codicil-manifest"

const manifestHead = "# Files of this site; check them with: sha256sum -c " + ManifestName + "\n"

// stampHead begins the second line of a manifest, which says by its stamp what
// the site was last seen to be made from. The stamp can be written over in
// place: nothing else depends on it.
const stampHead = "# Made from "

// readStamp returns the stamp of the site in dir; the zero key when it has none.
func readStamp(dir string) (stamp key) {
	f, err := os.Open(filepath.Join(dir, ManifestName))
	if err != nil {
		return key{}
	}
	defer f.Close()
	line := make([]byte, len(manifestHead)+len(stampHead)+2*len(stamp))
	if _, err := io.ReadFull(f, line); err != nil || !bytes.HasPrefix(line, []byte(manifestHead+stampHead)) {
		return key{}
	}
	if _, err := hex.Decode(stamp[:], line[len(manifestHead)+len(stampHead):]); err != nil {
		return key{}
	}
	return stamp
}

// writeStamp gives the site in dir another stamp, if it has one.
func writeStamp(dir string, stamp key) error {
	if old := readStamp(dir); !old.known() || !stamp.known() || old == stamp {
		return nil
	}
	f, err := os.OpenFile(filepath.Join(dir, ManifestName), os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.WriteAt(hex.AppendEncode(nil, stamp[:]), int64(len(manifestHead)+len(stampHead)))
	return errors.Join(err, f.Close())
}

// digestLength is that of a SHA-256 in hexadecimal; two spaces follow it.
const digestLength = 64

// listing is a manifest: a line for each file, sorted by path. Its lines stay
// as they are, so that a large site is read and written in one go.
type listing struct{ lines []byte }

// readManifest reads the manifest in dir. The error is fs.ErrNotExist when the
// folder has none.
func readManifest(dir string) (*listing, error) {
	lines, err := os.ReadFile(filepath.Join(dir, ManifestName))
	if err != nil {
		return nil, err
	}
	for bytes.HasPrefix(lines, []byte("#")) {
		_, lines, _ = bytes.Cut(lines, []byte("\n"))
	}
	return &listing{lines[:bytes.LastIndexByte(lines, '\n')+1]}, nil
}

// each calls f for every file whose path begins so, in order of path.
func (l *listing) each(prefix string, f func(path, digest string)) {
	if l == nil {
		return
	}
	for rest := l.lines[l.find(prefix):]; len(rest) > 0; {
		line, after, _ := bytes.Cut(rest, []byte("\n"))
		rest = after
		path := string(pathOf(line))
		if !strings.HasPrefix(path, prefix) {
			return
		}
		if filepath.IsLocal(path) {
			f(path, string(line[:digestLength]))
		}
	}
}

// pathOf returns the path in a line; empty when it has none.
func pathOf(line []byte) []byte { return line[min(digestLength+2, len(line)):] }

// find returns where the first line stands whose path is not before the given
// one.
func (l *listing) find(path string) int {
	at := sort.Search(len(l.lines), func(i int) bool {
		_, line := l.lineAt(i)
		return len(line) < digestLength+2 || string(pathOf(line)) >= path
	})
	if at < len(l.lines) {
		at, _ = l.lineAt(at)
	}
	return at
}

// lineAt returns the line around a place, and where it begins.
func (l *listing) lineAt(i int) (start int, line []byte) {
	start = bytes.LastIndexByte(l.lines[:i], '\n') + 1
	line, _, _ = bytes.Cut(l.lines[start:], []byte("\n"))
	return start, line
}

// digest returns the digest of a file, or false when it is not listed.
func (l *listing) digest(path string) (string, bool) {
	if l == nil {
		return "", false
	}
	line, _, _ := bytes.Cut(l.lines[l.find(path):], []byte("\n"))
	if string(pathOf(line)) != path {
		return "", false
	}
	return string(line[:digestLength]), true
}

// merged is the list of files of a new site, made from that of the old one.
type merged struct {
	pieces [][]byte // the new manifest; those that were kept are of the old one
	gone   []string // files of the old site that the new one does not have
	files  int
	pages  int    // those that are HTML
	state  []byte // in its piece: the digest of the state, not known yet
}

// pieceSize is how many bytes are put together at least before they are written.
const pieceSize = 1 << 16

// add adds the line of a file that this build has made.
func (m *merged) add(f file) {
	size := 2*len(f.digest) + 3 + len(f.path)
	last := len(m.pieces) - 1
	if last < 0 || cap(m.pieces[last])-len(m.pieces[last]) < size {
		m.pieces = append(m.pieces, make([]byte, 0, max(size, pieceSize)))
		last++
	}
	piece := hex.AppendEncode(m.pieces[last], f.digest[:])
	if f.path == stateName {
		m.state = piece[len(piece)-digestLength:]
	}
	piece = append(append(append(piece, "  "...), f.path...), '\n')
	m.pieces[last] = piece
	m.count([]byte(f.path))
}

// keep adds a line of the old manifest. Lines that followed each other there
// stay one piece.
func (m *merged) keep(old *listing, from, to int) {
	line := old.lines[from:to:to]
	m.count(bytes.TrimSuffix(line, []byte("\n")))
	if last := len(m.pieces) - 1; last >= 0 && from > 0 {
		if p := m.pieces[last]; len(p) > 0 && &p[len(p)-1] == &old.lines[from-1] {
			m.pieces[last] = old.lines[from-len(p) : to : to]
			return
		}
	}
	m.pieces = append(m.pieces, line)
}

func (m *merged) count(path []byte) {
	m.files++
	if bytes.HasSuffix(path, []byte(".html")) {
		m.pages++
	}
}

// merge lists the files that this build has made, sorted by path, and those of
// the old site that it keeps.
func (s *stage) merge(made []file, stamp key) (*merged, error) {
	head := manifestHead
	if stamp.known() {
		head += stampHead + hex.EncodeToString(stamp[:]) + "\n"
	}
	m := &merged{pieces: [][]byte{[]byte(head)}}
	var fault error
	old := s.old
	if old == nil {
		old = new(listing)
	}
	dir, kept := []byte("\x00"), false
	for at := 0; at < len(old.lines); {
		line, _, _ := bytes.Cut(old.lines[at:], []byte("\n"))
		from, path := at, pathOf(line)
		at = min(at+len(line)+1, len(old.lines))
		for len(made) > 0 && made[0].path < string(path) {
			m.add(made[0])
			made = made[1:]
		}
		if here := path[:bytes.LastIndexByte(path, '/')+1]; !bytes.Equal(here, dir) {
			dir, kept = here, s.kept[string(here)]
		}
		again := len(made) > 0 && made[0].path == string(path)
		switch {
		case again && kept:
			fault = collision(string(path), fs.ErrExist)
		case again:
			m.add(made[0])
			made = made[1:]
		case kept || s.kept[string(path)]:
			m.keep(old, from, at)
		case filepath.IsLocal(string(path)):
			m.gone = append(m.gone, string(path))
		}
	}
	for _, f := range made {
		m.add(f)
	}
	return m, fault
}

// checkOurs refuses a folder that holds anything but a site of ours.
func checkOurs(dst string) error {
	entries, err := os.ReadDir(dst)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(entries) == 0 {
		return nil
	}
	if err != nil {
		return &Fault{Message: "cannot use " + dst + " for the site: " + err.Error(), Hint: "name a folder with -d", Err: err}
	}
	if onlyLeftovers(entries) {
		return nil
	}
	_, err = os.Stat(filepath.Join(dst, ManifestName))
	if err == nil {
		return nil
	}
	return &Fault{
		Message: "folder " + dst + " holds files that are not a site built here",
		Hint:    "name another folder with -d, or empty this one; a folder is replaced only when it holds " + ManifestName,
		Err:     err,
	}
}

// onlyLeftovers reports whether a folder holds nothing but what a killed first
// build has left in it.
func onlyLeftovers(entries []fs.DirEntry) bool {
	return !slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return !strings.HasPrefix(e.Name(), insidePrefix) })
}
