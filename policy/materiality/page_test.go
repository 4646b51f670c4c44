package materiality

import (
	"slices"
	"testing"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
)

// Around a block that was split or merged a row may come before one of a block above.
func TestRowsInAnotherOrderThanTheTextAreJudged(t *testing.T) {
	doc := func(text string) *policy.Document {
		d, err := policy.Parse("a.md", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	r := redline.Compare(doc("We like dogs.\n\nYou must pay.\n\nWe like cats.\n"), doc("We like dogs.\n\nYou may pay.\n\nWe like cats.\n"))
	slices.Reverse(r.Rows)
	if a := Assess(r); a.Severity != policy.Major {
		t.Errorf("judged %v", a.Severity)
	}
}
