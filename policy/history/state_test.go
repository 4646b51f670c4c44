package history

import (
	"fmt"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
)

// TestTheLifeOfAVersion follows what editors do to announced versions: each row
// is a history, what each version says of itself in the end, and the statuses on
// one day.
func TestTheLifeOfAVersion(t *testing.T) {
	t.Parallel()
	one := labelled("1.0", "2024-01-01", "One.")
	two := func(date, more, words string) string {
		return "---\nversion: 2.0\neffective_date: " + date + "\n" + more + "---\n" + words + "\n"
	}
	for name, test := range map[string]struct {
		revisions []string
		want      string // label: what was said on which day; newest first
		on        string
		statuses  string // newest first
	}{
		"postponed": {
			[]string{"2024-01-01", one, "2024-01-05", two("2024-02-01", "", "Two."), "2024-01-12", two("2024-03-01", "", "Two.")},
			"2.0: 2024-02-01 said 2024-01-05, 2024-03-01 said 2024-01-12|1.0: 2024-01-01 said 2024-01-01", "2024-02-10", "upcoming, in force",
		},
		"brought forward": {
			[]string{"2024-01-01", one, "2024-01-05", two("2024-03-01", "", "Two."), "2024-01-12", two("2024-02-01", "", "Two.")},
			"2.0: 2024-03-01 said 2024-01-05, 2024-02-01 said 2024-01-12|1.0: 2024-01-01 said 2024-01-01", "2024-02-10", "in force, superseded",
		},
		"cancelled by its status": {
			[]string{"2024-01-01", one, "2024-01-05", two("2024-02-01", "", "Two."), "2024-01-12", two("2024-02-01", "status: cancelled\nstatus_reason: No new tariff.\n", "Two.")},
			"2.0: 2024-02-01 said 2024-01-05, cancelled (No new tariff.) said 2024-01-12|1.0: 2024-01-01 said 2024-01-01", "2024-02-10", "cancelled, in force",
		},
		"cancelled, on the day before": {
			[]string{"2024-01-01", one, "2024-01-05", two("2024-02-01", "", "Two."), "2024-01-12", two("2024-02-01", "status: cancelled\n", "Two.")},
			"2.0: 2024-02-01 said 2024-01-05, cancelled () said 2024-01-12|1.0: 2024-01-01 said 2024-01-01", "2024-01-11", "upcoming, in force",
		},
		"reverted before it took effect": {
			[]string{"2024-01-01", one, "2024-01-05", two("2024-02-01", "", "Two."), "2024-01-12", one},
			"2.0: 2024-02-01 said 2024-01-05, cancelled () said 2024-01-12|1.0: 2024-01-01 said 2024-01-01", "2024-02-10", "cancelled, in force",
		},
		"reverted after it took effect": {
			[]string{"2024-01-01", one, "2024-01-05", two("2024-02-01", "", "Two."), "2024-02-12", one},
			"1.0.2: 2024-02-12 said 2024-02-12|2.0: 2024-02-01 said 2024-01-05|1.0: 2024-01-01 said 2024-01-01", "2024-03-01", "in force, superseded, superseded",
		},
		"reverted beyond one in force, with another announced": {
			[]string{"2024-01-01", one, "2024-01-05", two("2024-02-01", "", "Two."), "2024-02-08", labelled("3.0", "2024-03-01", "Three."), "2024-02-12", one},
			"1.0.2: 2024-02-12 said 2024-02-12|3.0: 2024-03-01 said 2024-02-08, cancelled () said 2024-02-12|2.0: 2024-02-01 said 2024-01-05|1.0: 2024-01-01 said 2024-01-01", "2024-03-01", "in force, cancelled, superseded, superseded",
		},
		"reverted, and put back": {
			[]string{"2024-01-01", one, "2024-01-05", two("2024-02-01", "", "Two."), "2024-01-12", one, "2024-01-20", two("2024-03-01", "", "Two.")},
			"2.0: 2024-02-01 said 2024-01-05, cancelled () said 2024-01-12, 2024-03-01 said 2024-01-20|1.0: 2024-01-01 said 2024-01-01", "2024-02-10", "upcoming, in force",
		},
		"cancelled, and another announced": {
			[]string{"2024-01-01", one, "2024-01-05", two("2024-02-01", "", "Two."), "2024-01-12", one, "2024-01-20", labelled("2.1", "2024-03-01", "Three.")},
			"2.1: 2024-03-01 said 2024-01-20|2.0: 2024-02-01 said 2024-01-05, cancelled () said 2024-01-12|1.0: 2024-01-01 said 2024-01-01", "2024-03-10", "in force, cancelled, superseded",
		},
		"two announced, the last one reverted": {
			[]string{"2024-01-01", one, "2024-01-05", two("2024-02-01", "", "Two."), "2024-01-08", labelled("3.0", "2024-03-01", "Three."), "2024-01-12", two("2024-02-01", "", "Two.")},
			"3.0: 2024-03-01 said 2024-01-08, cancelled () said 2024-01-12|2.0: 2024-02-01 said 2024-01-05|1.0: 2024-01-01 said 2024-01-01", "2024-03-10", "cancelled, in force, superseded",
		},
		"without labels, by the date in the text": {
			[]string{"2024-01-01", "Effective: 1 January 2024\n\nOne.\n", "2024-01-05", "Effective: 1 February 2024\n\nTwo.\n", "2024-01-12", "Effective: 1 January 2024\n\nOne.\n"},
			"2024-01-05: 2024-02-01 said 2024-01-05, cancelled () said 2024-01-12|2024-01-01: 2024-01-01 said 2024-01-01", "2024-02-10", "cancelled, in force",
		},
		"for new accounts first": {
			[]string{"2024-01-01", one, "2024-01-05", two("{new: 2024-02-01, existing: 2024-03-01}", "", "Two.")},
			"2.0: 2024-03-01 said 2024-01-05|1.0: 2024-01-01 said 2024-01-01", "2024-02-10", "upcoming, in force",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := find(t, revisions(t, test.revisions...).history(Options{}), "a")
			var said, statuses []string
			for _, v := range p.Versions {
				said = append(said, life(v))
				statuses = append(statuses, string(p.Status(v, date(t, test.on))))
			}
			if got := strings.Join(said, "|"); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			if got := strings.Join(statuses, ", "); got != test.statuses {
				t.Errorf("got %s, want %s", got, test.statuses)
			}
		})
	}
}

