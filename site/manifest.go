package site

import (
	"bytes"
	"encoding/hex"
	"errors"
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

// digestLength is that of a SHA-256 in hexadecimal; two spaces follow it.
const digestLength = 64

// listing is a manifest: a line for each file, sorted by path. Its lines stay
// text, so that a large site is read and written in one go.
type listing struct{ lines string }

// readManifest reads the manifest in dir. The error is fs.ErrNotExist when the
// folder has none.
func readManifest(dir string) (*listing, error) {
	data, err := os.ReadFile(filepath.Join(dir, ManifestName))
	if err != nil {
		return nil, err
	}
	lines := string(data)
	for strings.HasPrefix(lines, "#") {
		_, lines, _ = strings.Cut(lines, "\n")
	}
	return &listing{lines}, nil
}

// each calls f for every file, in order of path.
func (l *listing) each(f func(path, digest string)) {
	if l == nil {
		return
	}
	for rest := l.lines; rest != ""; {
		line, after, _ := strings.Cut(rest, "\n")
		rest = after
		if len(line) > digestLength+2 && filepath.IsLocal(line[digestLength+2:]) {
			f(line[digestLength+2:], line[:digestLength])
		}
	}
}

// digest returns the digest of a file, or false when it is not listed.
func (l *listing) digest(path string) (string, bool) {
	if l == nil {
		return "", false
	}
	lineAt := func(i int) (start int, line string) {
		start = strings.LastIndexByte(l.lines[:i], '\n') + 1
		line, _, _ = strings.Cut(l.lines[start:], "\n")
		return start, line
	}
	at := sort.Search(len(l.lines), func(i int) bool {
		_, line := lineAt(i)
		return len(line) < digestLength+2 || line[digestLength+2:] >= path
	})
	if at == len(l.lines) {
		return "", false
	}
	_, line := lineAt(at)
	if len(line) < digestLength+2 || line[digestLength+2:] != path {
		return "", false
	}
	return line[:digestLength], true
}

// merged is the list of files of a new site, made from that of the old one.
type merged struct {
	lines bytes.Buffer // the new manifest
	gone  []string     // files of the old site that the new one does not have
	files int
	pages int // those that are HTML
	state int // where the digest of the state stands in lines
}

func (m *merged) add(path, digest string) {
	if path == stateName {
		m.state = m.lines.Len()
	}
	m.lines.WriteString(digest + "  " + path + "\n")
	m.files++
	if strings.HasSuffix(path, ".html") {
		m.pages++
	}
}

// merge lists the files that this build has made, sorted by path, and those of
// the old site that it keeps.
func (s *stage) merge(made []file) (*merged, error) {
	m := new(merged)
	m.lines.WriteString(manifestHead)
	var fault error
	dir, kept := "\x00", false
	s.old.each(func(path, digest string) {
		for len(made) > 0 && made[0].path < path {
			m.add(made[0].path, hex.EncodeToString(made[0].digest[:]))
			made = made[1:]
		}
		if here := path[:strings.LastIndexByte(path, '/')+1]; here != dir {
			dir, kept = here, s.kept[here]
		}
		again := len(made) > 0 && made[0].path == path
		switch {
		case again && kept:
			fault = collision(path, fs.ErrExist)
		case again:
			m.add(path, hex.EncodeToString(made[0].digest[:]))
			made = made[1:]
		case kept || s.kept[path]:
			m.add(path, digest)
		default:
			m.gone = append(m.gone, strings.Clone(path))
		}
	})
	for _, f := range made {
		m.add(f.path, hex.EncodeToString(f.digest[:]))
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
