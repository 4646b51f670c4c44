package policy

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"
)

// inliner collects the words of one block.
type inliner struct {
	src    []byte
	spans  []Span
	words  []byte   // that the last span has beyond its text: a paragraph may be of very many lines
	html   []string // names of the raw HTML elements that are open
	hidden int      // how many of them hide their words: script, style

	anchors []string // the ids of raw HTML elements
	targets targets
	label   func(*east.FootnoteLink) string
}

// children adds the words of n's children in the style of s.
func (in *inliner) children(n ast.Node, s Span) {
	open := len(in.html)
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		in.node(c, in.styled(s))
	}
	for len(in.html) > open {
		in.closeHTML(in.html[len(in.html)-1])
	}
}

func (in *inliner) node(n ast.Node, s Span) {
	switch n := n.(type) {
	case *ast.Text:
		in.text(n, s)
	case *ast.String:
		in.add(s, string(n.Value))
	case *ast.CodeSpan:
		s.Style |= Monospace
		in.add(s, codeText(n, in.src))
	case *ast.Emphasis:
		if n.Level == 2 {
			s.Style |= Strong
		} else {
			s.Style |= Emphasis
		}
		in.children(n, s)
	case *east.Strikethrough:
		s.Style |= Strike
		in.children(n, s)
	case *ast.Link:
		s.Link = in.targets.of(n.Destination)
		in.children(n, s)
	case *ast.AutoLink:
		in.autoLink(n, s)
	case *ast.Image:
		s.Image = in.targets.of(n.Destination)
		in.add(s, plain(n, in.src))
	case *ast.RawHTML:
		in.rawHTML(string(n.Segments.Value(in.src)))
	case *east.FootnoteLink:
		in.note(n, s)
	case *east.TaskCheckBox:
		in.add(s, map[bool]string{true: "☒ ", false: "☐ "}[n.IsChecked])
	default:
		in.children(n, s)
	}
}

// text adds the words of a text node; a line that only wraps is a space.
func (in *inliner) text(n *ast.Text, s Span) {
	in.add(s, unescape(n.Segment.Value(in.src), n.IsRaw()))
	switch {
	case n.HardLineBreak():
		in.add(s, "\n")
	case n.SoftLineBreak():
		in.add(s, " ")
	}
}

func (in *inliner) autoLink(n *ast.AutoLink, s Span) {
	s.Link = target(n.URL(in.src))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(s.Link), "mailto:") {
		s.Link = "mailto:" + s.Link
	}
	in.add(s, string(n.Label(in.src)))
}

// note adds the reference to a footnote.
func (in *inliner) note(n *east.FootnoteLink, s Span) {
	if in.label == nil { // in the words of a picture
		return
	}
	label := in.label(n)
	if s.Link == "" {
		s.Link = "#" + NoteID(label)
	}
	in.add(s, "["+label+"]")
}

// add appends words, to the last span when the style is the same.
func (in *inliner) add(s Span, words string) {
	if words == "" && s.Image == "" || in.hidden > 0 {
		return
	}
	words = rearmed(words)
	if len(in.html) > 0 {
		words = in.raise(words)
	}
	if last := len(in.spans) - 1; last >= 0 && s.Image == "" {
		p := &in.spans[last]
		if p.Style == s.Style && p.Link == s.Link && p.Image == "" {
			in.words = append(in.words, words...)
			return
		}
	}
	in.settle()
	s.Text = words
	in.spans = append(in.spans, s)
}

// settle gives the last span all its words.
func (in *inliner) settle() {
	if len(in.words) > 0 {
		last := &in.spans[len(in.spans)-1]
		last.Text += string(in.words)
		in.words = in.words[:0]
	}
}

// done returns the spans.
func (in *inliner) done() []Span {
	in.settle()
	return in.spans
}

// unescape resolves backslash escapes and character references. An escaped
// mark is never part of a reference: "\\&amp;" says "&amp;".
func unescape(text []byte, raw bool) string {
	if raw || bytes.IndexByte(text, '\\') < 0 && bytes.IndexByte(text, '&') < 0 {
		return string(text)
	}
	var out []byte
	for len(text) > 0 {
		at := bytes.IndexByte(text, '\\')
		if at < 0 || at+1 == len(text) {
			return string(append(out, references(text)...))
		}
		out = append(out, references(text[:at])...)
		if util.IsPunct(text[at+1]) {
			at++
		}
		out = append(out, text[at])
		text = text[at+1:]
	}
	return string(out)
}

