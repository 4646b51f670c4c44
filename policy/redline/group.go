package redline

import (
	"math"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
)

// group is a block that was split into several, or several that were merged
// into one.
type group struct {
	one   *unit
	many  []*unit // in their order
	split bool    // one is old and many are new; else the other way round
	hunks []hunk  // from the one to the many joined
}

// share is the part of the one that became one of the many.
type share struct{ from, to, kept int } // tokens [from,to), and how many words of them

// groups looks for splits and merges around each gap between mates.
func (c *comparer) groups() {
	var order []*unit
	a, b := 0, 0
	for i := 0; i <= len(c.old); i++ {
		if i < len(c.old) && c.old[i].mate == nil {
			continue
		}
		j := len(c.new)
		if i < len(c.old) {
			j = c.old[i].mate.pos
		}
		if came := freeUnits(c.new[b:j]); len(came) > 0 {
			order = append(order, c.groupGap(came, around(c.old, a, i), true)...)
		}
		if went := freeUnits(c.old[a:i]); len(went) > 0 {
			order = append(order, c.groupGap(went, around(c.new, b, j), false)...)
		}
		a, b = i+1, j+1
	}
	for _, one := range order {
		c.settle(one.likely)
	}
}

// around lists the units of a gap that could have been split or merged, with
// the ones that are before and after it.
func around(units []*unit, from, to int) []*unit {
	var out []*unit
	for _, u := range units[max(0, from-1):min(to+1, len(units))] {
		if u.moved == nil && len(u.blocks) == 1 {
			out = append(out, u)
		}
	}
	return out
}

// A piece is looked for so many units ahead of and behind the last one's place.
const (
	reach = 16
	back  = 4
)

// groupGap finds for each of many small units the one whose words it took, and
// returns the ones for which it found the first.
func (c *comparer) groupGap(many, ones []*unit, split bool) []*unit {
	var order []*unit
	first := 0
	for _, u := range many {
		if len(u.blocks) != 1 || len(c.bag(u)) < pieceWords || u.likely != nil {
			continue
		}
		c.memory.tally.take(u.bag)
		best, most := -1, 0
		least := max(pieceWords, int(math.Ceil(contained*float64(len(u.bag)))))
		for k := max(0, first-back); k < min(first+reach, len(ones)); k++ {
			if !c.may(ones[k], split) || len(c.rest(ones[k])) < max(least, most) {
				continue
			}
			n := c.memory.tally.overlap(ones[k].rest)
			if n > most || n == most && best < first && k == first {
				best, most = k, n
			}
		}
		if most < least {
			continue
		}
		one := ones[best]
		if one.likely == nil {
			start(one, split)
			order = append(order, one)
		}
		one.likely.many = append(one.likely.many, u)
		u.likely = one.likely
		one.rest = without(one.rest, u.bag)
		first = best
	}
	return order
}

// mostGrouped is how many words a block may have of which pieces are looked for
// elsewhere: a block of a hundred pages is no paragraph that somebody split.
const mostGrouped = 20_000

// may reports whether a unit can be the one of a group.
func (c *comparer) may(one *unit, split bool) bool {
	if len(c.bag(one)) > mostGrouped {
		return false
	}
	in := one.likely
	return in == nil && (one.mate == nil || one.mate.likely == nil) || in != nil && in.one == one && in.split == split
}

// start begins a group; a mate that the one has already belongs to it.
func start(one *unit, split bool) {
	in := &group{one: one, split: split}
	if one.mate != nil {
		in.many = append(in.many, one.mate)
		one.mate.likely = in
	}
	one.likely = in
}

// rest returns the words of a unit that no partner has.
func (c *comparer) rest(one *unit) []int32 {
	if one.rest == nil {
		one.rest = c.bag(one)
		if one.mate != nil {
			one.rest = without(one.rest, c.bag(one.mate))
		}
	}
	return one.rest
}

// without returns the words of a that are not in b, each as often as it is
// left over.
func without(a, b []int32) []int32 {
	out := make([]int32, 0, len(a))
	j := 0
	for _, w := range a {
		for j < len(b) && b[j] < w {
			j++
		}
		if j < len(b) && b[j] == w {
			j++
			continue
		}
		out = append(out, w)
	}
	return out
}

