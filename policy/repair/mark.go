package repair

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/codicil/codicil/policy/repair/numeral"
)

// style is the kind of number that a mark is.
type style string

// The styles of number.
const (
	none    style = "no number"
	arabic  style = "arabic"  // 4.
	decimal style = "decimal" // 4.2
	roman   style = "roman"   // IV.
	lower   style = "lower-case roman"
	letter  style = "letters" // D.
	small   style = "small letters"
	word    style = "words" // Fourth,
	han     style = "han"   // 第四条
)

// mark is the number at the head of a unit as its author wrote it.
type mark struct {
	text   string // all of it, with the space behind it: "(a) "
	prefix string // "Section ", "第"
	open   string // "(" or nothing
	number string // "a", "4.2", "IV", "Fourth"
	close  string // ".", ")", ",", "、" or nothing
	style  style
	value  int // of the last part of the number
}

// Shapes of marks. A number alone is no mark: what closes it makes it one.
var (
	markPrefix  = `((?:(?i:section|article|clause|chapter|part)[\s\x{a0}]+|§+[\s\x{a0}]*|Art\.[\s\x{a0}]*)?)`
	bracketed   = regexp.MustCompile(`^()(\(|（)(\d{1,3}|[a-z]|[A-Z]|[ivxlc]{2,6})(\)|）)[\s\x{a0}]*`)
	decimalMark = regexp.MustCompile(`^` + markPrefix + `()(\d{1,3}(?:\.\d{1,3})+)([.):]?)(?:[\s\x{a0}]+|$)`)
	plainMark   = regexp.MustCompile(`^` + markPrefix + `()(\d{1,3}|[A-Z]|[a-z]|[IVXLC]{2,6}|[ivxlc]{2,6})([.):]|,|、|．)(?:[\s\x{a0}]+|$)`)
	tightMark   = regexp.MustCompile(`^()()(\d{1,2}|[一二三四五六七八九十]{1,3})([.)]|、)`)
	barePrefix  = regexp.MustCompile(`^((?i:section|article|clause|chapter|part)[\s\x{a0}]+|§+[\s\x{a0}]*)()(\d{1,3}|[IVXLC]{1,6})()(?:[\s\x{a0}]+|$)`)
	hanMark     = regexp.MustCompile(`^(第)()([一二三四五六七八九十百0-9]{1,5})([条條章节節项項])[\s\x{a0}]*`)
	wordMark    = regexp.MustCompile(`^()()(First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth|Eleventh|Twelfth)(?:ly)?([,.:])[\s\x{a0}]+`)
)

// readMark reads the mark at the head of a text. Words count as numbers only
// in a heading: a sentence may begin with "First,".
func readMark(text string, heading bool) (mark, bool) {
	shapes := []*regexp.Regexp{bracketed, decimalMark, plainMark, hanMark}
	if heading {
		shapes = append(shapes, barePrefix, wordMark)
	}
	for _, shape := range append(shapes, tightMark) {
		m := shape.FindStringSubmatch(text)
		if m == nil || shape == tightMark && !startsWord(text[len(m[0]):]) {
			continue
		}
		k := mark{text: m[0], prefix: m[1], open: m[2], number: m[3], close: m[4]}
		k.style, k.value = valueOf(k.number)
		if k.style == none || k.close == "," && k.style != arabic && k.style != word || k.close == ":" && k.prefix == "" && k.style != arabic && k.style != word {
			continue
		}
		return k, true
	}
	return mark{}, false
}

// startsWord reports whether text begins with a letter that opens a word:
// "1.Title" is numbered, "1.5" and "3.x" are not.
func startsWord(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return r >= 'A' && r <= 'Z' || r >= 0x2E80 && isWord(r)
}

func ordinals() []string {
	return []string{"First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth", "Eleventh", "Twelfth"}
}

// valueOf reads a number. A letter that could be a roman number is taken for
// one only where its neighbours say so; see settle.
func valueOf(number string) (style, int) {
	parts := strings.Split(number, ".")
	if n, err := strconv.Atoi(parts[len(parts)-1]); err == nil {
		if len(parts) > 1 {
			return decimal, n
		}
		return arabic, n
	}
	for i, w := range ordinals() {
		if w == number {
			return word, i + 1
		}
	}
	switch r := number[0]; {
	case len(number) == 1 && r >= 'A' && r <= 'Z':
		return letter, int(r-'A') + 1
	case len(number) == 1 && r >= 'a' && r <= 'z':
		return small, int(r-'a') + 1
	}
	if n := numeral.RomanValue(strings.ToUpper(number)); n > 0 {
		if strings.ToUpper(number) == number {
			return roman, n
		}
		return lower, n
	}
	if n := numeral.HanValue(number); n > 0 {
		return han, n
	}
	return none, 0
}

// number writes n in a style; empty when the style does not reach so far.
func (s style) number(n int) string {
	switch {
	case s == roman:
		return numeral.Roman(n)
	case s == lower:
		return strings.ToLower(numeral.Roman(n))
	case s == letter && n <= 26:
		return string(rune('A' + n - 1))
	case s == small && n <= 26:
		return string(rune('a' + n - 1))
	case s == word && n <= len(ordinals()):
		return ordinals()[n-1]
	case s == han:
		return numeral.Han(n)
	case s == arabic, s == decimal:
		return strconv.Itoa(n)
	}
	return ""
}

// as returns the other reading of a single letter: "I", "V", "x" may be roman.
func (k mark) as(s style) mark {
	if len(k.number) != 1 {
		return k
	}
	upper := strings.ToUpper(k.number)
	switch {
	case (s == roman && k.style == letter || s == lower && k.style == small) && numeral.RomanValue(upper) > 0:
		k.style, k.value = s, numeral.RomanValue(upper)
	}
	return k
}

// renumbered returns the mark in the form of another, with a number of its own.
func (k mark) renumbered(number string) mark {
	k.number = number
	k.text = k.prefix + k.open + k.number + k.close + " "
	return k
}

// kind is what siblings of one sequence share.
func (k mark) kind() string {
	if k.style == decimal {
		return k.open + string(decimal) + strconv.Itoa(strings.Count(k.number, "."))
	}
	return k.open + string(k.style)
}
