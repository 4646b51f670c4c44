package policy

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// clauseNumber is a number at the head of a clause, in the styles that
// policies use: 1. 1.2 4.2(a) (a) (iv) A. IV. § 4. Section 3: 第三条 一、.
var clauseNumber = regexp.MustCompile(`^(?:` + sectionWord + space + `*)?` +
	`(?:[(（](\d{1,3}|[a-zA-Z]|[ivxlc]{1,6}|[IVXLC]{1,6}|aa|bb|cc|dd|[一二三四五六七八九十]{1,3})[)）]|` + // (a)
	`(\d{1,3}(?:\.\d{1,3})+|\d{1,3}(?:\.\d{1,3})*(?:\([a-z0-9]{1,4}\))+)[.):]?(?:` + space + `|$)|` + // 4.2, 4.2(a)
	`(\d{1,3}|[A-Z]|[IVXLC]{1,6}|[a-z]|[ivx]{2,6})[.)、:](?:` + space + `|$)|` + // 4.
	`([一二三四五六七八九十]{1,3})、|` + // 一、
	`([第제][〇零一二三四五六七八九十百0-9]{1,5}[条條章节節项項조장절항])[.:：、]?)` + space + `*`)

// space is one in a pattern; texts of word processors and pages have hard ones
// behind a number.
const space = `[\s\x{a0}\x{2002}-\x{200b}\x{202f}]`

// dayFirst is a date, not a clause: 25. März 2019.
var dayFirst = regexp.MustCompile(`^\d{1,2}\. \pL+\.? (?:19|20)\d\d\b`)

// beginsWithDay reports whether a text begins with such a date.
func beginsWithDay(text string) bool {
	return text != "" && '0' <= text[0] && text[0] <= '9' && dayFirst.MatchString(text)
}

// sectionWord is what may be before a number.
const sectionWord = `(?i:§+|Sections?|Articles?|Clause|Art\.|Abschnitt|Artikel|Artículo|Articolo|Artigo|Sección|Chapter|Part|Appendix|Annex|Schedule)`

// isSectionWord reports whether a word of ASCII letters, in lower case, is one of
// sectionWord.
func isSectionWord(word string) bool {
	switch word {
	case "section", "sections", "article", "articles", "clause", "abschnitt", "artikel", "articolo", "artigo", "chapter", "part", "appendix", "annex", "schedule":
		return true
	}
	return false
}

// namedNumber is the number of a heading that names what it counts: the words
// of a paragraph may begin like that too, those of a heading need no mark
// after the number.
var namedNumber = regexp.MustCompile(`^` + sectionWord + space + `*(\d{1,3}(?:\.\d{1,3})*[a-z]?|[A-Z]|[IVXLC]{1,6})(?:[\s\x{a0}.:–—-]+|$)`)

// splitHeading parts the words of a heading into its number and its title.
func splitHeading(text string) (number, title string) {
	if number, title = splitNumber(text); number != "" {
		return number, title
	}
	if m := namedNumber.FindStringSubmatch(title); m != nil {
		return m[1], strings.TrimSpace(title[len(m[0]):])
	}
	return "", title
}

// splitNumber parts the text of a clause into its number and the rest.
func splitNumber(text string) (number, rest string) {
	text = strings.TrimSpace(text)
	if beginsWithWord(text) {
		return "", text
	}
	m := clauseNumber.FindStringSubmatch(text)
	if m == nil || beginsWithDay(text) {
		return "", text
	}
	return m[1] + m[2] + m[3] + m[4] + m[5], strings.TrimSpace(text[len(m[0]):])
}

// beginsWithWord reports whether a text begins with a word that is no number
// and none of sectionWord: most do, and the expressions are slow to see it. Behind
// a number of letters is a mark.
func beginsWithWord(text string) bool {
	end := 0
	for end < len(text) && 'a' <= text[end]|0x20 && text[end]|0x20 <= 'z' {
		end++
	}
	if end == 0 || end < len(text) && (strings.IndexByte(".):", text[end]) >= 0 || text[end] >= utf8.RuneSelf) {
		return false
	}
	return strings.IndexByte("acsp", text[0]|0x20) < 0 || !isSectionWord(strings.ToLower(text[:end]))
}
