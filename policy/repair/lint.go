package repair

import (
	"fmt"
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/codicil/codicil/policy"
)

// Lint returns the structural faults of a text, and phrases that do not do
// what their author hopes, in the order of its lines. The document is what
// policy.Parse made of src. A text without front matter and headings is taken
// for a plain one, so that a text can be judged before it is imported. Lint
// names only what it can show from the text; policy.Check finds numbers that
// skip or repeat, and dead anchors.
func Lint(d *policy.Document, src []byte) []*policy.Diagnostic {
	l := linter{name: d.Name, doc: d}
	src = unixLines(src)
	l.lines, _ = readLines(src)
	if l.plain = !IsMarkdown(src) && !hasHeading(d); !l.plain {
		l.units = newMarkdown(d, string(src)).units
		l.levels()
		l.boldHeadings()
		l.strayBlocks()
	} else {
		l.units, _ = plainUnits(l.lines)
		l.strayLines()
	}
	l.leftovers()
	l.numbering()
	l.delimiters()
	l.references()
	l.spaces()
	l.directions()
	l.struck()
	l.prose()
	l.terms()
	l.promisedTerms()
	l.dropped()
	sort.SliceStable(l.found, func(i, j int) bool { return l.found[i].Line < l.found[j].Line })
	return l.found
}

func hasHeading(d *policy.Document) bool {
	for i := range d.Blocks {
		if d.Blocks[i].Kind == policy.Heading {
			return true
		}
	}
	return false
}

type linter struct {
	name  string
	doc   *policy.Document
	plain bool // the text is no Markdown
	lines []line
	units []*unit
	found []*policy.Diagnostic
}

func (l *linter) report(rule string, line, column int, message, hint string) {
	l.found = append(l.found, &policy.Diagnostic{
		File: l.name, Line: line, Column: column, Level: policy.Warning, Rule: rule, Message: message, Hint: hint,
	})
}

// at reports a fault of a unit, at its mark.
func (l *linter) at(u *unit, rule, message, hint string) {
	column := 1
	if u.line <= len(l.lines) && u.offset > 0 && u.offset <= len(l.lines[u.line-1].raw) {
		column += utf8.RuneCountInString(l.lines[u.line-1].raw[:u.offset])
	}
	l.report(rule, u.line, column, message, hint)
}

const numberingHint = "run `codicil fix --numbering`, or number the headings alike by hand"

// numbering names the headings that are not numbered like those beside them;
// all of them where no style has the majority.
func (l *linter) numbering() {
	for _, members := range planGroups(l.units) {
		_, main := majority(members)
		if !mixed(members) {
			continue
		}
		for _, u := range members {
			if main == none || styleOf(u) != main {
				l.at(u, "numbering-style", fmt.Sprintf("heading %q: %s", u.name(), u.styleFault(main, len(members))), numberingHint)
			}
		}
	}
}

func mixed(units []*unit) bool {
	for _, u := range units {
		if styleOf(u) != styleOf(units[0]) {
			return true
		}
	}
	return false
}

// styleFault says what is wrong with a heading's style.
func (u *unit) styleFault(main style, n int) string {
	beside := "the headings beside it are numbered in " + string(main)
	if main == none {
		beside = "the headings beside it mix several styles"
	}
	own := "it is numbered in " + string(u.mark.style)
	if !u.marked() {
		own = "it has no number"
	}
	return fmt.Sprintf("%s, and %s; it is the %s of %d", own, beside, nth(u.expected), n)
}

func nth(n int) string {
	suffix := "th"
	if n%100 < 11 || n%100 > 13 {
		switch n % 10 {
		case 1:
			suffix = "st"
		case 2:
			suffix = "nd"
		case 3:
			suffix = "rd"
		}
	}
	return fmt.Sprintf("%d%s", n, suffix)
}

// delimiters names the items that close their number in another way than
// those they count on from.
func (l *linter) delimiters() {
	for _, q := range sequences(l.units) {
		model := delimiters(q.units)
		for _, u := range q.units {
			if len(q.units) > 1 && (u.mark.open != model.open || u.mark.close != model.close) {
				want := model.renumbered(u.mark.number)
				l.at(u, "item-delimiter", fmt.Sprintf("item %q is marked in another way than those beside it", u.name()),
					"write "+strings.TrimSpace(want.open+want.number+want.close))
			}
		}
	}
}

// levels names the headings that are more than one level below the one
// before them.
func (l *linter) levels() {
	last := 0
	for i := range l.doc.Blocks {
		b := &l.doc.Blocks[i]
		if b.Kind != policy.Heading {
			continue
		}
		if last > 0 && b.Level > last+1 {
			l.report("level-skipped", b.Line, 1, fmt.Sprintf("a heading of level %d follows one of level %d", b.Level, last),
				fmt.Sprintf("make it level %d", last+1))
		}
		last = b.Level
	}
}
