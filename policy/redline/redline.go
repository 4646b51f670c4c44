// Package redline finds what changed between two documents, clause by clause
// and word by word.
//
// Blocks are paired first: blocks that are in both texts exactly once are
// anchors, blocks between anchors are paired by the words they share, and one
// block may be paired with several when it was split or merged. Words are
// compared only inside pairs, and the raw differences are then tidied until
// they read as a person would have marked them. Nothing depends on a clock:
// where texts are too large or too different, work is bounded by their size
// and the redline says that it is limited.
package redline

import (
	"cmp"
	"slices"

	"github.com/codicil/codicil/policy"
)

// Redline is the comparison of two documents. Its rows hold every block of
// both: taking the old side of all rows gives the old document back, taking
// the new side the new one.
type Redline struct {
	Old, New *policy.Document // empty, never nil, where a side was missing
	Rows     []Row
	Limited  bool // the texts were too large or too different to compare word by word throughout
	Omitted  int  // how many changes come after the last row, where First cut the redline off

	all *Redline // what it was cut off from; nil for a whole one
}

// Row is one step of the reading order: a block that is in both documents,
// or in one of them.
type Row struct {
	Kind  Kind
	Old   *policy.Block // nil when added
	New   *policy.Block // nil when removed
	Edits []Edit        // of an edited, renumbered or moved block: its words in order
	Move  int           // of both rows of one move: the same number, from 1; else 0

	// Change is the number of the change that is told here, as Changes counts
	// them: 0 when nothing changed, and where it is told at another row, as
	// with the old place of a move and with the further blocks of a split.
	Change int

	whole []Edit          // of a split or merged block: its words against those of all it became or came from
	more  []*policy.Block // the others of these
	part  bool            // it is one of the others
}

// Kind says what happened to a block.
type Kind string

// The kinds of change.
const (
	Equal      Kind = "equal"
	Added      Kind = "added"
	Removed    Kind = "removed"
	Edited     Kind = "edited"
	Moved      Kind = "moved"      // two rows: one with Old at its old place, one with New (and Edits, if it changed) at its new place
	Renumbered Kind = "renumbered" // only the clause's number changed
	Reshaped   Kind = "reshaped"   // the same words, or nearly, in another form: a heading of another level, an item that was a paragraph
)

// Edit is a run of words that stayed, went or came.
type Edit struct {
	Op    Op
	Spans []policy.Span // with the spaces between the words; of a kept run, as in the new text
	Old   []policy.Span // of a kept run whose spaces or style differ in the old text; else nil

	Restyled bool // of a kept run: its emphasis changed

	Move  int    // of words that are elsewhere in the other text: the number of the move; else 0
	Inner []Edit // of words moved here from elsewhere: what changed in them
}

// Text returns the words of the edit without any mark-up.
func (e Edit) Text() string {
	b := policy.Block{Spans: e.Spans}
	return b.Text()
}

// OldText returns the words as the old text has them, with its spaces; of a
// run that was inserted, none.
func (e Edit) OldText() string {
	switch {
	case e.Op == Insert:
		return ""
	case e.Old == nil:
		return e.Text()
	}
	b := policy.Block{Spans: e.Old}
	return b.Text()
}

// Op says what happened to a run of words.
type Op uint8

// The operations.
const (
	Keep Op = iota
	Delete
	Insert
)

// String returns "keep", "delete" or "insert".
func (o Op) String() string {
	switch o {
	case Delete:
		return "delete"
	case Insert:
		return "insert"
	}
	return "keep"
}

// Compare finds what changed from one document to another. A nil document
// counts as an empty one.
func Compare(before, after *policy.Document) *Redline {
	return compare(&Memory{words: newInterner()}, before, after)
}

func compare(m *Memory, before, after *policy.Document) *Redline {
	before, after = cmp.Or(before, &policy.Document{}), cmp.Or(after, &policy.Document{})
	c := &comparer{memory: m, budget: allProducts, numbers: make(map[*policy.Block]int), laid: make(map[*policy.Block]*passage)}
	c.old, c.new = m.units(before.Blocks), m.units(after.Blocks)
	c.align()
	r := &Redline{Old: before, New: after, Rows: c.rows(), Limited: c.limited}
	r.count()
	return r
}

// Replaced is the redline of a text that took the place of another as a whole: all
// of the one went, all of the other came. It stands for a comparison that failed,
// and is Limited.
func Replaced(before, after *policy.Document) *Redline {
	r := &Redline{Old: cmp.Or(before, &policy.Document{}), New: cmp.Or(after, &policy.Document{}), Limited: true}
	for i := range r.Old.Blocks {
		r.Rows = append(r.Rows, Row{Kind: Removed, Old: &r.Old.Blocks[i]})
	}
	for i := range r.New.Blocks {
		r.Rows = append(r.Rows, Row{Kind: Added, New: &r.New.Blocks[i]})
	}
	r.count()
	return r
}

// First is the redline up to its change of this number: for those who show it, where
// nobody could read all of it. It counts, in Stat, what the whole one does.
func (r *Redline) First(most int) *Redline {
	for i := range r.Rows {
		if last := r.Rows[len(r.Rows)-1-i].Change; last > most {
			cut := slices.IndexFunc(r.Rows, func(row Row) bool { return row.Change > most })
			return &Redline{Old: r.Old, New: r.New, Rows: r.Rows[:cut], Limited: r.Limited, Omitted: last - most, all: r}
		} else if last > 0 {
			break
		}
	}
	return r
}

// count numbers the changes.
func (r *Redline) count() {
	changes := 0
	for i := range r.Rows {
		if r.Rows[i].tells() {
			changes++
			r.Rows[i].Change = changes
		}
	}
}

// comparer is one comparison at work.
type comparer struct {
	memory   *Memory
	laid     map[*policy.Block]*passage
	old, new []*unit
	moves    int                   // so many moves have a number
	numbers  map[*policy.Block]int // of the moves, by the block or member that moved
	limited  bool
	seen     []sighting // scratch space of onceInBoth
	budget   int        // what is left of allProducts
}
