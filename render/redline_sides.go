package render

import (
	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
)

// sides writes rows as a table: the old text on the left, the new one on the
// right, a block beside its partner. The new side holds the deleted words too,
// for screens so narrow that the style sheet shows it alone; elsewhere they are
// hidden.
func (p *page) sides(rows []redline.Row) {
	p.b.WriteString(`<table class="redline-sides">` + "\n<thead><tr><th scope=\"col\">" + p.notes.say(p.notes.language.before) +
		`</th><th scope="col">` + p.notes.say(p.notes.language.after) + "</th></tr></thead>\n<tbody>\n")
	for len(rows) > 0 {
		n := 1
		for n < len(rows) && p.together(rows[n-1], rows[n]) {
			n++
		}
		open := "<tr>\n<td>"
		if gone(rows[:n]) {
			open = "<tr class=\"redline-gone\">\n<td>"
		}
		p.b.WriteString(open)
		p.side(rows[:n], true)
		p.b.WriteString("</td>\n<td>")
		p.side(rows[:n], false)
		p.b.WriteString("</td>\n</tr>\n")
		rows = rows[n:]
	}
	p.b.WriteString("</tbody>\n</table>\n")
}

// gone reports whether rows have no new side.
func gone(rows []redline.Row) bool {
	for _, r := range rows {
		if r.New != nil {
			return false
		}
	}
	return true
}

// together reports whether two rows are cells of one table row.
func (p *page) together(a, b redline.Row) bool {
	x, y := p.tableRow(a), p.tableRow(b)
	return x != nil && x == y
}

func (p *page) tableRow(r redline.Row) *policy.Container {
	if r.New != nil {
		return innermost(r.New, policy.Row)
	}
	c := innermost(r.Old, policy.Row)
	if partner := p.pairs[c]; partner != nil {
		return partner
	}
	return c
}

// side writes one side of rows. The change is told on the new side, or on the
// old one if there is no other.
func (p *page) side(rows []redline.Row, old bool) {
	for _, r := range rows {
		if old && r.Old == nil || !old && r.New == nil {
			continue
		}
		one := oneSided(r, old)
		p.narrow = !old
		if old && r.New != nil {
			one.Change = 0
		}
		p.row(one)
	}
	p.narrow = false
	p.closeTo(0)
}

// oneSided returns the part of a row that belongs to one text; of the new one,
// with the words that went.
func oneSided(r redline.Row, old bool) redline.Row {
	out := redline.Row{Kind: r.Kind, Move: r.Move, Change: r.Change}
	if !old {
		out.New, out.Edits = r.New, r.Edits
		return out
	}
	out.Old = r.Old
	for _, e := range r.Edits {
		if e.Op == redline.Insert {
			continue
		}
		if e.Old != nil {
			e.Spans = e.Old
		}
		out.Edits = append(out.Edits, e)
	}
	return out
}
