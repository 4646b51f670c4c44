package policy

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// That a text begins with a word spares asking the expression, and changes nothing.
func TestNoNumberBeginsWithAWord(t *testing.T) {
	t.Parallel()
	piece := rapid.SampledFrom([]string{
		"a", "iv", "IV", "Section", "sections", "Art.", "part", "Parts", "Clause", "We", "schedule", "§", "4", "4.2", "(a)", "(", ")", ".", ":", "、", " ", "\u00a0", "-", "'", ",", "/", "第三条", "word",
	})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.TrimSpace(strings.Join(rapid.SliceOfN(piece, 0, 6).Draw(t, "pieces"), ""))
		if beginsWithWord(text) && clauseNumber.MatchString(text) {
			t.Fatalf("%q begins with a number", text)
		}
	})
}
