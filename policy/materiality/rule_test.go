package materiality

import (
	"slices"
	"testing"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
)

// judgeText judges the change from one Markdown text to another.
func judgeText(t testing.TB, before, after string) *Assessment {
	t.Helper()
	old, err := policy.Parse("before.md", []byte(before))
	if err != nil {
		t.Fatal(err)
	}
	new, err := policy.Parse("after.md", []byte(after))
	if err != nil {
		t.Fatal(err)
	}
	return Assess(redline.Compare(old, new))
}

func TestEveryRuleFindsItsExamplesAndNotItsNearMisses(t *testing.T) {
	for _, r := range Rules() {
		t.Run(r.ID, func(t *testing.T) {
			if len(r.Examples) < 2 || len(r.CounterExamples) < 1 {
				t.Errorf("%d examples and %d near misses, want at least 2 and 1", len(r.Examples), len(r.CounterExamples))
			}
			for _, e := range r.Examples {
				if !fires(t, e, r) {
					t.Errorf("did not find %q -> %q: %v", e.Before, e.After, judgeText(t, e.Before, e.After).Reasons)
				}
			}
			for _, e := range r.CounterExamples {
				if fires(t, e, r) {
					t.Errorf("found the near miss %q -> %q: %v", e.Before, e.After, judgeText(t, e.Before, e.After).Reasons)
				}
			}
		})
	}
}

// fires reports whether a rule finds a change. How grave the change is, is said
// by the model.
func fires(t testing.TB, e Example, r Rule) bool {
	t.Helper()
	old, _ := policy.Parse("before.md", []byte(e.Before))
	new, _ := policy.Parse("after.md", []byte(e.After))
	texts := read(redline.Compare(old, new), &Memory{})
	if !texts.touched {
		return false
	}
	for _, u := range newJudge(texts).units(defaultBook()) {
		if slices.ContainsFunc(u.reasons, func(found judged) bool { return found.Rule == r.ID }) {
			return true
		}
	}
	return false
}
