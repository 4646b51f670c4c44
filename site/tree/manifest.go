package tree

import (
	"path/filepath"
	"sort"
	"strings"
	"sync"
)

// ManifestName is the file at the root of a folder that lists its files with
// their digests, so that `sha256sum -c` checks them.
const ManifestName = ".codicil-manifest"

const manifestHead = "# Files of this site; check them with: sha256sum -c " + ManifestName + "\n"

// digestLength is that of a SHA-256 in hexadecimal; two spaces follow it.
const digestLength = 64

// Listing is a manifest: a line for each file, sorted by path. Its lines stay as
// they are, so that a large folder is read and written in one go, and paths are parts of them. A nil Listing
// is empty.
type Listing struct {
	lines string
	once  sync.Once
	list  []string // the paths in them, once they were asked for
}

// parseListing reads a manifest.
func parseListing(text string) *Listing {
	for strings.HasPrefix(text, "#") {
		_, text, _ = strings.Cut(text, "\n")
	}
	return &Listing{lines: text[:strings.LastIndexByte(text, '\n')+1]}
}

// Each calls f for every file whose path begins so, in order of path.
func (l *Listing) Each(prefix string, f func(path, digest string)) {
	if l == nil {
		return
	}
	for rest := l.lines[l.find(prefix):]; len(rest) > 0; {
		line, after, _ := strings.Cut(rest, "\n")
		rest = after
		path := pathOf(line)
		if !strings.HasPrefix(path, prefix) {
			return
		}
		if local(path) {
			f(path, line[:digestLength])
		}
	}
}

// local reports whether a path of a list names a file within the folder.
func local(path string) bool {
	return path != "" && path == filepath.ToSlash(filepath.Clean(filepath.FromSlash(path))) && filepath.IsLocal(filepath.FromSlash(path))
}

// pathOf returns the path in a line; empty when it has none.
func pathOf(line string) string { return line[min(digestLength+2, len(line)):] }

// find returns where the first line is whose path is not before the given
// one.
func (l *Listing) find(path string) int {
	at := sort.Search(len(l.lines), func(i int) bool {
		_, line := l.lineAt(i)
		return len(line) < digestLength+2 || pathOf(line) >= path
	})
	if at < len(l.lines) {
		at, _ = l.lineAt(at)
	}
	return at
}

// lineAt returns the line around a place, and where it begins.
func (l *Listing) lineAt(i int) (start int, line string) {
	start = strings.LastIndexByte(l.lines[:i], '\n') + 1
	line, _, _ = strings.Cut(l.lines[start:], "\n")
	return start, line
}

// Digest returns the digest of a file, or false when it is not listed.
func (l *Listing) Digest(path string) (string, bool) {
	if l == nil {
		return "", false
	}
	line, _, _ := strings.Cut(l.lines[l.find(path):], "\n")
	if len(line) < digestLength || pathOf(line) != path {
		return "", false
	}
	return line[:digestLength], true
}

// size returns how long the list is, in bytes.
func (l *Listing) size() int {
	if l == nil {
		return 0
	}
	return len(l.lines)
}

// paths lists the files in order, those of a name outside of the folder too.
func (l *Listing) paths() []string {
	if l == nil {
		return nil
	}
	l.once.Do(func() {
		l.list = make([]string, 0, strings.Count(l.lines, "\n"))
		for line := range strings.Lines(l.lines) { // of which all paths are parts
			l.list = append(l.list, pathOf(strings.TrimSuffix(line, "\n")))
		}
	})
	return l.list
}
