package policy_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/codicil/codicil/policy"
)

func day(t *testing.T, s string) policy.Date {
	t.Helper()
	d, err := policy.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// published makes a version that was published and takes effect on those days.
func published(t *testing.T, label, publishedOn, effective string, certainty policy.Certainty) *policy.Version {
	t.Helper()
	return &policy.Version{Label: label, Published: day(t, publishedOn).Time(), Effective: day(t, effective), Certainty: certainty}
}

func TestStatusDependsOnTheDay(t *testing.T) {
	p := &policy.Policy{ID: "privacy", Versions: []*policy.Version{
		published(t, "2.0", "2026-11-22", "2027-01-15", policy.Stated),
		published(t, "1.1", "2026-11-22", "2026-12-01", policy.Stated),
		published(t, "1.0", "2026-11-20", "2026-11-20", policy.Assumed),
	}}
	tests := []struct {
		on       string
		inForce  string
		upcoming int
		statuses [3]policy.Status
	}{
		{"2026-11-19", "", 3, [3]policy.Status{policy.Upcoming, policy.Upcoming, policy.Upcoming}},
		{"2026-11-22", "1.0", 2, [3]policy.Status{policy.Upcoming, policy.Upcoming, policy.InForce}},
		{"2026-12-01", "1.1", 1, [3]policy.Status{policy.Upcoming, policy.InForce, policy.Superseded}},
		{"2027-01-15", "2.0", 0, [3]policy.Status{policy.InForce, policy.Superseded, policy.Superseded}},
	}
	for _, test := range tests {
		on := day(t, test.on)
		label := ""
		if v := p.InForce(on); v != nil {
			label = v.Label
		}
		if label != test.inForce || len(p.Upcoming(on)) != test.upcoming {
			t.Errorf("on %s: in force %q, %d upcoming", on, label, len(p.Upcoming(on)))
		}
		for i, v := range p.Versions {
			if got := p.Status(v, on); got != test.statuses[i] {
				t.Errorf("on %s: %s is %s, want %s", on, v.Label, got, test.statuses[i])
			}
		}
	}
	if next := p.Upcoming(day(t, "2026-11-22")); next[0].Label != "1.1" {
		t.Errorf("next to take effect is %s", next[0].Label)
	}
}

func TestTheLaterOfTwoVersionsOfOneDayBinds(t *testing.T) {
	p := &policy.Policy{Versions: []*policy.Version{
		published(t, "b", "2026-01-01", "2026-02-01", policy.Stated),
		published(t, "a", "2026-01-01", "2026-02-01", policy.Stated),
	}}
	if v := p.InForce(day(t, "2026-02-01")); v.Label != "b" {
		t.Errorf("in force: %s", v.Label)
	}
}

func TestADateThatIsOnlyInTheTextDoesNotBindBeforePublication(t *testing.T) {
	stale := published(t, "x", "2026-05-01", "2020-01-01", policy.InText)
	if got := stale.From(); got != day(t, "2026-05-01") {
		t.Errorf("from %s", got)
	}
	stated := published(t, "x", "2026-05-01", "2020-01-01", policy.Stated)
	if got := stated.From(); got != day(t, "2020-01-01") {
		t.Errorf("stated: from %s", got)
	}
}

func TestDraftsAndWithdrawnPoliciesNeverBind(t *testing.T) {
	draft := published(t, "d", "2026-01-01", "2026-01-01", policy.Stated)
	draft.Front.Draft = true
	old := published(t, "1", "2025-01-01", "2025-01-01", policy.Stated)
	p := &policy.Policy{ID: "x", Withdrawn: day(t, "2026-06-01"), Versions: []*policy.Version{draft, old}}
	if p.InForce(day(t, "2026-05-31")) != old || p.InForce(day(t, "2026-06-01")) != nil {
		t.Error("a withdrawn policy must bind until the day before")
	}
	if p.Status(draft, day(t, "2026-02-01")) != policy.Draft || p.Status(old, day(t, "2026-06-01")) != policy.Withdrawn {
		t.Error("wrong status")
	}
}

func TestVersionsAreFoundByLabelAndOrder(t *testing.T) {
	a, b := published(t, "1", "2026-01-01", "2026-01-01", policy.Stated), published(t, "2", "2026-02-01", "2026-02-01", policy.Stated)
	p := &policy.Policy{ID: "x", Versions: []*policy.Version{b, a}}
	if p.Lookup("1") != a || p.Lookup("3") != nil || p.Previous(b) != a || p.Previous(a) != nil || p.Previous(&policy.Version{}) != nil {
		t.Error("wrong version")
	}
	if p.Ref(b) != "x@2" {
		t.Error(p.Ref(b))
	}
}

func TestDatesAreCivil(t *testing.T) {
	d := day(t, "2028-02-28")
	if got := d.AddDays(2).String(); got != "2028-03-01" {
		t.Errorf("leap year: %s", got)
	}
	if got := d.DaysUntil(day(t, "2029-02-28")); got != 366 {
		t.Errorf("%d days", got)
	}
	east := time.Date(2026, 11, 22, 1, 0, 0, 0, time.FixedZone("", 9*3600))
	if got := policy.DateOf(east).String(); got != "2026-11-22" {
		t.Errorf("the day of an instant is that of its own zone: %s", got)
	}
	if _, err := policy.ParseDate("2026-02-30"); err == nil {
		t.Error("30 February passed")
	}
	if (policy.Date{}).String() != "" || !(policy.Date{}).IsZero() || !d.After(policy.Date{}) || !(policy.Date{}).Before(d) {
		t.Error("the zero date is no date")
	}
}

func TestDatesAndSeveritiesSurviveJSON(t *testing.T) {
	type both struct {
		Day  policy.Date
		None policy.Date
		How  policy.Severity
	}
	in := both{Day: day(t, "2026-11-22"), How: policy.Major}
	src, err := json.Marshal(in)
	if err != nil || string(src) != `{"Day":"2026-11-22","None":"","How":"major"}` {
		t.Fatalf("%s, %v", src, err)
	}
	var out both
	if err := json.Unmarshal(src, &out); err != nil || out != in {
		t.Errorf("%v, %v", out, err)
	}
	for _, bad := range []string{`{"Day":"x"}`, `{"How":"x"}`} {
		if json.Unmarshal([]byte(bad), &out) == nil {
			t.Errorf("%s passed", bad)
		}
	}
	if got := policy.Severity(9).String(); got != "Severity(9)" {
		t.Error(got)
	}
}

// TestACohortIsBoundFromItsOwnDay: accounts made after the day for new ones are
// bound by the new text, those that are there by the old one until theirs.
func TestACohortIsBoundFromItsOwnDay(t *testing.T) {
	two := published(t, "2.0", "2027-01-01", "2027-03-01", policy.Stated)
	two.EffectiveNew = day(t, "2027-02-01")
	p := &policy.Policy{Versions: []*policy.Version{two, published(t, "1.0", "2026-01-01", "2026-01-01", policy.Stated)}}
	for on, want := range map[string][2]string{"2027-01-31": {"1.0", "1.0"}, "2027-02-01": {"1.0", "2.0"}, "2027-02-28": {"1.0", "2.0"}, "2027-03-01": {"2.0", "2.0"}} {
		existing, fresh := p.Binding(policy.Existing, day(t, on)), p.Binding(policy.NewAccounts, day(t, on))
		if existing.Label != want[0] || fresh.Label != want[1] {
			t.Errorf("on %s existing accounts are bound by %s and new ones by %s", on, existing.Label, fresh.Label)
		}
	}
	if p.InForce(day(t, "2027-02-15")).Label != "1.0" || two.FirstFrom() != day(t, "2027-02-01") {
		t.Error("without a cohort, existing accounts are meant")
	}
}

func TestTheLifeOfAVersionIsToldInSteps(t *testing.T) {
	v := published(t, "2.0", "2026-11-22", "2027-03-01", policy.Stated)
	if v.Cancelled() != nil || v.Steps() != nil {
		t.Error("nothing was said")
	}
	for i, on := range []string{"2027-02-01", "2027-03-01", "2027-02-15", "", "2027-04-01"} {
		a := policy.Announcement{Published: day(t, "2027-01-01").AddDays(i).Time()}
		if on == "" {
			a.Status, a.Reason = policy.Cancelled, "No new tariff."
		} else {
			a.Effective = day(t, on)
		}
		v.Announcements = append(v.Announcements, a)
	}
	want := []string{
		"announced on 2027-01-01 for 2027-02-01", "postponed on 2027-01-02 to 2027-03-01", "brought forward on 2027-01-03 to 2027-02-15",
		"cancelled on 2027-01-04: No new tariff.", "reinstated on 2027-01-05 for 2027-04-01",
	}
	for i, s := range v.Steps() {
		if s.String() != want[i] {
			t.Errorf("got %q, want %q", s, want[i])
		}
	}
	if v.Cancelled() != nil {
		t.Error("what was reinstated is not cancelled")
	}
}
