package redline

import (
	"strings"

	"github.com/codicil/codicil/policy"
)

// Place says where a block is, as a reader sees it: a yes in a table means
// something by its row and column only, and an item by what leads into its list.
type Place struct {
	Heading string // of the clause it is in, or of the nearest one above that has one
	Lead    string // the words before the list that it is an item of; the term whose meaning it is
	Row     string // of a cell of a table: the words of the first cell of its row
	Column  string // of a cell of a table: the words of the head of its column
}

// Places knows where the blocks are that changed, in both texts.
type Places map[*policy.Block]Place

// Places finds where each block is that changed.
func (r *Redline) Places() Places {
	if r.all != nil {
		return r.all.Places()
	}
	p := make(Places)
	for c := range r.each() {
		for _, b := range []*policy.Block{c.Old, c.New} {
			if b != nil {
				p[b] = Place{}
			}
		}
	}
	for _, d := range []*policy.Document{r.Old, r.New} {
		w := placer{places: p, leads: make(map[*policy.Container]string), heads: make(map[*policy.Container][]string)}
		for i := range d.Blocks {
			w.place(&d.Blocks[i])
		}
	}
	return p
}

// MeansOtherwise reports whether words that moved mean something else at their new
// place, for they are under another heading or lead-in, in another row or column.
func (p Places) MeansOtherwise(c Change) bool {
	return c.Kind == Moved && c.Old != nil && c.New != nil && p[c.Old] != p[c.New]
}

// placer walks the blocks of one text.
type placer struct {
	places Places
	last   *policy.Block
	leads  map[*policy.Container]string   // of lists
	heads  map[*policy.Container][]string // of the columns of tables
	term   string                         // the last one defined
	row    *policy.Container
	cell   *policy.Container
	label  string // the first cell of the row
	column int    // of the cell, from 0
}

func (w *placer) place(b *policy.Block) {
	p := Place{Heading: heading(b.Clause)}
	var table *policy.Container
	for i, c := range b.Path {
		switch c.Kind {
		case policy.List:
			if _, met := w.leads[c]; !met {
				w.leads[c] = w.lead(b.Path[:i])
			}
			p.Lead = w.leads[c]
		case policy.DefinedTerm:
			w.term = strings.TrimSpace(b.Text())
		case policy.Definition:
			p.Lead = w.term
		case policy.Table:
			table = c
		case policy.Row:
			if c != w.row {
				w.row, w.cell, w.label, w.column = c, nil, "", -1
			}
		case policy.HeadCell, policy.Cell:
			w.enter(c, table, b, &p)
		}
	}
	if _, changed := w.places[b]; changed {
		w.places[b] = p
	}
	w.last = b
}

// enter notes the cell of a table that a block is in.
func (w *placer) enter(c, table *policy.Container, b *policy.Block, p *Place) {
	first := c != w.cell
	if first {
		w.cell = c
		w.column++
		if w.column == 0 {
			w.label = b.Text()
		}
	}
	if table == nil {
		return
	}
	heads := w.heads[table]
	if w.column >= len(heads) && c.Kind == policy.HeadCell && first {
		w.heads[table] = append(heads, b.Text())
	} else if w.column < len(heads) {
		p.Column = heads[w.column]
	}
	if w.column > 0 && c.Kind == policy.Cell {
		p.Row = w.label
	}
}

// lead returns the words before a list that begins in the given containers.
func (w *placer) lead(in []*policy.Container) string {
	if w.last == nil || len(w.last.Path) != len(in) || w.last.Kind == policy.Heading {
		return ""
	}
	for i, c := range in {
		if w.last.Path[i] != c {
			return ""
		}
	}
	return strings.TrimSpace(w.last.Text())
}

// heading returns the nearest heading above.
func heading(c *policy.Clause) string {
	for ; c != nil; c = c.Parent {
		if c.Title != "" {
			return c.Title
		}
	}
	return ""
}
