package redline

import (
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
)

// unit is what is aligned as one: a block, or all the cells of a table row.
type unit struct {
	blocks []*policy.Block
	pos    int    // index among the units of its document
	text   string // its words
	shape  string // kind of block and of every container
	mate   *unit  // its partner at the same place of the other document, or nil
	moved  *unit  // its partner at another place, or nil
	group  *group // the split or merge that it is part of, or nil

	likely *group  // the split or merge that it seems to be part of, or nil
	piece  share   // of a member: the part of the one that it is
	sure   bool    // of a member: it may be shown as moved
	rest   []int32 // of the one: its words that no partner has; filled when first asked for

	bag []int32 // its words, sorted; filled when first asked for
}

// free reports whether a unit has no partner yet.
func (u *unit) free() bool { return u.mate == nil && u.moved == nil && u.group == nil }

// units groups the blocks of a document.
func (m *Memory) units(blocks []policy.Block) []*unit {
	all, each := make([]unit, len(blocks)), make([]*policy.Block, len(blocks))
	out := make([]*unit, 0, len(blocks))
	var last *policy.Container
	for i := range blocks {
		b := &blocks[i]
		each[i] = b
		row := rowOf(b)
		if row != nil && row == last {
			u := out[len(out)-1]
			u.blocks = each[i-len(u.blocks) : i+1 : i+1]
			continue
		}
		last = row
		u := &all[len(out)]
		u.blocks, u.pos = each[i:i+1:i+1], len(out)
		out = append(out, u)
	}
	for i, u := range out {
		u.text = m.rowText(u.blocks)
		if i > 0 && sameShape(u.blocks[0], out[i-1].blocks[0]) {
			u.shape = out[i-1].shape
		} else {
			u.shape = shape(u.blocks[0])
		}
	}
	return out
}

// explode makes the cells of table rows without a partner units of their own,
// for a row may have become a list or a paragraph.
func explode(units []*unit) []*unit {
	if !slices.ContainsFunc(units, func(u *unit) bool { return len(u.blocks) > 1 && u.free() }) {
		return units
	}
	var out []*unit
	for _, u := range units {
		if len(u.blocks) == 1 || !u.free() {
			u.pos = len(out)
			out = append(out, u)
			continue
		}
		for _, b := range u.blocks {
			out = append(out, &unit{blocks: []*policy.Block{b}, pos: len(out), text: policy.Visible(b.Text()), shape: shape(b)})
		}
	}
	return out
}

// rowOf returns the outermost table row that b is in.
func rowOf(b *policy.Block) *policy.Container {
	for _, c := range b.Path {
		if c.Kind == policy.Row {
			return c
		}
	}
	return nil
}

// rowText joins the words of blocks.
func (m *Memory) rowText(blocks []*policy.Block) string {
	if len(blocks) == 1 {
		return m.text(blocks[0])
	}
	var t strings.Builder
	for _, b := range blocks {
		t.WriteString(m.text(b))
		t.WriteByte('\t')
	}
	return t.String()
}

// sameShape reports whether blocks surely have one shape: that of the words of a text
// outside of lists and tables.
func sameShape(a, b *policy.Block) bool {
	return a.Kind == b.Kind && a.Level == b.Level && len(a.Path) == 0 && len(b.Path) == 0
}

// shape spells the kind of a block and of its containers. Cells do not count:
// a row is compared with rows of any length.
func shape(b *policy.Block) string {
	s := make([]byte, 0, 2+2*len(b.Path))
	s = append(s, byte(b.Kind), byte(b.Level))
	for _, c := range b.Path {
		if c.Kind == policy.HeadCell || c.Kind == policy.Cell {
			break
		}
		s = append(s, byte(c.Kind))
		if c.Ordered {
			s = append(s, 'o')
		}
	}
	return string(s)
}

// lay lays out the words of a block.
func (c *comparer) lay(b *policy.Block) *passage {
	p := c.laid[b]
	if p == nil {
		p = c.memory.lay(b.Spans)
		c.laid[b] = p
	}
	return p
}

// bag returns the words of a unit in an order that lets two be compared.
func (c *comparer) bag(u *unit) []int32 {
	if u.bag == nil {
		u.bag = c.sortedWords(u.blocks...)
	}
	return u.bag
}

// sortedWords returns the words of blocks, sorted. Nobody may change them.
func (c *comparer) sortedWords(blocks ...*policy.Block) []int32 {
	if len(blocks) == 1 {
		return c.lay(blocks[0]).bag()
	}
	n := 0
	for _, b := range blocks {
		n += len(c.lay(b).tokens)
	}
	bag := make([]int32, 0, n)
	for _, b := range blocks {
		bag = append(bag, c.lay(b).bag()...)
	}
	slices.Sort(bag)
	return bag
}

// overlap counts the words that two sorted bags share.
func overlap(a, b []int32) int {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a)*unequal < len(b) {
		return overlapFew(a, b)
	}
	n, i, j := 0, 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			n++
			i, j = i+1, j+1
		}
	}
	return n
}

// unequal is by how much longer a bag is in which the words of another are looked up
// one by one, as that is faster than to go through both.
const unequal = 32

// overlapFew is overlap for a bag of few words and one of many.
func overlapFew(few, many []int32) int {
	n := 0
	for _, word := range few {
		at, found := slices.BinarySearch(many, word)
		if many = many[at:]; found {
			n++
			many = many[1:]
		}
	}
	return n
}

// tally counts the words of a bag, so that what many others share with it is found
// by going through these alone.
type tally struct {
	bag   []int32
	times []int32 // by word: so often it is in the bag
}

func (t *tally) take(bag []int32) {
	for _, word := range t.bag {
		t.times[word] = 0
	}
	t.bag = bag
	if n := len(bag); n > 0 && int(bag[n-1]) >= len(t.times) {
		t.times = append(t.times, make([]int32, int(bag[n-1])+1-len(t.times))...)
	}
	for _, word := range bag {
		t.times[word]++
	}
}

// overlap is overlap with the bag that was taken.
func (t *tally) overlap(other []int32) int {
	if len(t.bag)*unequal < len(other) {
		return overlapFew(t.bag, other)
	}
	n, last, seen := 0, int32(-1), int32(0)
	for _, word := range other {
		if int(word) >= len(t.times) {
			break
		}
		if word != last {
			seen = 0
		}
		last = word
		if seen++; seen <= t.times[word] {
			n++
		}
	}
	return n
}

// dice is the share of their words that two bags have in common, from 0 to 1
// (the Sorensen-Dice coefficient).
func dice(common int, a, b []int32) float64 {
	if len(a)+len(b) == 0 {
		return 0
	}
	return 2 * float64(common) / float64(len(a)+len(b))
}
