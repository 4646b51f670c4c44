package redline

import "slices"

// align pairs the units of both documents: what is certain first, so that what
// is only likely cannot take its place.
func (c *comparer) align() {
	anchors := unique(c.old, c.new)
	c.joinInOrder(anchors, moveWords)
	c.eachGap(c.repeats)
	c.likenesses()
	c.eachGap(c.gap)
	c.old, c.new = explode(c.old), explode(c.new)
	c.likenesses()
	c.groups()
}

// pair is a unit of the old document and one of the new.
type pair struct{ a, b *unit }

// moveWords is how many words a block must have to be called moved: shorter
// ones are in many places by chance.
const moveWords = 8

// joinInOrder pairs what is in order in both documents and calls the rest
// moved if it has so many words.
func (c *comparer) joinInOrder(pairs []pair, moveAt int) {
	stay := c.heaviest(pairs)
	for _, p := range stay {
		p.a.mate, p.b.mate = p.b, p.a
	}
	for _, p := range pairs {
		if p.a.mate == nil && len(c.bag(p.a)) >= moveAt {
			p.a.moved, p.b.moved = p.b, p.a
		}
	}
}

// unique lists the units that say the same exactly once in each list, in the
// order of the old one.
func unique(old, new []*unit) []pair {
	type count struct {
		b      *unit
		na, nb int
	}
	counts, all := make(map[string]*count, len(old)), make([]count, 0, len(old))
	for _, u := range old {
		n := counts[u.text]
		if n == nil {
			all = append(all, count{})
			n = &all[len(all)-1]
			counts[u.text] = n
		}
		n.na++
	}
	for _, u := range new {
		if n := counts[u.text]; n != nil {
			n.b = u
			n.nb++
		}
	}
	out := make([]pair, 0, len(all))
	for _, u := range old {
		if n := counts[u.text]; n.na == 1 && n.nb == 1 && alike(u, n.b) {
			out = append(out, pair{u, n.b})
		}
	}
	return out
}

// alikeBytes is how long a text must be to be known again in another form, as
// a heading of another level or an item that was a paragraph.
const alikeBytes = 20

// alike reports whether units of the same words may be paired: those of one
// shape, and those that say enough.
func alike(a, b *unit) bool {
	if len(a.blocks) != len(b.blocks) {
		return false
	}
	return a.shape == b.shape || len(a.blocks) == 1 && len(a.text) >= alikeBytes
}

// heaviest returns those of the pairs that are in order in both documents and
// together hold the most words: what stays in place when the others move.
func (c *comparer) heaviest(pairs []pair) []pair {
	if slices.IsSortedFunc(pairs, func(x, y pair) int { return x.b.pos - y.b.pos }) {
		return pairs
	}
	best := make([]int, len(pairs))
	prev := make([]int, len(pairs))
	tops := fenwick{at: make([]int, len(c.new)+1), best: best}
	top := 0
	for i, p := range pairs {
		prev[i] = tops.max(p.b.pos)
		best[i] = weight(p.a.text)
		if prev[i] >= 0 {
			best[i] += best[prev[i]]
		}
		tops.put(p.b.pos, i)
		if best[i] > best[top] {
			top = i
		}
	}
	var out []pair
	for ; top >= 0; top = prev[top] {
		out = append(out, pairs[top])
	}
	slices.Reverse(out)
	return out
}

// weight is about how many words a text has, counted without taking it apart:
// spaces, and the first bytes of ideographs, which have none between them.
func weight(text string) int {
	n := 1
	for i := range len(text) {
		if c := text[i]; c == ' ' || c >= 0xE3 && c <= 0xED {
			n++
		}
	}
	return n
}

// fenwick finds the best pair among those that end before a place (P. Fenwick,
// A new data structure for cumulative frequency tables, 1994).
type fenwick struct {
	at   []int // pair number plus one; 0 for none
	best []int // weight of the run that ends in a pair
}

func (f fenwick) max(before int) int {
	top := -1
	for i := before; i > 0; i -= i & -i {
		if k := f.at[i] - 1; k >= 0 && (top < 0 || f.best[k] > f.best[top]) {
			top = k
		}
	}
	return top
}

func (f fenwick) put(place, k int) {
	for i := place + 1; i < len(f.at); i += i & -i {
		if f.at[i] == 0 || f.best[k] > f.best[f.at[i]-1] {
			f.at[i] = k + 1
		}
	}
}

// eachGap calls do with the free units between each two pairs of mates. It
// takes the pairs as they are when it is called.
func (c *comparer) eachGap(do func(old, new []*unit)) {
	type gap struct{ a0, a1, b0, b1 int }
	var gaps []gap
	a, b := 0, 0
	for i, u := range c.old {
		if u.mate == nil {
			continue
		}
		if a < i && b < u.mate.pos {
			gaps = append(gaps, gap{a, i, b, u.mate.pos})
		}
		a, b = i+1, u.mate.pos+1
	}
	gaps = append(gaps, gap{a, len(c.old), b, len(c.new)})
	for _, g := range gaps {
		old, new := freeUnits(c.old[g.a0:g.a1]), freeUnits(c.new[g.b0:g.b1])
		if len(old) > 0 && len(new) > 0 {
			do(old, new)
		}
	}
}

func freeUnits(units []*unit) []*unit {
	for _, u := range units {
		if !u.free() {
			return slices.DeleteFunc(slices.Clone(units), func(u *unit) bool { return !u.free() })
		}
	}
	return units
}

// repeats pairs units in a gap that say the same and are elsewhere too: at
// both ends of the gap, or once in it.
func (c *comparer) repeats(old, new []*unit) {
	for len(old) > 0 && len(new) > 0 && same(old[0], new[0]) {
		old[0].mate, new[0].mate = new[0], old[0]
		old, new = old[1:], new[1:]
	}
	for len(old) > 0 && len(new) > 0 && same(old[len(old)-1], new[len(new)-1]) {
		i, j := len(old)-1, len(new)-1
		old[i].mate, new[j].mate = new[j], old[i]
		old, new = old[:i], new[:j]
	}
	if len(old) == 0 || len(new) == 0 {
		return
	}
	for _, p := range c.heaviest(unique(old, new)) {
		p.a.mate, p.b.mate = p.b, p.a
	}
}

func same(a, b *unit) bool { return a.text == b.text && a.shape == b.shape }
