package repair

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// The words are looked for by themselves; what is found must be what the expression
// alone finds in the whole text.
func TestCitationsAreFoundAsTheExpressionFindsThem(t *testing.T) {
	t.Parallel()
	whole := regexp.MustCompile(strings.TrimPrefix(citing.String(), "^"))
	piece := rapid.SampledFrom([]string{
		"Section", "section", "Sections", "SECTION", "SECTIONS", "Clause", "clauses", "paragraph", "Articles", "subsection", "ection", "_Section", "éSection", "2Section",
		"§", "§§", " ", " ", " ", "\u00a0", "\n", "7", "4.2", "(b)", "IV", "A", "D.4", ",", " and ", " to ", "–", "or", "30 days", "x", ".", "es",
	})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(piece, 0, 24).Draw(t, "pieces"), "")
		var got [][]int
		for from, to := range citationsIn(text) {
			got = append(got, []int{from, to})
		}
		if diff := cmp.Diff(whole.FindAllStringIndex(text, -1), got); diff != "" {
			t.Fatalf("%q: (-expression +got)\n%s", text, diff)
		}
	})
}

func TestGoingThroughCitationsCanEnd(t *testing.T) {
	t.Parallel()
	for from, to := range citationsIn("see section 7 and clause 8") {
		if found := "see section 7 and clause 8"[from:to]; found != "section 7" {
			t.Fatalf("the first citation is %q", found)
		}
		break
	}
}
