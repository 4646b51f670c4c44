package redline

import (
	"iter"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
)

// Change is one change as people and rules read it: what was in a clause
// before, and what is there now.
type Change struct {
	Number int             // from 1, in reading order
	Kind   Kind            // never Equal
	Old    *policy.Block   // nil when added
	New    *policy.Block   // nil when removed
	More   []*policy.Block // of a split: the other blocks that Old's words went to; of a merge: the others that New's came from
	Edits  []Edit          // nil where all words came, went or stayed
	Clause *policy.Clause  // of New, else of Old; nil before the first clause
	Move   int             // of a move: its number; else 0
}

// Changes lists what changed, in reading order. A moved block is one change,
// at its new place; so are all the blocks that one was split into or merged
// from, and there the words that went along are kept words.
func (r *Redline) Changes() []Change {
	if r.all != nil {
		all := r.all.Changes()
		return all[:len(all)-r.Omitted]
	}
	out := slices.Grow([]Change(nil), r.changes())
	for c := range r.each() {
		out = append(out, c)
	}
	return out
}

// changes counts what Changes lists.
func (r *Redline) changes() int {
	for i := len(r.Rows) - 1; i >= 0; i-- {
		if r.Rows[i].Change > 0 {
			return r.Rows[i].Change
		}
	}
	return 0
}

// each yields what Changes lists of a whole redline.
func (r *Redline) each() iter.Seq[Change] {
	return func(yield func(Change) bool) {
		origins := make(map[int]*policy.Block)
		for i := range r.Rows {
			if row := &r.Rows[i]; row.Kind == Moved && row.New == nil {
				origins[row.Move] = row.Old
			}
		}
		for i := range r.Rows {
			row := &r.Rows[i]
			if row.Change == 0 {
				continue
			}
			c := row.change()
			if row.Kind == Moved {
				c.Old = origins[row.Move]
			}
			c.Clause = clause(c)
			if !yield(c) {
				return
			}
		}
	}
}

// Texts returns what was before and what is there now, each block of a split
// or a merge on a line of its own; empty where nothing did.
func (c Change) Texts() (before, after string) {
	edits := c.Edits
	switch {
	case edits != nil:
	case c.Old == nil:
		return "", c.New.Text()
	case c.New == nil:
		return c.Old.Text(), ""
	default:
		return c.Old.Text(), c.New.Text()
	}
	var old, new strings.Builder // a paragraph may be of very many edits
	for _, e := range edits {
		old.WriteString(e.OldText())
		if e.Op != Delete {
			new.WriteString(e.Text())
		}
	}
	return old.String(), new.String()
}

func clause(c Change) *policy.Clause {
	if c.New != nil {
		return c.New.Clause
	}
	return c.Old.Clause
}

// tells reports whether a row is a change by itself: something happened to its
// block, it is not told elsewhere, and there is something to show.
func (row Row) tells() bool {
	if row.part {
		return false
	}
	switch row.Kind {
	case Equal:
		return false
	case Moved:
		return row.New != nil
	case Added:
		return !empty(row.New)
	case Removed:
		return !empty(row.Old)
	}
	return true
}

// empty reports whether a block only keeps the place of an empty container.
func empty(b *policy.Block) bool { return b.Kind != policy.Rule && len(b.Spans) == 0 }

func (row *Row) change() Change {
	c := Change{Number: row.Change, Kind: row.Kind, Old: row.Old, New: row.New, Edits: row.Edits, Move: row.Move}
	if row.whole == nil {
		return c
	}
	c.Kind, c.Edits, c.More = Edited, row.whole, row.more
	if c.Old == nil {
		c.Old, c.More = c.More[0], c.More[1:]
	}
	if c.New == nil {
		c.New, c.More = c.More[0], c.More[1:]
	}
	return c
}

// Stat counts changes.
type Stat struct {
	Changes    int `json:"changes"`    // blocks that changed
	Clauses    int `json:"clauses"`    // that they are in
	Insertions int `json:"insertions"` // runs of words that came
	Deletions  int `json:"deletions"`  // runs of words that went
	Moves      int `json:"moves"`      // blocks that moved
}

// Stat counts what changed.
func (r *Redline) Stat() Stat {
	if r.all != nil {
		return r.all.Stat()
	}
	var s Stat
	clauses := make(map[*policy.Clause]bool)
	for c := range r.each() {
		s.Changes++
		clauses[c.Clause] = true
		s.count(c)
	}
	s.Clauses = len(clauses)
	return s
}

func (s *Stat) count(c Change) {
	switch c.Kind {
	case Added:
		s.Insertions++
	case Removed:
		s.Deletions++
	case Moved:
		s.Moves++
	}
	for _, e := range c.Edits {
		switch e.Op {
		case Insert:
			s.Insertions++
		case Delete:
			s.Deletions++
		}
	}
}

// String returns the counts in words: "12 changes in 5 clauses: 7 insertions,
// 4 deletions, 1 move".
func (s Stat) String() string {
	if s.Changes == 0 {
		return "no changes"
	}
	out := policy.Plural(s.Changes, "change", "changes") + " in " + policy.Plural(s.Clauses, "clause", "clauses")
	sep := ": "
	for _, n := range []struct {
		n    int
		word string
	}{{s.Insertions, "insertion"}, {s.Deletions, "deletion"}, {s.Moves, "move"}} {
		if n.n > 0 {
			out += sep + policy.Plural(n.n, n.word, n.word+"s")
			sep = ", "
		}
	}
	return out
}
