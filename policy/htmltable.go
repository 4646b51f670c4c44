package policy

import (
	"strconv"

	"golang.org/x/net/html"
)

// The bounds of what one cell may cover, and of all the cells that a table gets
// beside those it has: browsers allow 1,000 columns and 65,534 rows.
const (
	maxSpan     = 200
	maxRepeated = 5000
)

// spreadTables puts the words of a cell that reaches over several rows or
// columns into each place that it covers. So every cell is below its own
// head, on the page, in a redline and where it is judged.
func spreadTables(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		spreadTables(c)
	}
	if n.Type == html.ElementNode && n.Data == "table" {
		t := spread{left: maxRepeated}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			t.section(c)
		}
	}
}

// spread goes through the rows of one table.
type spread struct {
	down []covering // by column: the cell from above that reaches further down
	left int        // cells that may still be repeated
}

type covering struct {
	cell *html.Node
	rows int
}

func (t *spread) section(n *html.Node) {
	switch n.Data {
	case "tr":
		t.row(n)
	case "thead", "tbody", "tfoot":
		t.down = nil // a cell does not reach out of its section
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			t.section(c)
		}
		t.down = nil
	}
}

// row goes through the cells of a row, column by column.
func (t *spread) row(row *html.Node) {
	column := 0
	for c := row.FirstChild; c != nil; {
		next := c.NextSibling
		if c.Type == html.ElementNode && (c.Data == "td" || c.Data == "th") {
			column = t.above(row, c, column)
			column = t.cell(row, c, next, column)
		}
		c = next
	}
	t.above(row, nil, column)
}

// above puts cells from the rows above before a cell, where they reach down to
// this one.
func (t *spread) above(row, before *html.Node, column int) int {
	for column < len(t.down) && t.down[column].rows > 0 {
		t.down[column].rows--
		t.repeat(row, t.down[column].cell, before)
		column++
	}
	return column
}

// cell repeats one that reaches over several columns, and remembers how far
// down it reaches.
func (t *spread) cell(row, c, next *html.Node, column int) int {
	wide, high := span(c, "colspan"), span(c, "rowspan")
	for i := range wide {
		for column >= len(t.down) {
			t.down = append(t.down, covering{})
		}
		t.down[column] = covering{c, high - 1}
		if i > 0 {
			t.repeat(row, c, next)
		}
		column++
	}
	return column
}

func span(n *html.Node, name string) int {
	value, err := strconv.Atoi(attribute(n, name))
	if err != nil {
		return 1
	}
	return min(max(value, 1), maxSpan)
}

// repeat puts a copy of a cell before another, without its anchors: an anchor
// leads to one place.
func (t *spread) repeat(row, cell, before *html.Node) {
	if t.left--; t.left >= 0 {
		row.InsertBefore(copied(cell), before)
	}
}

func copied(n *html.Node) *html.Node {
	c := &html.Node{Type: n.Type, DataAtom: n.DataAtom, Data: n.Data, Namespace: n.Namespace}
	for _, a := range n.Attr {
		if a.Key != "id" && a.Key != "name" && a.Key != "rowspan" && a.Key != "colspan" {
			c.Attr = append(c.Attr, a)
		}
	}
	for kid := n.FirstChild; kid != nil; kid = kid.NextSibling {
		c.AppendChild(copied(kid))
	}
	return c
}
