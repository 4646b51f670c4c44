package repair

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/codicil/codicil/policy"
)

// known holds the numbers by which the clauses of a text can be cited.
type known struct {
	numbers  map[string]bool
	prefixes map[string]bool // "4" where a 4.1 exists
	styles   map[style]int   // how many headings and decimals are numbered so
	articles bool            // the text calls its clauses articles
}

// enough is how many numbered clauses show how a text counts.
const enough = 3

// references names citations of sections that the text does not have.
func (l *linter) references() {
	k := l.known()
	line := func(n int) string {
		if n < 1 || n > len(l.lines) {
			return ""
		}
		return l.lines[n-1].raw
	}
	for _, p := range l.passages() {
		for _, c := range cites(p.cited) {
			if k.lacks(c) && !listsLaw(line, p.line) {
				l.report("dead-reference", p.line, l.column(p, c.at), fmt.Sprintf("the text cites %s %s, and has no such clause", c.kind, c.number),
					"cite the clause by the number it has")
			}
		}
	}
}

// lacks reports whether the text is certain not to have what is cited. It is
// not certain where the text counts in another way: by items, or in a law.
func (k *known) lacks(c cite) bool {
	base, _, _ := strings.Cut(strings.TrimLeft(c.number, "0"), "(")
	if base == "" {
		return false
	}
	s, n := valueOf(base)
	if k.numbers[base] || k.styles[s] < enough || n >= 100 || c.kind == "paragraph" || c.kind == "article" && !k.articles {
		return false
	}
	if s == decimal {
		section, _, _ := strings.Cut(base, ".")
		return k.prefixes[mark{number: base}.base()] || !k.numbers[section]
	}
	return s == arabic || s == roman
}

// lettered is a number with a letter behind it: 10A.
var lettered = regexp.MustCompile(`^(\d{1,3})[A-Z]\b`)

// known collects the numbers of the text's units: each by itself, and an item
// also below the section it is in.
func (l *linter) known() *known {
	k := &known{numbers: l.doc.NumbersWritten(), prefixes: make(map[string]bool), styles: make(map[style]int)}
	l.boldNumbers(k)
	var section *unit
	for _, u := range l.units {
		if u.role == head {
			section = u
		}
		if m := lettered.FindStringSubmatch(u.words); m != nil {
			k.numbers[m[1]] = true
		}
		if !u.marked() {
			continue
		}
		if u.role == head || u.mark.style == decimal {
			k.styles[u.mark.style]++
		}
		k.articles = k.articles || strings.HasPrefix(strings.ToLower(u.mark.prefix), "art")
		k.numbers[u.mark.number] = true
		k.prefixes[u.mark.base()] = true
		for _, above := range []*unit{section, u.above} {
			if above != nil && above != u && above.marked() {
				k.numbers[above.mark.number+"."+u.mark.number] = true
			}
		}
	}
	return k
}

// boldNumbers adds numbers that are bold in the midst of a paragraph: some
// texts run their clauses together.
func (l *linter) boldNumbers(k *known) {
	for i := range l.doc.Blocks {
		for _, s := range l.doc.Blocks[i].Spans {
			if s.Style&policy.Strong == 0 {
				continue
			}
			if m, ok := readMark(strings.TrimSpace(s.Text)+" ", false); ok {
				k.numbers[m.number] = true
			}
		}
	}
}

// citedWords returns the words of a block without those of links to other pages:
// what they cite is there.
func citedWords(b *policy.Block) string {
	var text strings.Builder
	for _, s := range b.Spans {
		if s.Link != "" && !strings.HasPrefix(s.Link, "#") {
			text.WriteString(strings.Repeat("\x00", len(s.Text)))
			continue
		}
		text.WriteString(s.Text)
	}
	return text.String()
}
