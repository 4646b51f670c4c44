package repair

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// paragraph is a run of lines that belong together.
type paragraph struct {
	lines []line
	alone bool // blank lines, or the ends of the text, are on both sides
}

func (p *paragraph) first() string { return p.lines[0].text }

// unwrapped is the length from which a line shows that the text keeps each
// paragraph on a line of its own.
const unwrapped = 100

var (
	bulletMark = regexp.MustCompile(`^(?:[-*+•·●▪◦‣]|–|—)\s+`)
	rulerLine  = regexp.MustCompile(`^(?:-\s*){3,}$|^(?:\*\s*){3,}$|^(?:_\s*){3,}$|^={3,}$`)
	// strayLine is the number of a page: 3, - 3 -, 3/9, Page 3 of 9.
	strayLine = regexp.MustCompile(`^[-–—\s\[(]*(?:(?i:page|seite|página|pagina|strona|p\.|s\.)\s*)?\d{1,3}(?:\s*(?:/|(?i:of|von|sur|de|di|van|z))\s*\d{1,3})?[-–—\s\])]*$|^第\s*\d{1,3}\s*[页頁](?:\s*[/,，共]*\s*\d{1,3}\s*[页頁])?$|^\d{1,3}\s*/\s*\d{1,3}\s*ページ$`)
)

// paragraphs sorts the lines of a plain text. Where lines are wrapped, a
// blank line, a mark or a deeper start ends a paragraph; else every line does.
func paragraphs(lines []line) []paragraph {
	wrapped := true
	for _, l := range lines {
		wrapped = wrapped && utf8.RuneCountInString(l.text) <= unwrapped
	}
	var found []paragraph
	blank := true
	for _, l := range lines {
		l.text = strings.TrimSpace(l.text)
		if l.text == "" {
			blank = true
			continue
		}
		last := len(found) - 1
		if !blank && wrapped && continues(&found[last], l) {
			found[last].lines = append(found[last].lines, l)
			continue
		}
		if last >= 0 {
			found[last].alone = found[last].alone && blank
		}
		found = append(found, paragraph{lines: []line{l}, alone: blank})
		blank = false
	}
	return found
}

// continues reports whether a line goes on with the paragraph above it.
func continues(p *paragraph, l line) bool {
	if startsUnit(l.text) || rulerLine.MatchString(p.first()) {
		return false
	}
	return startsUnit(p.first()) || l.indent <= p.lines[0].indent+1
}

// startsUnit reports whether a line begins with a mark.
func startsUnit(text string) bool {
	_, numbered := readMark(text, false)
	return numbered || bulletMark.MatchString(text) || rulerLine.MatchString(text) || strayLine.MatchString(text)
}

// plainUnits takes a plain text apart: which lines are headings, clauses,
// items, leftovers.
func plainUnits(lines []line) ([]*unit, []paragraph) {
	parts := paragraphs(lines)
	units := make([]*unit, len(parts))
	for i := range parts {
		units[i] = plainUnit(&parts[i], i == 0 || i == len(parts)-1)
	}
	countingLines(units)
	names(units, parts)
	headings(units, parts)
	return units, parts
}

func plainUnit(p *paragraph, edge bool) *unit {
	text := p.first()
	u := &unit{line: p.lines[0].number, words: text, level: 1}
	u.offset = strings.Index(p.lines[0].raw, text)
	switch k, numbered := readMark(text, false); {
	case strayLine.MatchString(text) && len(p.lines) == 1 && (p.alone || edge):
		u.role = stray
	case rulerLine.MatchString(text) && len(p.lines) == 1:
		u.role = divider
	case numbered && (len(k.text) < len(text) || len(p.lines) > 1): // what is counted may stand on the next line
		u.role, u.mark, u.words = clause, k, text[len(k.text):]
	case bulletMark.MatchString(text):
		u.role = bullet
		u.mark.text = bulletMark.FindString(text)
		u.words = text[len(u.mark.text):]
	}
	return u
}

// countingLines takes lines that count 1, 2, 3 for words: they number steps.
func countingLines(units []*unit) {
	var found []*unit
	for _, u := range units {
		if u.role == stray {
			found = append(found, u)
		}
	}
	if !countUp(found, func(u *unit) string { return u.words }) {
		return
	}
	for _, u := range found {
		u.role = prose
	}
}

