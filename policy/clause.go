package policy

import (
	"slices"
	"strconv"
	"strings"
)

// clauses makes the clause tree of the blocks: headings, titles in bold type,
// numbered paragraphs and numbered items. It gives every clause its id and every block its clause.
func clauses(blocks []Block, leads []*lead) []*Clause {
	t := tree{ids: make(map[string]bool, len(blocks)), next: make(map[string]int)}
	for i := range blocks {
		if blocks[i].ID != "" {
			t.ids[blocks[i].ID] = true
		}
	}
	for i := range blocks {
		t.block(&blocks[i], leads[i])
	}
	return t.roots
}

// tree is the clause tree while it grows: the open clauses, outermost first.
type tree struct {
	roots []*Clause
	open  []*Clause
	ids   map[string]bool
	next  map[string]int // by the id that very many clauses want: the first number that may be free
}

func (t *tree) block(b *Block, l *lead) {
	if l == nil {
		t.closeItems(b)
		b.Clause = t.innermost()
		return
	}
	c := &Clause{Number: l.number, Title: l.title, Level: l.level, Line: b.Line}
	t.closeFrom(c.Level)
	if before := t.sibling(c); before != nil {
		c.Level = before.Level
		t.closeFrom(c.Level)
	}
	c.Parent = t.innermost()
	if c.Parent == nil {
		t.roots = append(t.roots, c)
	} else {
		c.Parent.Children = append(c.Parent.Children, c)
	}
	t.open = append(t.open, c)
	t.identify(b, l)
	c.ID = b.ID
	b.Clause = c
}

// closeFrom ends the clauses of a level and of those below it.
func (t *tree) closeFrom(level int) {
	for len(t.open) > 0 && t.innermost().Level >= level {
		t.open = t.open[:len(t.open)-1]
	}
}

// mostSiblings is among how many of the last clauses the one before is looked for:
// to look among all takes a time that grows with the square of their number.
const mostSiblings = 1000

// sibling returns the open clause 9 that a clause 10 below it follows, or the
// 2.4 that a 2.5 follows, if the author made no heading of it, or a longer title, or nil.
func (t *tree) sibling(c *Clause) *Clause {
	previous, parts := before(c.Number)
	if previous == "" || c.Level < boldLevel {
		return nil
	}
	for _, above := range slices.Backward(t.open) {
		near := above.Children[max(0, len(above.Children)-mostSiblings):]
		if slices.ContainsFunc(near, func(s *Clause) bool { return s.Number == previous }) {
			return nil // the list below clause 1, or 1.1, has come from its 1 to its 2
		}
		if _, n := before(above.Number); n != parts {
			continue // 9.1 above a 2, or a heading without number
		}
		if above.Number != previous {
			return nil
		}
		return above
	}
	return nil
}

// before returns the number that a decimal one counts on from, 2.3 for 2.4,
// empty where there is none, and of how many parts a number is, 0 for none.
func before(number string) (previous string, parts int) {
	at := strings.LastIndexByte(number, '.') + 1
	n, err := strconv.Atoi(number[at:])
	if err != nil {
		return "", 0
	}
	parts = 1 + strings.Count(number, ".")
	if n < 2 {
		return "", parts
	}
	return number[:at] + strconv.Itoa(n-1), parts
}

// closeItems ends the clauses of items that b is no longer in.
func (t *tree) closeItems(b *Block) {
	depth := itemDepth(b.Path)
	for c := t.innermost(); c != nil && c.Level > paragraphLevel+depth; c = t.innermost() {
		t.open = t.open[:len(t.open)-1]
	}
}

func (t *tree) innermost() *Clause {
	if len(t.open) == 0 {
		return nil
	}
	return t.open[len(t.open)-1]
}

// identify gives the block of a clause its id, where its author gave none, and lets a
// numbered heading be reached by the anchor that other tools make of it.
func (t *tree) identify(b *Block, l *lead) {
	if b.ID != "" {
		return
	}
	b.Made = true
	b.ID = t.unique(l.id)
	if b.Kind == Heading && l.alias != b.ID && !t.ids[l.alias] {
		t.ids[l.alias] = true
		b.Aliases = append(b.Aliases, l.alias)
	}
}

// unique makes id one that the document does not have yet.
func (t *tree) unique(id string) string {
	if id == "" {
		id = "clause"
	}
	if !t.ids[id] {
		t.ids[id] = true
		return id
	}
	n := max(1, t.next[id])
	for t.ids[id+"-"+strconv.Itoa(n)] {
		n++
	}
	candidate := id + "-" + strconv.Itoa(n)
	t.ids[candidate], t.next[id] = true, n+1
	return candidate
}

// newItem returns the innermost item that a block is in.
func newItem(path []*Container) *Container {
	for i := len(path) - 1; i >= 0; i-- {
		if path[i].Kind == Item {
			return path[i]
		}
	}
	return nil
}

func itemDepth(path []*Container) int {
	depth := 0
	for _, c := range path {
		if c.Kind == Item {
			depth++
		}
	}
	return depth
}

func inTable(path []*Container) bool {
	for _, c := range path {
		if c.Kind == Table {
			return true
		}
	}
	return false
}
