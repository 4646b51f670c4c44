package redline

import (
	"cmp"
	"slices"
)

// likeness is how much two units have in common.
type likeness struct {
	a, b   *unit
	common int
}

// rare is the number of units in which a word may occur and still tell them
// apart.
const rare = 16

// nearest is how many of the new units that share rare words with an old one
// are looked at closely.
const nearest = 12

// like lists for each old unit the new ones that share words with it and are
// worth a closer look. It looks only where they share a rare word, so that its
// work grows with the text and not with its square.
func (c *comparer) like(old, new []*unit, worth func(a, b *unit) bool) [][]likeness {
	c.memory.post.reset(len(new))
	for j, u := range new {
		c.memory.post.add(int32(j), c.bag(u))
	}
	out := make([][]likeness, len(old))
	for i, u := range old {
		bag := c.bag(u)
		c.memory.tally.take(bag)
		for _, j := range c.memory.post.near(bag) {
			if b := new[j]; worth(u, b) {
				out[i] = append(out[i], likeness{u, b, c.memory.tally.overlap(b.bag)})
			}
		}
		slices.SortFunc(out[i], func(x, y likeness) int { return cmp.Compare(x.b.pos, y.b.pos) })
	}
	return out
}

// bound is the most that the likeness of two units can be, by their lengths.
func bound(a, b *unit) float64 { return dice(min(len(a.bag), len(b.bag)), a.bag, b.bag) }

func (l likeness) dice() float64 { return dice(l.common, l.a.bag, l.b.bag) }

const (
	certain = 0.8 // the likeness from which two blocks are the same one, edited
	apart   = 0.2 // by how much less alike the next best must be
)

// likenesses pairs blocks that were edited a little, wherever they are now:
// only those that are each other's best, by far.
func (c *comparer) likenesses() {
	old, new := freeUnits(c.old), freeUnits(c.new)
	if len(old) == 0 || len(new) == 0 {
		return
	}
	ofOld, ofNew := make([]ranking, len(c.old)), make([]ranking, len(c.new))
	for _, near := range c.like(old, new, func(a, b *unit) bool { return bound(a, b) >= certain-apart }) {
		for _, l := range near {
			d := l.dice()
			ofOld[l.a.pos].note(l, d)
			ofNew[l.b.pos].note(l, d)
		}
	}
	var sure []pair
	for _, u := range old {
		r := &ofOld[u.pos]
		if b := r.best.b; b != nil && ofNew[b.pos].best.a == u && c.sure(r.best, max(r.second, ofNew[b.pos].second)) {
			sure = append(sure, pair{u, b})
		}
	}
	c.place(sure)
}

// ranking is what is most like a unit, and how like it that and the next best are.
type ranking struct {
	best          likeness
	first, second float64
}

func (r *ranking) note(l likeness, d float64) {
	if r.best.a == nil || d > r.first {
		r.best, r.first, d = l, d, r.first
	}
	r.second = max(r.second, d)
}

// sure reports whether two units are one that was edited, given how alike the
// next best is.
func (c *comparer) sure(l likeness, next float64) bool {
	return l.dice() >= certain && next < l.dice()-apart && min(len(l.a.bag), len(l.b.bag)) >= moveWords &&
		len(l.a.blocks) == len(l.b.blocks) && (l.a.shape == l.b.shape || len(l.a.blocks) == 1)
}

// place joins pairs that are in the same gap in order; the others moved.
func (c *comparer) place(pairs []pair) {
	oldGap, newGap := c.gapNumbers()
	var same []pair
	gap := -1
	for _, p := range pairs {
		if oldGap[p.a.pos] != newGap[p.b.pos] {
			p.a.moved, p.b.moved = p.b, p.a
			continue
		}
		if oldGap[p.a.pos] != gap {
			c.joinInOrder(same, moveWords)
			same, gap = nil, oldGap[p.a.pos]
		}
		same = append(same, p)
	}
	c.joinInOrder(same, moveWords)
}

// gapNumbers numbers the gaps between mates, for each unit of both documents.
func (c *comparer) gapNumbers() (old, new []int) {
	count := func(units []*unit) []int {
		out := make([]int, len(units))
		n := 0
		for i, u := range units {
			if u.mate != nil {
				n++
			}
			out[i] = n
		}
		return out
	}
	return count(c.old), count(c.new)
}
