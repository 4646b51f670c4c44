package docx

import (
	"fmt"
	"net/url"
	"strings"
	"unicode"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
)

// links are the targets of a document: addresses elsewhere, and its own
// clauses.
type links struct {
	base      *url.URL // nil when the address of the page is not known
	addresses []string
	ids       map[string]int           // of addresses: their place
	marks     map[*policy.Block]string // names of bookmarks, by the block that bears one
	names     map[string]string        // names of bookmarks, by anchor
	placed    map[string]bool          // names of bookmarks that a block bears
}

// newLinks names a bookmark for every clause that a link in the texts leads
// to: in the new text, or in the old one where the new has none of that name.
func newLinks(r *redline.Redline, base string, all bool) links {
	l := links{base: absolute(base), ids: make(map[string]int), marks: make(map[*policy.Block]string), names: make(map[string]string), placed: make(map[string]bool)}
	wanted, bookmarks := linkedTo(r), Bookmarks(r.New, r.Old)
	for i := range r.New.Blocks {
		if id := r.New.Blocks[i].ID; all && id != "" {
			wanted[id] = true
		}
	}
	for _, d := range []*policy.Document{r.New, r.Old} {
		for i := range d.Blocks {
			b := &d.Blocks[i]
			for _, id := range append([]string{b.ID}, b.Aliases...) {
				if wanted[id] && l.names[id] == "" {
					l.names[id] = bookmarks[b]
					l.mark(b, bookmarks[b])
				}
			}
		}
	}
	return l
}

// linkedTo are the anchors that words of either text link to.
func linkedTo(r *redline.Redline) map[string]bool {
	wanted := make(map[string]bool)
	for _, d := range []*policy.Document{r.New, r.Old} {
		for _, b := range d.Blocks {
			for _, s := range b.Spans {
				if a, ok := anchor(s.Link); ok {
					wanted[a] = true
				}
			}
		}
	}
	return wanted
}

// mark gives a block its bookmark, unless one of the other text bears it.
func (l *links) mark(b *policy.Block, name string) {
	if !l.placed[name] {
		l.placed[name], l.marks[b] = true, name
	}
}

// nameLength is how long the name of a bookmark may be; Word cuts longer ones.
const nameLength = 40

// Bookmarks names the bookmarks of clauses, after their ids. A name is the same
// whichever of them are written, and the same in all documents that have those ids.
func Bookmarks(documents ...*policy.Document) map[*policy.Block]string {
	marks, taken := make(map[*policy.Block]string), make(map[string]string)
	for _, d := range documents {
		for i := range d.Blocks {
			b := &d.Blocks[i]
			if b.ID == "" {
				continue
			}
			name := bookmarkName(b.ID, "")
			for n := 2; taken[name] != "" && taken[name] != b.ID; n++ {
				name = bookmarkName(b.ID, fmt.Sprintf("_%d", n))
			}
			marks[b], taken[name] = name, b.ID
		}
	}
	return marks
}

// bookmarkName writes an id as Word takes it: letters, digits and lines, in any case
// once. One that begins with a line is hidden.
func bookmarkName(id, end string) string {
	name := []rune("_" + strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return '_'
	}, id))
	return string(name[:min(len(name), nameLength-len(end))]) + end
}

// anchor returns the place in the same text to which a link leads.
func anchor(link string) (string, bool) {
	id, ok := strings.CutPrefix(link, "#")
	if plain, err := url.PathUnescape(id); err == nil {
		id = plain
	}
	return id, ok && id != ""
}

// bookmark writes the bookmark of a block, if it has one.
func (l *links) bookmark(d *writer, b *policy.Block) {
	if name := l.marks[b]; name != "" {
		id := d.nextID()
		d.put(fmt.Sprintf(`<w:bookmarkStart w:id="%d" w:name="%s"/><w:bookmarkEnd w:id="%d"/>`, id, name, id))
	}
}

// open returns the start of a link, or nothing where it leads nowhere that a
// file can know.
func (l *links) open(link string) string {
	if a, ok := anchor(link); ok {
		if l.names[a] == "" {
			return ""
		}
		return `<w:hyperlink w:anchor="` + l.names[a] + `">`
	}
	address := l.external(link)
	if address == "" {
		return ""
	}
	id, ok := l.ids[address]
	if !ok {
		l.addresses = append(l.addresses, address)
		id = len(l.addresses)
		l.ids[address] = id
	}
	return fmt.Sprintf(`<w:hyperlink r:id="link%d">`, id)
}

// absolute returns an address to resolve others against; nil for one that is
// relative itself.
func absolute(base string) *url.URL {
	u, err := url.Parse(base)
	if err != nil || u.Host == "" {
		return nil
	}
	return u
}

// external returns a link as the address that a relationship may hold, if it
// is one, by itself or beside the page, and of a scheme that runs nothing.
func (l *links) external(link string) string {
	if link == "" || !policy.SafeLink(link) {
		return ""
	}
	u, err := url.Parse(link)
	if err != nil {
		return ""
	}
	if l.base != nil {
		u = l.base.ResolveReference(u)
	}
	address := u.String()
	if u.Scheme == "" || !policy.SafeLink(address) {
		return ""
	}
	if strings.ContainsFunc(address, func(r rune) bool { return r <= ' ' || r >= 0x7F || strings.ContainsRune("\"<>\\^`{|}", r) }) {
		return ""
	}
	return address
}

// part writes the relationships of the document.
func (l *links) part() string {
	var b strings.Builder
	b.WriteString(xmlHeader + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for _, name := range []string{"styles", "numbering", "settings"} {
		fmt.Fprintf(&b, `<Relationship Id="%s" Type="%s/%s" Target="%s.xml"/>`, name, relationshipType, name, name)
	}
	for i, address := range l.addresses {
		fmt.Fprintf(&b, `<Relationship Id="link%d" Type="%s/hyperlink" Target="%s" TargetMode="External"/>`, i+1, relationshipType, escape(address))
	}
	b.WriteString(`</Relationships>`)
	return b.String()
}
