package repair

import (
	"fmt"
	"strings"
	"testing"
)

// TestManyWordsAreFoundAsFewAre: from so many on an index is asked in place of the
// text, and says the same.
func TestManyWordsAreFoundAsFewAre(t *testing.T) {
	var text strings.Builder
	for i := range 2 * fewAsked {
		fmt.Fprintf(&text, "term%04d is ours.\n", i)
	}
	text.WriteString("term0007 is theirs.\n")
	f := finder{text: text.String()}
	for range 2 {
		for i := range 2 * fewAsked {
			term := fmt.Sprintf("term%04d", i)
			if !f.has(term) || f.once(term) != (i != 7) || f.has(term+"x") {
				t.Fatalf("%s: there %v, once %v, with a letter more %v", term, f.has(term), f.once(term), f.has(term+"x"))
			}
		}
	}
	if f.index == nil {
		t.Error("no index was made")
	}
}
