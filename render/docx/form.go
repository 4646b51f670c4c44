package docx

import (
	"fmt"
	"strconv"

	"github.com/codicil/codicil/policy"
)

// form is what makes a paragraph look as it does, besides its words.
type form struct {
	style  string
	begin  bool   // it begins an item
	number string // of that item; empty for a bullet
	depth  int    // of that item, from 0
	left   int    // twentieths of a point
	align  string
}

// The steps of indentation, and the deepest one, in twentieths of a point.
const (
	indent    = 425
	maxIndent = 12 * indent
)

// form returns the form of a block of the document that o describes.
func (o *outline) form(b *policy.Block) form {
	f := form{style: style(b)}
	quotes, items := 0, 0
	for _, c := range b.Path {
		switch c.Kind {
		case policy.Quote, policy.Definition:
			quotes++
		case policy.Item:
			items++
		case policy.Cell, policy.HeadCell:
			quotes, items = 0, 0
			f.align = c.Align
		}
	}
	f.left = min((quotes+items)*indent, maxIndent)
	f.number, f.begin = o.begins[b]
	f.depth = max(0, items-1)
	return f
}

// style names the style of a block.
func style(b *policy.Block) string {
	inner := policy.ContainerKind(255)
	if n := len(b.Path); n > 0 {
		inner = b.Path[n-1].Kind
	}
	switch {
	case b.Kind == policy.Heading:
		return "Heading" + strconv.Itoa(min(6, max(1, b.Level)))
	case b.Kind == policy.Code:
		return "HTMLPreformatted"
	case b.Kind == policy.Rule:
		return "HorizontalRule"
	case inner == policy.Item:
		return "ListParagraph"
	case inner == policy.DefinedTerm:
		return "DefinitionTerm"
	case inner == policy.Definition:
		return "Definition"
	case inner == policy.Quote:
		return "Quote"
	case inner == policy.HeadCell:
		return "TableHeading"
	case inner == policy.Cell:
		return "TableText"
	}
	return ""
}

// properties writes a form, without the element around it. The order of the
// elements is that of CT_PPrBase.
func (d *writer) properties(f form, bidi bool) {
	if f.style != "" {
		d.put(`<w:pStyle w:val="`, f.style, `"/>`)
	}
	hanging := ""
	if f.begin {
		id, level := d.numbering.of(f.number, f.depth)
		d.put(fmt.Sprintf(`<w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr>`, level, id))
		hanging = fmt.Sprintf(` w:hanging="%d"`, indent)
	}
	if bidi {
		d.put(`<w:bidi/>`)
	}
	if f.left > 0 {
		d.put(fmt.Sprintf(`<w:ind w:left="%d"%s/>`, f.left, hanging))
	}
	if f.align != "" {
		d.put(`<w:jc w:val="`, f.align, `"/>`)
	}
}
