package reading

import (
	"testing"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/materiality"
)

func label(severity policy.Severity, categories ...materiality.Category) Label {
	return Label{ID: "one", Severity: severity, Categories: categories}
}

func TestFiguresCountWhatWasFoundAndWhatWasCalled(t *testing.T) {
	t.Parallel()
	var tally Tally
	tally.Add(label(policy.Major, materiality.Sharing), policy.Major, []materiality.Category{materiality.Sharing})
	tally.Add(label(policy.Major, materiality.Sharing), policy.Editorial, nil)
	tally.Add(label(policy.Editorial), policy.Major, []materiality.Category{materiality.DataUse})
	tally.Add(label(policy.None), policy.None, nil)
	tally.Add(label(policy.Minor), policy.Minor, nil)
	tally.Fail(label(policy.Major))
	f := tally.Figures()
	want := Figures{Pairs: 6, Failed: 1, Precision: 1. / 2, Recall: 1. / 3, F1: 2. / 5, FalseAlarms: 1. / 2, CalledHarmless: 1. / 3, Exact: 3. / 6, CategoryF1: 2. / 4}
	if f != want {
		t.Errorf("figures are\n%+v, want\n%+v", f, want)
	}
	if f := new(Tally).Figures(); f != (Figures{}) {
		t.Errorf("of nothing: %+v", f)
	}
}

func TestAReadingNeverMakesAChangeLookSmaller(t *testing.T) {
	t.Parallel()
	rules := func(s policy.Severity) *materiality.Assessment {
		return &materiality.Assessment{Severity: s, Categories: []materiality.Category{materiality.Sharing}, Reasons: []materiality.Reason{{Rule: "a-rule", Severity: s}}}
	}
	said := func(s policy.Severity) *Reading {
		return &Reading{Severity: s, Categories: []materiality.Category{materiality.DataUse}, Reasons: []Reason{{Severity: s, Why: "Because."}}}
	}
	if a := rules(policy.Minor); Join(a, nil) != a || Join(a, said(policy.Minor)) != a {
		t.Error("an assessment that nobody or everybody agrees with was altered")
	}
	lower := Join(rules(policy.Major), said(policy.Editorial))
	if lower.Severity != policy.Major || !lower.Undecided || len(lower.Reasons) != 1 {
		t.Errorf("a lighter reading: %+v", lower)
	}
	higher := Join(rules(policy.Minor), said(policy.Major))
	if higher.Severity != policy.Major || !higher.Undecided || len(higher.Reasons) != 2 || higher.Reasons[0].Severity != policy.Major || len(higher.Categories) != 2 {
		t.Errorf("a graver reading: %+v", higher)
	}
}
