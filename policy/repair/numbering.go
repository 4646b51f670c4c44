package repair

import (
	"bytes"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/codicil/codicil/policy"
)

// Numbering mends the numbers of a Markdown policy and nothing else: sibling
// headings count on from the first in one style (that of most, else arabic), clauses such
// as 4.2 and (a) count on below them, items of one list close their numbers
// alike, citations ("section 7") follow the clause they name, and a renumbered
// heading states the {#id} it had, so that links keep working. Each change is
// a repair.
//
// An error is a *policy.Diagnostic from policy.Parse.
func Numbering(name string, src []byte) (out []byte, repairs []Repair, err error) {
	out = unixLines(src)
	for range passes {
		next, more, err := numberOnce(name, out)
		if err != nil {
			return nil, nil, err
		}
		repairs = append(repairs, more...)
		if bytes.Equal(next, out) {
			break
		}
		out = next
	}
	more, err := remaining(name, out, repairs)
	return out, append(settled(repairs), more...), err
}

// remaining returns as doubts what a check still finds about the numbers, and
// what no repair has named: two clauses of one number are never in order.
func remaining(name string, src []byte, repairs []Repair) ([]Repair, error) {
	d, err := policy.Parse(name, src)
	if err != nil {
		return nil, err
	}
	about := []string{"number-repeated", "number-gap", "numbering-style", "item-delimiter", "dead-reference"}
	var left []Repair
	for _, found := range append(Lint(d, src), policy.Check(d)...) {
		named := func(r Repair) bool { return r.Line == found.Line && r.Open() }
		if !slices.Contains(about, found.Rule) || slices.ContainsFunc(repairs, named) || slices.ContainsFunc(left, named) {
			continue
		}
		left = append(left, Repair{Line: found.Line, Column: found.Column, Rule: found.Rule, Message: found.Message})
	}
	return left, nil
}

// passes is how often a text is read again after its marks were mended: a
// mended mark can turn words into an item, whose mark may need mending too.
// Two passes are enough for all texts seen; no line moves between them.
const passes = 8

// settled drops the doubts that later passes report again.
func settled(repairs []Repair) []Repair {
	var kept []Repair
	for _, r := range repairs {
		if !r.Open() || !slices.ContainsFunc(kept, func(k Repair) bool { return k.Line == r.Line && k.Before == r.Before && k.Rule == r.Rule }) {
			kept = append(kept, r)
		}
	}
	return kept
}

func numberOnce(name string, src []byte) (out []byte, repairs []Repair, err error) {
	d, err := policy.Parse(name, src)
	if err != nil {
		return nil, nil, err
	}
	m := newMarkdown(d, string(src))
	m.plan()
	m.marks()
	m.citations()
	m.anchors()
	out, repairs = m.apply()
	return out, repairs, nil
}

// edit replaces a stretch of a text.
type edit struct {
	at, end int
	text    string
	rule    string
	message string
}

// markdown is a Markdown text with the units found in it.
type markdown struct {
	doc    *policy.Document
	src    string
	starts []int // offset of each line
	body   int   // offset at which the body begins
	units  []*unit
	blocks map[*unit]*policy.Block
	edits  []edit
}

func newMarkdown(d *policy.Document, src string) *markdown {
	m := &markdown{doc: d, src: src, starts: []int{0}, blocks: make(map[*unit]*policy.Block)}
	for i := range src {
		if src[i] == '\n' {
			m.starts = append(m.starts, i+1)
		}
	}
	_, _, line := policy.SplitFrontMatter([]byte(src))
	m.body = m.starts[min(line, len(m.starts))-1]
	m.find()
	return m
}

// line returns the text of a line, numbered from 1.
func (m *markdown) line(n int) string {
	if n < 1 || n > len(m.starts) {
		return ""
	}
	text := m.src[m.starts[n-1]:]
	if end := strings.IndexByte(text, '\n'); end >= 0 {
		return text[:end]
	}
	return text
}

// plan decides the marks of all units.
func (m *markdown) plan() {
	planGroups(m.units)
	for _, q := range sequences(m.units) {
		planSequence(q)
	}
}

