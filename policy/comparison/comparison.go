// Package comparison sets two texts of a policy beside each other: what
// changed, and how much it matters. It exists so that there is one such answer:
// the site, the command, mail, pull request and proof ask here, and can then
// not disagree.
//
// What is compared is what was written: the texts as they were parsed, before
// anything is resolved or left out to be shown.
//
// One odd text must not end the work on all the others. A failure of ours
// while a pair is compared or judged is caught here, and nowhere else: the
// comparison then says the little that is certain, is marked as limited, and
// names the failure.
package comparison

import (
	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/materiality"
	"github.com/codicil/codicil/policy/redline"
)

// Side is one of the two texts.
type Side struct {
	Name string           // as people call it: "privacy@2.0", a file; "nothing" when empty
	Doc  *policy.Document // nil where there is no text
}

// Judge says how much the changes of a redline matter.
type Judge interface {
	AssessWith(*materiality.Memory, *redline.Redline) *materiality.Assessment
}

// Comparer compares any two texts. The zero Comparer judges by the rules as they
// ship. It may be used by several goroutines at once if its fields may.
type Comparer struct {
	Judge  Judge
	Failed func(*policy.Diagnostic) // is told of each failure; nil when nobody is
}

// Compare finds what changed from one text to the other.
func (c Comparer) Compare(before, after Side) *Comparison { return c.Series().Compare(before, after) }

// judge returns who judges.
func (c Comparer) judge() Judge {
	if c.Judge == nil {
		return (*materiality.Book)(nil)
	}
	return c.Judge
}

// Series returns what compares the texts of one history, the next of them
// faster than the first.
func (c Comparer) Series() *Series { return &Series{comparer: c, compare: redline.CompareWith} }

// Series compares texts that have much in common. Its answers are those of its
// comparer. It must not be used by two goroutines at once.
type Series struct {
	comparer  Comparer
	compare   func(m *redline.Memory, before, after *policy.Document) *redline.Redline
	blocks    redline.Memory
	sentences materiality.Memory
}

// Comparison is two texts beside each other.
type Comparison struct {
	Before, After Side
	Redline       *redline.Redline // never nil

	// Failure says that a failure of ours left the redline or the assessment
	// without an answer; nil when all went well. The assessment is made when it
	// is first asked for.
	Failure *policy.Diagnostic

	assessment *materiality.Assessment
	series     *Series
}

// Compare finds what changed from one text to the other.
func (s *Series) Compare(before, after Side) *Comparison {
	c := &Comparison{Before: before, After: after, series: s}
	c.guard("compared", func() { c.Redline = s.compare(&s.blocks, before.Doc, after.Doc) })
	if c.Redline == nil {
		c.Redline = redline.Replaced(before.Doc, after.Doc)
		s.blocks = redline.Memory{}
	}
	return c
}

// Assessment says how much the changes matter. What could not be judged counts
// as major until somebody has read it.
func (c *Comparison) Assessment() *materiality.Assessment {
	if c.assessment != nil {
		return c.assessment
	}
	if c.Failure == nil {
		c.guard("judged", func() { c.assessment = c.series.comparer.judge().AssessWith(&c.series.sentences, c.Redline) })
	}
	if c.assessment == nil {
		c.assessment = c.unjudged()
		c.series.sentences = materiality.Memory{}
	}
	return c.assessment
}

// FailureRule is the rule by which a failure is reported, and the reason of an
// assessment that was not made.
const FailureRule = "comparison-failed"

// unjudged is the assessment of what could not be judged.
func (c *Comparison) unjudged() *materiality.Assessment {
	const why = "A failure of Codicil kept this change from being judged: read it yourself before you rely on it."
	a := &materiality.Assessment{Confidence: materiality.Certainty{Band: materiality.Low}, Limited: true, NotJudged: []string{why}}
	if c.After.Doc != nil {
		a.Declared = c.After.Doc.Front.Change
	}
	if c.Before.Doc != nil && len(c.Redline.Changes()) > 0 {
		a.Severity = policy.Major
		a.Reasons = []materiality.Reason{{Rule: FailureRule, Severity: policy.Major, Why: why, Confidence: materiality.Low}}
	}
	return a
}
