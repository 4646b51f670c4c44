package redline_test

import (
	"testing"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
)

// titled is a clause by itself: all that have a heading are units.
func titled(c *policy.Clause) *policy.Clause { return c }

func clauseOf(t *testing.T, d *policy.Document, title string) *policy.Clause {
	t.Helper()
	for _, c := range d.Clauses {
		if c.Title == title {
			return c
		}
	}
	t.Fatalf("no clause %q", title)
	return nil
}

func TestAClauseIsKnownAgain(t *testing.T) {
	const fees, words = "Members pay a fee each spring, and the board sets it in the winter before.", "Letters are kept for ten years in the cellar of the house, and nobody may copy them."
	tests := []struct{ name, old, now, was, is string }{
		{"under another number", "## 1. Fees\n\n" + fees, "## 1. Letters\n\n" + words + "\n\n## 2. Fees\n\n" + fees, "Fees", "Fees"},
		{"at another place", "## Fees\n\n" + fees + "\n\n## Letters\n\n" + words, "## Letters\n\n" + words + "\n\n## Fees\n\n" + fees, "Letters", "Letters"},
		{"under another heading", "## Fees\n\n" + fees, "## What members pay\n\n" + fees, "Fees", "What members pay"},
		{"by its author's anchor, whatever it says", "## Fees {#money}\n\n" + fees + "\n\n## Letters\n\n" + words, "## Money {#money}\n\nNobody pays at all.\n\n## Dues\n\n" + fees, "Fees", "Money"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := redline.Compare(parse(t, test.old), parse(t, test.now))
			o := r.Origins(titled)
			before, now := clauseOf(t, r.Old, test.was), clauseOf(t, r.New, test.is)
			if o.Was(now) != before {
				t.Errorf("%s was %+v", now.Name(), o.Was(now))
			}
			if o.Became(before) == nil {
				t.Errorf("%s became nothing", before.Name())
			}
		})
	}
}

func TestAClauseThatIsNewWasNothing(t *testing.T) {
	r := redline.Compare(parse(t, "## Fees\n\nMembers pay a fee each spring."), parse(t, "## Fees\n\nMembers pay a fee each spring.\n\n## Dogs\n\nBring none into the hall."))
	o := r.Origins(titled)
	if was := o.Was(clauseOf(t, r.New, "Dogs")); was != nil {
		t.Errorf("it was %s", was.Name())
	}
}
