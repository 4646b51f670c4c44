package policy

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// numberPlaces holds the numbers that stand in a text where a clause may begin,
// whatever its author made of the line, with those lines in order: a number that
// closes with nothing, sticks to its word, or is within a paragraph is no clause
// that others follow, and is not missing either.
type numberPlaces map[string][]int

// Where a clause may begin. An integer in the midst of words counts for
// nothing: texts are full of them.
var (
	decimalWritten = regexp.MustCompile(`\d{1,3}(?:\.\d{1,3})+`)
	integerWritten = regexp.MustCompile(`(?:^|\n|[.;:!?]\s)[^\pL\pN\n(]*(?:` + sectionWord + space + `*)?0?(\d{1,3})(?:[a-z]?_?[.):]|` + space + `*[-–—:]|` + space + `*\n|$)`)
	namedWritten   = regexp.MustCompile(`(?:^|\n)[^\pL\pN\n(]*(?:` + sectionWord + space + `*0?(\d{1,3})\b|(\d{1,3})` + space + `+\p{Lu})`)
	citesNumber    = regexp.MustCompile(`(?i:(?:§|sections?|articles?|clauses?|paragraphs?|artt?\.|points?|exhibit|and|or|to|et|und|e|y|à|[,–-])` + space + `*)$`)
)

// NumbersWritten returns the numbers that stand in the document where a clause may
// begin, whatever became of the line: "4.2", and "4" above it. A number that is
// not among them is certainly the number of no clause.
func (d *Document) NumbersWritten() map[string]bool {
	w := make(map[string]bool)
	for number := range numbersWritten(d) {
		w[number] = true
	}
	return w
}

// numbersWritten collects the numbers of a document.
func numbersWritten(d *Document) numberPlaces {
	w := make(numberPlaces)
	for i := range d.Blocks {
		b := &d.Blocks[i]
		text := b.Text()
		w.decimals(text, b.Line)
		for _, pattern := range []*regexp.Regexp{integerWritten, namedWritten} {
			for _, m := range pattern.FindAllStringSubmatch(text, -1) {
				w.add(m[1]+strings.Join(m[2:], ""), b.Line)
			}
		}
		if b.Kind == Heading || b.Kind == Paragraph && len(b.Spans) > 0 && b.Spans[0].Style&Strong != 0 {
			w.leading(text, b.Line)
		}
	}
	return w
}

func (w numberPlaces) add(number string, line int) {
	if lines := w[number]; len(lines) == 0 || lines[len(lines)-1] != line {
		w[number] = append(lines, line)
	}
}

// leading adds the number that a title begins with and that no mark closes: "2 Uses".
func (w numberPlaces) leading(text string, line int) {
	text = strings.TrimLeftFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	end := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsDigit(r) })
	if end > 0 && end <= 3 {
		w.add(strings.TrimLeft(text[:end], "0"), line)
	}
}

// decimals adds the numbers with a point that nothing cites, and those above
// them: where there is a 4.2, the text has a clause 4.
func (w numberPlaces) decimals(text string, line int) {
	for _, m := range decimalWritten.FindAllStringIndex(text, -1) {
		if m[1]-m[0] > longestNumber || citesNumber.MatchString(text[max(0, m[0]-14):m[0]]) {
			continue
		}
		for number := text[m[0]:m[1]]; ; number = number[:strings.LastIndexByte(number, '.')] {
			w.add(number, line)
			if !strings.Contains(number, ".") {
				break
			}
		}
	}
}

// longestNumber is more bytes than the number of a clause has.
const longestNumber = 64

// mostBetween is how many numbers before one are looked for.
const mostBetween = 50

// lack reports whether a number between last and n is on no line from first to line.
func (w numberPlaces) lack(last, n []int, first, line int) bool {
	k := len(n) - 1
	from := 1
	if len(last) > k && slices.Equal(last[:k], n[:k]) && last[k] < n[k] {
		from = last[k] + 1
	}
	above := ""
	for _, part := range n[:k] {
		above += strconv.Itoa(part) + "."
	}
	for i := max(from, n[k]-mostBetween); i < n[k]; i++ {
		lines := w[above+strconv.Itoa(i)]
		if at, _ := slices.BinarySearch(lines, first); at == len(lines) || lines[at] > line {
			return true
		}
	}
	return false
}