// life writes what was said about a version.
func life(v *policy.Version) string {
	var said []string
	for _, a := range v.Announcements {
		what := a.Effective.String()
		if a.Status != "" {
			what = fmt.Sprintf("%s (%s)", a.Status, a.Reason)
		}
		said = append(said, what+" said "+policy.DateOf(a.Published).String())
	}
	return v.Label + ": " + strings.Join(said, ", ")
}

// TestAPolicyMayGoAndComeBack: in between it binds nobody.
func TestAPolicyMayGoAndComeBack(t *testing.T) {
	t.Parallel()
	r := newRepo(t)
	r.commit("2024-01-01", "a.md", labelled("1", "2024-01-01", "One."), "b.md", labelled("1", "2024-01-01", "B."))
	r.git("rm", "-q", "a.md")
	r.commit("2024-02-01", "b.md", "---\nversion: 1\neffective_date: 2024-01-01\nstatus: withdrawn\nstatus_reason: The service ended.\n---\nB.\n")
	r.commit("2024-03-01", "a.md", labelled("1", "2024-01-01", "One."), "b.md", labelled("1", "2024-01-01", "B."))
	h := r.history(Options{})
	wantOutline(t, h, "a: 1", "b: 1")
	for _, p := range h.Policies {
		for day, in := range map[string]bool{"2024-01-31": true, "2024-02-01": false, "2024-02-28": false, "2024-03-01": true} {
			if got := p.InForce(date(t, day)) != nil; got != in {
				t.Errorf("%s is in force on %s: %v", p.ID, day, got)
			}
		}
	}
	if a := find(t, h, "b").Absences; len(a) != 1 || a[0].Reason != "The service ended." || a[0].Until != date(t, "2024-03-01") {
		t.Errorf("got %+v", a)
	}
	if known := r.history(Options{Known: date(t, "2024-02-10")}); find(t, known, "b").Withdrawn != date(t, "2024-02-01") {
		t.Errorf("got %+v", find(t, known, "b"))
	}
}
