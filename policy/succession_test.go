package policy

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// effective returns a policy whose versions take effect on the given days of
// January 2026; the first was published first.
func effective(days ...int) *Policy {
	p := &Policy{ID: "privacy"}
	for i, day := range days {
		v := &Version{Label: string(rune('a' + i)), Certainty: Stated, Effective: Date{Year: 2026, Month: 1, Day: day}}
		p.Versions = append([]*Version{v}, p.Versions...)
	}
	return p
}

func labels(versions []*Version) string {
	var list []string
	for _, v := range versions {
		list = append(list, v.Label)
	}
	return strings.Join(list, " ")
}

func TestWhatAppliesUntilAVersionTakesEffect(t *testing.T) {
	for _, test := range []struct {
		name        string
		days        []int
		on          int
		label, want string
	}{
		{"the one in force", []int{1, 20}, 10, "b", "a"},
		{"another comes between", []int{1, 15, 20}, 10, "c", "a b"},
		{"announced later, effective sooner", []int{1, 20, 15}, 10, "b", "a c"},
		{"nothing is in force yet", []int{15, 20}, 10, "b", "a"},
		{"the first of all", []int{15}, 10, "a", ""},
		{"one that never binds", []int{1, 15, 15, 20}, 10, "d", "a c"},
		{"old ones are over", []int{1, 2, 3, 20}, 10, "d", "c"},
	} {
		p := effective(test.days...)
		if got := labels(SuccessionOf(p).Until(p.Lookup(test.label), Date{Year: 2026, Month: 1, Day: test.on})); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

func TestTheNextVersionIsTheOneThatBindsThen(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		p := effective(rapid.SliceOfN(rapid.IntRange(1, 12), 1, 7).Draw(r, "days")...)
		s := SuccessionOf(p)
		for _, v := range p.Versions {
			next := s.Next(v)
			last := v.From()
			if next != nil {
				if p.InForce(next.From()) != next || next == v {
					r.Fatalf("%s is followed by %s, which does not bind then", v.Label, next.Label)
				}
				last = next.From().AddDays(-1)
			}
			if next != nil && next.From() == v.From() {
				continue // v never binds
			}
			if p.InForce(v.From()) != v || p.InForce(last) != v {
				r.Fatalf("%s does not bind from %s to %s", v.Label, v.From(), last)
			}
		}
	})
}

func TestNobodyIsBoundByWhatWasCancelled(t *testing.T) {
	p := effective(1, 10, 20)
	b := p.Lookup("b")
	b.Announcements = []Announcement{{Effective: b.Effective}, {Effective: b.Effective, Status: Cancelled}}
	s := SuccessionOf(p)
	if next := s.Next(p.Lookup("a")); next == nil || next.Label != "c" {
		t.Errorf("a is followed by %v", next)
	}
	if got := labels(s.Until(p.Lookup("c"), Date{Year: 2026, Month: 1, Day: 5})); got != "a" {
		t.Errorf("until c binds: %s", got)
	}
}

// TestTermsAreWhatBindsOnEachDay holds the terms of an account to the one rule,
// day by day.
func TestTermsAreWhatBindsOnEachDay(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		p := effective(rapid.SliceOfN(rapid.IntRange(1, 20), 1, 5).Draw(r, "days")...)
		for _, v := range p.Versions {
			if sooner := rapid.IntRange(0, 9).Draw(r, "sooner"); sooner > 0 {
				v.EffectiveNew = v.Effective.AddDays(-sooner)
			}
		}
		if rapid.Bool().Draw(r, "absent") {
			p.Absences = []Absence{{From: Date{Year: 2026, Month: 1, Day: 8}, Until: Date{Year: 2026, Month: 1, Day: 11}}}
		}
		made := Date{Year: 2026, Month: 1, Day: rapid.IntRange(1, 25).Draw(r, "made")}
		terms := p.Terms(made)
		for day := made; day.Before(Date{Year: 2026, Month: 2, Day: 1}); day = day.AddDays(1) {
			var binds *Version
			for _, term := range terms {
				if !day.Before(term.From) && (term.Until.IsZero() || !day.After(term.Until)) {
					binds = term.Version
				}
			}
			if want := p.BindingAccount(made, day); binds != want {
				r.Fatalf("on %s the terms say %v, the rule %v", day, binds, want)
			}
		}
	})
}

func TestTheSuccessionKnowsWhatIsInForceOnEachDay(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		p := effective(rapid.SliceOfN(rapid.IntRange(1, 12), 1, 7).Draw(r, "days")...)
		for _, v := range p.Versions {
			if rapid.IntRange(0, 4).Draw(r, "cancelled") == 0 {
				v.Announcements = []Announcement{{Status: Cancelled}}
			}
			v.Front.Draft = rapid.IntRange(0, 9).Draw(r, "draft") == 0
		}
		s := SuccessionOf(p)
		for day := 1; day <= 13; day++ {
			on := Date{Year: 2026, Month: 1, Day: day}
			if got, want := s.At(on), p.InForce(on); got != want {
				r.Fatalf("on %s it says %v, want %v", on, got, want)
			}
		}
	})
}
