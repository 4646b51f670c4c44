package docx

import "github.com/codicil/codicil/policy"

// table reads a table. Markdown has no cells that reach over several rows or
// columns: the words of such a cell are in each place that it covers.
func (b *body) table(n *node, path []*policy.Container) {
	table := &policy.Container{Kind: policy.Table}
	head := &policy.Container{Kind: policy.Head}
	rest := &policy.Container{Kind: policy.Body}
	var above []*node // the cell that is in each column
	first, covered := true, false
	for _, row := range rows(n) {
		if b.dropped(row.kid("trPr").kid("del") != nil, row.kid("trPr").kid("ins") != nil) {
			b.result.Tracked++
			continue
		}
		section := rest
		if first {
			section = head
		}
		cells, merged := spread(row, above)
		covered = covered || merged
		b.row(cells, append(append([]*policy.Container(nil), path...), table, section, &policy.Container{Kind: policy.Row}), first)
		above, first = cells, false
	}
	if covered {
		b.once("merged-cells", "cells that reach over several rows or columns have their words in each place they cover", "merged cells", "repeated words")
	}
}

// rows lists the rows of a table, also those that are wrapped in controls.
func rows(n *node) []*node {
	var list []*node
	for _, k := range n.kids {
		switch k.name {
		case "tr":
			list = append(list, k)
		case "sdt":
			list = append(list, rows(orEmpty(k.kid("sdtContent")))...)
		case "ins", "del", "customXml":
			list = append(list, rows(k)...)
		}
	}
	return list
}

// maxColumns bounds how many columns one cell covers.
const maxColumns = 64

// spread lists the cell that is in each column of a row.
func spread(row *node, above []*node) (cells []*node, merged bool) {
	skipped := number(row.kid("trPr").val("gridBefore"), 0)
	for range min(skipped, maxColumns) {
		cells = append(cells, &node{name: "tc"})
	}
	for _, c := range cellsOf(row) {
		props := c.kid("tcPr")
		if m := props.kid("vMerge"); m != nil && m.attr("val") != "restart" && len(cells) < len(above) {
			c, merged = above[len(cells)], true
		}
		wide := min(max(number(props.val("gridSpan"), 1), 1), maxColumns)
		for range wide {
			cells = append(cells, c)
		}
		merged = merged || wide > 1
	}
	return cells, merged
}

func cellsOf(row *node) []*node {
	var list []*node
	for _, k := range row.kids {
		switch k.name {
		case "tc":
			list = append(list, k)
		case "sdt":
			list = append(list, cellsOf(orEmpty(k.kid("sdtContent")))...)
		case "customXml":
			list = append(list, cellsOf(k)...)
		}
	}
	return list
}

func (b *body) row(cells []*node, path []*policy.Container, head bool) {
	kind := policy.Cell
	if head {
		kind = policy.HeadCell
	}
	for _, c := range cells {
		in := append(append([]*policy.Container(nil), path...), &policy.Container{Kind: kind})
		before := len(b.blocks)
		b.open = nil
		b.elements(c, in)
		b.flush(in)
		if len(b.blocks) == before {
			b.blocks = append(b.blocks, policy.Block{Kind: policy.Text, Path: in}) // an empty cell is a cell
		}
	}
	b.open = nil
}
