package repair

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/codicil/codicil/policy"
)

// plainWriter numbers the units of a plain text and writes them as Markdown.
type plainWriter struct {
	units     []*unit
	parts     []paragraph
	sequences []*sequence
	repairs   []Repair
}

func (p *plainWriter) report(u *unit, rule, message, before, after string) {
	column := 1 + len([]rune(p.rawOf(u)[:max(0, u.offset)]))
	p.repairs = append(p.repairs, Repair{Line: u.line, Column: column, Rule: rule, Message: message, Before: before, After: after})
}

func (p *plainWriter) rawOf(u *unit) string {
	for i := range p.units {
		if p.units[i] == u {
			return p.parts[i].lines[0].raw
		}
	}
	return ""
}

// number decides the mark of every heading and clause.
func (p *plainWriter) number() {
	planGroups(p.units)
	for _, q := range p.sequences {
		numberSequence(q)
	}
}

// numberSequence numbers a run of clauses: 2.1 below heading 2, (1) or (a)
// below a clause. Elsewhere it only closes their numbers alike.
func numberSequence(q *sequence) {
	model, first := delimiters(q.units), q.units[0].mark.value
	for i, u := range q.units {
		u.expected = first + i
		k := u.mark
		k.prefix = ""
		number := k.number
		base, ok := u.base()
		switch {
		case ok:
			k.style, k.open, k.close = decimal, "", ""
			number = base + "." + strconv.Itoa(u.place())
		case k.style == decimal: // as planSequence has it: what is written here is read there again
			k.prefix, k.open, k.close = u.mark.prefix, model.open, model.close
			number = decimalNumber(q.units[0], u)
		case k.style == han:
			continue
		case u.level > 0 && (model.open == "(" || k.style != arabic): // 1) may hold (1) in turn
			k.open, k.close = "(", ")"
			number = k.style.number(u.expected)
		default:
			if k.open, k.close = model.open, model.close; k.open == "(" {
				number = k.style.number(u.expected)
			}
		}
		if number != "" { // the style reaches so far
			u.want = k.renumbered(number)
		}
	}
}

// base returns the number that a clause counts under, where it counts by
// decimals: an arabic one directly below a numbered heading, or 1.1.1.
func (u *unit) base() (string, bool) {
	switch {
	case u.level == 0 && u.mark.open == "" && (u.mark.style == arabic || u.mark.style == decimal) && u.section != nil && u.section.numbered():
		return u.section.reference(), true
	case u.level > 0 && u.mark.style == decimal && u.above != nil:
		return u.above.reference(), u.above.want.style == decimal
	}
	return "", false
}

func (u *unit) numbered() bool { return u.marked() || u.want.style != "" }

// place is the position of a clause below its heading; a list that starts
// over there counts on.
func (u *unit) place() int {
	if u.level > 0 {
		return u.expected
	}
	u.section.children++ // even where the text starts over
	return u.section.children
}

// body writes all units, first without anchors, and then with those that
// policy.Parse would make for them, so that they are stated once and stay.
func (p *plainWriter) body(name string) ([]byte, error) {
	bare := p.write(nil)
	d, err := policy.Parse(name, []byte("\n"+bare))
	if err != nil {
		return nil, fmt.Errorf("read back what was written: %w", err)
	}
	ids := make(map[int]string)
	for i := range d.Blocks {
		if b := &d.Blocks[i]; b.ID != "" && len(b.Path) == 0 {
			ids[b.Line-2] = b.ID
		}
	}
	return []byte(p.write(ids)), nil
}

// write writes all units; ids are by the line, from 0, on which a unit begins.
func (p *plainWriter) write(ids map[int]string) string {
	var b strings.Builder
	lines := 0
	var last *unit
	before := ""
	for i, u := range p.units {
		text := p.unit(u, &p.parts[i], ids == nil)
		if text == "" {
			continue
		}
		if last != nil && !(last.role == bullet && u.role == bullet) {
			b.WriteString("\n")
			lines++
		}
		if u.starts && listItem.MatchString(before) && listItem.MatchString(text) {
			b.WriteString(separator + "\n\n") // else Markdown counts on
			lines += 2
		}
		if id := ids[lines]; id != "" {
			text += " {#" + escape(id, inParagraph) + "}"
		}
		b.WriteString(text + "\n")
		lines += strings.Count(text, "\n") + 1
		last, before = u, text
	}
	return b.String()
}

