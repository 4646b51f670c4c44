package materiality

import (
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
func (t *texts) settle() {
	old, new := t.memory.flow(t.redline.Old), t.memory.flow(t.redline.New)
	head := commonHead(old.letters, new.letters)
	tail := commonTail(old.letters[head:], new.letters[head:])
	head, tail = sharedCut(old.ends(), new.ends(), head), sharedCut(old.starts(), new.starts(), tail)
	t.reflowed = head == len(old.letters) && head == len(new.letters) && !old.cells && !new.cells
	for i := range t.rows {
		row := &t.redline.Rows[t.rows[i].index]
		if old.settled(row.Old, head, tail) {
			t.rows[i].old = nil
		}
		if new.settled(row.New, head, tail) {
			t.rows[i].new = nil
		}
	}
}

// sharedCut returns the last place, up to a limit, where both sides begin or end a block.
func sharedCut(a, b []int, limit int) int {
	at, last := map[int]bool{0: true}, 0
	for _, n := range a {
		at[n] = true
	}
	for _, n := range b {
		if n <= limit && at[n] {
			last = max(last, n)
		}
	}
	return last
}

// ends tells how many letters come up to the end of each block.
func (f *flowing) ends() []int {
	var list []int
	for _, at := range f.at {
		list = append(list, at[1])
	}
	return list
}

// starts tells how many letters come from the beginning of each block on.
func (f *flowing) starts() []int {
	var list []int
	for _, at := range f.at {
		list = append(list, len(f.letters)-at[0])
	}
	return list
}

// flowing is the letters of a text and where in them each block is.
type flowing struct {
	letters []rune
	at      map[*policy.Block][2]int
	cells   bool // a table is among them
}

func flow(d *policy.Document) *flowing {
	f := &flowing{at: map[*policy.Block][2]int{}}
	if d == nil {
		return f
	}
	for i := range d.Blocks {
		b := &d.Blocks[i]
		from := len(f.letters)
		f.letters = appendLetters(f.letters, itemNumber(b)+textOf(b))
		if isCell(b) {
			f.cells = true
			continue
		}
		f.at[b] = [2]int{from, len(f.letters)}
	}
	return f
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

// settled reports whether a block lies within so many letters from the head or from
// the end.
func (f *flowing) settled(b *policy.Block, head, tail int) bool {
	at, ok := f.at[b]
	return ok && (at[1] <= head || at[0] >= len(f.letters)-tail)
}

func isCell(b *policy.Block) bool {
	for _, c := range b.Path {
		if c.Kind == policy.Cell || c.Kind == policy.HeadCell {
			return true
		}
	}
	return false
}

func commonHead(a, b []rune) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

func commonTail(a, b []rune) int {
	n := 0
	for n < len(a) && n < len(b) && a[len(a)-1-n] == b[len(b)-1-n] {
		n++
	}
	return n
}
