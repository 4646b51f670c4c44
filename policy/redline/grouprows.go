package redline

import (
	"slices"

	"github.com/codicil/codicil/policy"
)

// groupRow writes down the one of a group: beside the member that is in
// its place, if there is one, with the pieces that are elsewhere marked as
// moved.
func (c *comparer) groupRow(g *group) Row {
	p := g.one.mate
	r := Row{Kind: Edited}
	empty := &passage{}
	x, y := c.lay(g.one.blocks[0]), empty
	if p != nil {
		y = c.lay(p.blocks[0])
	}
	hunks := c.pieceHunks(g, p)
	old, new := g.one, p
	if !g.split {
		old, new = p, g.one
		x, y = y, x
		turn(hunks)
	}
	if old != nil {
		r.Old = old.blocks[0]
	} else {
		r.Kind = Added
	}
	if new != nil {
		r.New = new.blocks[0]
	} else {
		r.Kind = Removed
	}
	r.Edits = write(x, y, hunks)
	if !g.split {
		c.inner(g, r.Edits)
	}
	r.whole, r.more = c.whole(g)
	return r
}

// pieceHunks lists the changes of the one of a group against the member in its
// place: what became other members moved, and the rest is compared as usual.
func (c *comparer) pieceHunks(g *group, p *unit) []hunk {
	one := c.lay(g.one.blocks[0]).tokens
	var before, after []hunk
	at, n := 0, 0
	from, to := 0, len(one)
	passed := p == nil
	if p != nil {
		n = len(c.lay(p.blocks[0]).tokens)
	}
	for _, u := range g.many {
		if u == p {
			passed = true
			from = at
			continue
		}
		s := u.piece
		if passed && p != nil {
			to = min(to, s.from)
			after = append(after, hunk{max(at, to), s.from, n, n, 0}, hunk{s.from, s.to, n, n, c.pieceMove(u)})
		} else {
			before = append(before, hunk{at, s.from, 0, 0, 0}, hunk{s.from, s.to, 0, 0, c.pieceMove(u)})
		}
		at = s.to
	}
	if p == nil {
		return append(before, hunk{at, len(one), 0, 0, 0})
	}
	if len(after) > 0 {
		after = append(after, hunk{at, len(one), n, n, 0})
		after[0].a0 = after[0].a1 // what is between belongs to the comparison below
	}
	core := c.compare(c.part(g.one, from, to), c.lay(p.blocks[0]))
	for _, h := range core {
		before = append(before, hunk{h.a0 + from, h.a1 + from, h.b0, h.b1, 0})
	}
	return append(before, after...)
}

// part returns the tokens [from,to) of a unit as a passage.
func (c *comparer) part(u *unit, from, to int) *passage {
	p := *c.lay(u.blocks[0])
	p.tokens, p.sorted = p.tokens[from:to], nil
	return &p
}

// piece returns the words of the one of a group that u is.
func (c *comparer) piece(g *group, u *unit) *policy.Block {
	s := u.piece
	p := c.lay(g.one.blocks[0])
	return &policy.Block{Spans: p.spans(p.tokens[s.from].start, p.tokens[s.to-1].end)}
}

// inner adds to the moved words of a merged block what changed in them.
func (c *comparer) inner(g *group, edits []Edit) {
	of := make(map[int]*policy.Block, len(g.many))
	for _, u := range g.many {
		of[c.numbers[u.blocks[0]]] = u.blocks[0]
	}
	for i := range edits {
		e := &edits[i]
		if b := of[e.Move]; e.Move != 0 && b != nil {
			e.Inner = c.edits(b, &policy.Block{Spans: e.Spans})
		}
	}
}

// memberRow writes down a member of a group that is not in the place
// of the one.
func (c *comparer) memberRow(g *group, u *unit) Row {
	r := Row{Kind: Moved, Move: c.pieceMove(u), part: true}
	switch {
	case r.Move == 0 && g.split:
		r.Kind, r.New = Added, u.blocks[0]
	case r.Move == 0:
		r.Kind, r.Old = Removed, u.blocks[0]
	case g.split:
		r.New = u.blocks[0]
		r.Edits = c.edits(c.piece(g, u), r.New)
	default:
		r.Old = u.blocks[0]
	}
	return r
}

// pieceMove returns the number of the move that a member is, or 0 where it is
// not sure to be one.
func (c *comparer) pieceMove(u *unit) int {
	if !u.sure {
		return 0
	}
	return c.move(u.blocks[0])
}

// judge finds the members of a group that may be shown as moved: those that
// the one holds nearly as they are. A few words are in many places by
// chance; they count only where they stayed exactly, say something, and most
// of the one went to its members.
func (c *comparer) judge(g *group) {
	one := c.lay(g.one.blocks[0]).tokens
	all := 0
	for _, u := range g.many {
		all += u.piece.kept
	}
	shared := float64(all) >= contained*float64(len(c.bag(g.one)))
	for _, u := range g.many {
		s, n := u.piece, len(c.bag(u))
		words, says := 0, false
		for _, t := range one[s.from:s.to] {
			if t.class.word() {
				words++
			}
			says = says || t.class == full
		}
		exact := s.kept == n && words == n
		u.sure = n >= moveWords && 2*float64(s.kept) >= certain*float64(words+n) || exact && says && shared
	}
}

// whole compares the one of a group with all the members joined, as a reader
// does, and returns the other members.
func (c *comparer) whole(g *group) ([]Edit, []*policy.Block) {
	var more []*policy.Block
	for _, u := range g.many {
		if u != g.one.mate {
			more = append(more, u.blocks[0])
		}
	}
	x, y, hunks := c.lay(g.one.blocks[0]), c.join(g), slices.Clone(g.hunks)
	if !g.split {
		x, y = y, x
		turn(hunks)
	}
	return write(x, y, tidy(x, y, hunks)), more
}

// turn makes the changes from a to b those from b to a.
func turn(hunks []hunk) {
	for i, h := range hunks {
		hunks[i] = hunk{h.b0, h.b1, h.a0, h.a1, h.move}
	}
}
