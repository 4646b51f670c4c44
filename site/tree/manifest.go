package tree

import (
	"bytes"
	"path/filepath"
	"sort"
	"strings"
)

// ManifestName is the file at the root of a folder that lists its files with
// their digests, so that `sha256sum -c` checks them.
const ManifestName = ".codicil-manifest"

const manifestHead = "# Files of this site; check them with: sha256sum -c " + ManifestName + "\n"

// digestLength is that of a SHA-256 in hexadecimal; two spaces follow it.
const digestLength = 64

// Listing is a manifest: a line for each file, sorted by path. Its lines stay as
// they are, so that a large folder is read and written in one go. A nil Listing
// is empty.
type Listing struct{ lines []byte }

// parseListing reads a manifest.
func parseListing(text []byte) *Listing {
	for bytes.HasPrefix(text, []byte("#")) {
		_, text, _ = bytes.Cut(text, []byte("\n"))
	}
	return &Listing{text[:bytes.LastIndexByte(text, '\n')+1]}
}

// Each calls f for every file whose path begins so, in order of path.
func (l *Listing) Each(prefix string, f func(path, digest string)) {
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
		if local(path) {
			f(path, string(line[:digestLength]))
		}
	}
}

// local reports whether a path of a list names a file within the folder.
func local(path string) bool {
	return path != "" && path == filepath.ToSlash(filepath.Clean(filepath.FromSlash(path))) && filepath.IsLocal(filepath.FromSlash(path))
}

// pathOf returns the path in a line; empty when it has none.
func pathOf[line string | []byte](l line) line { return l[min(digestLength+2, len(l)):] }

// find returns where the first line is whose path is not before the given
// one.
func (l *Listing) find(path string) int {
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
func (l *Listing) lineAt(i int) (start int, line []byte) {
	start = bytes.LastIndexByte(l.lines[:i], '\n') + 1
	line, _, _ = bytes.Cut(l.lines[start:], []byte("\n"))
	return start, line
}

// Digest returns the digest of a file, or false when it is not listed.
func (l *Listing) Digest(path string) (string, bool) {
	if l == nil {
		return "", false
	}
	line, _, _ := bytes.Cut(l.lines[l.find(path):], []byte("\n"))
	if len(line) < digestLength || string(pathOf(line)) != path {
		return "", false
	}
	return string(line[:digestLength]), true
}

// paths lists the files in order, those of a name outside of the folder too.
func (l *Listing) paths() []string {
	if l == nil {
		return nil
	}
	list := make([]string, 0, bytes.Count(l.lines, []byte("\n")))
	for line := range strings.Lines(string(l.lines)) { // of which all paths are parts
		list = append(list, pathOf(strings.TrimSuffix(line, "\n")))
	}
	return list
}
