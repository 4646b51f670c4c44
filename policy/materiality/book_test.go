package materiality

import (
	"errors"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
)

// assessBy judges a change by a book with changes.
func assessBy(t *testing.T, before, after string, changes ...RuleChange) *Assessment {
	t.Helper()
	book, err := NewBook(changes)
	if err != nil {
		t.Fatal(err)
	}
	old, _ := policy.Parse("a.md", []byte(before))
	new, _ := policy.Parse("b.md", []byte(after))
	return book.Assess(redline.Compare(old, new))
}

func severity(s policy.Severity) *policy.Severity { return &s }

const (
	refundBefore = "# 4. Refunds\n\n4.1 You get a refund within 30 days.\n\n# 5. Dogs\n\n5.1 Our lamp is green."
	refundAfter  = "# 4. Refunds\n\n4.1 You get a refund within 14 days.\n\n# 5. Dogs\n\n5.1 Our lamp is blue."
)

func TestRuleThatIsOffSaysNothingAndNoOtherSpeaksForIt(t *testing.T) {
	a := assessBy(t, refundBefore, refundAfter, RuleChange{ID: "period-changed", Off: true})
	if a.Severity == policy.Major || len(a.Reasons) != 1 || a.Reasons[0].Rule == "period-changed" {
		t.Errorf("%v: %+v", a.Severity, a.Reasons)
	}
}

func TestRuleTakesTheSeverityGivenToIt(t *testing.T) {
	a := assessBy(t, refundBefore, refundAfter, RuleChange{ID: "period-changed", Severity: severity(policy.Minor)})
	if a.Severity != policy.Minor || a.Reasons[0].Rule != "period-changed" {
		t.Errorf("%v: %+v", a.Severity, a.Reasons)
	}
}

func TestOwnRuleIsTriedFirst(t *testing.T) {
	tests := []struct {
		name   string
		change RuleChange
		want   policy.Severity
		fires  bool
	}{
		{"by words", RuleChange{ID: "lamps", Severity: severity(policy.Major), Words: []string{"blue", "red"}}, policy.Major, true},
		{"by the number of a clause", RuleChange{ID: "lamps", Severity: severity(policy.Major), Clauses: []string{"5.1"}}, policy.Major, true},
		{"by the number of the clause above", RuleChange{ID: "lamps", Severity: severity(policy.Major), Clauses: []string{"5"}}, policy.Major, true},
		{"by words of a title", RuleChange{ID: "lamps", Severity: severity(policy.Major), Clauses: []string{"dogs"}}, policy.Major, true},
		{"other words", RuleChange{ID: "lamps", Severity: severity(policy.Major), Words: []string{"yellow"}}, policy.Major, false},
		{"another clause", RuleChange{ID: "lamps", Severity: severity(policy.Major), Clauses: []string{"6"}, Words: []string{"blue"}}, policy.Major, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			a := assessBy(t, refundBefore, refundAfter, test.change)
			fired := false
			for _, r := range a.Reasons {
				fired = fired || r.Rule == "lamps" && r.Severity == policy.Major
			}
			if fired != test.fires {
				t.Errorf("fired: %v: %+v", fired, a.Reasons)
			}
		})
	}
}

func TestOwnRuleGivesItsOwnReason(t *testing.T) {
	a := assessBy(t, refundBefore, refundAfter, RuleChange{ID: "lamps", Severity: severity(policy.Major), Category: Conduct, Words: []string{"blue"}, Why: "Lamps are sacred: \"{after}\"."})
	for _, r := range a.Reasons {
		if r.Rule == "lamps" && strings.HasPrefix(r.Why, "Lamps are sacred: \"") && r.Category == Conduct {
			return
		}
	}
	t.Errorf("%+v", a.Reasons)
}

func TestFaultsInRuleChangesNameTheRule(t *testing.T) {
	tests := []struct {
		name, says string
		changes    []RuleChange
	}{
		{"a slip in the id", `did you mean "period-changed"?`, []RuleChange{{ID: "period-chnged", Off: true}}},
		{"an id like no other", "a rule of your own needs a severity", []RuleChange{{ID: "zzzzzzzzzzzzzzzz", Off: true}}},
		{"no id", "has no id", []RuleChange{{Severity: severity(policy.Major), Words: []string{"x"}}}},
		{"nothing changed", "nothing is changed", []RuleChange{{ID: "period-changed"}}},
		{"words for a rule of the book", "cannot be given other words", []RuleChange{{ID: "period-changed", Severity: severity(policy.Major), Words: []string{"dog"}}}},
		{"a slip in the category", `did you mean "sharing"`, []RuleChange{{ID: "own", Severity: severity(policy.Major), Words: []string{"dog"}, Category: "shareing"}}},
		{"words without a word", "hold no word", []RuleChange{{ID: "own", Severity: severity(policy.Major), Words: []string{"—"}}}},
		{"an id given twice", "given twice", []RuleChange{{ID: "own", Severity: severity(policy.Major), Words: []string{"dog"}}, {ID: "own", Severity: severity(policy.Minor), Words: []string{"cat"}}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := NewBook(test.changes)
			var fault *RuleError
			if !errors.As(err, &fault) {
				t.Fatalf("error is %v", err)
			}
			if last := test.changes[len(test.changes)-1]; fault.ID != last.ID || !strings.Contains(err.Error(), test.says) {
				t.Errorf("%v", err)
			}
		})
	}
}

func TestBookListsItsRulesAsChanged(t *testing.T) {
	book, err := NewBook([]RuleChange{{ID: "period-changed", Off: true}, {ID: "amount-changed", Severity: severity(policy.Minor)}, {ID: "own", Severity: severity(policy.Major), Words: []string{"dog"}}})
	if err != nil {
		t.Fatal(err)
	}
	list := book.Rules()
	if len(list) != len(Rules()) || list[0].ID != "own" {
		t.Errorf("%d rules, the first is %s", len(list), list[0].ID)
	}
	for _, r := range list {
		if r.ID == "period-changed" || r.ID == "amount-changed" && r.Severity != policy.Minor {
			t.Errorf("%s is %v", r.ID, r.Severity)
		}
	}
	if r, _ := RuleByID("amount-changed"); r.Severity != policy.Major {
		t.Error("the default book changed with it")
	}
}

func TestRulesAreWellFormed(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range Rules() {
		if seen[r.ID] {
			t.Errorf("%s stands twice", r.ID)
		}
		seen[r.ID] = true
		if r.Title == "" || r.Message == "" || len(r.When.Shifts) == 0 || !strings.HasSuffix(r.Message, ".") {
			t.Errorf("%s is incomplete", r.ID)
		}
		if r.Category != "" && categoryNames[r.Category] == "" {
			t.Errorf("%s has no known category: %s", r.ID, r.Category)
		}
	}
	if _, ok := RuleByID("no-such-rule"); ok {
		t.Error("found a rule that does not exist")
	}
}
