package render

import (
	"strings"

	"github.com/codicil/codicil/policy"
)

// between returns what divides two blocks of plain text.
func between(a, b *policy.Block) string {
	if n := len(a.Path); n > 0 && a.Path[n-1].Kind == policy.DefinedTerm && b.Kind == policy.Text {
		return "\n"
	}
	rowA, rowB := innermost(a, policy.Row), innermost(b, policy.Row)
	switch {
	case rowA != nil && rowA == rowB:
		return " | "
	case rowA != nil && rowB != nil, b.Kind == policy.Text && a.Kind == policy.Text && (innermost(b, policy.Item) != nil || innermost(b, policy.Definition) != nil):
		return "\n"
	}
	return "\n\n"
}

// lead returns the indent and the number or bullet that b begins with. What a term
// means is below it, indented.
func lead(b *policy.Block, first bool) string {
	depth := 0
	var item *policy.Container
	for _, c := range b.Path {
		switch c.Kind {
		case policy.Item:
			depth++
			item = c
		case policy.Definition:
			depth++
			item = nil
		}
	}
	if item == nil {
		return strings.Repeat("  ", depth)
	}
	indent := strings.Repeat("  ", depth-1)
	switch {
	case !first:
		return indent + "  "
	case item.Number != "":
		return indent + item.Number + " "
	}
	return indent + "- "
}

func sameItem(a, b *policy.Block) bool {
	i := innermost(b, policy.Item)
	return i != nil && contains(a.Path, i)
}

// innermost returns the innermost container of that kind that b is in.
func innermost(b *policy.Block, kind policy.ContainerKind) *policy.Container {
	for i := len(b.Path) - 1; i >= 0; i-- {
		if b.Path[i].Kind == kind {
			return b.Path[i]
		}
	}
	return nil
}

func contains(path []*policy.Container, c *policy.Container) bool {
	for _, p := range path {
		if p == c {
			return true
		}
	}
	return false
}