func references(text []byte) []byte {
	return util.ResolveEntityNames(util.ResolveNumericReferences(text))
}

// target reads a link's destination. What could run a script leads nowhere.
func target(destination []byte) string {
	link := strings.TrimSpace(rearmed(unescape(destination, false)))
	if !SafeLink(link) {
		return ""
	}
	return link
}

// SafeLink reports whether a link may be on a page: an address relative to
// it, or one of a scheme that cannot run a script.
func SafeLink(link string) bool {
	scheme, _, found := strings.Cut(link, ":")
	if !found || strings.ContainsAny(scheme, "/?#") {
		return !strings.ContainsFunc(scheme, func(r rune) bool { return r < ' ' })
	}
	switch strings.ToLower(scheme) {
	case "http", "https", "mailto", "tel":
		return true
	}
	return false
}

func codeText(n ast.Node, src []byte) string {
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if t, ok := c.(*ast.Text); ok {
			b.WriteString(strings.ReplaceAll(string(t.Segment.Value(src)), "\n", " "))
		}
	}
	return b.String()
}

// plain returns the words below n without any style.
func plain(n ast.Node, src []byte) string {
	in := inliner{src: src}
	in.children(n, Span{})
	var b strings.Builder
	for _, s := range in.done() {
		b.WriteString(s.Text)
	}
	return b.String()
}

// trimSpans drops white space at both ends of a block, and empty spans.
func trimSpans(spans []Span) []Span {
	for len(spans) > 0 {
		first := &spans[0]
		if first.Text = strings.TrimLeft(first.Text, " \t\n"); first.Text != "" || first.Image != "" {
			break
		}
		spans = spans[1:]
	}
	for len(spans) > 0 {
		last := &spans[len(spans)-1]
		if last.Text = strings.TrimRight(last.Text, " \t\n"); last.Text != "" || last.Image != "" {
			break
		}
		spans = spans[:len(spans)-1]
	}
	return spans
}

// rawHTML takes note of one raw tag. A few tags carry a style that we have;
// the words between the others stay, and what a browser would run goes.
func (in *inliner) rawHTML(tag string) {
	name, closing := tagName(tag)
	if !closing && in.hidden == 0 {
		in.anchors = append(in.anchors, tagAnchors(tag)...)
	}
	switch {
	case name == "":
	case name == "br":
		in.add(in.styled(Span{}), "\n")
	case closing:
		in.closeHTML(name)
	case !strings.HasSuffix(tag, "/>") && !voidElement(name):
		in.html = append(in.html, name)
		if hidesWords(name) {
			in.hidden++
		}
	}
}

// closeHTML ends the innermost open element of that name.
func (in *inliner) closeHTML(name string) {
	for i := len(in.html) - 1; i >= 0; i-- {
		if in.html[i] != name {
			continue
		}
		in.html = append(in.html[:i], in.html[i+1:]...)
		if hidesWords(name) {
			in.hidden--
		}
		return
	}
}

// styled adds to s the styles of the open raw elements.
func (in *inliner) styled(s Span) Span {
	for _, name := range in.html {
		s.Style |= htmlStyle(name)
	}
	return s
}

func tagName(tag string) (name string, closing bool) {
	tag = strings.TrimPrefix(tag, "<")
	tag, closing = strings.CutPrefix(tag, "/")
	end := strings.IndexFunc(tag, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9')
	})
	if end < 0 {
		end = len(tag)
	}
	return strings.ToLower(tag[:end]), closing
}

func htmlStyle(name string) Style {
	switch name {
	case "b", "strong":
		return Strong
	case "i", "em":
		return Emphasis
	case "code", "kbd", "tt", "samp":
		return Monospace
	case "s", "del", "strike":
		return Strike
	}
	return 0
}

// hidesWords reports whether a browser does not show what is in the element.
func hidesWords(name string) bool {
	switch name {
	case "script", "style", "template", "iframe", "object", "noscript", "head", "title", "textarea", "select", "svg", "math", "xmp", "noembed", "noframes", "plaintext":
		return true
	}
	return false
}

func voidElement(name string) bool {
	switch name {
	case "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr":
		return true
	}
	return false
}
