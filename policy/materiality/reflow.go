package materiality

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/codicil/codicil/policy"
)

// Reflowed text: pages and PDF files cut the same letters into other lines and
// paragraphs. Up to the first letter that differs, and from the last one on, nothing
// changed, however the blocks are cut.

// cutAnew reports whether words can have gone to another block: where each changed one
// has the one that it was beside it, and stands alone, none have.
func (t *texts) cutAnew() bool {
	for i, s := range t.rows {
		if len(s.old) == 0 || len(s.new) == 0 || i > 0 && s.index == t.rows[i-1].index+1 {
			return true
		}
	}
	return false
}

// settle leaves out the blocks of which every letter is on the other side too, in the
// same order. What stands in a cell of a table may be in another one: it stays.
func (t *texts) settle(old, new *page) {
	a, b := &lettered{page: old}, &lettered{page: new}
	oldHead, newHead := common(a, b)
	t.reflowed = !a.open && !b.open && !old.cells && !new.cells
	oldTail, newTail := common(a.back(), b.back())
	for i := range t.rows {
		row := t.blocks[t.rows[i].index]
		if old.settled(row.old, oldHead, oldTail) {
			t.rows[i].old = nil
		}
		if new.settled(row.new, newHead, newTail) {
			t.rows[i].new = nil
		}
	}
}

// settled reports whether a block is among so many from the head or from the end.
func (p *page) settled(b *block, head, tail int) bool {
	return b != nil && !isCell(b.Block) && (b.around.index < head || b.around.index >= len(p.blocks)-tail)
}

// common goes on for as long as both sides have the same letters, however they are cut
// into blocks. It returns how many blocks of each lie before the last place where one
// of either ends, or before the first letter.
func common(a, b *lettered) (before, beforeB int) {
	endA, endB := true, true // whether a block that is no cell ends here
	for {
		endA, endB = a.close() || endA, b.close() || endB
		alike := a.sameNext(b)
		if !alike {
			endA, endB = a.next() || endA, b.next() || endB
		}
		if endA && endB {
			before, beforeB = a.read, b.read
		}
		if alike {
			endA, endB = a.pass(), b.pass()
			continue
		}
		if !a.open || !b.open {
			return before, beforeB
		}
		if n := commonHead(a.rest, b.rest); n > 0 {
			a.take(n)
			b.take(n)
			endA, endB = false, false
		}
		if len(a.rest) > 0 && len(b.rest) > 0 {
			return before, beforeB
		}
	}
}

// lettered reads the letters of a page, from its head or from its end on.
type lettered struct {
	*page
	backward bool
	read     int    // blocks
	open     bool   // one is at hand
	rest     []rune // what is left of that
	first    int    // of the blocks, the first of which no letter is read, or of which only some are
	left     []rune // backward: of the first block, what may be read; nil where that is all of it
	least    int    // backward: the first block that may be read
}

// back returns what reads from the end up to where a has read.
func (a *lettered) back() *lettered {
	b := &lettered{page: a.page, backward: true, least: a.first}
	if a.open && a.first == a.read && len(a.rest) < len(a.letters(a.read)) {
		b.left = a.rest
	}
	return b
}

// at returns the place on the page of the next block, -1 for none.
func (a *lettered) at() int {
	at := a.read
	if a.backward {
		at = len(a.blocks) - 1 - a.read
	}
	if at >= len(a.blocks) || at < a.least {
		return -1
	}
	return at
}

// partly reports whether a block was read in part from the other end.
func (a *lettered) partly(at int) bool { return a.left != nil && at == a.least }

// pass goes past a block, and reports whether it ends as one that is no cell.
func (a *lettered) pass() bool {
	at := a.at()
	a.read++
	a.first = a.read
	return !a.partly(at) && !isCell(&a.of.Blocks[at])
}

// close ends the block at hand if it has been read.
func (a *lettered) close() bool {
	if !a.open || len(a.rest) > 0 {
		return false
	}
	a.open = false
	return a.pass()
}

// next takes the next block in hand that has letters, and reports whether one without
// any that is no cell lies before it.
func (a *lettered) next() (ended bool) {
	for at := a.at(); !a.open && at >= 0; at = a.at() {
		if a.rest = a.letters(at); len(a.rest) > 0 {
			a.open = true
			return ended
		}
		first := a.first
		ended = a.pass() || ended
		a.first = first // nothing was read of it
	}
	return ended
}

// letters returns the letters of a block, in the order in which they are read.
func (a *lettered) letters(at int) []rune {
	list := appendLetters(nil, itemNumber(a.blocks[at].Block)+a.blocks[at].text)
	if a.partly(at) {
		list = slices.Clone(a.left)
	}
	if a.backward {
		slices.Reverse(list)
	}
	return list
}

// take goes past letters of the block at hand.
func (a *lettered) take(n int) {
	a.rest = a.rest[n:]
	a.first = a.read
	if len(a.rest) == 0 {
		a.first++
	}
}

// sameNext reports whether both sides are between blocks, and the next ones have letters
// and are alike: then these need not be read.
func (a *lettered) sameNext(b *lettered) bool {
	if a.open || b.open {
		return false
	}
	i, k := a.at(), b.at()
	if i < 0 || k < 0 || a.partly(i) || b.partly(k) {
		return false
	}
	x, y := &a.blocks[i], &b.blocks[k]
	return x.text == y.text && itemNumber(x.Block) == itemNumber(y.Block) && strings.ContainsFunc(x.text, unicode.IsLetter)
}

// appendLetters adds letters, digits and the signs that count with them: the marks of a
// number are such, those of a sentence are not.
func appendLetters(list []rune, text string) []rune {
	digits, letter := false, false // what the last one was
	for i, r := range text {
		switch { // nearly all are these
		case 'a' <= r|0x20 && r|0x20 <= 'z':
			list, digits, letter = append(list, r), false, true
			continue
		case r == ' ':
			digits, letter = false, false
			continue
		}
		size := utf8.RuneLen(r)
		next, _ := utf8.DecodeRuneInString(text[min(i+max(size, 1), len(text)):])
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r), unicode.In(r, unicode.Sc, unicode.Sm), strings.ContainsRune("%&@/§°", r),
			unicode.IsDigit(next) && (r == '-' || digits && strings.ContainsRune(".,:’'", r)), r == '-' && letter && unicode.IsLetter(next), isRaised(r):
			list = append(list, r)
		}
		digits, letter = unicode.IsDigit(r), unicode.IsLetter(r)
	}
	return list
}

func isCell(b *policy.Block) bool {
	return isIn(b, policy.Cell) || isIn(b, policy.HeadCell)
}

func commonHead(a, b []rune) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}
