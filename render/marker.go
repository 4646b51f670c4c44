package render

import (
	"bytes"
	"strconv"

	"github.com/codicil/codicil/policy/redline"
)

// marker writes words inside ins and del.
type marker struct {
	b        *bytes.Buffer
	old, new form // of words of either text
	notes    *notes
	narrow   bool // deleted words are for narrow screens only
}

// edits writes runs of words in their order.
func (m marker) edits(edits []redline.Edit) {
	for _, e := range edits {
		form := m.new
		if e.Op == redline.Delete {
			form = m.old
		}
		words := func() { writeSpans(m.b, e.Spans, form) }
		switch {
		case e.Op == redline.Keep && e.Restyled:
			m.restyled(words)
		case e.Op == redline.Keep:
			words()
		case e.Inner != nil:
			m.mark(e.Op, e.Move, func() { m.edits(e.Inner) })
		default:
			m.mark(e.Op, e.Move, words)
		}
	}
}

// mark writes words as deleted or inserted or, with the number of a move, as
// moved.
func (m marker) mark(op redline.Op, move int, words func()) {
	name := "ins"
	if op == redline.Delete {
		name = "del"
	}
	m.b.WriteString("<" + name)
	switch {
	case m.narrow && op == redline.Delete: // its anchor is in the old text
		m.b.WriteString(` class="redline-narrow"`)
	case move > 0:
		m.b.WriteString(` data-move="` + strconv.Itoa(move) + `"`)
		m.notes.moveID(m.b, op, move)
	}
	m.b.WriteByte('>')
	m.notes.before(m.b, op, move)
	words()
	m.notes.after(m.b, op, move)
	m.b.WriteString("</" + name + ">")
}

// restyled writes words that stayed but look different now.
func (m marker) restyled(words func()) {
	m.b.WriteString(`<span class="restyled">`)
	m.notes.restyled(m.b)
	words()
	m.b.WriteString("</span>")
}
