package docx

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/codicil/codicil/policy"
)

// look is how a run of words looks, as far as it counts.
type look struct {
	style  policy.Style
	link   string
	hidden bool
	raised string // "superscript", "subscript" or empty
	font   string // where it is named
	mark   string // in which words are kept beside others: "--" or "++"
}

// runStyle returns the look that the style of a paragraph gives its words.
// Bold and italics of a whole paragraph are its layout, not emphasis.
func (b *body) runStyle(props *node) look {
	var l look
	for _, s := range b.chain(props.val("pStyle")) {
		if s.hidden {
			l.hidden = true
		}
	}
	return l
}

// runs reads the words of a paragraph, or of a part of it.
func (b *body) runs(n *node, p *paragraph, l look) {
	for _, k := range n.kids {
		b.inline(k, p, l)
	}
}

// inline reads one thing within a paragraph.
func (b *body) inline(k *node, p *paragraph, l look) {
	switch k.name {
	case "r":
		props := k.kid("rPr")
		if was := props.kid("rPrChange").kid("rPr"); was != nil && b.changes == Reject {
			props = was
		}
		b.run(k, p, b.looks(props, l))
	case "ins", "moveTo":
		b.tracked(k, p, l, false)
	case "del", "moveFrom":
		b.tracked(k, p, l, true)
	case "hyperlink":
		to := b.links[k.attr("id")]
		if name := k.attr("anchor"); name != "" {
			to += "#" + name
		}
		l.link = cmp.Or(safe(to), l.link)
		b.runs(k, p, l)
	case "bookmarkStart":
		b.bookmarks = append(b.bookmarks, k.attr("name"))
	case "commentRangeStart":
		b.about[k.attr("id")] = new(strings.Builder)
	case "commentRangeEnd":
		b.comment(k.attr("id"))
	case "sdt":
		b.control(k, p, l)
	case "fldSimple":
		b.simpleField(k, p, l)
	case "smartTag", "customXml", "dir", "bdo", "oMath", "oMathPara", "sSup", "sSub", "e", "f", "num", "den", "d":
		b.runs(k, p, l)
	case "sup", "sub": // of a formula
		l.raised = map[string]string{"sup": "superscript", "sub": "subscript"}[k.name]
		b.runs(k, p, l)
	case "AlternateContent":
		b.alternate(k, p, l)
	}
}

func orEmpty(n *node) *node {
	if n == nil {
		return &node{}
	}
	return n
}

// control reads a content control. What asks to be filled in is not yet a text.
func (b *body) control(k *node, p *paragraph, l look) {
	if asks, _ := k.kid("sdtPr").on("showingPlcHdr"); asks {
		what := oneLine(allText(k.kid("sdtContent")))
		b.doubt("unfilled-field", fmt.Sprintf("a field of the file was not filled in: the text has %q in its place", what), what)
	}
	b.runs(orEmpty(k.kid("sdtContent")), p, l)
}

// alternate reads what newer programs show of two forms of the same.
func (b *body) alternate(k *node, p *paragraph, l look) {
	if choice := k.kid("Choice"); choice != nil {
		b.pieces(choice, p, l)
		return
	}
	b.pieces(orEmpty(k.kid("Fallback")), p, l)
}

// looks returns how a run looks by its own properties.
func (b *body) looks(props *node, l look) look {
	for _, s := range b.chain(props.val("rStyle")) {
		l = apply(s.props, l)
	}
	return apply(props, l)
}

func apply(props *node, l look) look {
	if props == nil {
		return l
	}
	for _, mark := range []struct {
		name  string
		style policy.Style
	}{{"b", policy.Strong}, {"i", policy.Emphasis}, {"strike", policy.Strike}} {
		if on, said := props.on(mark.name); said {
			l.style &^= mark.style
			if on {
				l.style |= mark.style
			}
		}
	}
	if fonts := props.kid("rFonts"); fonts != nil {
		l.font = cmp.Or(fonts.attr("ascii"), fonts.attr("hAnsi"), l.font)
	}
	if on, said := props.on("vanish"); said {
		l.hidden = on
	}
	if size := props.val("sz"); size != "" { // LibreOffice raises letters so
		switch at := props.val("position"); {
		case strings.HasPrefix(at, "-"):
			l.raised = "subscript"
		case at != "" && at != "0":
			l.raised = "superscript"
		}
	}
	switch v := props.val("vertAlign"); v {
	case "superscript", "subscript":
		l.raised = v
	case "baseline":
		l.raised = ""
	}
	return l
}

