package render

import (
	"bytes"
	"io"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
)

// RedlineOptions say how a redline is written as HTML.
type RedlineOptions struct {
	Fragment   bool   // the bare marked-up document, for another page
	SideBySide bool   // both texts in two columns; not with Fragment
	Open       bool   // fold nothing away; not with Fragment or Brief
	Brief      bool   // leave out the unchanged stretches that are folded away else; not with Fragment
	Whole      string // where the whole new text is, to which brief redlines lead for what they leave out
	Lang       string // of the words around the text: en, de, fr, es or zh
	Shift      int    // how many levels of headings are above the text on its page

	// Old and New say how words of either text are shown where links lead
	// elsewhere on the page than in the text; nil shows them as they were written.
	Old, New func(policy.Span) policy.Span
}

// RedlineHTML writes both texts of a redline as one, with ins and del around
// what came and went. Marks are the outermost elements inside a block; they
// are never across elements nor directly in a list or table. A moved block
// is a del at its old place and an ins at its new one with the same data-move.
//
// A fragment gives back the old text exactly when every ins is left out, and
// the new one without every del. Otherwise there are a first line that says
// how much changed, an anchor c-1, c-2 and so on at each change with links to
// those before and after, words for screen readers around every mark, and
// unchanged stretches are folded away, or only counted.
func RedlineHTML(w io.Writer, r *redline.Redline, o RedlineOptions) error {
	return into(w, func(b *bytes.Buffer) { redlineHTML(b, r, o) })
}

func redlineHTML(b *bytes.Buffer, r *redline.Redline, o RedlineOptions) {
	t := &tree{b: b, shift: o.Shift, ids: make(map[string]bool), pairs: pairs(r.Rows), lazy: lazyLists(r.Old, r.New)}
	switch {
	case o.Fragment:
		w := redliner{tree: t, old: o.Old, new: o.New}
		for _, row := range r.Rows {
			w.exact(row)
		}
		t.closeTo(0)
	default:
		newPage(t, r, o).write(r)
	}
}

// pairs finds which containers are the same in both documents.
func pairs(rows []redline.Row) map[*policy.Container]*policy.Container {
	out := make(map[*policy.Container]*policy.Container)
	for _, r := range rows {
		if r.Old == nil || r.New == nil {
			continue
		}
		for i := range min(len(r.Old.Path), len(r.New.Path)) {
			a, b := r.Old.Path[i], r.New.Path[i]
			if a.Kind != b.Kind || a.Ordered != b.Ordered {
				break
			}
			if out[a] == nil && out[b] == nil {
				out[a], out[b] = b, a
			}
		}
	}
	return out
}

// redliner writes the rows of a redline.
type redliner struct {
	*tree
	notes  *notes // words and links beside the text; nil for a fragment
	narrow bool   // deleted words are for narrow screens only

	old, new func(policy.Span) policy.Span // how the words of either text are shown
}

// exact writes a row so that each text comes back without the marks of the
// other. What has another form in each is written in both.
func (w *redliner) exact(r redline.Row) {
	if r.Kind != redline.Reshaped {
		w.row(r)
		return
	}
	w.row(redline.Row{Kind: redline.Moved, Old: r.Old, Move: r.Move})
	w.row(redline.Row{Kind: redline.Moved, New: r.New, Move: r.Move, Edits: r.Edits})
}

// row writes a row in the containers that it is in.
func (w *redliner) row(r redline.Row) {
	w.enter(r.Old, r.New)
	block := shown(r)
	if block.Kind == policy.Rule {
		w.rule(r)
		return
	}
	w.block(block, func() {
		w.notes.begin(w.b, r)
		w.words(r, block)
	})
}

// shown returns the block whose form a row takes. What is gone has no anchor:
// the page is about the new text.
func shown(r redline.Row) *policy.Block {
	if r.New != nil {
		return r.New
	}
	gone := *r.Old
	gone.ID, gone.Aliases = "", nil
	return &gone
}

// rule writes a thematic break, which has no words to mark.
func (w *redliner) rule(r redline.Row) {
	open, end := "", ""
	switch r.Kind {
	case redline.Removed:
		open, end = "<del>", "</del>"
	case redline.Added:
		open, end = "<ins>", "</ins>"
	}
	w.notes.rule(w.b, r)
	w.b.WriteString(open + "<hr>" + end + "\n")
}

// words writes the words of a block with their marks.
func (w *redliner) words(r redline.Row, block *policy.Block) {
	old := form{pre: block.Kind == policy.Code, pictures: w.notes == nil, shown: w.old}
	now := old
	if r.New != nil {
		now.shown = w.new
	}
	m := marker{w.b, old, now, w.notes, w.narrow}
	all := func() { writeSpans(w.b, block.Spans, now) }
	if r.Edits != nil {
		all = func() { m.edits(r.Edits) }
	}
	switch {
	case r.Kind == redline.Moved && r.New == nil:
		m.mark(redline.Delete, r.Move, all)
	case r.Kind == redline.Moved:
		m.mark(redline.Insert, r.Move, all)
	case r.Edits != nil || len(block.Spans) == 0:
		all()
	case r.Kind == redline.Removed:
		m.mark(redline.Delete, 0, all)
	case r.Kind == redline.Added:
		m.mark(redline.Insert, 0, all)
	default:
		all()
	}
}
