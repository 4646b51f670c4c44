package repair

import (
	"fmt"

	"github.com/codicil/codicil/policy"
)

// struck names the words that are struck through. They are words of the text for
// whoever compares it, and none for whoever reads it: a clause could be taken back
// by two marks that change no word.
func (l *linter) struck() {
	for i := range l.doc.Blocks {
		b := &l.doc.Blocks[i]
		for _, s := range b.Spans {
			if s.Style&policy.Strike == 0 {
				continue
			}
			words := s.Text
			if r := []rune(words); len(r) > 40 {
				words = string(r[:40]) + "…"
			}
			l.found = append(l.found, &policy.Diagnostic{
				File: l.name, Line: max(1, b.Line), Column: 1, Level: policy.Error, Rule: "struck-through",
				Message: fmt.Sprintf("%q is struck through: nobody can tell whether it holds", words),
				Hint:    "delete the words, or take the marks away",
			})
			break
		}
	}
}