// planSequence gives a run of clauses one kind of delimiter. Numbers that are
// cited, 4.2 and (a), count on; those of plain lists may start where they like.
func planSequence(q *sequence) {
	model := delimiters(q.units)
	first := q.units[0]
	for i, u := range q.units {
		u.expected = first.mark.value + i
		k := u.mark
		k.open, k.close = model.open, model.close
		u.why = "the items beside it close their numbers in another way"
		number := k.number
		switch {
		case k.style == decimal:
			number = decimalNumber(first, u)
		case k.open == "(":
			number = k.style.number(u.expected)
		}
		if number == "" {
			continue
		}
		if number != k.number {
			u.why = "the clause counts on from the one before it"
		}
		u.want = k.renumbered(number)
		u.want.value = u.expected
	}
}

// decimalNumber returns the number of a clause below its section, or the one
// it has when its first part names another section.
func decimalNumber(first, u *unit) string {
	for _, above := range []*unit{first.above, first.section} {
		if above != nil && above.marked() && first.mark.base() == above.oldReference() {
			return above.reference() + "." + arabic.number(u.expected)
		}
	}
	return u.mark.number
}

// delimiters returns the mark whose delimiters most units of a run have. A
// comma is none that a reader expects.
func delimiters(units []*unit) mark {
	counts := make(map[string]int)
	for _, u := range units {
		counts[u.mark.open+u.mark.close]++
	}
	model, most := mark{close: "."}, 0
	for _, u := range units {
		n := counts[u.mark.open+u.mark.close]
		if u.mark.close == "," || u.mark.close == "、" {
			n = 0
		}
		if n > most {
			model, most = u.mark, n
		}
	}
	return model
}

// marks writes down the edits of the marks.
func (m *markdown) marks() {
	for _, u := range m.units {
		if !u.changed() || u.offset < 0 {
			continue
		}
		rule := "clause-number"
		if u.role == head {
			rule = "heading-number"
		}
		at := m.starts[u.line-1] + u.offset
		before := m.written(u)
		after := strings.TrimSuffix(u.want.text, " ")
		if !u.marked() {
			after += " "
		}
		if strings.Contains(before, `\`) {
			after = strings.TrimSuffix(after, u.want.close) + `\` + u.want.close
		}
		m.edits = append(m.edits, edit{at, at + len(before), after, rule, u.why})
	}
}

// written returns the mark as it is in the source, escapes and all,
// without the space behind it.
func (m *markdown) written(u *unit) string {
	mark := strings.TrimSpace(u.mark.text)
	rest := m.line(u.line)[u.offset:]
	if strings.HasPrefix(rest, mark) {
		return mark
	}
	return rest[:len(mark)+1]
}

// citations writes down the edits of the numbers that the text cites.
func (m *markdown) citations() {
	r := renamed(m.units)
	taken := make(map[int]bool)
	for _, e := range m.edits {
		for i := e.at; i < max(e.end, e.at+1); i++ {
			taken[i] = true
		}
	}
	r.follow(m.src[m.body:], m.heading, func(c cite, after, message string) {
		at := m.body + c.at
		if !taken[at] && !listsLaw(m.line, sort.SearchInts(m.starts, at+1)) {
			m.edits = append(m.edits, edit{at, m.body + c.end, after, "cross-reference", message})
		}
	})
}

// heading returns the heading under which an offset of the body is.
func (m *markdown) heading(at int) *unit {
	line := sort.SearchInts(m.starts, m.body+at+1)
	var last *unit
	for _, u := range m.units {
		if u.role == head && u.line <= line {
			last = u
		}
	}
	return last
}

// apply carries out the edits, in reading order.
func (m *markdown) apply() ([]byte, []Repair) {
	sort.SliceStable(m.edits, func(i, j int) bool { return m.edits[i].at < m.edits[j].at })
	var b strings.Builder
	var repairs []Repair
	done := 0
	for _, e := range m.edits {
		if e.at < done {
			continue
		}
		line := sort.SearchInts(m.starts, e.at+1)
		repairs = append(repairs, Repair{
			Line: line, Column: 1 + utf8.RuneCountInString(m.src[m.starts[line-1]:e.at]), Rule: e.rule,
			Message: e.message, Before: strings.TrimSpace(m.src[e.at:e.end]), After: strings.TrimSpace(e.text),
		})
		b.WriteString(m.src[done:e.at] + e.text)
		done = e.end
	}
	b.WriteString(m.src[done:])
	return []byte(b.String()), repairs
}
