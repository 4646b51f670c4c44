package review

import (
	"fmt"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/comparison"
	"github.com/codicil/codicil/policy/materiality"
	"github.com/codicil/codicil/policy/reading"
)

// Readings gives the kept reading of a version by its label; nil where nobody
// has read it.
type Readings func(policyID, label string) (*reading.Record, error)

// Joined returns what rules and second reader say together about a change
// between two texts, given with their digests. A reading of other bytes counts
// for nothing, and that is said.
func (r Readings) Joined(p *policy.Policy, label, before, after string, c *comparison.Comparison) (*materiality.Assessment, []*policy.Diagnostic) {
	rules := c.Assessment()
	if r == nil {
		return rules, nil
	}
	record, err := r(p.ID, label)
	if err != nil {
		return rules, []*policy.Diagnostic{warning(p, "reading-unreadable", err.Error(), "remove the file, or run `codicil read` again")}
	}
	if record == nil {
		return rules, nil
	}
	if !record.Applies(before, after) {
		return rules, []*policy.Diagnostic{warning(p, "reading-other-text", fmt.Sprintf("the reading of %s@%s by %s is of other words, and does not count", p.ID, label, record.Reader),
			fmt.Sprintf("run `codicil read %s` again", p.ID))}
	}
	kept, err := record.Recheck(c.Redline)
	if err != nil {
		return rules, []*policy.Diagnostic{warning(p, "reading-unreadable", fmt.Sprintf("the reading of %s@%s counts for nothing: %v", p.ID, label, err), "")}
	}
	return reading.Join(rules, kept), nil
}