// countUp reports whether things count from 1.
func countUp[T any](things []T, words func(T) string) bool {
	for i, t := range things {
		if strings.Trim(words(t), "-–—[]() \t") != strconv.Itoa(i+1) {
			return false
		}
	}
	return len(things) > 1
}

// A heading is short: longer lines are sentences.
const (
	headingWords = 14
	headingRunes = 100
)

// short reports whether a paragraph could be a heading or a name.
func short(p *paragraph) bool {
	text := p.first()
	return p.alone && len(p.lines) == 1 && len(strings.Fields(text)) <= headingWords && utf8.RuneCountInString(text) <= headingRunes
}

// names finds what the text is called: the short lines at its very top. A
// second one counts only if it shares a word with the first.
func names(units []*unit, parts []paragraph) {
	for i, u := range units {
		switch {
		case u.role != prose || !short(&parts[i]) || endsSentence(u.words):
			return
		case i == 0 && len(units) > 1:
			u.role = title
		case i > 0 && i+1 < len(units) && sharesWord(units[0].words, u.words):
			u.role = extraName
		default:
			return
		}
	}
}

func endsSentence(text string) bool {
	r, _ := utf8.DecodeLastRuneInString(text)
	return strings.ContainsRune(".;:,!。；：，！", r)
}

// sharesWord reports whether two names have a word of four letters in common.
func sharesWord(a, b string) bool {
	for _, w := range strings.Fields(strings.ToLower(a)) {
		for _, other := range strings.Fields(strings.ToLower(b)) {
			if w == other && utf8.RuneCountInString(w) > 3 {
				return true
			}
		}
	}
	return false
}

// headings finds the headings among the lines that stand alone.
func headings(units []*unit, parts []paragraph) {
	candidates := make([]bool, len(units))
	for i, u := range units {
		candidates[i] = mayHead(u, &parts[i])
	}
	restarts := make(map[string]int)
	for i, u := range units {
		if candidates[i] && u.marked() && u.mark.value == 1 {
			restarts[u.mark.kind()]++
		}
	}
	for i, u := range units {
		if !candidates[i] || u.marked() && restarts[u.mark.kind()] > 1 || !hasBody(units, candidates, i) {
			continue
		}
		u.role = head
		if k, ok := readMark(parts[i].first(), true); ok {
			u.mark, u.words = k, parts[i].first()[len(k.text):]
		}
		u.level = 2 + strings.Count(u.mark.number, ".")
	}
}

// mayHead reports whether a line by itself could be a heading.
func mayHead(u *unit, p *paragraph) bool {
	if u.role != prose && u.role != clause || !short(p) || u.mark.open != "" {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(u.words)
	if k, ok := readMark(p.first(), true); ok {
		sentence := k.style == decimal && endsSentence(u.words) // 2.1 We use it.
		return len(k.text) < len(p.first()) && !strings.ContainsRune(";,:；，：", last) && !sentence
	}
	first, _ := utf8.DecodeRuneInString(u.words)
	return (unicode.IsUpper(first) || first >= 0x2E80) && !endsSentence(u.words)
}

// hasBody reports whether words follow before the next heading: short numbered
// lines one after the other from 1 are a list.
func hasBody(units []*unit, candidates []bool, at int) bool {
	if inList(units, candidates, at) || at+1 >= len(units) {
		return false
	}
	if !candidates[at+1] {
		return units[at+1].role != stray && units[at+1].role != divider || at+2 < len(units)
	}
	return units[at].marked()
}

// inList reports whether a candidate is in an unbroken run of its kind
// that begins with 1.
func inList(units []*unit, candidates []bool, at int) bool {
	alike := func(i int) bool {
		return i >= 0 && i < len(units) && candidates[i] && units[i].marked() && units[i].mark.kind() == units[at].mark.kind()
	}
	if !alike(at) || !alike(at-1) && !alike(at+1) {
		return false
	}
	first := at
	for alike(first - 1) {
		first--
	}
	return units[first].mark.value == 1
}
