package repair

import (
	"strconv"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/repair/numeral"
)

// htmlNode writes a node as raw HTML in lines none of which is blank.
func htmlNode(n *node) []string { return htmlWithin(n, nil) }

// htmlWithin writes a node that is in a container.
func htmlWithin(n *node, in *policy.Container) []string {
	if n.block != nil {
		return []string{htmlBlock(n.block)}
	}
	tag, attributes := htmlTag(n.container, in)
	var lines []string
	for _, kid := range n.kids {
		if kid.block != nil && kid.block.Kind == policy.Text && len(n.kids) == 1 && len(kid.block.Spans) == 0 {
			continue // an empty container keeps its place by itself
		}
		if kid.block != nil && kid.block.Kind == policy.Text && len(n.kids) == 1 {
			lines = append(lines, htmlSpans(kid.block.Spans))
			continue
		}
		inner := htmlWithin(kid, n.container)
		if n.is(policy.Item) && kid.is(policy.Item) {
			inner = append(append([]string{"<section>"}, inner...), "</section>") // else the second item would end the first
		}
		lines = append(lines, inner...)
	}
	open, closing := "<"+tag+attributes+">", "</"+tag+">"
	if len(lines) < 2 {
		return []string{open + strings.Join(lines, "") + closing}
	}
	return append(append([]string{open}, lines...), closing)
}

func htmlTag(c, in *policy.Container) (tag, attributes string) {
	switch c.Kind {
	case policy.Quote:
		return "blockquote", ""
	case policy.List:
		if c.Ordered {
			if c.Style != "" {
				attributes = ` type="` + c.Style + `"`
			}
			return "ol", attributes + ` start="` + strconv.Itoa(c.Start) + `"`
		}
		return "ul", ""
	case policy.Item:
		if c.Number != "" {
			return "li", ` value="` + itemValue(c, in) + `"`
		}
		return "li", ""
	}
	return map[policy.ContainerKind]string{
		policy.Table: "table", policy.Head: "thead", policy.Body: "tbody",
		policy.Row: "tr", policy.HeadCell: "th", policy.Cell: "td",
		policy.Definitions: "dl", policy.DefinedTerm: "dt", policy.Definition: "dd",
	}[c.Kind], ""
}

// itemValue is the number of an item as HTML has it: 2 for "b." of a list that
// counts in letters.
func itemValue(item, list *policy.Container) string {
	number := strings.TrimRight(item.Number, ".)")
	if list == nil || list.Style == "" || number == "" {
		return number
	}
	upper := strings.ToUpper(number)
	if n := numeral.RomanValue(upper); n > 0 && strings.EqualFold(list.Style, "i") {
		return strconv.Itoa(n)
	}
	if len(upper) == 1 && upper[0] >= 'A' && upper[0] <= 'Z' {
		return strconv.Itoa(int(upper[0]-'A') + 1)
	}
	return number
}

func htmlBlock(b *policy.Block) string {
	switch b.Kind {
	case policy.Rule:
		return "<hr>"
	case policy.Heading:
		tag := "h" + strconv.Itoa(b.Level)
		return "<" + tag + ">" + htmlSpans(b.Spans) + "</" + tag + ">"
	}
	return "<p>" + htmlSpans(b.Spans) + "</p>"
}

func htmlSpans(spans []policy.Span) string {
	var b strings.Builder
	for _, s := range spans {
		open, closing := "", ""
		for _, m := range styleMarks() {
			if s.Style&m.style != 0 {
				open, closing = open+"<"+m.tag+">", "</"+m.tag+">"+closing
			}
		}
		if s.Link != "" {
			open, closing = open+`<a href="`+htmlTarget(s.Link)+`">`, "</a>"+closing
		}
		b.WriteString(open + htmlWords(s) + closing)
	}
	return b.String()
}

// htmlTarget escapes an address twice: a page's author may write it with
// Markdown's escapes as well as with HTML's.
func htmlTarget(link string) string {
	var b strings.Builder
	for _, r := range link {
		if strings.ContainsRune(`\&`, r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return htmlEscape(b.String())
}

// htmlWords writes the words of a span. White space that folding would lose
// is kept apart by comments.
func htmlWords(s policy.Span) string {
	if s.Image != "" {
		return `<img src="` + htmlTarget(s.Image) + `" alt="` + htmlEscape(s.Text) + `">`
	}
	words := htmlEscape(s.Text)
	for strings.Contains(words, "  ") {
		words = strings.ReplaceAll(words, "  ", " <!-- --> ")
	}
	return strings.ReplaceAll(words, "&#10;", "<br>")
}

func htmlEscape(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "\n", "&#10;", "\r", "&#13;", "\t", "&#9;").Replace(text)
}
