package redline

import (
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
)

// group is a block that was split into several, or several that were merged
// into one.
type group struct {
	one    *unit
	many   []*unit // in their order
	split  bool    // one is old and many are new; else the other way round
	pieces map[*unit]share
	joined *passage       // the words of the many, each block on a line of its own
	hunks  []hunk         // from the one to the many joined
	sure   map[*unit]bool // the members that may be shown as moved; filled when first asked for
}

// share is the part of the one that became one of the many.
type share struct{ from, to, kept int } // tokens [from,to), and how many words of them

// groups looks for splits and merges around each gap between mates.
func (c *comparer) groups() {
	g := grouper{c, make(map[*unit]*group), make(map[*unit][]int32)}
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
		order = append(order, g.gap(freeUnits(c.new[b:j]), around(c.old, a, i), true)...)
		order = append(order, g.gap(freeUnits(c.old[a:i]), around(c.new, b, j), false)...)
		a, b = i+1, j+1
	}
	for _, one := range order {
		c.settle(g.of[one])
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

// grouper collects groups.
type grouper struct {
	*comparer
	of   map[*unit]*group
	left map[*unit][]int32 // words of a unit that no partner has yet
}

// A piece is looked for so many units ahead of and behind the last one's place.
const (
	reach = 16
	back  = 4
)

// gap finds for each of many small units the one whose words it took, and
// returns the ones for which it found the first.
func (g *grouper) gap(many, ones []*unit, split bool) []*unit {
	var order []*unit
	first := 0
	for _, u := range many {
		if len(u.blocks) != 1 || len(g.bag(u)) < pieceWords || g.of[u] != nil {
			continue
		}
		best, most := -1, 0
		for k := max(0, first-back); k < min(first+reach, len(ones)); k++ {
			if !g.may(ones[k], split) {
				continue
			}
			n := overlap(g.bag(u), g.rest(ones[k]))
			if n > most || n == most && best < first && k == first {
				best, most = k, n
			}
		}
		if best < 0 || most < pieceWords || float64(most) < contained*float64(len(g.bag(u))) {
			continue
		}
		one := ones[best]
		if g.of[one] == nil {
			g.start(one, split)
			order = append(order, one)
		}
		g.of[one].many = append(g.of[one].many, u)
		g.of[u] = g.of[one]
		g.left[one] = without(g.left[one], g.bag(u))
		first = best
	}
	return order
}

// mostGrouped is how many words a block may have of which pieces are looked for
// elsewhere: a block of a hundred pages is no paragraph that somebody split.
const mostGrouped = 20_000

// may reports whether a unit can be the one of a group.
func (g *grouper) may(one *unit, split bool) bool {
	if len(g.bag(one)) > mostGrouped {
		return false
	}
	in := g.of[one]
	return in == nil && (one.mate == nil || g.of[one.mate] == nil) || in != nil && in.one == one && in.split == split
}

// start begins a group; a mate that the one has already belongs to it.
func (g *grouper) start(one *unit, split bool) {
	in := &group{one: one, split: split}
	if one.mate != nil {
		in.many = append(in.many, one.mate)
		g.of[one.mate] = in
	}
	g.of[one] = in
}

// rest returns the words of a unit that no partner has.
func (g *grouper) rest(one *unit) []int32 {
	if _, ok := g.left[one]; !ok {
		g.left[one] = g.bag(one)
		if one.mate != nil {
			g.left[one] = without(g.left[one], g.bag(one.mate))
		}
	}
	return g.left[one]
}

// without returns the words of a that are not in b, each as often as it is
// left over.
func without(a, b []int32) []int32 {
	var out []int32
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
	p := c.chosen(g, old)
	if old != nil && p != old {
		p = c.chosen(g, nil) // a mate that gave way to another has to prove itself like any other
	}
	if len(g.many) == 0 || len(g.many) == 1 && g.many[0] == old {
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
}

// chosen drops what does not belong and returns the member that is in the
// place of the one, if any does.
func (c *comparer) chosen(g *group, mate *unit) *unit {
	for c.drop(g, mate) {
	}
	return primary(g)
}

// drop removes the members, save for the mate, whose words the one does not
// have in their order.
func (c *comparer) drop(g *group, mate *unit) bool {
	g.locate(c)
	n := len(g.many)
	g.many = slices.DeleteFunc(g.many, func(u *unit) bool {
		p := g.pieces[u]
		return u != mate && (p.kept < pieceWords || float64(p.kept) < kept*float64(len(c.bag(u))))
	})
	return len(g.many) < n
}

// kept is the share of a member's words that must be, in their order, in the one.
const kept = 0.6

// locate finds the piece of the one that each member is.
func (g *group) locate(c *comparer) {
	one := c.lay(g.one.blocks[0]).tokens
	owner := g.join(c)
	g.hunks = c.diff(keys(one), keys(g.joined.tokens))
	g.pieces = make(map[*unit]share, len(g.many))
	i, j := 0, 0
	for _, h := range append(slices.Clip(g.hunks), hunk{a0: len(one)}) {
		for ; i < h.a0; i, j = i+1, j+1 {
			if owner[j] != nil {
				g.pieces[owner[j]] = g.pieces[owner[j]].with(i, one[i])
			}
		}
		i, j = h.a1, h.b1
	}
}

// with returns the share with one more token.
func (s share) with(i int, t token) share {
	if s.to == 0 {
		s.from = i
	}
	s.to = i + 1
	if t.class.word() {
		s.kept++
	}
	return s
}

// join lays out the words of the many as one passage, and returns whose each
// token is; the line ends between them are nobody's.
func (g *group) join(c *comparer) []*unit {
	tokens, bytes := len(g.many), len(g.many)
	for _, u := range g.many {
		q := c.lay(u.blocks[0])
		tokens, bytes = tokens+len(q.tokens), bytes+len(q.flat)
	}
	p := &passage{tokens: make([]token, 0, tokens)}
	end := c.memory.words.lay([]policy.Span{{Text: "\n"}})
	var flat strings.Builder
	flat.Grow(bytes)
	owner := make([]*unit, 0, tokens)
	for i, u := range g.many {
		if i > 0 {
			p.append(end, flat.Len())
			flat.WriteByte('\n')
			owner = append(owner, nil)
		}
		q := c.lay(u.blocks[0])
		p.append(q, flat.Len())
		flat.WriteString(q.flat)
		for range q.tokens {
			owner = append(owner, u)
		}
	}
	p.flat = flat.String()
	g.joined = p
	return owner
}

// primary chooses the member that is in the place of the one: of its
// shape, and with the most of its words.
func primary(g *group) *unit {
	var best *unit
	for _, u := range g.many {
		if u.shape == g.one.shape && (best == nil || g.pieces[u].kept > g.pieces[best].kept) {
			best = u
		}
	}
	return best
}
