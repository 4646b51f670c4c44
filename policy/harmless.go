package policy

import (
	"cmp"
	"html"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	nethtml "golang.org/x/net/html"
)

// Harmless returns the body of a text for another program to make pages of: with
// the same words, and nothing that such a program would run. Raw HTML is left
// with the elements that set words and none of their attributes but ids, links
// and spans of cells; lists of attributes in braces, which some programs read,
// become words; where an address would run something, no link of the text leads
// anywhere. What stands as code stays as it is.
func Harmless(body []byte) []byte {
	if runsSomething(string(body)) {
		body = []byte(strings.NewReplacer("[", `\[`, "<", "&lt;").Replace(string(body)))
	}
	var b strings.Builder
	at := 0
	for _, p := range rawParts(body) {
		if p.from < at || p.to > len(body) {
			continue
		}
		b.WriteString(harmlessWords(string(body[at:p.from])))
		if p.code {
			b.Write(body[p.from:p.to])
		} else {
			b.WriteString(harmlessHTML(string(body[p.from:p.to])))
		}
		at = p.to
	}
	b.WriteString(harmlessWords(string(body[at:])))
	return []byte(b.String())
}

// runsSomething reports whether an address in a text, however it is spelt, would
// run something in a browser, which looks through entities, white space and
// control characters.
func runsSomething(body string) bool {
	if !strings.Contains(body, ":") && !strings.Contains(body, "&") {
		return false
	}
	plain := strings.ToLower(strings.Map(func(r rune) rune {
		if r == '\\' || unicode.IsSpace(r) || unicode.IsControl(r) {
			return -1
		}
		return r
	}, html.UnescapeString(html.UnescapeString(body))))
	return strings.Contains(plain, "javascript:") || strings.Contains(plain, "vbscript:") || strings.Contains(plain, "data:text/") || strings.Contains(plain, "data:image/svg")
}

// rawPart is a stretch of a text that is not read as Markdown.
type rawPart struct {
	from, to int
	code     bool
}

// rawParts finds code and raw HTML, in order.
func rawParts(body []byte) []rawPart {
	var list []rawPart
	add := func(lines *text.Segments, code bool) {
		for i := range lines.Len() {
			list = append(list, rawPart{lines.At(i).Start, lines.At(i).Stop, code})
		}
	}
	root := newParser().Parse(text.NewReader(body))
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.HTMLBlock:
			from := n.Lines().Len()
			add(n.Lines(), false)
			if n.HasClosure() {
				list = append(list, rawPart{n.ClosureLine.Start, n.ClosureLine.Stop, false})
			}
			list = joined(list, len(list)-from-1)
		case *ast.FencedCodeBlock, *ast.CodeBlock:
			add(n.Lines(), true)
		case *ast.RawHTML:
			add(n.Segments, false)
		case *ast.CodeSpan:
			for c := n.FirstChild(); c != nil; c = c.NextSibling() {
				if t, ok := c.(*ast.Text); ok {
					list = append(list, rawPart{t.Segment.Start, t.Segment.Stop, true})
				}
			}
		}
		return ast.WalkContinue, nil
	})
	slices.SortStableFunc(list, func(a, b rawPart) int { return cmp.Compare(a.from, b.from) })
	return list
}

// joined makes one part of lines that follow each other, so that a tag over two
// lines is read whole.
func joined(list []rawPart, from int) []rawPart {
	from = max(0, from)
	out := list[:from:from]
	for _, p := range list[from:] {
		if last := len(out) - 1; last >= 0 && !p.code && !out[last].code && out[last].to == p.from {
			out[last].to = p.to
			continue
		}
		out = append(out, p)
	}
	return out
}

var (
	autolink = regexp.MustCompile(`^<(?:https?://|mailto:)[^\s<>]*>`)
	braces   = regexp.MustCompile(`(?m)\{(#[\pL\pN_.:-]+)?[^{}\n]*\}[ \t]*$`) // at the end of a line: {#id .class key=value}
)

// harmlessWords keeps Markdown from being read as a tag or as a list of attributes.
func harmlessWords(words string) string {
	words = braces.ReplaceAllStringFunc(words, func(list string) string {
		id := braces.FindStringSubmatch(list)[1]
		if id == "" || strings.TrimRight(list, " \t") == "{"+id+"}" {
			return list
		}
		return "{" + id + "}"
	})
	words = strings.ReplaceAll(words, "{:", "&#123;:")
	var b strings.Builder
	for {
		before, after, found := strings.Cut(words, "<")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		if link := autolink.FindString("<" + after); link != "" {
			b.WriteString(link)
			words = after[len(link)-1:]
			continue
		}
		if after != "" && (strings.ContainsRune("/!?", rune(after[0])) || 'a' <= after[0]|0x20 && after[0]|0x20 <= 'z') {
			b.WriteString("&lt;")
		} else {
			b.WriteString("<")
		}
		words = after
	}
}

// setsWords lists the elements that set words and do nothing else.
func setsWords(name string) bool {
	switch name {
	case "a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em",
		"h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "samp", "section", "small", "span",
		"strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul", "var":
		return true
	}
	return false
}

// harmlessHTML writes raw HTML anew. Elements that may run or load something are
// left out: of scripts and styles also what is in them.
func harmlessHTML(raw string) string {
	var b strings.Builder
	z := nethtml.NewTokenizer(strings.NewReader(raw))
	hidden := ""
	for {
		kind := z.Next()
		if kind == nethtml.ErrorToken {
			return b.String()
		}
		t := z.Token()
		switch {
		case hidden != "":
			if kind == nethtml.EndTagToken && t.Data == hidden {
				hidden = ""
			}
		case kind == nethtml.TextToken:
			b.WriteString(nethtml.EscapeString(t.Data))
		case kind == nethtml.StartTagToken && (t.Data == "script" || t.Data == "style"):
			hidden = t.Data
		case setsWords(t.Data) && kind != nethtml.CommentToken && kind != nethtml.DoctypeToken:
			t.Attr = slices.DeleteFunc(t.Attr, harmfulAttribute)
			b.WriteString(t.String())
		}
	}
}

func harmfulAttribute(a nethtml.Attribute) bool {
	switch a.Key {
	case "href":
		return !SafeLink(strings.TrimSpace(a.Val))
	case "id", "name", "colspan", "rowspan", "start", "type", "lang", "dir", "open", "align", "scope":
		return false
	}
	return true
}
