package policy

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// visible returns words as a reader sees them: in composed characters
// (Normalization Form C of Unicode, UAX #15), and without the characters that
// only say where a line may end. So a text that went through another editor
// holds the same words. Characters that join letters, choose an emoji or turn
// the direction change what is seen, and stay.
func visible(words string) string {
	if ascii(words) {
		return words
	}
	if strings.ContainsFunc(words, lineHint) {
		words = strings.Map(func(r rune) rune {
			if lineHint(r) {
				return -1
			}
			return r
		}, words)
	}
	return norm.NFC.String(words)
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// lineHint reports whether a character shows nothing and only allows a line to
// end, or forbids it: a soft hyphen, a space without width, a word joiner, a
// byte order mark.
func lineHint(r rune) bool { return r == '\u00AD' || r == '\u200B' || r == '\u2060' || r == '\uFEFF' }

// visibleSpans makes the words of spans visible, and drops the spans that had
// none to see.
func visibleSpans(spans []Span) []Span {
	hidden := false
	for i, s := range spans {
		spans[i].Text = visible(s.Text)
		hidden = hidden || spans[i].Text == "" && s.Text != "" && s.Image == ""
	}
	if !hidden {
		return spans
	}
	return slices.DeleteFunc(spans, func(s Span) bool { return s.Text == "" && s.Image == "" })
}
