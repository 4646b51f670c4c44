package listing_test

import (
	"fmt"
	"testing"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/comparison"
	"github.com/codicil/codicil/policy/listing"
	"github.com/codicil/codicil/policy/review"
)

// sameText is the text of every version.
type sameText struct{}

func (sameText) Text(*policy.Version) ([]byte, error) { return []byte("# Rules\n\nBe kind.\n"), nil }

// TestALogIsBoundedUnlessANumberIsNamed: what is left out is counted.
func TestALogIsBoundedUnlessANumberIsNamed(t *testing.T) {
	p := &policy.Policy{ID: "rules"}
	for i := range listing.MostLogged + 7 {
		p.Versions = append(p.Versions, &policy.Version{Label: fmt.Sprint(i), Path: "rules.md"})
	}
	for most, want := range map[int]int{0: listing.MostLogged, -1: listing.MostLogged, 3: 3, len(p.Versions) + 1: len(p.Versions)} {
		l, err := listing.NewLog(t.Context(), review.NewReader(sameText{}, comparison.Comparer{}), p, policy.Date{}, most)
		if err != nil || len(l.Versions) != want || most <= 0 && l.LeftOut != 7 || most > 0 && l.LeftOut != 0 {
			t.Errorf("of %d: %d versions and %d left out, %v", most, len(l.Versions), l.LeftOut, err)
		}
	}
}
