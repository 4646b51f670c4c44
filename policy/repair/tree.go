package repair

import "github.com/codicil/codicil/policy"

// node is a block, or a container with what is in it.
type node struct {
	container *policy.Container
	block     *policy.Block
	kids      []*node
}

// forest puts the containers of a document back together from the paths of
// its blocks.
func forest(blocks []policy.Block) []*node {
	root := &node{}
	open := []*node{root}
	for i := range blocks {
		path := blocks[i].Path
		depth := 0
		for depth < len(path) && depth+1 < len(open) && open[depth+1].container == path[depth] {
			depth++
		}
		open = open[:depth+1]
		for _, c := range path[depth:] {
			open = append(open, open[len(open)-1].add(&node{container: c}))
		}
		open[len(open)-1].add(&node{block: &blocks[i]})
	}
	return root.kids
}

func (n *node) add(kid *node) *node {
	n.kids = append(n.kids, kid)
	return kid
}

// is reports whether n is a container of that kind.
func (n *node) is(kind policy.ContainerKind) bool {
	return n.container != nil && n.container.Kind == kind
}

// blocks returns the blocks of the nodes in reading order.
func blocks(nodes []*node) []policy.Block {
	var found []policy.Block
	for _, n := range nodes {
		if n.block != nil {
			found = append(found, *n.block)
		}
		found = append(found, blocks(n.kids)...)
	}
	return found
}

// same reports whether two runs of blocks say the same in the same
// containers. Lines and anchors may differ.
func same(a, b []policy.Block) bool {
	if len(a) != len(b) {
		return false
	}
	pairs := make(map[*policy.Container]*policy.Container)
	for i := range a {
		if a[i].Kind != b[i].Kind || a[i].Level != b[i].Level || !sameSpans(a[i].Spans, b[i].Spans) || !samePath(a[i].Path, b[i].Path, pairs) {
			return false
		}
	}
	return true
}

func sameSpans(a, b []policy.Span) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// samePath compares two paths; each container of one must always stand for
// the same container of the other.
func samePath(a, b []*policy.Container, pairs map[*policy.Container]*policy.Container) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		for _, pair := range [][2]*policy.Container{{a[i], b[i]}, {b[i], a[i]}} {
			if known, ok := pairs[pair[0]]; ok && known != pair[1] {
				return false
			}
			pairs[pair[0]] = pair[1]
		}
		if *a[i] != *b[i] {
			return false
		}
	}
	return true
}
