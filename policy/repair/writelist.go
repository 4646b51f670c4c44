package repair

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/codicil/codicil/policy"
)

// markdownNumber is a number that Markdown reads as that of an item.
var markdownNumber = regexp.MustCompile(`^(\d{1,9})([.)])$`)

// listAsMarkdown reports whether Markdown has marks for a list: items only,
// numbers of one delimiter, the first of them the start.
func listAsMarkdown(n *node) bool {
	delimiter := ""
	for i, item := range n.kids {
		if !item.is(policy.Item) {
			return false
		}
		if !n.container.Ordered {
			continue
		}
		m := markdownNumber.FindStringSubmatch(item.container.Number)
		if m == nil || i > 0 && m[2] != delimiter {
			return false
		}
		if start, _ := strconv.Atoi(m[1]); i == 0 && start != n.container.Start {
			return false
		}
		delimiter = m[2]
	}
	return true
}

// list writes a list. Blank lines between its items are what makes their
// words paragraphs, so that a list has them everywhere or nowhere.
func (w writer) list(n *node) []string {
	loose := hasParagraph(n)
	var lines []string
	for i, item := range n.kids {
		if i > 0 && loose {
			lines = append(lines, "")
		}
		mark := "- "
		if n.container.Ordered {
			mark = item.container.Number + " "
		}
		lines = append(lines, prefixed(mark, strings.Repeat(" ", len(mark)), w.item(item, loose))...)
	}
	if loose && len(n.kids) == 1 && len(n.kids[0].kids) == 1 {
		lines = append(lines, "", "  "+separator) // a lone paragraph is loose only before something
		if n.container.Ordered {
			lines[len(lines)-1] = strings.Repeat(" ", len(n.kids[0].container.Number)+1) + separator
		}
	}
	return lines
}

func hasParagraph(list *node) bool {
	for _, item := range list.kids {
		for _, kid := range item.kids {
			if kid.block != nil && kid.block.Kind == policy.Paragraph {
				return true
			}
		}
	}
	return false
}

func (w writer) item(item *node, loose bool) []string {
	var lines []string
	for i, kid := range item.kids {
		switch {
		case i == 0:
		case loose && kid.is(policy.List) && item.kids[i-1].is(policy.List):
			lines = append(lines, "", separator, "") // else they were one list
		case loose:
			lines = append(lines, "")
		case !interrupts(item.kids[i-1], kid):
			lines = append(lines, separator)
		}
		if loose && kid.block != nil && kid.block.Kind == policy.Text && len(kid.block.Spans) > 0 {
			lines = append(lines, htmlNode(kid)...)
			continue
		}
		lines = append(lines, w.node(kid)...)
	}
	return lines
}

// interrupts reports whether a node is read as one of its own right after
// the words of the one before.
func interrupts(before, n *node) bool {
	if before.block == nil || before.block.Kind != policy.Text {
		return false
	}
	if n.block != nil {
		return n.block.Kind == policy.Heading || n.block.Kind == policy.Code || n.block.Kind == policy.Rule
	}
	return n.is(policy.Quote) || n.is(policy.List) && (!n.container.Ordered || n.container.Start == 1)
}
