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

// rare is the number of units in which a word may stand and still tell them
// apart.
const rare = 16

// nearest is how many of the new units that share rare words with an old one
// are looked at closely.
const nearest = 12

// like lists for each old unit the new ones that share words with it. It looks
// only where they share a rare word, so that its work grows with the text and
// not with its square.
func (c *comparer) like(old, new []*unit) [][]likeness {
	p := c.postings(new)
	out := make([][]likeness, len(old))
	shared := make([]int32, len(new))
	for i, u := range old {
		out[i] = c.likeOne(u, new, p, shared)
	}
	for _, u := range new {
		for _, w := range u.bag {
			c.heads[w] = 0
		}
	}
	return out
}

// postings lists for each word the units in which it stands; c.heads has the
// number of a word's list, counted from 1.
func (c *comparer) postings(units []*unit) [][]int32 {
	var lists [][]int32
	for j, u := range units {
		bag := c.bag(u)
		for len(c.heads) < len(c.words.ids) {
			c.heads = append(c.heads, make([]int32, len(c.words.ids)-len(c.heads))...)
		}
		for k, w := range bag {
			if k > 0 && bag[k-1] == w {
				continue
			}
			if c.heads[w] == 0 {
				lists = append(lists, nil)
				c.heads[w] = int32(len(lists))
			}
			if list := &lists[c.heads[w]-1]; len(*list) <= rare {
				*list = append(*list, int32(j))
			}
		}
	}
	return lists
}

func (c *comparer) likeOne(u *unit, new []*unit, lists [][]int32, shared []int32) []likeness {
	var touched []int32
	bag := c.bag(u)
	for k, w := range bag {
		if k > 0 && bag[k-1] == w || int(w) >= len(c.heads) || c.heads[w] == 0 {
			continue
		}
		at := lists[c.heads[w]-1]
		if len(at) > rare {
			continue
		}
		for _, j := range at {
			if shared[j] == 0 {
				touched = append(touched, j)
			}
			shared[j]++
		}
	}
	slices.SortFunc(touched, func(x, y int32) int {
		return cmp.Or(cmp.Compare(shared[y], shared[x]), cmp.Compare(x, y))
	})
	var out []likeness
	for k, j := range touched {
		if shared[j] = 0; k < nearest {
			out = append(out, likeness{u, new[j], overlap(bag, c.bag(new[j]))})
		}
	}
	slices.SortFunc(out, func(x, y likeness) int { return cmp.Compare(x.b.pos, y.b.pos) })
	return out
}

func (l likeness) dice() float64 { return dice(l.common, l.a.bag, l.b.bag) }

// certain is the likeness from which two blocks are the same one, edited.
const certain = 0.8

// likenesses pairs blocks that were edited a little, wherever they stand now:
// only those that are each other's best, by far.
func (c *comparer) likenesses() {
	old, new := freeUnits(c.old), freeUnits(c.new)
	best := make(map[*unit]likeness)
	second := make(map[*unit]float64)
	note := func(u *unit, l likeness) {
		if b, ok := best[u]; !ok || l.dice() > b.dice() {
			if ok {
				second[u] = max(second[u], b.dice())
			}
			best[u] = l
		} else {
			second[u] = max(second[u], l.dice())
		}
	}
	for _, near := range c.like(old, new) {
		for _, l := range near {
			note(l.a, l)
			note(l.b, l)
		}
	}
	var sure []pair
	for _, u := range old {
		l, ok := best[u]
		if ok && best[l.b].a == u && c.sure(l, max(second[u], second[l.b])) {
			sure = append(sure, pair{u, l.b})
		}
	}
	c.place(sure)
}

// sure reports whether two units are one that was edited, given how alike the
// next best is.
func (c *comparer) sure(l likeness, next float64) bool {
	return l.dice() >= certain && next < l.dice()-0.2 && min(len(l.a.bag), len(l.b.bag)) >= moveWords &&
		len(l.a.blocks) == len(l.b.blocks) && (l.a.shape == l.b.shape || len(l.a.blocks) == 1)
}

// place joins pairs that stand in the same gap in order; the others moved.
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