// listItem is a clause that Markdown takes for an item of a list.
var listItem = regexp.MustCompile(`^\d{1,9}[.)] `)

// unit writes one unit; its repairs are reported the first time.
func (p *plainWriter) unit(u *unit, part *paragraph, first bool) string {
	report := func(rule, message, before, after string) {
		if first {
			p.report(u, rule, message, before, after)
		}
	}
	switch u.role {
	case title:
		report("title", "the first line became the title in the front matter", u.words, "title: "+u.words)
		return ""
	case extraName:
		report("second-title", "the text has a second title; it stays as a paragraph, and its author decides", u.words, u.words)
	case stray:
		report("stray-line", "the number of a page, alone on its line, is set aside as a comment: it reads like a leftover", u.words, strayComment(u.words))
		return strayComment(u.words)
	case divider:
		if part.first() != "***" {
			report("rule", "a line of marks became a thematic break", part.first(), "***")
		}
		return "***"
	case head:
		return p.heading(u, report)
	case clause:
		return p.clause(u, part, report)
	case bullet:
		if mark := strings.TrimSpace(u.mark.text); mark != "-" {
			report("bullet", "bullets are written with a hyphen", mark, "-")
		}
		return strings.ReplaceAll("- "+p.words(u, part), "\n", "\n  ")
	}
	return p.words(u, part)
}

type reporter func(rule, message, before, after string)

func strayComment(words string) string { return "<!-- stray line: " + words + " -->" }

func (p *plainWriter) heading(u *unit, report reporter) string {
	before := strings.TrimSpace(u.mark.text)
	text := strings.Repeat("#", u.level) + " "
	number := before
	if u.changed() {
		number = strings.TrimSpace(u.want.text)
		report("heading-number", u.why, before, number)
	}
	if number != "" {
		text += number + " "
	}
	if before == "" && number == "" {
		report("heading", "a short line alone between blank ones is read as a heading", u.words, text+u.words)
	}
	words := escape(u.words, inHeading)
	if strings.HasSuffix(words, "#") {
		words = words[:len(words)-1] + `\#`
	}
	return text + words
}

func (p *plainWriter) clause(u *unit, part *paragraph, report reporter) string {
	number := strings.TrimSpace(u.mark.text)
	if u.changed() {
		after := strings.TrimSpace(u.want.text)
		report("clause-number", fmt.Sprintf("clause %d below %s", u.expected, u.under()), number, after)
		number = after
	}
	if u.words == "" {
		return number + p.words(u, part) // which begin on the next line
	}
	return number + " " + p.words(u, part)
}

// under names what a clause is counted below.
func (u *unit) under() string {
	switch {
	case u.above != nil:
		above := u.above.mark
		if u.above.want.style != "" {
			above = u.above.want
		}
		return "clause " + strings.TrimSpace(above.text)
	case u.section != nil && u.section.numbered():
		return "section " + u.section.reference()
	case u.section != nil:
		return "its heading"
	}
	return "no heading"
}

// words writes the words of a unit, line by line.
func (p *plainWriter) words(u *unit, part *paragraph) string {
	lines := []string{escape(u.words, inPlain)}
	for _, l := range part.lines[1:] {
		lines = append(lines, escape(l.text, inPlain))
	}
	for i := range lines {
		if i > 0 || u.role != clause {
			lines[i] = guard(lines[i])
		}
	}
	if attributes.MatchString(part.lines[len(part.lines)-1].text) {
		lines[len(lines)-1] += " {:}"
	}
	return strings.Join(lines, "\n")
}
