package redline

import (
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
)

// rows writes down both documents in one reading order: what went is
// before what came in its place.
func (c *comparer) rows() []Row {
	n := len(c.new)
	for _, u := range c.old {
		if u.mate == nil {
			n++
		}
	}
	out := make([]Row, 0, n) // more where there are tables
	i, j := 0, 0
	for i < len(c.old) || j < len(c.new) {
		switch {
		case i < len(c.old) && c.old[i].mate == nil && !c.goesOn(i, j):
			out = c.gone(out, c.old[i])
			i++
		case j < len(c.new) && c.new[j].mate == nil:
			out = c.came(out, c.new[j])
			j++
		default:
			out = c.matched(out, c.old[i], c.new[j])
			i, j = i+1, j+1
		}
	}
	return out
}

// goesOn reports whether the new unit j, which has no partner, is in the
// list or table that is being written, and the old unit i does not: it comes
// first then, so that the list need not be left and entered again.
func (c *comparer) goesOn(i, j int) bool {
	return j > 0 && j < len(c.new) && c.new[j].mate == nil && nested(c.new[j-1], c.new[j]) &&
		!(i > 0 && nested(c.old[i-1], c.old[i]))
}

// nested reports whether two units are in one outermost container.
func nested(a, b *unit) bool {
	p, q := a.blocks[0].Path, b.blocks[0].Path
	return len(p) > 0 && len(q) > 0 && p[0] == q[0]
}

// gone writes down a unit that is in the old document only, or no longer
// at this place.
func (c *comparer) gone(out []Row, u *unit) []Row {
	if u.group != nil {
		return append(out, c.grouped(u))
	}
	for i, b := range u.blocks {
		r := Row{Kind: Removed, Old: b}
		if u.moved != nil && c.went(b, u.moved.blocks[i]) {
			r.Kind, r.Move = Moved, c.move(b)
		}
		out = append(out, r)
	}
	return out
}

// came writes down a unit that is in the new document only, or was at
// another place before.
func (c *comparer) came(out []Row, u *unit) []Row {
	if u.group != nil {
		return append(out, c.grouped(u))
	}
	for i, b := range u.blocks {
		r := Row{Kind: Added, New: b}
		if u.moved != nil && c.went(u.moved.blocks[i], b) {
			r.Kind, r.Move = Moved, c.move(u.moved.blocks[i])
			r.Edits = c.edits(u.moved.blocks[i], b)
		}
		out = append(out, r)
	}
	return out
}

// grouped writes down a unit that was split or merged.
func (c *comparer) grouped(u *unit) Row {
	if u.group.one == u {
		return c.groupRow(u.group)
	}
	return c.memberRow(u.group, u)
}

// went reports whether a block of something that moved moved along: a cell of a
// row may have been replaced on the way.
func (c *comparer) went(a, b *policy.Block) bool {
	if a.Text() == b.Text() {
		return true
	}
	p, q := c.sortedWords(a), c.sortedWords(b)
	return dice(overlap(p, q), p, q) >= certain
}

// move returns the number of a block's move. Numbers are given in reading order.
func (c *comparer) move(b *policy.Block) int {
	n, ok := c.numbers[b]
	if !ok {
		c.moves++
		n = c.moves
		c.numbers[b] = n
	}
	return n
}

// matched writes down two units that are in the same place.
func (c *comparer) matched(out []Row, a, b *unit) []Row {
	if a.group != nil {
		return append(out, c.groupRow(a.group))
	}
	if len(a.blocks) == 1 && len(b.blocks) == 1 {
		return append(out, c.block(a.blocks[0], b.blocks[0], a.shape != b.shape))
	}
	j := 0
	for i, k := range c.cells(a, b) {
		if k < 0 {
			out = append(out, Row{Kind: Removed, Old: a.blocks[i]})
			continue
		}
		for ; j < k; j++ {
			out = append(out, Row{Kind: Added, New: b.blocks[j]})
		}
		x, y := a.blocks[i], b.blocks[k]
		out = append(out, c.block(x, y, shape(x) != shape(y)))
		j++
	}
	for ; j < len(b.blocks); j++ {
		out = append(out, Row{Kind: Added, New: b.blocks[j]})
	}
	return out
}

// block compares the words of two blocks.
func (c *comparer) block(a, b *policy.Block, reshaped bool) Row {
	r := Row{Kind: Equal, Old: a, New: b, Edits: c.edits(a, b)}
	switch {
	case reshaped:
		c.moves++
		r.Kind, r.Move = Reshaped, c.moves
	case r.Edits != nil && renumbered(a, b, r.Edits):
		r.Kind = Renumbered
	case r.Edits != nil:
		r.Kind = Edited
	case number(a) != number(b):
		r.Kind = Renumbered
	}
	return r
}

// edits returns the differences between the words of two blocks, or nil.
func (c *comparer) edits(a, b *policy.Block) []Edit {
	if slices.Equal(a.Spans, b.Spans) {
		return nil
	}
	x, y := c.lay(a), c.lay(b)
	edits := write(x, y, c.compare(x, y))
	if !slices.ContainsFunc(edits, func(e Edit) bool { return e.Op != Keep || e.Restyled }) {
		return nil
	}
	return edits
}

// number is the number that an item shows.
func number(b *policy.Block) string {
	for i := len(b.Path) - 1; i >= 0; i-- {
		if b.Path[i].Kind == policy.Item {
			return b.Path[i].Number
		}
	}
	return ""
}

// renumbered reports whether nothing but the numbers of the clauses that the
// blocks begin changed.
func renumbered(a, b *policy.Block, edits []Edit) bool {
	x, y := a.Clause, b.Clause
	if x == nil || y == nil || a.ID != x.ID || b.ID != y.ID || x.Number == "" || y.Number == "" || x.Number == y.Number {
		return false
	}
	seen, most := "", len(x.Number)+len(y.Number)+8
	for _, e := range edits[:len(edits)-1] {
		if seen += e.Text(); len(seen) > most {
			return false
		}
	}
	return edits[len(edits)-1].Op == Keep &&
		strings.Contains(seen, x.Number) && strings.Contains(seen, y.Number)
}
