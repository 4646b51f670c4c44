package redline

// The limits of tidying, found by trying them on real pairs: more makes the
// text calmer, less keeps the marks nearer to the fewest possible.
const (
	shortRun  = 3  // a kept run of up to so many words between changes is looked at
	lesserRun = 4  // changed words around a kept run of marks only, from which it goes
	weakRun   = 7  // changed words around a kept run of lesser words, from which it goes
	heavyRun  = 20 // changed words around it for each full word, from which it goes
)

// tidy makes hunks read as a person would have marked them: a change begins
// where a sentence or clause begins, and a sentence that was rewritten is one
// deletion and one insertion, not a row of small ones with stray words between.
func tidy(a, b *passage, hunks []hunk) []hunk {
	t := tidier{a.tokens, b.tokens}
	t.slide(hunks)
	for range mostRounds {
		n := len(hunks)
		hunks = t.merge(hunks)
		if len(hunks) == n {
			break
		}
		t.slide(hunks)
	}
	return hunks
}

// mostRounds is how often hunks are joined and shifted in turn at most.
const mostRounds = 32

// tidier works on the hunks between two token lists.
type tidier struct{ a, b []token }

// merge joins hunks across kept runs that are not worth keeping.
func (t tidier) merge(hunks []hunk) []hunk {
	var out []hunk
	var sizes []int // of these
	for _, h := range hunks {
		size := t.size(h)
		for len(out) > 0 {
			n := len(out) - 1
			words, worthless := t.worthless(out[n], h, sizes[n]+size)
			if !worthless {
				break
			}
			h = hunk{a0: out[n].a0, a1: h.a1, b0: out[n].b0, b1: h.b1}
			size += sizes[n] + 2*words
			out, sizes = out[:n], sizes[:n]
		}
		out, sizes = append(out, h), append(sizes, size)
	}
	return out
}

// worthless counts the words kept between two changes, and reports whether they
// would only disturb who reads them, where so many words around them changed.
func (t tidier) worthless(left, right hunk, around int) (words int, worthless bool) {
	heavy := 0
	for _, tok := range t.a[left.a1:right.a0] {
		switch tok.class {
		case brk:
			return words, false
		case full:
			heavy++
			words++
		case lesser:
			words++
		}
		if words > shortRun {
			return words, false
		}
	}
	switch {
	case words == 0:
		return words, around >= lesserRun
	case heavy == 0:
		return words, around >= weakRun*words
	}
	return words, around >= heavyRun*(words+heavy)/2
}

// size is the number of words in a change.
func (t tidier) size(h hunk) int {
	n := 0
	for _, tok := range t.a[h.a0:h.a1] {
		if tok.class.word() {
			n++
		}
	}
	for _, tok := range t.b[h.b0:h.b1] {
		if tok.class.word() {
			n++
		}
	}
	return n
}

// slide moves each pure insertion or deletion to where it reads best among the
// places that mean the same: "a b [a b] c" and "[a b] a b c" are one change.
func (t tidier) slide(hunks []hunk) {
	for i := range hunks {
		h := &hunks[i]
		left, right := 0, len(t.a)
		if i > 0 {
			left = hunks[i-1].a1
		}
		if i+1 < len(hunks) {
			right = hunks[i+1].a0
		}
		switch {
		case h.a0 == h.a1:
			best := slideBest(t.b, h.b0, h.b1, h.a0-left, right-h.a0)
			h.a0, h.a1, h.b0, h.b1 = h.a0+best, h.a1+best, h.b0+best, h.b1+best
		case h.b0 == h.b1:
			best := slideBest(t.a, h.a0, h.a1, h.a0-left, right-h.a1)
			h.a0, h.a1, h.b0, h.b1 = h.a0+best, h.a1+best, h.b0+best, h.b1+best
		}
	}
}

// slideBest returns by how much to shift tokens [from,to), at most back tokens
// to the left and on tokens to the right.
func slideBest(tokens []token, from, to, back, on int) int {
	best, at := border(tokens, from, to), 0
	for d := 1; d <= back && tokens[from-d].key == tokens[to-d].key; d++ {
		if s := border(tokens, from-d, to-d); s > best {
			best, at = s, -d
		}
	}
	for d := 1; d <= on && to+d <= len(tokens) && tokens[from+d-1].key == tokens[to+d-1].key; d++ {
		if s := border(tokens, from+d, to+d); s > best {
			best, at = s, d
		}
	}
	return at
}

// border says how well a change reads that begins at from and ends before to.
func border(tokens []token, from, to int) int {
	score := 0
	if from == 0 || tokens[from-1].class == brk {
		score += 4
	} else if tokens[from-1].stop {
		score += 5
	} else if tokens[from-1].class == mark {
		score += 2
	}
	if tokens[from].class.word() {
		score++
	}
	if to == len(tokens) || tokens[to-1].stop {
		score += 2
	}
	return score
}
