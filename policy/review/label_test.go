package review

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/codicil/codicil/policy"
)

func TestWhichLabelMayComeNext(t *testing.T) {
	t.Parallel()
	p := &policy.Policy{ID: "lease", Versions: []*policy.Version{{Label: "2.1"}, {Label: "1.0"}}}
	for label, want := range map[string]string{
		"2.1": "", "2.2": "", "3": "", "2.1.1": "", "v2.2": "", "summer": "", "2.10": "",
		"1.0": "label-reused", "2.0": "label-goes-back", "1.9": "label-goes-back", "2": "label-goes-back", "v2.0": "label-goes-back",
		"2.O": "label-misspelt", "l.2": "label-misspelt", "3,0": "label-misspelt", "Il": "", "OO": "",
	} {
		got := ""
		if found := labels(p, &policy.Version{Label: label, Front: policy.FrontMatter{Version: policy.Scalar(label)}}); len(found) > 0 {
			got = found[0].Rule
		}
		if got != want {
			t.Errorf("%s after 2.1: %q, want %q", label, got, want)
		}
	}
	for label, want := range map[string]string{"2.O": "2.0", "l.2": "1.2", "3,0": "3.0", "v2,I": "v2.1", "2.0": "", "two": "", "O.l": ""} {
		if got := inDigits(label); got != want {
			t.Errorf("%s is meant as %q, want %q", label, got, want)
		}
	}
	for label, want := range map[string]string{"2.1": "2.2", "9": "10", "v2": "v3", "V1.9": "V1.10", "summer": "summer.1", "": ".1"} {
		if got := nextLabel(label); got != want {
			t.Errorf("after %s comes %s, want %s", label, got, want)
		}
	}
}

// The label that is proposed may always come next.
func TestTheLabelThatIsProposedGoesOn(t *testing.T) {
	label := rapid.StringMatching(`[vV]?\d{1,4}(\.\d{1,4}){0,3}|[a-z]{1,8}`)
	rapid.Check(t, func(t *rapid.T) {
		before := label.Draw(t, "label")
		next := nextLabel(before)
		if next == before || goesBack(next, before) || numbered.MatchString(before) && !goesBack(before, next) {
			t.Fatalf("after %s comes %s", before, next)
		}
		other := label.Draw(t, "other")
		if goesBack(before, other) && goesBack(other, before) || goesBack(before, before) {
			t.Fatalf("%s and %s go back on each other", before, other)
		}
		if strings.TrimLeft(before, "vV") != before && goesBack("v"+strings.TrimLeft(before, "vV"), strings.TrimLeft(before, "vV")) {
			t.Fatalf("the v of %s counts", before)
		}
	})
}
