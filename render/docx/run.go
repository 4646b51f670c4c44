package docx

import (
	"strings"
	"unicode"

	"github.com/codicil/codicil/policy"
)

// pieces writes words: in the ranges of moves, in links, in changes, in runs.
// Neighbours share what they have in common.
func (d *writer) pieces(ps []piece) {
	for len(ps) > 0 {
		n := alike(ps, func(a, b piece) bool { return a.move == b.move })
		end := ""
		if ps[0].move != 0 {
			end = d.moveRange(direction(ps[:n]), ps[0].move)
		}
		d.linked(ps[:n])
		d.put(end)
		ps = ps[n:]
	}
}

// direction of the words of one move: those that came or went on the way are
// within its range.
func direction(ps []piece) trackedChange {
	for _, p := range ps {
		if p.trackedChange == leaves {
			return leaves
		}
	}
	return arrives
}

func (d *writer) linked(ps []piece) {
	for len(ps) > 0 {
		n := alike(ps, func(a, b piece) bool { return target(a.Span) == target(b.Span) })
		start := d.links.open(target(ps[0].Span))
		d.put(start)
		d.changed(ps[:n], start != "")
		if start != "" {
			d.put(`</w:hyperlink>`)
		}
		ps = ps[n:]
	}
}

// target is where a span leads. A picture is a link to it that shows its
// description, for nothing is ever loaded.
func target(s policy.Span) string {
	if s.Link != "" {
		return s.Link
	}
	return s.Image
}

func (d *writer) changed(ps []piece, link bool) {
	for len(ps) > 0 {
		n := alike(ps, func(a, b piece) bool { return a.trackedChange == b.trackedChange })
		if name := ps[0].trackedChange.element(); name != "" {
			d.put(d.change(name), `>`)
			d.runs(ps[:n], link)
			d.put(`</w:`, name, `>`)
		} else {
			d.runs(ps[:n], link)
		}
		ps = ps[n:]
	}
}

func (d *writer) runs(ps []piece, link bool) {
	for _, p := range ps {
		if p.cut {
			d.put(d.change("del"), `>`)
		}
		d.run(p, link)
		if p.cut {
			d.put(`</w:del>`)
		}
	}
}

// run writes one run. Line ends are breaks.
func (d *writer) run(p piece, link bool) {
	text := "w:t"
	if p.trackedChange == goes || p.cut {
		text = "w:delText"
	}
	d.put(`<w:r>`)
	d.runProperties(p, link)
	for p.Text != "" {
		at := strings.IndexAny(p.Text, "\n\t")
		if at < 0 {
			at = len(p.Text)
		}
		if at > 0 {
			d.put(`<`, text, ` xml:space="preserve">`, escape(p.Text[:at]), `</`, text, `>`)
		}
		if p.Text = p.Text[at:]; p.Text != "" {
			d.put(map[byte]string{'\n': `<w:br/>`, '\t': `<w:tab/>`}[p.Text[0]])
			p.Text = p.Text[1:]
		}
	}
	d.put(`</w:r>`)
}

func (d *writer) runProperties(p piece, link bool) {
	script := scriptOf(p.Text)
	now := styleProperties(p.Style, link, script)
	if p.was != nil {
		now += d.change("rPrChange") + `><w:rPr>` + styleProperties(*p.was, link, script) + `</w:rPr></w:rPrChange>`
	}
	if now != "" {
		d.put(`<w:rPr>`, now, `</w:rPr>`)
	}
}

// styleProperties writes a style. The order of the elements is that of
// EG_RPrBase.
func styleProperties(s policy.Style, link bool, sc script) string {
	out := ""
	switch {
	case s&policy.Monospace != 0:
		out += `<w:rStyle w:val="VerbatimChar"/>`
	case link:
		out += `<w:rStyle w:val="Hyperlink"/>`
	}
	if sc == eastAsian {
		out += `<w:rFonts w:hint="eastAsia"/>`
	}
	for _, e := range []struct {
		style policy.Style
		tags  string
	}{
		{policy.Strong, `<w:b/><w:bCs/>`},
		{policy.Emphasis, `<w:i/><w:iCs/>`},
		{policy.Strike, `<w:strike/>`},
	} {
		if s&e.style != 0 {
			out += e.tags
		}
	}
	if link && s&policy.Monospace != 0 {
		out += `<w:color w:val="0563C1"/><w:u w:val="single"/>`
	}
	if sc == fromRight {
		out += `<w:rtl/>`
	}
	return out
}

// script is what Word must be told about the letters of a run.
type script uint8

const (
	fromLeft  script = iota
	fromRight        // Arabic, Hebrew and the like
	eastAsian        // marks between ideographs take the fonts of these
)

func scriptOf(text string) script {
	for _, r := range text {
		if s := scriptOfRune(r); s != fromLeft {
			return s
		}
	}
	return fromLeft
}

func scriptOfRune(r rune) script {
	switch {
	case r < 0x590:
		return fromLeft
	case unicode.In(r, unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana, unicode.Nko):
		return fromRight
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul):
		return eastAsian
	}
	return fromLeft
}

// rightToLeft reports whether the first letter of a text runs from the right,
// which makes its paragraph do so (UAX #9, rule P2).
func rightToLeft(text string) bool {
	for _, r := range text {
		if unicode.IsLetter(r) {
			return scriptOfRune(r) == fromRight
		}
	}
	return false
}

// alike counts the pieces at the head of ps that are alike.
func alike(ps []piece, same func(a, b piece) bool) int {
	n := 1
	for n < len(ps) && same(ps[0], ps[n]) {
		n++
	}
	return n
}
