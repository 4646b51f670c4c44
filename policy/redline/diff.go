package redline

import (
	"slices"
	"sort"
	"unicode/utf8"

	"github.com/sergi/go-diff/diffmatchpatch"
)

// hunk is a change inside a passage: tokens [a0,a1) of the old one became
// tokens [b0,b1) of the new one. What is between two hunks was kept.
type hunk struct {
	a0, a1, b0, b1 int
	move           int // the number of the move, where the tokens are elsewhere in the other document
}

// maxProduct bounds the comparison of two passages: so many words of one times
// so many of the other take some hundredths of a second at worst.
const maxProduct = 1 << 22

// landmarkProduct is the size from which passages are first cut at landmarks:
// below it, comparing at once is faster and no worse.
const landmarkProduct = 1 << 10

// allProducts bounds the sum over a whole document.
const allProducts = 1 << 26

// compare returns the tidy hunks between two passages.
func (c *comparer) compare(a, b *passage) []hunk {
	return tidy(a, b, c.diff(keys(a.tokens), keys(b.tokens)))
}

func keys(tokens []token) []int32 { return appendKeys(make([]int32, 0, len(tokens)), tokens) }

func appendKeys(out []int32, tokens []token) []int32 {
	for i := range tokens {
		out = append(out, tokens[i].key)
	}
	return out
}

// diff finds the hunks between the keys of two token lists, in order.
func (c *comparer) diff(a, b []int32) []hunk {
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	a, b = a[head:len(a)-tail], b[head:len(b)-tail]
	if len(a) == 0 && len(b) == 0 {
		return nil
	}
	return shifted(c.middle(a, b), head, head)
}

// middle compares what differs at both ends: only the keys that both sides
// have, for the others cannot stay.
func (c *comparer) middle(a, b []int32) []hunk {
	na, nb := c.common(a, b)
	switch {
	case na == 0:
		return []hunk{{a1: len(a), b1: len(b)}}
	case na < len(a) || nb < len(b):
		inA := c.places(a, na, func(s sighting) bool { return s.nb > 0 })
		inB := c.places(b, nb, func(s sighting) bool { return s.na > 0 })
		return spread(c.diff(picked(a, inA), picked(b, inB)), inA, inB, len(a), len(b))
	case len(a)*len(b) > landmarkProduct:
		return c.large(a, b)
	}
	return c.small(a, b)
}

// common counts the places on each side of the keys that both sides have.
func (c *comparer) common(a, b []int32) (na, nb int) {
	c.see(a, b)
	for _, k := range a {
		if c.seen[k].nb > 0 {
			na++
		}
	}
	for _, k := range b {
		if c.seen[k].na > 0 {
			nb++
		}
	}
	return na, nb
}

// places lists where the keys are that are wanted, n in all.
func (c *comparer) places(keys []int32, n int, wanted func(sighting) bool) []int32 {
	out := make([]int32, 0, n)
	for i, k := range keys {
		if wanted(c.seen[k]) {
			out = append(out, int32(i))
		}
	}
	return out
}

func picked(keys, at []int32) []int32 {
	out := make([]int32, len(at))
	for i, k := range at {
		out[i] = keys[k]
	}
	return out
}

// spread turns hunks between the keys that are at inA and inB into hunks
// between all the keys, so many on each side.
func spread(hunks []hunk, inA, inB []int32, na, nb int) []hunk {
	out := make([]hunk, 0, 2*len(hunks)+2)
	last := hunk{}
	keep := func(a, b int) {
		last.a1, last.b1 = a, b
		if last.a1 > last.a0 || last.b1 > last.b0 {
			out = append(out, last)
		}
		last = hunk{a0: a + 1, b0: b + 1}
	}
	i, j := 0, 0
	for _, h := range append(slices.Clip(hunks), hunk{a0: len(inA)}) {
		for ; i < h.a0; i, j = i+1, j+1 {
			keep(int(inA[i]), int(inB[j]))
		}
		i, j = h.a1, h.b1
	}
	keep(na, nb)
	return out
}

// small compares keys at once, as long as the document's bound allows.
func (c *comparer) small(a, b []int32) []hunk {
	n := len(a) * len(b)
	if n > min(maxProduct, c.budget) {
		c.limited = true
		return []hunk{{a1: len(a), b1: len(b)}}
	}
	c.budget -= n
	return bisect(a, b)
}

func shifted(hunks []hunk, a, b int) []hunk {
	for i := range hunks {
		h := &hunks[i]
		h.a0, h.a1, h.b0, h.b1 = h.a0+a, h.a1+a, h.b0+b, h.b1+b
	}
	return hunks
}

