package docx

import (
	"slices"

	"github.com/codicil/codicil/policy"
)

// node is a paragraph, or a table, row or cell that holds other nodes.
type node struct {
	old, new *policy.Container // of a table, row or cell; nil where it is in one document only
	para     *para
	kids     []*node
}

// kind is that of a table, row or cell.
func (n *node) kind() policy.ContainerKind {
	if n.new != nil {
		return n.new.Kind
	}
	return n.old.Kind
}

// trackedChange of a table, row or cell: a tracked one is in one document only.
func (n *node) trackedChange() trackedChange {
	switch {
	case n.old == nil:
		return comes
	case n.new == nil:
		return goes
	}
	return stays
}

// tree gathers paragraphs into tables. Each table, row and cell of either
// document is one node, however the blocks of the other document come in
// between.
type tree struct {
	root *node
	at   map[*policy.Container]*node
}

func newTree() tree {
	return tree{root: &node{}, at: make(map[*policy.Container]*node)}
}

// cells returns the tables that b is in: for each of them, outermost
// first, the table, its row and its cell.
func cells(b *policy.Block) []*policy.Container {
	var out []*policy.Container
	for _, c := range b.Path {
		switch c.Kind {
		case policy.Table, policy.Row, policy.HeadCell, policy.Cell:
			if rank(c.Kind) != len(out)%3 {
				return out[:len(out)/3*3]
			}
			out = append(out, c)
		}
	}
	return out[:len(out)/3*3]
}

// rank is the place of a kind in the order table, row, cell.
func rank(k policy.ContainerKind) int {
	switch k {
	case policy.Table:
		return 0
	case policy.Row:
		return 1
	}
	return 2
}

// fits reports whether two blocks can be one paragraph: none is in a cell,
// or both do, and neither cell has another partner.
func (t *tree) fits(old, new *policy.Block) bool {
	a, b := cells(old), cells(new)
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if m := t.at[a[i]]; m != nil && m.new != nil && m.new != b[i] {
			return false
		}
		if n := t.at[b[i]]; n != nil && n.old != nil && n.old != a[i] {
			return false
		}
	}
	return true
}

// add puts a paragraph where its blocks are.
func (t *tree) add(p para) {
	var a, b []*policy.Container
	if p.old != nil {
		a = cells(p.old)
	}
	if p.new != nil {
		b = cells(p.new)
	}
	parent := t.root
	for i := range max(len(a), len(b)) {
		var old, new *policy.Container
		if a != nil {
			old = a[i]
		}
		if b != nil {
			new = b[i]
		}
		parent = t.enter(parent, old, new)
	}
	parent.kids = append(parent.kids, &node{para: &p})
}

// enter returns the node of a container. Two that turn out to be the same in
// both documents become one node, at the end: what is behind either of
// them so far belongs to the other document alone, where it comes first.
func (t *tree) enter(parent *node, old, new *policy.Container) *node {
	a, b := t.at[old], t.at[new]
	switch {
	case old == nil && b != nil:
		return b
	case new == nil && a != nil:
		return a
	case a != nil && a == b:
		return a
	}
	n := &node{old: old, new: new}
	for _, part := range []*node{a, b} {
		if part != nil {
			n.kids = append(n.kids, part.kids...)
			parent.kids = slices.DeleteFunc(parent.kids, func(k *node) bool { return k == part })
		}
	}
	for _, c := range []*policy.Container{old, new} {
		if c != nil {
			t.at[c] = n
		}
	}
	parent.kids = append(parent.kids, n)
	return n
}
