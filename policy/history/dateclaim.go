package history

import (
	"bytes"
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
)

// claimed is what the words of a line say about its dates.
type claimed struct {
	effect policy.Date // since when it holds
	change policy.Date // when it was changed last
}

// nearby is how many bytes may be between the words and the date.
const nearby = 48

// mark is a date or a word about one, where it is in a line.
type mark struct {
	kind       markKind
	start, end int
	date       policy.Date
	taken      bool
}

type markKind uint8

const (
	aDate markKind = iota
	anEffect
	aChange
)

// claimsOf gives each word about dates its date: the one that follows it, and
// where none does, the one before it that no other word has. So of two dates in
// a line, the one that is called effective is. An end is no beginning, and what
// is said of the version before says nothing of this one.
func claimsOf(line string) claimed {
	marks := marksIn(line)
	var c claimed
	for i := 1; i < len(marks); i++ { // 2024年4月1日発効: the day comes first
		word, before := &marks[i], &marks[i-1]
		if word.kind != aDate && before.kind == aDate && !before.taken && word.start-before.end <= 3 && eastAsianWord.MatchString(line[before.end:word.end]) {
			c.take(word, before)
		}
	}
	for i := 0; i+1 < len(marks); i++ {
		word, next := &marks[i], &marks[i+1]
		if word.taken || next.taken || word.kind == aDate || next.kind != aDate || next.start-word.end > nearby {
			continue
		}
		if endWords.MatchString(line[word.end:next.start]) || isPrior(line[:word.end]) {
			word.taken, next.taken = true, true
			continue
		}
		c.take(word, next)
	}
	for i := 1; i < len(marks); i++ {
		word, before := &marks[i], &marks[i-1]
		if word.kind != aDate && !word.taken && before.kind == aDate && !before.taken && word.start-before.end <= nearby && !endWords.MatchString(line[:before.start]) {
			c.take(word, before)
		}
	}
	return c
}

// take gives a word its date; the first of each kind counts.
func (c *claimed) take(word, date *mark) {
	date.taken, word.taken = true, true
	if word.kind == anEffect && c.effect.IsZero() {
		c.effect = date.date
	}
	if word.kind == aChange && c.change.IsZero() {
		c.change = date.date
	}
}

// marksIn finds the words and the dates of a line, in order, none in another.
func marksIn(line string) []mark {
	if len(datesWith(line, true)) == 0 { // by far the most lines
		return nil
	}
	var marks []mark
	english := true
	for kind, languages := range map[markKind][]announcers{anEffect: effectWords(), aChange: changeWords()} {
		for _, at := range placesOf(languages, line) {
			marks = append(marks, mark{kind: kind, start: at[0], end: at[1]})
			english = english && sharedWords.MatchString(line[at[0]:at[1]])
		}
	}
	if len(marks) == 0 {
		return nil
	}
	for _, d := range datesWith(line, !english) {
		marks = append(marks, mark{kind: aDate, start: d.start, end: d.end, date: d.date, taken: endAfter.MatchString(line[d.end:])})
	}
	slices.SortFunc(marks, func(a, b mark) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end), cmp.Compare(a.kind, b.kind))
	})
	var apart []mark
	for _, m := range marks {
		if last := len(apart) - 1; last < 0 || m.start >= apart[last].end {
			apart = append(apart, m)
		}
	}
	return apart
}

var (
	// sharedWords are English, or written alike in it: they do not tell in which
	// order a day and a month are between slashes.
	sharedWords = regexp.MustCompile(`(?i)^\W*(?:effective|in effect|with effect|in force|(?:last|latest) \w+|updated|revised|modified|date|version)$`)
	// endWords say that a date is the last one.
	endWords = regexp.MustCompile(`(?i)\b(?:until|till|through|thru|up to|ends? on|expires?(?: on)?|bis|jusqu.(?:au|à)|hasta|fino a[l']?|até|tot(?: en met)?|t/m|til|till och med|do dnia|до|kadar)\W*(?:the |zum |dem |el |il |o )?\W*$|まで|至|截至|까지`)
	// eastAsianWord is a word of Chinese, Japanese or Korean, right after a date.
	eastAsianWord = regexp.MustCompile(`^\s?[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]+$`)
	endAfter      = regexp.MustCompile(`^\s?(?:まで|迄|까지|为止|為止|तक|tarihine kadar)`)
	// prior is what a sentence says of the version before this one.
	prior = regexp.MustCompile(`(?i)\b(?:previous|prior|earlier|former|old|preceding|superseded|vorherige[nrs]?|frühere[nrs]?|bisherige[nrs]?|précédente?s?|antérieure?s?|anterior(?:es)?|precedenti?|vorige)\b|以前|旧版|前版`)
)

// isPrior tells whether the sentence that a word ends speaks of another version.
func isPrior(text string) bool {
	if end := strings.LastIndexAny(text, ".;|!?。；"); end >= 0 {
		text = text[end+1:]
	}
	return prior.MatchString(text)
}

// tableDate returns the date below a head that speaks of the effect, in a table
// of one row.
func tableDate(lines [][]byte) policy.Date {
	for i := 0; i+2 < len(lines); i++ {
		if bytes.IndexByte(lines[i], '|') < 0 || !mayHaveDate(lines[i+2]) || !tableRule.Match(lines[i+1]) {
			continue
		}
		if i+3 < len(lines) && bytes.ContainsRune(lines[i+3], '|') { // a list of versions
			continue
		}
		heads, cells := tableCells(lines[i]), tableCells(lines[i+2])
		for k := range min(len(heads), len(cells)) {
			if len(placesOf(effectWords(), heads[k])) == 0 {
				continue
			}
			if c := claimsOf(heads[k] + ": " + cells[k]); !c.effect.IsZero() {
				return c.effect
			}
		}
	}
	return policy.Date{}
}

// tableRule is the line below the head of a table.
var tableRule = regexp.MustCompile(`^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$`)

func tableCells(line []byte) []string {
	var cells []string
	for _, cell := range strings.Split(strings.Trim(strings.TrimSpace(string(line)), "|"), "|") {
		cells = append(cells, plain(cell))
	}
	return cells
}
