package policy

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Visible returns words as a reader sees them: in composed characters
// (Normalization Form C of Unicode, UAX #15), and without the characters that
// only say where a line may end. Words are compared in this form, so that a
// text which went through another editor says the same. Characters that join
// letters, choose an emoji or turn the direction change what is seen, and stay.
func Visible(words string) string {
	if composed(words) {
		return words
	}
	if strings.ContainsFunc(words, hintsAtLines) {
		words = strings.Map(func(r rune) rune {
			if hintsAtLines(r) {
				return -1
			}
			return r
		}, words)
	}
	return norm.NFC.String(words)
}

// hintsAtLines reports whether a character is one of LineHints.
func hintsAtLines(r rune) bool { return r >= utf8.RuneSelf && strings.ContainsRune(LineHints, r) }

// composed reports whether words are surely composed and without hints: all are in Latin
// letters, or are dashes, quotation marks and the like.
func composed(words string) bool {
	for _, r := range words {
		switch {
		case r < 0xAD, r > 0xAD && r < 0x300, r >= 0x2010 && r < 0x2060:
		default:
			return false
		}
	}
	return true
}

// LineHints are the characters that show nothing and only allow a line to end,
// or forbid it: the soft hyphen, the space without width, the word joiner and
// the byte order mark.
const LineHints = "\u00AD\u200B\u2060\uFEFF"
