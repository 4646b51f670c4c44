package comparison

import (
	"testing"

	"github.com/codicil/codicil/policy"
)

func TestTheZeroComparerJudgesByTheRulesThatShip(t *testing.T) {
	c := Comparer{}.Compare(side(t, "before", "We keep cookies for 30 days.\n"), side(t, "after", "We keep cookies for 90 days.\n"))
	if a := c.Assessment(); a.Severity != policy.Major || c.Failure != nil {
		t.Errorf("judged %v, failure %v", a.Severity, c.Failure)
	}
}
