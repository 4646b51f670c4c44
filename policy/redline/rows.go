package redline

import (
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
)

// rows writes down both documents in one reading order: what went stands
// before what came in its place.
func (c *comparer) rows() []Row {
	var out []Row
	i, j := 0, 0
	for i < len(c.old) || j < len(c.new) {
		switch {
		case i < len(c.old) && c.old[i].mate == nil:
			out = append(out, c.gone(c.old[i])...)
			i++
		case j < len(c.new) && c.new[j].mate == nil:
			out = append(out, c.came(c.new[j])...)
			j++
		default:
			out = append(out, c.matched(c.old[i], c.new[j])...)
			i, j = i+1, j+1
		}
	}
	return out
}

// gone writes down a unit that stands in the old document only, or no longer
// at this place.
func (c *comparer) gone(u *unit) []Row {
	if u.group != nil {
		return []Row{c.grouped(u)}
	}
	out := make([]Row, len(u.blocks))
	for i, b := range u.blocks {
		out[i] = Row{Kind: Removed, Old: b}
		if u.moved != nil {
			out[i].Kind, out[i].Move = Moved, c.move(u, len(u.blocks))+i
		}
	}
	return out
}

// came writes down a unit that stands in the new document only, or was at
// another place before.
func (c *comparer) came(u *unit) []Row {
	if u.group != nil {
		return []Row{c.grouped(u)}
	}
	out := make([]Row, len(u.blocks))
	for i, b := range u.blocks {
		out[i] = Row{Kind: Added, New: b}
		if u.moved != nil {
			out[i].Kind, out[i].Move = Moved, c.move(u.moved, len(u.blocks))+i
			out[i].Edits = c.edits(u.moved.blocks[i], b, nil, nil)
		}
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

// move returns the number of the first of a unit's moves. Numbers are given in
// reading order.
func (c *comparer) move(u *unit, blocks int) int {
	n, ok := c.numbers[u]
	if !ok {
		n = c.moves + 1
		c.moves += blocks
		c.numbers[u] = n
	}
	return n
}

// matched writes down two units that stand in the same place.
func (c *comparer) matched(a, b *unit) []Row {
	if a.group != nil {
		return []Row{c.groupRow(a.group)}
	}
	if len(a.blocks) == 1 && len(b.blocks) == 1 {
		return []Row{c.block(a.blocks[0], b.blocks[0], a.laid, b.laid)}
	}
	var out []Row
	j := 0
	for i, k := range c.cells(a, b) {
		if k < 0 {
			out = append(out, Row{Kind: Removed, Old: a.blocks[i]})
			continue
		}
		for ; j < k; j++ {
			out = append(out, Row{Kind: Added, New: b.blocks[j]})
		}
		out = append(out, c.block(a.blocks[i], b.blocks[k], nil, nil))
		j++
	}
	for ; j < len(b.blocks); j++ {
		out = append(out, Row{Kind: Added, New: b.blocks[j]})
	}
	return out
}

// block compares the words of two blocks; x and y are these words if they are
// laid out already.
func (c *comparer) block(a, b *policy.Block, x, y *passage) Row {
	r := Row{Kind: Equal, Old: a, New: b, Edits: c.edits(a, b, x, y)}
	switch {
	case shape(a) != shape(b):
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
func (c *comparer) edits(a, b *policy.Block, x, y *passage) []Edit {
	if slices.Equal(a.Spans, b.Spans) {
		return nil
	}
	if x == nil {
		x = c.words.lay(a.Spans)
	}
	if y == nil {
		y = c.words.lay(b.Spans)
	}
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
	seen := ""
	for _, e := range edits[:len(edits)-1] {
		seen += e.Text()
	}
	return edits[len(edits)-1].Op == Keep && len(seen) <= len(x.Number)+len(y.Number)+8 &&
		strings.Contains(seen, x.Number) && strings.Contains(seen, y.Number)
}
