package policy

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Address says where a site keeps the pages of one policy. Whoever writes a page
// and whoever links to one asks it, so that no link can lead beside the page.
// Its paths are seen from the root of the site, have no slash before them, and
// are not escaped: LinkTo makes a link of one.
type Address struct {
	dir      string
	segments map[string]string // by label
}

// AddressOf returns the address of a policy. Its versions get theirs in the
// order in which they were published, so a later one changes none before it.
// Drafts have none.
func AddressOf(p *Policy) *Address {
	segments := strings.Split(p.ID, "/")
	for i, s := range segments {
		segments[i] = segment(s)
	}
	a := &Address{dir: strings.Join(segments, "/") + "/", segments: make(map[string]string, len(p.Versions))}
	taken := make(map[string]int, len(p.Versions)) // by segment: the first number that may be free behind it
	for _, v := range slices.Backward(p.Versions) {
		if _, known := a.segments[v.Label]; !known && !v.Front.Draft {
			a.segments[v.Label] = vacant(segment(v.Label), taken)
		}
	}
	return a
}

// Page returns the path of the text in force: privacy/.
func (a *Address) Page() string { return a.dir }

// Segment returns how a version is called in paths. That of a label which the
// policy does not have is what a new version would get if it were the only one.
func (a *Address) Segment(label string) string {
	if s, ok := a.segments[label]; ok {
		return s
	}
	return vacant(segment(label), nil)
}

// Version returns the path of a version: privacy/2.0/.
func (a *Address) Version(label string) string { return a.dir + a.Segment(label) + "/" }

// Redline returns the path of what changed between two versions:
// privacy/compare/1.0...2.0/. A site has that of each version and the one before.
func (a *Address) Redline(from, to string) string {
	return a.dir + "compare/" + a.Segment(from) + "..." + a.Segment(to) + "/"
}

// Since returns the path of what changed between a version and the text in
// force. It does not name the latter, so it stays when that moves on.
func (a *Address) Since(from string) string {
	return a.dir + "compare/" + a.Segment(from) + "..." + current + "/"
}

// SinceTemplate returns the paths of Since for all versions, as a URI template
// (RFC 6570) in which the variable is the name of a version in paths.
func (a *Address) SinceTemplate(variable string) string {
	return EscapePath(a.dir+"compare/") + "{" + variable + "}..." + current + "/"
}

// Comparisons returns the path of the page on which any two versions are compared.
func (a *Address) Comparisons() string { return a.dir + "compare/" }

// History returns the path of the list of all versions.
func (a *Address) History() string { return a.dir + "versions/" }

// Clauses returns the path of the histories of the clauses.
func (a *Address) Clauses() string { return a.dir + "clauses/" }

// Upcoming returns the path of the next text that is announced.
func (a *Address) Upcoming() string { return a.dir + "upcoming/" }

// TimeMap returns the path of the list of versions by day (RFC 7089).
func (a *Address) TimeMap() string { return a.dir + "timemap" }

// Feed returns the path of a feed of the policy's versions: atom or json.
func (a *Address) Feed(format string) string { return a.dir + "feed." + format }

// API returns the path of the history for programs.
func (a *Address) API() string { return "api/v1/" + strings.TrimSuffix(a.dir, "/") + ".json" }

// EscapePath writes a path of a site as it is in a link.
func EscapePath(path string) string { return (&url.URL{Path: path}).EscapedPath() }

// LinkedFile returns the path of a link to a file, without query and fragment, as
// the file is called: %20 in it is a space (RFC 3986, section 2.1).
func LinkedFile(link string) string {
	link, _, _ = strings.Cut(link, "#")
	link, _, _ = strings.Cut(link, "?")
	return Unescaped(link)
}

// Anchor returns the place within a text that a link leads to, as the text calls it:
// #%C3%BCber is the place über (RFC 3986, section 2.1). A link to another text is not
// within it.
func Anchor(link string) (anchor string, within bool) {
	anchor, within = strings.CutPrefix(link, "#")
	return Unescaped(anchor), within
}

// Unescaped returns a part of a link as it is called.
func Unescaped(part string) string {
	if plain, err := url.PathUnescape(part); err == nil {
		return plain
	}
	return part
}

// LinkTo returns the link to a path of the site with the given root:
// https://example.com/legal and privacy/2.0/ are https://example.com/legal/privacy/2.0/.
func LinkTo(root, path string) string { return strings.TrimRight(root, "/") + "/" + EscapePath(path) }

// IDFrom makes the id of a policy of a name: its letters and digits, in lower case and
// in whatever script, with a hyphen for what is between them.
func IDFrom(name string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(name) {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r):
			b.WriteRune(r)
		case !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	return strings.Trim(b.String(), "-")
}

// Label makes the label of a version from what a text or tag calls it: letters,
// digits, dots, underscores and hyphens.
func Label(stated string) string {
	safe := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || strings.ContainsRune("._-", r) {
			return r
		}
		return '-'
	}, strings.TrimSpace(stated))
	if strings.Trim(safe, ".") == "" { // a path takes "." and ".." for folders
		safe = "v" + strings.ReplaceAll(safe, ".", "-")
	}
	return safe
}

// Reserved reports whether the first segment of a path is one that a site needs
// itself, so that no policy can be called so.
func Reserved(segment string) bool {
	switch strings.ToLower(segment) {
	case "api", "assets", "changes", "embed", "log", "index", "on", "search":
		return true
	}
	return false
}

// current is in the path of a redline for the version in force, whichever
// that is.
const current = "current"

// vacant returns a segment that no other version has, on disks that take capital
// letters for small ones too, and no page of the policy itself.
func vacant(base string, taken map[string]int) string {
	s := base
	low := strings.ToLower(base)
	n := max(2, taken[low])
	for ; taken[strings.ToLower(s)] > 0 || s == base && ownName(s); n++ {
		s = base + "-" + strconv.Itoa(n)
	}
	if taken != nil {
		taken[strings.ToLower(s)] = 2
		taken[low] = n
	}
	return s
}

// ownName reports whether a segment is the name of a page of every policy.
func ownName(s string) bool {
	switch s = strings.ToLower(s); s {
	case "versions", "upcoming", "compare", "clauses", "timemap", current:
		return true
	}
	return strings.HasPrefix(s, "feed.") || strings.HasPrefix(s, "index.")
}

// maxSegment is how many bytes of a name a path takes: two make the name of a
// redline, and file systems take 255.
const maxSegment = 110

// segment makes one folder of a path from a name: letters, digits and .-_ stay,
// anything else becomes a hyphen. It never begins with a dot, so "..", too, is
// tame. A name that is too long ends in a digest of the whole.
func segment(name string) string {
	s := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(".-_", r) {
			return r
		}
		return '-'
	}, name)
	s = strings.Trim(s, "-")
	if strings.HasPrefix(s, ".") || strings.Trim(s, ".") == "" {
		s = "_" + strings.TrimLeft(s, ".")
	}
	s = strings.ReplaceAll(s, "...", "..-") // parts the labels of a redline
	if len(s) <= maxSegment {
		return s
	}
	sum := sha256.Sum256([]byte(name))
	digest := "-" + hex.EncodeToString(sum[:6])
	end := maxSegment - len(digest)
	for !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end] + digest
}
