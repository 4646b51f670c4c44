package notify

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestWhoFollowsAPolicy(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		follower Follower
		want     bool
	}{
		"this one":     {Follower{Policies: []string{"terms", "privacy"}}, true},
		"all":          {Follower{Policies: []string{AllPolicies}}, true},
		"another one":  {Follower{Policies: []string{"terms"}}, false},
		"who has left": {Follower{Policies: []string{AllPolicies}, Left: noon}, false},
	} {
		if got := c.follower.Follows("privacy"); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	for source, want := range map[Source]bool{FromComplaint: true, FromUnsubscribe: true, FromBounce: false, FromRefusal: false, FromOperator: false} {
		if source.Personal() != want {
			t.Errorf("%s is asked for by the person: %v", source, !want)
		}
	}
}

// Lines names the first of all that were added, in order, whatever order they came in.
func TestTheFirstLinesAreNamed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		added := rapid.SliceOfN(rapid.IntRange(1, 5000), 0, maxLines+50).Draw(t, "lines")
		var l Lines
		for _, line := range added {
			l.Add(line)
		}
		want := slices.Sorted(slices.Values(added))
		if got := want[:min(len(want), maxLines)]; l.Count != len(added) || !slices.Equal(l.First, got) {
			t.Fatalf("%d lines, the first %v, want %v", l.Count, l.First, got)
		}
	})
	if (&ListChange{}).Any() || !(&ListChange{Removed: Lines{Count: 1}}).Any() || !(&ListChange{Added: Lines{Count: 1}}).Any() {
		t.Error("whether a list changed is told wrongly")
	}
}

// A list of thousands is remembered whole: the line of each address comes back, and
// only for addresses that were there.
func TestEveryAddressOfAListIsRemembered(t *testing.T) {
	t.Parallel()
	var s seen
	name := func(i int) string {
		return string(rune('a'+i%26)) + string(rune('a'+i/26%26)) + string(rune('a'+i/676)) + "@example.org"
	}
	for i := range 10_000 {
		if before := s.add(name(i), i+1); before != 0 {
			t.Fatalf("%s was in line %d already", name(i), before)
		}
	}
	for i := range 10_000 {
		if before := s.add(name(i), 99_999); before != i+1 {
			t.Fatalf("%s was in line %d, want %d", name(i), before, i+1)
		}
	}
	if before := s.add("AAA@example.org", 1); before != 1 {
		t.Errorf("capitals make another person: %d", before)
	}
}

func TestEachStateIsCountedForItself(t *testing.T) {
	t.Parallel()
	var c Counts
	for i, s := range []State{Due, InDoubt, Accepted, Refused, Suppressed} {
		*c.Of(s) = 1 << i
	}
	if want := (Counts{Due: 1, InDoubt: 2, Accepted: 4, Refused: 8, Suppressed: 16}); c != want || c.Total() != 31 || c.Of("lost") != nil {
		t.Errorf("%+v", c)
	}
}

func TestThePlanOfWhatIsLeftNeedsNoList(t *testing.T) {
	t.Parallel()
	p := NewRest(privacy(), Counts{Due: 3, InDoubt: 2, Accepted: 10, Refused: 1}, PlanOptions{Rate: Rate{1, 60e9}, Start: noon})
	if p.Listed != 16 || p.To != 5 || p.Duration != 4*60e9 || !p.End.Equal(noon.Add(p.Duration)) {
		t.Errorf("%+v", p)
	}
}
