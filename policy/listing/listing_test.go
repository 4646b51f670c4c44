package listing

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/codicil/codicil/policy"
)

func day(s string) policy.Date {
	d, _ := policy.ParseDate(s)
	return d
}

// twoVersions is a policy with one version in force and one that is announced.
func twoVersions() *policy.Policy {
	return &policy.Policy{ID: "terms", Title: "Terms", Starts: policy.StartLabel, Versions: []*policy.Version{
		{Label: "2.0", Effective: day("2031-06-01")},
		{Label: "1.0", Effective: day("2031-01-01")},
	}}
}

func TestAPolicyIsListedAsOfItsDay(t *testing.T) {
	for on, want := range map[string][]string{
		"2030-12-31": {"terms", "-", "-", "1.0 on 2031-01-01, 2.0 on 2031-06-01", "2", "Terms"},
		"2031-03-01": {"terms", "1.0", "2031-01-01", "2.0 on 2031-06-01", "2", "Terms"},
		"2031-06-01": {"terms", "2.0", "2031-06-01", "-", "2", "Terms"},
	} {
		if diff := cmp.Diff(want, Row(twoVersions(), policy.Existing, day(on))); diff != "" {
			t.Errorf("on %s (-want +got):\n%s", on, diff)
		}
	}
	l := NewPolicy(twoVersions(), policy.Existing, day("2030-12-31"))
	if l.InForce != nil || l.Upcoming == nil || *l.Upcoming != "2.0" {
		t.Errorf("before the first day: in force %v, upcoming %v", l.InForce, l.Upcoming)
	}
}

func TestStartsAreNamedWhereAllAgree(t *testing.T) {
	one, other := twoVersions(), twoVersions()
	other.Starts = policy.StartCommit
	if got := StartsOf([]*policy.Policy{one, one}); got != "a new label" {
		t.Errorf("got %q", got)
	}
	if got := StartsOf([]*policy.Policy{one, other}); got != "a label or a commit, by policy" {
		t.Errorf("got %q", got)
	}
}

func TestNothingInForceSaysWhenTheFirstTextBinds(t *testing.T) {
	err := NothingInForce(twoVersions(), day("2030-01-01"))
	if got := policy.Hint(err); got != "the first, terms@1.0, takes effect on 2031-01-01" {
		t.Errorf("hint: %q", got)
	}
}

func TestRemarksTellOnlyWhatIsUnusual(t *testing.T) {
	plain := &Version{Declared: "minor", Proposed: "minor"}
	if got := plain.Remarks(); len(got) > 0 {
		t.Errorf("got %q", got)
	}
	odd := &Version{Declared: "minor", Proposed: "major", Reverts: "1.0", Silent: []string{"0123456789abcdef"}}
	want := []string{
		"brings back the words of 1.0",
		"the text changed 1 time after it took effect, without a new label (0123456789ab)",
		"declared minor, reads as major",
	}
	if diff := cmp.Diff(want, odd.Remarks()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
