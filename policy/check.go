package policy

import (
	"fmt"
	"strconv"
	"strings"
)

// Check returns the faults of a document that its readers would stumble over:
// clause numbers that skip or repeat, anchors that are given twice, links to
// anchors that do not exist. It finds only what is certain.
func Check(d *Document) []*Diagnostic {
	c := checker{doc: d}
	c.numbers(d.Clauses)
	c.anchors()
	c.links()
	return c.found
}

type checker struct {
	doc   *Document
	found []*Diagnostic
}

func (c *checker) report(level Level, rule string, line int, message, hint string) {
	c.found = append(c.found, &Diagnostic{
		File: c.doc.Name, Line: line, Column: 1, Level: level, Rule: rule, Message: message, Hint: hint,
	})
}

// numbers checks that sibling headings, and sibling numbered paragraphs, count
// on from each other. Items of lists may start over, so they are left alone.
func (c *checker) numbers(siblings []*Clause) {
	last, seen := 0, make(map[string]bool)
	for _, s := range siblings {
		c.numbers(s.Children)
		n, ok := ordinal(s)
		if !ok {
			continue
		}
		switch {
		case seen[s.Number]:
			c.report(Warning, "number-repeated", s.Line, fmt.Sprintf("clause number %s is given twice", s.Number),
				"number the clauses in order; their {#id} keeps links alive")
		case last > 0 && n != last+1:
			c.report(Warning, "number-gap", s.Line, fmt.Sprintf("clause %s follows clause %d: a number is missing or out of order", s.Number, last),
				"number the clauses in order; their {#id} keeps links alive")
		}
		seen[s.Number] = true
		last = n
	}
}

// ordinal returns the last part of a clause's decimal number.
func ordinal(c *Clause) (int, bool) {
	if c.Level > paragraphLevel {
		return 0, false
	}
	parts := strings.Split(c.Number, ".")
	n, err := strconv.Atoi(parts[len(parts)-1])
	return n, err == nil
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

// links checks that links within the document lead somewhere.
func (c *checker) links() {
	known := make(map[string]bool)
	for _, b := range c.doc.Blocks {
		known[b.ID] = true
		for _, alias := range b.Aliases {
			known[alias] = true
		}
	}
	for _, b := range c.doc.Blocks {
		for _, s := range b.Spans {
			anchor, within := strings.CutPrefix(s.Link, "#")
			if within && anchor != "" && !known[anchor] {
				c.report(Warning, "dead-anchor", b.Line, fmt.Sprintf("the link to %q leads to no clause of this document", s.Link),
					"link to the {#id} of a clause")
			}
		}
	}
}
