package reading

import (
	"strings"
	"unicode"
)

// oneLine folds white space, which a reader need not keep in a quotation.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// plain returns words of a reader as one line without anything that a page, a
// terminal or a comment could take for more than words, of at most n characters.
func plain(s string, n int) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case !unicode.IsGraphic(r), strings.ContainsRune("<>`[]|\\", r):
			return -1
		}
		return r
	}, s)
	return cut(oneLine(s), n)
}

// short is as much of a text as a message has room for.
func short(s string) string { return cut(oneLine(s), 60) }

// cut returns the first n characters of s, and says so where some are left.
func cut(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n-1]) + "…"
}