// settle compares the words of a group in their order, drops the members that
// only seemed to belong, and joins the one with the member that is in its
// place.
func (c *comparer) settle(g *group) {
	slices.SortFunc(g.many, func(x, y *unit) int { return x.pos - y.pos })
	old := g.one.mate
	c.locate(g)
	p := c.chosen(g, old)
	if old != nil && p != old {
		p = c.chosen(g, nil) // a mate that gave way to another has to prove itself like any other
	}
	if g.alone() {
		return
	}
	if old != nil {
		g.one.mate, old.mate = nil, nil
	}
	if p != nil {
		g.one.mate, p.mate = p, g.one
	}
	g.one.group = g
	for _, u := range g.many {
		u.group = g
	}
	c.judge(g)
}

// alone reports whether nothing is in a group that was not paired before.
func (g *group) alone() bool {
	return len(g.many) == 0 || len(g.many) == 1 && g.many[0] == g.one.mate
}

// chosen drops what does not belong and returns the member that is in the
// place of the one, if any does.
func (c *comparer) chosen(g *group, mate *unit) *unit {
	for c.drop(g, mate) && !g.alone() {
		c.locate(g)
	}
	return primary(g)
}

// drop removes the members, save for the mate, whose words the one does not
// have in their order.
func (c *comparer) drop(g *group, mate *unit) bool {
	n := len(g.many)
	g.many = slices.DeleteFunc(g.many, func(u *unit) bool {
		return u != mate && (u.piece.kept < pieceWords || float64(u.piece.kept) < kept*float64(len(c.bag(u))))
	})
	return len(g.many) < n
}

// kept is the share of a member's words that must be, in their order, in the one.
const kept = 0.6

// locate finds the piece of the one that each member is.
func (c *comparer) locate(g *group) {
	one := c.lay(g.one.blocks[0]).tokens
	joined := make([]int32, 0, len(one))
	for i, u := range g.many {
		if u.piece = (share{}); i > 0 {
			joined = append(joined, c.memory.words.id("\n"))
		}
		joined = appendKeys(joined, c.lay(u.blocks[0]).tokens)
	}
	g.hunks = c.diff(keys(one), joined)
	i, j := 0, 0
	k, end := 0, len(c.lay(g.many[0].blocks[0]).tokens) // the member that j is in, and the line end behind it
	for _, h := range append(slices.Clip(g.hunks), hunk{a0: len(one)}) {
		for ; i < h.a0; i, j = i+1, j+1 {
			for ; j > end; end += 1 + len(c.lay(g.many[k].blocks[0]).tokens) {
				k++
			}
			if j < end {
				g.many[k].piece.add(i, one[i])
			}
		}
		i, j = h.a1, h.b1
	}
}

// add makes a share one token longer.
func (s *share) add(i int, t token) {
	if s.to == 0 {
		s.from = i
	}
	s.to = i + 1
	if t.class.word() {
		s.kept++
	}
}

// join lays out the words of the many as one passage, each block on a line of
// its own.
func (c *comparer) join(g *group) *passage {
	tokens, bytes := len(g.many), len(g.many)
	for _, u := range g.many {
		q := c.lay(u.blocks[0])
		tokens, bytes = tokens+len(q.tokens), bytes+len(q.flat)
	}
	p := &passage{tokens: make([]token, 0, tokens)}
	end := c.memory.words.lay([]policy.Span{{Text: "\n"}})
	var flat strings.Builder
	flat.Grow(bytes)
	for i, u := range g.many {
		if i > 0 {
			p.append(end, int32(flat.Len()))
			flat.WriteByte('\n')
		}
		q := c.lay(u.blocks[0])
		p.append(q, int32(flat.Len()))
		flat.WriteString(q.flat)
	}
	p.flat = flat.String()
	return p
}

// primary chooses the member that is in the place of the one: of its
// shape, and with the most of its words.
func primary(g *group) *unit {
	var best *unit
	for _, u := range g.many {
		if u.shape == g.one.shape && (best == nil || u.piece.kept > best.piece.kept) {
			best = u
		}
	}
	return best
}
