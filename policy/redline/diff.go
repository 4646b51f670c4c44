package redline

import (
	"sort"
	"unicode/utf8"

	"github.com/sergi/go-diff/diffmatchpatch"
)

// hunk is a change inside a passage: tokens [a0,a1) of the old one became
// tokens [b0,b1) of the new one. What stands between two hunks was kept.
type hunk struct {
	a0, a1, b0, b1 int
	move           int // the number of the move, where the tokens stand elsewhere in the other document
}

// maxProduct bounds the comparison of two passages: so many words of one times
// so many of the other take some hundredths of a second at worst.
const maxProduct = 1 << 22

// landmarkProduct is the size from which passages are first cut at landmarks:
// below it, comparing at once is faster and no worse.
const landmarkProduct = 1 << 14

// allProducts bounds the sum over a whole document.
const allProducts = 1 << 26

// compare returns the tidy hunks between two passages.
func (c *comparer) compare(a, b *passage) []hunk {
	return tidy(a, b, c.diff(a.tokens, b.tokens))
}

// diff finds the hunks between two token lists, in order.
func (c *comparer) diff(a, b []token) []hunk {
	head := 0
	for head < len(a) && head < len(b) && a[head].key == b[head].key {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail].key == b[len(b)-1-tail].key {
		tail++
	}
	a, b = a[head:len(a)-tail], b[head:len(b)-tail]
	switch {
	case len(a) == 0 && len(b) == 0:
		return nil
	case len(a) == 0 || len(b) == 0:
		return []hunk{{a0: head, a1: head + len(a), b0: head, b1: head + len(b)}}
	case len(a)*len(b) > landmarkProduct:
		return shifted(c.large(a, b), head)
	}
	return shifted(c.small(a, b), head)
}

// small compares passages at once, as long as the document's bound allows.
func (c *comparer) small(a, b []token) []hunk {
	n := len(a) * len(b)
	if n > min(maxProduct, c.budget) {
		c.limited = true
		return []hunk{{a1: len(a), b1: len(b)}}
	}
	c.budget -= n
	return bisect(a, b)
}

func shifted(hunks []hunk, n int) []hunk {
	for i := range hunks {
		h := &hunks[i]
		h.a0, h.a1, h.b0, h.b1 = h.a0+n, h.a1+n, h.b0+n, h.b1+n
	}
	return hunks
}

// large compares long passages: the words that stand once in both cut them
// into pieces or, where they are too long to be compared at once, the phrases
// that do.
func (c *comparer) large(a, b []token) []hunk {
	anchors := onceInBoth(singles(a), singles(b))
	if len(anchors) == 0 && len(a)*len(b) <= maxProduct {
		return c.small(a, b)
	}
	if len(anchors) == 0 {
		numbers := make(map[[phrase]int32]int32)
		anchors = onceInBoth(phrases(a, numbers), phrases(b, numbers))
	}
	if len(anchors) == 0 {
		return c.small(a, b)
	}
	var out []hunk
	i, j := 0, 0
	for _, at := range append(anchors, [2]int{len(a), len(b)}) {
		for _, h := range c.diff(a[i:at[0]], b[j:at[1]]) {
			out = append(out, hunk{a0: h.a0 + i, a1: h.a1 + i, b0: h.b0 + j, b1: h.b1 + j})
		}
		i, j = at[0], at[1]
	}
	return out
}

// phrase is how many tokens in a row serve as a landmark.
const phrase = 8

func singles(tokens []token) []int32 {
	out := make([]int32, len(tokens))
	for i, t := range tokens {
		out[i] = t.key
	}
	return out
}

// phrases numbers the phrase that begins at each token.
func phrases(tokens []token, numbers map[[phrase]int32]int32) []int32 {
	out := make([]int32, max(0, len(tokens)-phrase+1))
	for i := range out {
		var p [phrase]int32
		for k := range p {
			p[k] = tokens[i+k].key
		}
		n, ok := numbers[p]
		if !ok {
			n = int32(len(numbers))
			numbers[p] = n
		}
		out[i] = n
	}
	return out
}

// onceInBoth lists where keys stand that each side has exactly once: the
// longest run of them that is in order on both.
func onceInBoth(a, b []int32) [][2]int {
	type count struct{ na, nb, b int }
	counts := make(map[int32]*count)
	for _, k := range a {
		if counts[k] == nil {
			counts[k] = &count{}
		}
		counts[k].na++
	}
	for j, k := range b {
		if n := counts[k]; n != nil {
			n.nb, n.b = n.nb+1, j
		}
	}
	var at [][2]int
	for i, k := range a {
		if n := counts[k]; n.na == 1 && n.nb == 1 {
			at = append(at, [2]int{i, n.b})
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

// bisect runs go-diff on the tokens (E. Myers, An O(ND) difference algorithm
// and its variations, 1986).
func bisect(a, b []token) []hunk {
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

// runes spells tokens as characters, for go-diff compares text. Surrogates are
// no characters and are skipped.
func runes(tokens []token) []rune {
	out := make([]rune, len(tokens))
	for i, t := range tokens {
		r := rune(t.key) + 1
		if r >= 0xD800 {
			r += 0x800
		}
		out[i] = r
	}
	return out
}
