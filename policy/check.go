package policy

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Check returns the faults of a document that its readers would stumble over:
// clause numbers that skip or repeat, anchors that are given twice, links to
// anchors that do not exist, keys of the front matter that are misspelt, a label
// that is too long. It
// finds only what is certain.
func Check(d *Document) []*Diagnostic {
	c := checker{doc: d}
	c.label()
	c.numbers(d.Clauses)
	c.anchors()
	c.links()
	c.found = append(c.found, d.Remarks...)
	return c.found
}

type checker struct {
	doc    *Document
	found  []*Diagnostic
	text   map[string]*Block // by the id of the clause that it begins
	places numberPlaces
}

func (c *checker) report(level Level, rule string, line int, message, hint string) {
	c.found = append(c.found, &Diagnostic{
		File: c.doc.Name, Line: line, Column: 1, Level: level, Rule: rule, Message: message, Hint: hint,
	})
}

// longestLabel is how many characters a label has at most without a remark: it is
// read in lists, in mail and in addresses, which keep some hundred bytes of it.
const longestLabel = 60

// label checks that the label of the version can be read at a glance.
func (c *checker) label() {
	if n := utf8.RuneCountInString(string(c.doc.Front.Version)); n > longestLabel {
		c.report(Warning, "label-long", 1, fmt.Sprintf("the label has %d characters: addresses hold the beginning of it, and people will not read it out", n),
			"give the version a short label, such as 2.0, and say the rest in `summary:`")
	}
}

// anchors checks that no anchor is given twice.
func (c *checker) anchors() {
	seen := make(map[string]int)
	for _, b := range c.doc.Blocks {
		if b.ID == "" {
			continue
		}
		if first, twice := seen[b.ID]; twice {
			c.report(Error, "repeated-id", b.Line, fmt.Sprintf("the id %q is given twice, first on line %d", b.ID, first),
				"give each clause an id of its own")
			continue
		}
		seen[b.ID] = b.Line
	}
}

// links checks that links within the document lead somewhere. Each place that
// is missing is named once, at the first link to it; a link without words is
// none that a reader could follow.
func (c *checker) links() {
	known := make(map[string]bool)
	for _, b := range c.doc.Blocks {
		known[b.ID] = true
		for _, alias := range b.Aliases {
			known[alias] = true
		}
	}
	first, count := make(map[string]int), make(map[string]int)
	var dead []string
	for _, b := range c.doc.Blocks {
		for _, s := range b.Spans {
			anchor, within := Anchor(s.Link)
			if !within || anchor == "" || known[anchor] || !strings.ContainsFunc(s.Text, unicode.IsPrint) {
				continue
			}
			if count[s.Link]++; count[s.Link] == 1 {
				first[s.Link] = b.Line
				dead = append(dead, s.Link)
			}
		}
	}
	for _, link := range dead {
		message := fmt.Sprintf("the link to %q leads to no clause of this document", link)
		if n := count[link]; n > 1 {
			message = fmt.Sprintf("%d links to %q lead to no clause of this document", n, link)
		}
		c.report(Warning, "dead-anchor", first[link], message, "link to the {#id} of a clause")
	}
}
