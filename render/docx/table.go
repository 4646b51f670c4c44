package docx

import (
	"fmt"
	"unicode/utf8"

	"github.com/codicil/codicil/policy"
)

// pageWidth is that of the text on an A4 page, in twentieths of a point.
const pageWidth = 9026

// table writes a table. Its grid is as wide as its longest row: readers drop
// tables without one.
func (d *writer) table(n *node, width int) {
	left := n.indentation()
	widths := columns(n, width-left)
	d.put(`<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/>`)
	if left > 0 {
		d.put(fmt.Sprintf(`<w:tblInd w:w="%d" w:type="dxa"/>`, left))
	}
	d.put(`<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/></w:tblPr><w:tblGrid>`)
	for _, w := range widths {
		d.put(fmt.Sprintf(`<w:gridCol w:w="%d"/>`, w))
	}
	d.put(`</w:tblGrid>`)
	for _, row := range n.kids {
		d.row(row, widths)
	}
	d.put(`</w:tbl>`)
}

// row writes a row; one that came or went is tracked as such.
func (d *writer) row(n *node, widths []int) {
	d.put(`<w:tr>`)
	properties := ""
	if n.kids[0].kind() == policy.HeadCell {
		properties += `<w:tblHeader/>`
	}
	if f := n.trackedChange(); f != stays {
		properties += d.change(f.element()) + `/>`
	}
	d.put(`<w:trPr>`, properties, `</w:trPr>`)
	for i, cell := range n.kids {
		d.put(fmt.Sprintf(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>`, widths[i]))
		if f := cell.trackedChange(); f != stays && n.trackedChange() == stays {
			d.put(d.change(map[trackedChange]string{comes: "cellIns", goes: "cellDel"}[f]), `/>`)
		}
		d.put(`</w:tcPr>`)
		d.nodes(cell.kids, widths[i])
		d.put(`</w:tc>`)
	}
	d.put(`</w:tr>`)
}

// The longest words of a cell count for the width of its column, within these
// numbers of characters.
const (
	narrow = 8
	wide   = 120
)

// columns divides a width among the columns of a table by what they hold.
func columns(n *node, width int) []int {
	var weights []int
	for _, row := range n.kids {
		for i, cell := range row.kids {
			if i == len(weights) {
				weights = append(weights, narrow)
			}
			weights[i] = max(weights[i], min(wide, cell.longest()))
		}
	}
	total := 0
	for _, w := range weights {
		total += w
	}
	for i, w := range weights {
		weights[i] = max(1, width*w/total)
	}
	return weights
}

// longest is the length of the longest paragraph in a cell, in characters.
func (n *node) longest() int {
	most := 0
	for _, k := range n.kids {
		if k.para != nil {
			most = max(most, utf8.RuneCountInString(k.para.shown().Text()))
		}
	}
	return most
}

// indentation is that of the quotes and items in which a table is.
func (n *node) indentation() int {
	b := n.kids[0].kids[0].first()
	left := 0
	for _, c := range b.Path {
		switch {
		case c == n.old || c == n.new:
			return min(left, maxIndent)
		case c.Kind == policy.Quote || c.Kind == policy.Item:
			left += indent
		case c.Kind == policy.Table:
			left = 0
		}
	}
	return left
}

// first returns the block of the first paragraph in a cell.
func (n *node) first() *policy.Block {
	for n.para == nil {
		n = n.kids[0]
	}
	return n.para.shown()
}
