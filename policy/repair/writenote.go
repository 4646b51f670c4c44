package repair

import (
	"strings"

	"github.com/codicil/codicil/policy"
)

// notesOf returns the names of the footnotes of a text.
func notesOf(blocks []policy.Block) map[string]bool {
	notes := make(map[string]bool)
	for i := range blocks {
		if _, ok := withoutLabel(&blocks[i]); ok && blocks[i].Note != "" {
			notes[blocks[i].Note] = true
		}
	}
	return notes
}

// noted writes an outermost node as what it is of a footnote, if it is.
func (w writer) noted(n *node) []string {
	first := n.first()
	if first.Note == "" {
		return w.node(n)
	}
	if rest, ok := withoutLabel(first); ok && n.block != nil {
		note := *first
		note.Spans, note.ID = rest, ""
		return prefixed("[^"+first.Note+"]: ", "    ", w.block(&note))
	}
	return prefixed("    ", "    ", w.node(n))
}

// first returns the first block of a node.
func (n *node) first() *policy.Block {
	for n.block == nil {
		n = n.kids[0]
	}
	return n.block
}

// withoutLabel returns the words of the first block of a footnote without the
// label that is before them.
func withoutLabel(b *policy.Block) ([]policy.Span, bool) {
	label := "[" + b.Note + "]"
	if len(b.Spans) == 0 || b.ID != policy.NoteID(b.Note) || !strings.HasPrefix(b.Spans[0].Text, label) {
		return nil, false
	}
	spans := append([]policy.Span(nil), b.Spans...)
	spans[0].Text = strings.TrimPrefix(strings.TrimPrefix(spans[0].Text, label), " ")
	if spans[0].Text == "" {
		spans = spans[1:]
	}
	return spans, true
}

// noteFrame returns what must be around a part of a text, so that it is read
// as it is within the whole: the beginning of the footnote that it goes on with,
// and the footnotes that it refers to.
func noteFrame(want []policy.Block, notes map[string]bool) (before, after string) {
	known := make(map[string]bool)
	for i := range want {
		b := &want[i]
		if _, begins := withoutLabel(b); b.Note != "" && begins {
			known[b.Note] = true
		} else if b.Note != "" && !known[b.Note] {
			known[b.Note] = true
			before = "[^" + b.Note + "]: x\n\n"
		}
	}
	for i := range want {
		for _, s := range want[i].Spans {
			if label, ok := policy.NoteOf(s); ok && notes[label] && !known[label] {
				known[label] = true
				after += "\n\n[^" + label + "]: x\n"
			}
		}
	}
	return before, after
}
