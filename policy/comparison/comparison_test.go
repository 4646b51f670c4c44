package comparison

import (
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/materiality"
	"github.com/codicil/codicil/policy/redline"
)

// book judges by the rules that ship.
func book(t *testing.T) *materiality.Book {
	t.Helper()
	b, err := materiality.NewBook(nil)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func side(t *testing.T, name, text string) Side {
	t.Helper()
	doc, err := policy.Parse("terms.md", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return Side{name, doc}
}

// broken is a judge that cannot judge.
type broken struct{}

func (broken) AssessWith(*materiality.Memory, *redline.Redline) *materiality.Assessment {
	var none []int
	return &materiality.Assessment{Categories: make([]materiality.Category, none[len(none)-1])}
}

func TestWhatChangedAndHowMuchItMatters(t *testing.T) {
	c := Comparer{Judge: book(t)}.Compare(side(t, "terms@1", "You must pay."), side(t, "terms@2", "You may pay."))
	if a := c.Assessment(); a.Severity != policy.Major || len(c.Redline.Changes()) != 1 || c.Failure != nil {
		t.Errorf("%v, %s, %v", a.Severity, c.Redline.Stat(), c.Failure)
	}
}

func TestASeriesAnswersAsEachComparisonByItself(t *testing.T) {
	comparer := Comparer{Judge: book(t)}
	series := comparer.Series()
	last := Side{}
	for _, text := range []string{"You must pay.", "You may pay.\n\nWe keep logs.", "We keep logs for 3 days.", ""} {
		next := side(t, "terms", text)
		one, other := series.Compare(last, next), comparer.Compare(last, next)
		if one.Redline.Stat() != other.Redline.Stat() || one.Assessment().Severity != other.Assessment().Severity {
			t.Errorf("%q: %s, %v in a series; %s, %v alone", text, one.Redline.Stat(), one.Assessment().Severity, other.Redline.Stat(), other.Assessment().Severity)
		}
		last = next
	}
}

func TestAFailureToJudgeIsNamedAndCountsAsMajor(t *testing.T) {
	var told []*policy.Diagnostic
	comparer := Comparer{Judge: broken{}, Failed: func(d *policy.Diagnostic) { told = append(told, d) }}
	c := comparer.Compare(side(t, "terms@1", "You must pay."), side(t, "terms@2", "---\nchange: editorial\n---\nYou must pay now."))
	a := c.Assessment()
	if a.Severity != policy.Major || !a.Limited || len(a.Reasons) != 1 || a.Declared == nil || *a.Declared != policy.Editorial {
		t.Errorf("assessment is %+v", a)
	}
	if c.Redline.Limited || len(c.Redline.Changes()) != 1 {
		t.Errorf("the redline is as good as ever, but: %s", c.Redline.Stat())
	}
	if c.Assessment(); len(told) != 1 || told[0] != c.Failure {
		t.Fatalf("told of %d failures", len(told))
	}
	for _, part := range []string{"terms.md", "terms@1", "terms@2", "index out of range", "in comparison.broken.AssessWith"} {
		if !strings.Contains(told[0].Error(), part) {
			t.Errorf("%q says nothing of %q", told[0].Error(), part)
		}
	}
	if !strings.Contains(told[0].Hint, "report it") {
		t.Errorf("hint is %q", told[0].Hint)
	}
}

func TestAFailureToCompareShowsBothTextsAndIsNotJudged(t *testing.T) {
	series := Comparer{Judge: broken{}}.Series()
	series.compare = func(*redline.Memory, *policy.Document, *policy.Document) *redline.Redline { panic("odd") }
	for _, test := range []struct {
		name          string
		before, after Side
		want          policy.Severity
		changes       int
	}{
		{"two texts", side(t, "a", "One.\n\nTwo."), side(t, "b", "One."), policy.Major, 3},
		{"a first text", Side{}, side(t, "b", "One."), policy.None, 1},
		{"a last text", side(t, "a", "One."), Side{}, policy.Major, 1},
		{"nothing", Side{}, Side{}, policy.None, 0},
	} {
		c := series.Compare(test.before, test.after)
		if a := c.Assessment(); a.Severity != test.want || len(c.Redline.Changes()) != test.changes || !c.Redline.Limited || c.Failure == nil {
			t.Errorf("%s: %v, %s, %v", test.name, a.Severity, c.Redline.Stat(), c.Failure)
		}
	}
}