// tracked reads words under a tracked change.
func (b *body) tracked(k *node, p *paragraph, l look, deleted bool) {
	if text := oneLine(allText(k)); text != "" {
		b.result.Tracked++
		if who := k.attr("author"); who != "" {
			b.authors[who] = true
		}
	}
	if b.dropped(deleted, !deleted) {
		return
	}
	if b.changes == Keep {
		if l.mark = "++"; deleted {
			l.mark = "--"
		}
	}
	b.runs(k, p, l)
}

// run reads a run of words that look alike.
func (b *body) run(n *node, p *paragraph, l look) { b.pieces(n, p, l) }

func (b *body) pieces(n *node, p *paragraph, l look) {
	for _, k := range n.kids {
		if k.name == "fldChar" {
			b.fieldMark(k)
			continue
		}
		if b.inCode() {
			if k.name == "instrText" || k.name == "delInstrText" {
				b.fields[len(b.fields)-1].code.WriteString(k.text)
			}
			continue
		}
		at := l
		at.link = cmp.Or(at.link, b.fieldLink())
		b.piece(k, p, at)
	}
}

func (b *body) piece(k *node, p *paragraph, l look) {
	switch k.name {
	case "t", "delText":
		b.words(k.text, p, l)
	case "tab", "ptab":
		b.words(" ", p, l)
	case "br", "cr":
		if t := k.attr("type"); t == "" || t == "textWrapping" {
			b.words("\n", p, l)
		}
	case "noBreakHyphen":
		b.words("-", p, l)
	case "ruby":
		b.runs(orEmpty(k.kid("rubyBase")), p, l)
		b.changed("reading-aid", "the reading above characters was left out", allText(k.kid("rt")), leftOut)
	case "sym":
		b.symbol(k.attr("font"), k.attr("char"), p, l)
	case "footnoteReference", "endnoteReference":
		b.cite(strings.TrimSuffix(k.name, "Reference"), k, p, l)
	case "commentReference":
		b.comment(k.attr("id"))
	case "drawing", "pict", "object":
		b.picture(k, p)
	case "AlternateContent":
		b.alternate(k, p, l)
	case "r", "ins", "del", "hyperlink":
		b.inline(k, p, l)
	}
}

// words takes words over, unless they are hidden.
func (b *body) words(text string, p *paragraph, l look) {
	if l.hidden {
		if oneLine(text) != "" {
			b.changed("hidden-text", "text that Word hides was left out", text, leftOut)
		}
		return
	}
	if strings.ContainsFunc(text, private) {
		b.signs(text, p, l)
		return
	}
	if l.raised != "" {
		text = b.raised(text, l.raised)
	}
	if l.mark != "" {
		text = "{" + l.mark + text + l.mark + "}"
	}
	for _, about := range b.about {
		about.WriteString(text)
	}
	last := len(p.spans) - 1
	if last >= 0 && p.spans[last].Style == l.style && p.spans[last].Link == l.link {
		p.spans[last].Text += text
		return
	}
	p.spans = append(p.spans, policy.Span{Text: text, Style: l.style, Link: l.link})
}

// raised writes what is above or below the line with the characters that
// do.
func (b *body) raised(text, where string) string {
	text, ok := policy.Raised(text, where == "subscript")
	if !ok {
		b.doubt(where, fmt.Sprintf("the %s %q has no plain characters; it is on the line now", where, text), text)
	}
	return text
}

// find returns the first element of that name below n.
func find(n *node, name string) *node {
	for _, k := range n.kids {
		if k.name == name {
			return k
		}
		if found := find(k, name); found != nil {
			return found
		}
	}
	return nil
}
