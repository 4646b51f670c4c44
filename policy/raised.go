package policy

import (
	"strings"
	"unicode/utf8"
)

// raisedDigits are the forms of digits and signs that are above and below the
// line, in the order of plainDigits.
const (
	plainDigits = "0123456789+-=()n"
	superDigits = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ"
	subDigits   = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙ"
)

// Raised writes words that are set as superscript, or below the line as subscript,
// with the characters of Unicode that stand there themselves: 10⁶ is not 106. It
// reports whether there are such characters for all of the words. The end of an
// ordinal, as in 1st, has none and needs none.
func Raised(words string, below bool) (string, bool) {
	forms := []rune(superDigits)
	if below {
		forms = []rune(subDigits)
	}
	switch strings.ToLower(strings.TrimSpace(words)) {
	case "st", "nd", "rd", "th", "er", "o", "a", "e", "re", "tm", "®", "™", "":
		return words, true
	}
	var s strings.Builder
	for _, r := range words {
		at := strings.IndexRune(plainDigits, r)
		if at < 0 {
			return words, false
		}
		s.WriteRune(forms[utf8.RuneCountInString(plainDigits[:at])])
	}
	return s.String(), true
}

// raise writes words as the open elements of raw HTML raise or lower them.
func (in *inliner) raise(words string) string {
	for i := len(in.html) - 1; i >= 0; i-- {
		if name := in.html[i]; name == "sup" || name == "sub" {
			words, _ = Raised(words, name == "sub")
			return words
		}
	}
	return words
}
