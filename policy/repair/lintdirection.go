package repair

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/codicil/codicil/policy"
)

// directions names the lines in which a character that nobody sees turns the
// direction of words, so that readers see others than were written ("Trojan
// Source", CVE-2021-42574). Where words are written from right to left only an
// override does that: embeddings and isolates have their use there.
func (l *linter) directions() {
	for _, line := range l.lines {
		turns := turnsDirection
		if strings.ContainsFunc(line.raw, rightToLeft) {
			turns = overridesDirection
		}
		at := strings.IndexFunc(line.raw, turns)
		if at < 0 {
			continue
		}
		r, _ := utf8.DecodeRuneInString(line.raw[at:])
		l.found = append(l.found, &policy.Diagnostic{
			File: l.name, Line: line.number, Column: 1 + utf8.RuneCountInString(line.raw[:at]), Level: policy.Error, Rule: "hidden-direction",
			Message: fmt.Sprintf("the hidden character %U turns the direction of words: readers see others than are written here", r),
			Hint:    "delete the character, and write the words in the order in which they are read",
		})
	}
}

func overridesDirection(r rune) bool { return r == '\u202D' || r == '\u202E' }

func turnsDirection(r rune) bool {
	return r >= '\u202A' && r <= '\u202E' || r >= '\u2066' && r <= '\u2069'
}

func rightToLeft(r rune) bool {
	return r >= 0x590 && unicode.In(r, unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana, unicode.Nko)
}
