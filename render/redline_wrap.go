package render

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// wrap cuts a line so that no part is wider than width columns, escape
// sequences not counted: at spaces, and beside ideographs, which have none
// between them. A word that is wider stays whole.
func wrap(line string, width int) []string {
	if width <= 0 {
		return []string{line}
	}
	var out []string
	start, cut, at := 0, 0, 0 // the part begins at start, may end at cut, and is at columns wide
	escape, wide := false, false
	for i, r := range line {
		n := columns(r)
		switch {
		case r == '\x1b':
			escape, n = true, 0
		case escape:
			escape, n = r != 'm', 0
		case r == ' ' && at > 0, (wide || n == 2) && !closes(r):
			cut = i
			wide = n == 2
		default:
			wide = n == 2
		}
		if at += n; at > width && cut > start {
			out = append(out, line[start:cut])
			start = cut + len(line[cut:]) - len(strings.TrimPrefix(line[cut:], " "))
			at = visible(line[start:max(start, i+utf8.RuneLen(r))])
		}
	}
	return append(out, line[start:])
}

// closes reports whether a character may not begin a line.
func closes(r rune) bool {
	return unicode.In(r, unicode.Pe, unicode.Pf, unicode.Po, unicode.Mn) || r == 'ー'
}

// visible counts the columns of text, escape sequences not counted.
func visible(s string) int {
	n := 0
	escape := false
	for _, r := range s {
		switch {
		case r == '\x1b':
			escape = true
		case escape:
			escape = r != 'm'
		default:
			n += columns(r)
		}
	}
	return n
}

// columns is how wide a character is: ideographs and pictographs take two,
// combining marks none.
func columns(r rune) int {
	switch {
	case r < 0x300:
		return 1
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul), r >= 0xFF01 && r <= 0xFF60,
		r >= 0x3000 && r <= 0x303F, r >= 0x1F300 && r <= 0x1FAFF:
		return 2
	}
	return 1
}
