package render

import (
	"strconv"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
)

// page writes a redline with all that helps to read it.
type page struct {
	redliner
	options RedlineOptions
}

func newPage(t *tree, r *redline.Redline, o RedlineOptions) *page {
	n := newNotes(o.Lang)
	n.moves = make(map[string]string)
	for _, row := range r.Rows {
		if row.Change > 0 {
			n.changes++
			t.ids["c-"+strconv.Itoa(row.Change)] = true
		}
		t.reserve(row)
		n.noteMoves(row)
	}
	return &page{redliner{tree: t, notes: n, old: o.Old, new: o.New}, o}
}

// reserve keeps the anchors of moves from being taken by clauses.
func (t *tree) reserve(row redline.Row) {
	moves := []int{row.Move}
	for _, e := range row.Edits {
		moves = append(moves, e.Move)
	}
	for _, m := range moves {
		t.ids[place(redline.Delete, m)] = true
		t.ids[place(redline.Insert, m)] = true
	}
}

func (p *page) write(r *redline.Redline) {
	p.b.WriteString(`<div class="redline">` + "\n" + `<p class="redline-summary"` + p.notes.lang + `>` + escape(p.notes.stat(r.Stat())))
	if p.notes.changes > 0 {
		p.b.WriteString(` <a href="#c-1">` + escape(p.notes.first) + `</a>`)
	}
	p.b.WriteString("</p>\n")
	if r.Limited {
		p.b.WriteString(`<p class="redline-limited"` + p.notes.lang + `>` + escape(p.notes.limited) + "</p>\n")
	}
	stretches := []stretch{{rows: r.Rows}}
	if !p.options.Open {
		stretches = p.stretches(r.Rows)
	}
	for _, s := range stretches {
		p.stretch(s)
	}
	if r.Omitted > 0 {
		p.b.WriteString(`<p class="redline-limited"` + p.notes.lang + `>` + escape(p.notes.rest(r)) + "</p>\n")
	}
	p.b.WriteString("</div>\n")
}

// stretch writes rows up to the next border between folded and open ones.
func (p *page) stretch(s stretch) {
	unchanged := p.notes.say(p.notes.unchanged.of(len(s.rows)))
	switch {
	case !s.folded:
		p.rows(s.rows)
	case p.options.Brief && p.options.Whole != "":
		p.b.WriteString(`<p class="redline-unchanged"><a href="` + escape(p.options.Whole+p.anchorOf(s)) + `">` + unchanged + "</a></p>\n")
	case p.options.Brief:
		p.b.WriteString(`<p class="redline-unchanged">` + unchanged + "</p>\n")
	default:
		p.b.WriteString(`<details class="redline-unchanged"><summary>` + unchanged + "</summary>\n")
		p.rows(s.rows)
		p.b.WriteString("</details>\n")
	}
}

// anchorOf returns the link to the first clause or heading of a stretch in the new
// text; empty when it has none.
func (p *page) anchorOf(s stretch) string {
	for _, row := range s.rows {
		if b := row.New; b != nil && b.ID != "" {
			return "#" + b.ID
		}
		if b := row.New; b != nil && b.Clause != nil && b.Clause.ID != "" {
			return "#" + b.Clause.ID
		}
	}
	return ""
}

func (p *page) rows(rows []redline.Row) {
	if p.options.SideBySide {
		p.sides(rows)
		return
	}
	for _, row := range rows {
		p.row(row)
	}
	p.closeTo(0)
}

// stretch is a run of rows that are folded away together, or are not.
type stretch struct {
	rows   []redline.Row
	folded bool
}

// How much unchanged text stays open beside a change, and how much is left to
// be worth folding, both in outermost elements.
const (
	context  = 1
	foldFrom = 3
)

// stretches cuts the rows where elements of the page end, for only whole lists
// and tables can be folded.
func (p *page) stretches(rows []redline.Row) []stretch {
	chunks := p.chunks(rows)
	open := make([]bool, len(chunks))
	for i, c := range chunks {
		if c.folded {
			continue
		}
		for k := max(0, i-context); k <= min(i+context, len(chunks)-1); k++ {
			open[k] = true
		}
	}
	p.openLeads(chunks, open)
	openHeadings(chunks, open)
	var out []stretch
	for i := 0; i < len(chunks); {
		k, size := i, 0
		for k < len(chunks) && open[k] == open[i] {
			size += len(chunks[k].rows)
			k++
		}
		folded := !open[i] && k-i >= foldFrom
		if n := len(out) - 1; n < 0 || out[n].folded != folded {
			out = append(out, stretch{folded: folded, rows: rows[:0]})
		}
		last := &out[len(out)-1]
		last.rows = last.rows[:len(last.rows)+size] // what follows it are the next rows
		rows, i = rows[size:], k
	}
	return out
}

// openLeads opens what stands before each list or table that is open: its lead-in says
// of what the items are.
func (p *page) openLeads(chunks []stretch, open []bool) {
	for i := len(chunks) - 1; i > 0; i-- {
		if open[i] && p.outermost(&chunks[i].rows[0]) != nil {
			open[i-1] = true
		}
	}
}

// openHeadings opens the headings above each chunk that is open: who reads a
// change wants to know which clause it is in.
func openHeadings(chunks []stretch, open []bool) {
	var above []int // the headings above the next chunk, outermost first
	for i, c := range chunks {
		level := c.level()
		for n := len(above); n > 0 && level > 0 && chunks[above[n-1]].level() >= level; n-- {
			above = above[:n-1]
		}
		if open[i] {
			for _, k := range above {
				open[k] = true
			}
		}
		if level > 0 {
			above = append(above, i)
		}
	}
}

// level is that of the heading which a stretch is, or 0.
func (s stretch) level() int {
	if len(s.rows) != 1 || len(shown(s.rows[0]).Path) > 0 || shown(s.rows[0]).Kind != policy.Heading {
		return 0
	}
	return shown(s.rows[0]).Level
}

// chunks parts the rows by the outermost element that they are in; a chunk
// may be folded when nothing changed in it.
func (p *page) chunks(rows []redline.Row) []stretch {
	var out []stretch
	var last *policy.Container
	for i := range rows {
		top := p.outermost(&rows[i])
		if top == nil || top != last {
			out = append(out, stretch{folded: true, rows: rows[i:i]})
		}
		last = top
		c := &out[len(out)-1]
		c.rows = c.rows[:len(c.rows)+1]
		c.folded = c.folded && rows[i].Kind == redline.Equal
	}
	return out
}

// outermost returns the outermost container of a row, as the new text has it
// if it does.
func (p *page) outermost(row *redline.Row) *policy.Container {
	switch {
	case row.New != nil && len(row.New.Path) > 0:
		return row.New.Path[0]
	case row.New == nil && len(row.Old.Path) > 0:
		top := row.Old.Path[0]
		if partner := p.pairs[top]; partner != nil {
			return partner
		}
		return top
	}
	return nil
}
