package docx

import "strconv"

// body writes document.xml up to the end of its words.
func (d *writer) body(nodes []*node) {
	d.put(xmlHeader, `<w:document `, namespaces, `><w:body>`)
	d.nodes(nodes, pageWidth)
	d.put(`<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440"`,
		` w:header="708" w:footer="708" w:gutter="0"/></w:sectPr></w:body></w:document>`)
}

// nodes writes what is in the body or a cell, which must end with a
// paragraph. Two tables need one between them, or they would be one table.
func (d *writer) nodes(nodes []*node, width int) {
	table := true
	for i, n := range nodes {
		if n.para != nil {
			d.paragraph(*n.para)
			table = false
			continue
		}
		if table && i > 0 {
			d.put(`<w:p/>`)
		}
		d.table(n, width)
		table = true
	}
	if table {
		d.put(`<w:p/>`)
	}
}

// paragraph writes a paragraph, after those that bear the numbers of items
// without words of their own.
func (d *writer) paragraph(p para) {
	before, after := d.before.leads[p.old], d.after.leads[p.new]
	for i := range max(len(before), len(after)) {
		lead := para{words: p.words, mark: p.mark}
		if i < len(before) {
			lead.old = &before[i]
		}
		if i < len(after) {
			lead.new = &after[i]
		}
		switch {
		case lead.new == nil:
			lead.mark = goes
		case lead.old == nil:
			lead.mark = comes
		}
		d.one(lead)
	}
	d.one(p)
}

// one writes one paragraph.
func (d *writer) one(p para) {
	rangeEnd := ""
	d.put(`<w:p>`)
	pieces := p.pieces()
	d.paragraphProperties(p)
	d.links.bookmark(d, p.new)
	d.links.bookmark(d, p.old)
	if p.move != 0 {
		rangeEnd = d.moveRange(p.words, p.move)
	}
	d.pieces(pieces)
	d.put(`</w:p>`, rangeEnd)
}

// paragraphProperties writes the form of a paragraph, the trackedChange of its mark,
// and the form that it had.
func (d *writer) paragraphProperties(p para) {
	now := d.before.form
	if p.new != nil {
		now = d.after.form
	}
	f := now(p.shown())
	d.put(`<w:pPr>`)
	d.properties(f, rightToLeft(p.shown().Text()))
	if p.mark != stays {
		d.put(`<w:rPr>`, d.change(p.mark.element()), `/></w:rPr>`)
	}
	if p.old != nil && p.new != nil {
		if was := d.before.form(p.old); was != f {
			d.put(d.change("pPrChange"), `><w:pPr>`)
			d.properties(was, rightToLeft(p.old.Text()))
			d.put(`</w:pPr></w:pPrChange>`)
		}
	}
	d.put(`</w:pPr>`)
}

// moveRange writes the start of a move's range, and returns its end. The name
// joins the two places of a move.
func (d *writer) moveRange(f trackedChange, move int) (end string) {
	id := strconv.Itoa(d.nextID())
	d.put(`<w:`, f.element(), `RangeStart w:id="`, id, `"`, d.changedBy, ` w:name="move`, strconv.Itoa(move), `"/>`)
	return `<w:` + f.element() + `RangeEnd w:id="` + id + `"/>`
}
