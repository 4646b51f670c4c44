package redline

import "github.com/codicil/codicil/policy"

// groupRow writes down the one of a group: beside the member that stands in
// its place, if there is one, with the pieces that stand elsewhere marked as
// moved.
func (c *comparer) groupRow(g *group) Row {
	p := g.one.mate
	r := Row{Kind: Edited}
	empty := &passage{}
	x, y := c.lay(g.one), empty
	if p != nil {
		y = c.lay(p)
	}
	hunks := c.pieceHunks(g, p)
	old, new := g.one, p
	if !g.split {
		old, new = p, g.one
		x, y = y, x
		for i, h := range hunks {
			hunks[i] = hunk{h.b0, h.b1, h.a0, h.a1, h.move}
		}
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
	one := c.lay(g.one).tokens
	var before, after []hunk
	at, n := 0, 0
	from, to := 0, len(one)
	passed := p == nil
	if p != nil {
		n = len(c.lay(p).tokens)
	}
	for _, u := range g.many {
		if u == p {
			passed = true
			from = at
			continue
		}
		s := g.pieces[u]
		if passed && p != nil {
			to = min(to, s.from)
			after = append(after, hunk{max(at, to), s.from, n, n, 0}, hunk{s.from, s.to, n, n, c.move(u, 1)})
		} else {
			before = append(before, hunk{at, s.from, 0, 0, 0}, hunk{s.from, s.to, 0, 0, c.move(u, 1)})
		}
		at = s.to
	}
	if p == nil {
		return append(before, hunk{at, len(one), 0, 0, 0})
	}
	if len(after) > 0 {
		after = append(after, hunk{at, len(one), n, n, 0})
		after[0].a0 = after[0].a1 // what stands between belongs to the comparison below
	}
	core := c.compare(c.part(g.one, from, to), c.lay(p))
	for _, h := range core {
		before = append(before, hunk{h.a0 + from, h.a1 + from, h.b0, h.b1, 0})
	}
	return append(before, after...)
}

// part returns the tokens [from,to) of a unit as a passage.
func (c *comparer) part(u *unit, from, to int) *passage {
	p := *c.lay(u)
	p.tokens = p.tokens[from:to]
	return &p
}

// piece returns the words of the one of a group that u is.
func (c *comparer) piece(g *group, u *unit) *policy.Block {
	s := g.pieces[u]
	p := c.lay(g.one)
	return &policy.Block{Spans: p.spans(p.tokens[s.from].start, p.tokens[s.to-1].end)}
}

// inner adds to the moved words of a merged block what changed in them.
func (c *comparer) inner(g *group, edits []Edit) {
	for i := range edits {
		for _, u := range g.many {
			if e := &edits[i]; e.Move != 0 && e.Move == c.numbers[u] {
				e.Inner = c.edits(u.blocks[0], &policy.Block{Spans: e.Spans}, u.laid, nil)
			}
		}
	}
}

// memberRow writes down a member of a group that does not stand in the place
// of the one.
func (c *comparer) memberRow(g *group, u *unit) Row {
	r := Row{Kind: Moved, Move: c.move(u, 1), part: true}
	if !g.split {
		r.Old = u.blocks[0]
		return r
	}
	r.New = u.blocks[0]
	r.Edits = c.edits(c.piece(g, u), r.New, nil, u.laid)
	return r
}

// whole compares the one of a group with all the members joined, as a reader
// does, and returns the other members.
func (c *comparer) whole(g *group) ([]Edit, []*policy.Block) {
	var spans []policy.Span
	var more []*policy.Block
	for i, u := range g.many {
		if i > 0 {
			spans = append(spans, policy.Span{Text: "\n"})
		}
		spans = append(spans, u.blocks[0].Spans...)
		if u != g.one.mate {
			more = append(more, u.blocks[0])
		}
	}
	x, y := c.lay(g.one), c.words.lay(spans)
	if !g.split {
		x, y = y, x
	}
	return write(x, y, c.compare(x, y)), more
}
