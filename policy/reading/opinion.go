package reading

import (
	"fmt"
	"slices"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/materiality"
)

// Opinion is what a second reader said of a change, beside what the rules say of
// it, for a person to compare.
type Opinion struct {
	Reader   string               `json:"reader"` // the model, or the program
	Read     policy.Date          `json:"read"`   // the day
	Agrees   bool                 `json:"agrees"` // with the rules, on the severity
	Verdict  string               `json:"verdict"`
	Rules    policy.Severity      `json:"rules"` // what the rules propose
	Proposed []materiality.Reason `json:"-"`     // and why
	*Reading
}

// NewOpinion sets a reading beside what the rules propose.
func NewOpinion(reader string, on policy.Date, rules *materiality.Assessment, r *Reading) *Opinion {
	return &Opinion{Reader: reader, Read: on, Agrees: rules.Severity == r.Severity, Verdict: verdict(rules.Severity, r),
		Rules: rules.Severity, Proposed: rules.Reasons, Reading: r}
}

// verdict says in words for people whether a reading and the rules come to the
// same severity.
func verdict(proposed policy.Severity, r *Reading) string {
	if proposed == r.Severity {
		return fmt.Sprintf("The rules and the second reader agree: %s.", proposed)
	}
	return fmt.Sprintf("Read this first: the rules say %s, the second reader says %s.", proposed, r.Severity)
}

// Beside is how many reasons of each side decide, and are shown side by side.
const Beside = 3

// Deciding returns the reasons that a person should read first: those of the
// rules and those of the reader, the gravest of each, at most Beside.
func (o *Opinion) Deciding() (rules []materiality.Reason, reader []Reason) {
	return o.Proposed[:min(Beside, len(o.Proposed))], o.Reasons[:min(Beside, len(o.Reasons))]
}

// AsReason writes a reason of a reading as one of an assessment.
func (r Reason) AsReason() materiality.Reason {
	return materiality.Reason{Rule: RuleSecond, Category: r.Category, Severity: r.Severity, Clause: r.Clause,
		Before: r.Before, After: r.After, Why: r.Why, Confidence: materiality.Low}
}

// RuleSecond marks, among the reasons of an assessment, those of a reading.
const RuleSecond = "second-reader"

// Join puts a reading beside what the rules propose. Where both name the same
// severity the assessment stays as it is. Where they differ, the graver one
// holds, the reasons of both are shown, and the whole is undecided until a
// person has read it: a reading never makes a change look smaller.
func Join(a *materiality.Assessment, r *Reading) *materiality.Assessment {
	if r == nil || r.Severity == a.Severity {
		return a
	}
	joined := *a
	joined.Undecided = true
	if r.Severity < a.Severity {
		return &joined
	}
	joined.Severity = r.Severity
	var second []materiality.Reason
	for _, reason := range r.Reasons {
		if reason.Severity > a.Severity {
			said := reason.AsReason()
			said.Why = "The second reader: " + said.Why
			second = append(second, said)
		}
	}
	joined.Reasons = append(second, a.Reasons...)
	for _, c := range r.Categories {
		if !slices.Contains(joined.Categories, c) {
			joined.Categories = append(slices.Clone(joined.Categories), c)
		}
	}
	slices.Sort(joined.Categories)
	return &joined
}
