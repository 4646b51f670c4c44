package docx

import (
	"strconv"
	"strings"

	"github.com/codicil/codicil/policy"
)

// style is what counts here of a style of paragraphs or runs.
type style struct {
	name    string // in lower case: "heading 1"
	based   string
	num     *numbering // nil when it says nothing of numbers
	outline int        // level of a heading, from 0; -1 when it is none
	hidden  bool
	props   *node // of runs
}

// numbering is the list and the level that a paragraph counts in.
type numbering struct {
	list  string // id of a w:num; "0" takes the number away
	level int    // -1 where it is not said
}

// maxStyles bounds a chain of styles that are based on each other.
const maxStyles = 32

// readStyles reads the part of styles.
func readStyles(root *node) map[string]*style {
	styles := make(map[string]*style)
	if root == nil {
		return styles
	}
	for _, k := range root.kids {
		if k.name != "style" {
			continue
		}
		s := &style{name: strings.ToLower(k.val("name")), based: k.val("basedOn"), outline: -1, props: k.kid("rPr")}
		s.hidden, _ = s.props.on("vanish")
		props := k.kid("pPr")
		s.num = readNumbering(props)
		if v := props.val("outlineLvl"); v != "" {
			s.outline = number(v, -1)
		}
		styles[k.attr("styleId")] = s
	}
	return styles
}

// readNumbering reads the list of a paragraph's properties.
func readNumbering(props *node) *numbering {
	n := props.kid("numPr")
	if n == nil {
		return nil
	}
	return &numbering{n.val("numId"), number(n.val("ilvl"), -1)}
}

// number reads a whole number of reasonable size.
func number(s string, otherwise int) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > 1_000_000 {
		return otherwise
	}
	return n
}

// chain lists a style and those it is based on.
func (b *body) chain(id string) []*style {
	var list []*style
	for s := b.styles[id]; s != nil && len(list) < maxStyles; s = b.styles[s.based] {
		list = append(list, s)
	}
	return list
}

// headingLevel returns the level of a heading, from 1; 0 for what is none.
func (b *body) headingLevel(props *node) int {
	if v := props.val("outlineLvl"); v != "" {
		return headingFrom(number(v, -1))
	}
	for _, s := range b.chain(props.val("pStyle")) {
		if rest, ok := strings.CutPrefix(s.name, "heading "); ok {
			return headingFrom(number(rest, 0) - 1)
		}
		if s.outline >= 0 {
			return headingFrom(s.outline)
		}
	}
	return 0
}

// headingFrom makes of an outline level, which goes to 9 for body text, one of
// a heading.
func headingFrom(outline int) int {
	if outline < 0 || outline > 8 {
		return 0
	}
	return outline + 1
}

// defines returns the part of a list of definitions that a paragraph is by its style,
// under the names that pandoc and LibreOffice give them; nil where it is none.
func (b *body) defines(props *node) *policy.Container {
	switch {
	case b.named(props, "definition term"), b.named(props, "list heading"):
		return &policy.Container{Kind: policy.DefinedTerm}
	case b.named(props, "definition"), b.named(props, "list contents"):
		return &policy.Container{Kind: policy.Definition}
	}
	return nil
}

// named reports whether a paragraph has a style of that name, or one based on it.
func (b *body) named(props *node, name string) bool {
	for _, s := range b.chain(props.val("pStyle")) {
		if s.name == name {
			return true
		}
	}
	return false
}
