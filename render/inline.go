package render

import (
	"bytes"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/codicil/codicil/policy"
)

// writeSpans writes words with their styles and links. Neighbours share the
// elements that they have in common, so that a link with a bold word in it is
// one link.
func writeSpans(b *bytes.Buffer, spans []policy.Span, f form) {
	var open []tag
	for _, s := range spans {
		if f.shown != nil {
			s = f.shown(s)
		}
		drawn := f.pictures && s.Image != "" && policy.SafeLink(s.Image)
		want := tags(s, drawn)
		if label, isNote := policy.NoteOf(s); isNote {
			want[0].id = f.refs.add(label)
		}
		same := 0
		for same < len(open) && same < len(want) && open[same] == want[same] {
			same++
		}
		closeTags(b, open[same:])
		for _, t := range want[same:] {
			b.WriteString(t.start())
		}
		open = want
		if drawn {
			b.WriteString(`<img src="` + escape(escapeURL(s.Image)) + `" alt="` + escape(s.Text) + `">`)
			continue
		}
		writeWords(b, s.Text, f.pre)
	}
	closeTags(b, open)
}

// form is how words are written.
type form struct {
	pre      bool                          // line ends stay as they are
	pictures bool                          // as pictures; else as links to them that show what they are called
	shown    func(policy.Span) policy.Span // how a span is shown on the page; nil as it was written
	refs     *references                   // the anchors of references to footnotes; nil where they have none
}

// tag is an element inside a block: its name, its target if it is a link, and the
// anchor that it bears.
type tag struct{ name, href, id string }

func (t tag) start() string {
	if t.name != "a" && t.id != "" {
		return "<" + t.name + ` id="` + escape(t.id) + `">`
	}
	if t.name != "a" {
		return "<" + t.name + ">"
	}
	rel := ""
	if external(t.href) {
		rel = ` rel="noopener noreferrer"`
	}
	return `<a href="` + escape(escapeURL(t.href)) + `"` + rel + `>`
}

func closeTags(b *bytes.Buffer, open []tag) {
	for i := len(open) - 1; i >= 0; i-- {
		b.WriteString("</" + open[i].name + ">")
	}
}

// tags lists the elements of a span, outermost first. GFM's strike-through is
// s: a del would read as a deletion. A picture that is not drawn is a link to
// it that shows its description.
func tags(s policy.Span, drawn bool) []tag {
	var out []tag
	link := s.Link
	if link == "" && !drawn {
		link = s.Image
	}
	if link != "" && (drawn || strings.TrimSpace(s.Text) != "") && policy.SafeLink(link) {
		out = append(out, tag{name: "a", href: link})
	}
	if _, isNote := policy.NoteOf(s); isNote {
		out = append([]tag{{name: "sup"}}, out...)
	}
	for _, e := range []struct {
		style policy.Style
		name  string
	}{{policy.Strong, "strong"}, {policy.Emphasis, "em"}, {policy.Strike, "s"}, {policy.Monospace, "code"}} {
		if s.Style&e.style != 0 {
			out = append(out, tag{name: e.name})
		}
	}
	return out
}

// writeWords writes text. Line ends are breaks; in preformatted text they
// stay as they are.
func writeWords(b *bytes.Buffer, words string, pre bool) {
	for !pre {
		line, rest, more := strings.Cut(words, "\n")
		if !more {
			break
		}
		writeEscaped(b, line)
		b.WriteString("<br>\n")
		words = rest
	}
	writeEscaped(b, words)
}

// escape makes words safe as text and in a quoted attribute. Characters that
// HTML cannot hold become the replacement character.
func escape(s string) string {
	if plain(s) {
		return s
	}
	var b bytes.Buffer
	writeEscaped(&b, s)
	return b.String()
}

// writeEscaped writes words as escape returns them.
func writeEscaped(b *bytes.Buffer, s string) {
	if plain(s) {
		b.WriteString(s)
		return
	}
	for _, r := range s {
		switch {
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '&':
			b.WriteString("&amp;")
		case r == '"':
			b.WriteString("&quot;")
		case r == '\'':
			b.WriteString("&#39;")
		case needsEscape(r):
			b.WriteRune(utf8.RuneError)
		default:
			b.WriteRune(r)
		}
	}
}

// plain reports whether nothing in s needs to be escaped. Most words are plain
// ASCII, so that is looked at byte by byte.
func plain(s string) bool {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= utf8.RuneSelf:
			return !strings.ContainsFunc(s[i:], needsEscape)
		case c < ' ' && c != '\n' && c != '\t', c == '<', c == '>', c == '&', c == '"', c == '\'', c == 0x7F:
			return false
		}
	}
	return true
}

func needsEscape(r rune) bool {
	return r == '<' || r == '>' || r == '&' || r == '"' || r == '\'' || r < ' ' && r != '\n' && r != '\t' || r >= 0x7F && r < 0xA0 || r&0xFFFE == 0xFFFE || r >= 0xFDD0 && r <= 0xFDEF
}

// SiteRoot begins the address of a page of the same site in a text whose own
// place in the site is not known yet; the name is reserved (RFC 6761) and leads
// nowhere else.
const SiteRoot = "https://site.codicil.invalid/"

func external(link string) bool {
	l := strings.ToLower(link)
	if strings.HasPrefix(l, SiteRoot) {
		return false
	}
	return strings.HasPrefix(l, "http:") || strings.HasPrefix(l, "https:") || strings.HasPrefix(l, "//")
}

// escapeURL percent-encodes what may not be in a URL (RFC 3986) and leaves
// what is encoded already.
func escapeURL(link string) string {
	var b strings.Builder
	for i := 0; i < len(link); {
		r, size := utf8.DecodeRuneInString(link[i:])
		switch {
		case r == '%' && i+2 < len(link) && hex(link[i+1]) && hex(link[i+2]),
			r > ' ' && r < 0x7F && !strings.ContainsRune("\"%<>[\\]^`{|}", r):
			b.WriteString(link[i : i+size])
		case r == ' ':
			b.WriteString("%20")
		default:
			b.WriteString(url.QueryEscape(link[i : i+size]))
		}
		i += size
	}
	return b.String()
}

func hex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}