// large compares long passages: the words that occur once in both cut them
// into pieces or, where they are too long to be compared at once, the phrases
// that do.
func (c *comparer) large(a, b []int32) []hunk {
	anchors := c.onceInBoth(a, b)
	if len(anchors) == 0 && len(a)*len(b) <= maxProduct {
		return c.small(a, b)
	}
	if len(anchors) == 0 {
		numbers := make(map[[phrase]int32]int32)
		anchors = c.onceInBoth(phrases(a, numbers), phrases(b, numbers))
	}
	if len(anchors) == 0 {
		return c.small(a, b)
	}
	var out []hunk
	i, j := 0, 0
	for _, at := range append(anchors, [2]int{len(a), len(b)}) {
		out = append(out, shifted(c.diff(a[i:at[0]], b[j:at[1]]), i, j)...)
		i, j = at[0], at[1]
	}
	return out
}

// phrase is how many keys in a row serve as a landmark.
const phrase = 8

// phrases numbers the phrase that begins at each key.
func phrases(keys []int32, numbers map[[phrase]int32]int32) []int32 {
	out := make([]int32, max(0, len(keys)-phrase+1))
	for i := range out {
		p := [phrase]int32(keys[i : i+phrase])
		n, ok := numbers[p]
		if !ok {
			n = int32(len(numbers))
			numbers[p] = n
		}
		out[i] = n
	}
	return out
}

// sighting is how often a key was seen on each side, and where it was last.
type sighting struct{ na, nb, b int32 }

// see counts the keys of both sides.
func (c *comparer) see(a, b []int32) {
	for _, keys := range [2][]int32{a, b} {
		for _, k := range keys {
			if int(k) >= len(c.seen) {
				c.seen = append(c.seen, make([]sighting, int(k)+1-len(c.seen))...)
			}
			c.seen[k] = sighting{}
		}
	}
	for _, k := range a {
		c.seen[k].na++
	}
	for j, k := range b {
		c.seen[k].nb++
		c.seen[k].b = int32(j)
	}
}

// onceInBoth lists where keys are that each side has exactly once: the
// longest run of them that is in order on both.
func (c *comparer) onceInBoth(a, b []int32) [][2]int {
	c.see(a, b)
	var at [][2]int
	for i, k := range a {
		if s := c.seen[k]; s.na == 1 && s.nb == 1 {
			at = append(at, [2]int{i, int(s.b)})
		}
	}
	return longestRun(at)
}

// longestRun returns the longest run of places whose second numbers grow.
func longestRun(at [][2]int) [][2]int {
	var tails []int // tails[n] ends the best run of n+1 places
	prev := make([]int, len(at))
	for i, p := range at {
		n := sort.Search(len(tails), func(n int) bool { return at[tails[n]][1] >= p[1] })
		if prev[i] = -1; n > 0 {
			prev[i] = tails[n-1]
		}
		if n == len(tails) {
			tails = append(tails, i)
		} else {
			tails[n] = i
		}
	}
	out := make([][2]int, len(tails))
	if len(tails) == 0 {
		return out
	}
	for n, i := len(tails)-1, tails[len(tails)-1]; n >= 0; n, i = n-1, prev[i] {
		out[n] = at[i]
	}
	return out
}

// bisect runs go-diff on keys (E. Myers, An O(ND) difference algorithm
// and its variations, 1986).
func bisect(a, b []int32) []hunk {
	dmp := diffmatchpatch.New()
	dmp.DiffTimeout = 0 // a time limit would make the result depend on the machine's load
	var out []hunk
	h := hunk{}
	for _, d := range dmp.DiffMainRunes(runes(a), runes(b), false) {
		n := utf8.RuneCountInString(d.Text)
		switch d.Type {
		case diffmatchpatch.DiffDelete:
			h.a1 += n
		case diffmatchpatch.DiffInsert:
			h.b1 += n
		default:
			if h.a1 > h.a0 || h.b1 > h.b0 {
				out = append(out, h)
			}
			h = hunk{a0: h.a1 + n, a1: h.a1 + n, b0: h.b1 + n, b1: h.b1 + n}
		}
	}
	if h.a1 > h.a0 || h.b1 > h.b0 {
		out = append(out, h)
	}
	return out
}

// runes spells keys as characters, for go-diff compares text. Surrogates are
// no characters and are skipped.
func runes(keys []int32) []rune {
	out := make([]rune, len(keys))
	for i, k := range keys {
		r := k + 1
		if r >= 0xD800 {
			r += 0x800
		}
		out[i] = r
	}
	return out
}
