package repair

import (
	"strings"

	"github.com/codicil/codicil/policy"
)

// definitionsAsMarkdown reports whether Markdown has marks for a list of
// definitions: terms of one line, each with what it means below.
func definitionsAsMarkdown(n *node) bool {
	for i, kid := range n.kids {
		switch {
		case kid.is(policy.DefinedTerm):
			if len(kid.kids) != 1 || kid.kids[0].block == nil || strings.Contains(kid.kids[0].block.Text(), "\n") {
				return false
			}
		case !kid.is(policy.Definition) || i == 0:
			return false
		}
	}
	return n.kids[len(n.kids)-1].is(policy.Definition)
}

// definitions writes a list of definitions. A blank line before the colon is what
// makes paragraphs of the words behind it.
func (w writer) definitions(n *node) []string {
	var lines []string
	for i, kid := range n.kids {
		if kid.is(policy.DefinedTerm) {
			if i > 0 && n.kids[i-1].is(policy.Definition) {
				lines = append(lines, "")
			}
			lines = append(lines, w.block(kid.kids[0].block)...)
			continue
		}
		loose := hasParagraph(&node{kids: []*node{kid}})
		if loose {
			lines = append(lines, "")
		}
		lines = append(lines, prefixed(": ", "  ", w.item(kid, loose))...)
	}
	return lines
}
