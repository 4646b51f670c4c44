package materiality_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/materiality"
)

// tally counts right and wrong answers.
type tally struct {
	changes, exact           int
	majors, hits, alarms     int // of major: wanted, found, called for nothing
	calledHarmless           int // majors called editorial or none
	sameTopics, wanted, told int
}

func (s *tally) add(c *change, a *materiality.Assessment) {
	s.changes++
	if a.Severity == c.Severity {
		s.exact++
	}
	if c.Severity == policy.Major {
		s.majors++
		if a.Severity <= policy.Editorial {
			s.calledHarmless++
		}
	}
	switch {
	case a.Severity != policy.Major:
	case c.Severity == policy.Major:
		s.hits++
	default:
		s.alarms++
	}
	s.wanted, s.told = s.wanted+len(c.Categories), s.told+len(a.Categories)
	for _, category := range a.Categories {
		if slices.Contains(c.Categories, category) {
			s.sameTopics++
		}
	}
}

func share(a, b int) float64 { return float64(a) / float64(max(b, 1)) }

func (s *tally) majorF1() float64    { return share(2*s.hits, s.hits+s.alarms+s.majors) }
func (s *tally) categoryF1() float64 { return share(2*s.sameTopics, s.wanted+s.told) }

func (s *tally) String() string {
	return fmt.Sprintf("%d changes: major F1 %.3f (recall %.3f), major called harmless %.3f, exact %.3f, category F1 %.3f",
		s.changes, s.majorF1(), share(s.hits, s.majors), share(s.calledHarmless, s.majors), share(s.exact, s.changes), s.categoryF1())
}

// check fails when a figure is worse than its floor.
func (s *tally) check(t *testing.T, want floors) {
	t.Helper()
	if got := s.majorF1(); got < want.majorF1 {
		t.Errorf("major F1 is %.3f, want at least %.3f", got, want.majorF1)
	}
	if got := share(s.exact, s.changes); got < want.exact {
		t.Errorf("exact severity is %.3f, want at least %.3f", got, want.exact)
	}
	if got := s.categoryF1(); got < want.categories {
		t.Errorf("category F1 is %.3f, want at least %.3f", got, want.categories)
	}
	if got := share(s.calledHarmless, s.majors); got > want.harmless {
		t.Errorf("of the major changes %.3f are called harmless, want at most %.3f", got, want.harmless)
	}
}
