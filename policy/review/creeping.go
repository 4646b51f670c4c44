package review

import (
	"fmt"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/comparison"
	"github.com/codicil/codicil/policy/materiality"
	"github.com/codicil/codicil/policy/notice"
)

// LastTold returns the last version before v that people were told about: a
// major one, one that was mailed, or the first. A banner over a minor change is
// seen by whoever happens to pass. Nil where nothing comes before v.
func LastTold(texts Texts, comparer comparison.Comparer, rules notice.Rules, p *policy.Policy, v *policy.Version) (*policy.Version, error) {
	told, _, err := sinceTold(texts, comparer, rules, p, v)
	return told, err
}

// mostSteps is how many versions that nobody was told about are looked at. The
// one before them stands for the last that was told.
const mostSteps = 200

// sinceTold returns the last version that people were told about, and the steps
// between it and v, the newest first.
func sinceTold(texts Texts, comparer comparison.Comparer, rules notice.Rules, p *policy.Policy, v *policy.Version) (*policy.Version, []*Change, error) {
	var steps []*Change
	reader := NewReader(texts, comparer)
	for at := p.Previous(v); at != nil; at = p.Previous(at) {
		if p.Previous(at) == nil || len(steps) == mostSteps {
			return at, steps, nil
		}
		step, err := reader.Compare(p, at)
		if err != nil {
			return nil, nil, err
		}
		if step.Assessment.Decided() >= policy.Major || step.Notice(rules).Through(notice.Email) {
			return at, steps, nil
		}
		steps = append(steps, step)
	}
	return nil, nil, nil
}

// creeping holds a candidate that is less than major against the last version
// that people were told about: many small steps can be one major change.
func (r *Reviewer) creeping(x *proposal, c *comparison.Comparison, n *notice.Notice) ([]*policy.Diagnostic, error) {
	if n.Severity >= policy.Major || n.Through(notice.Email) {
		return nil, nil
	}
	told, steps, err := sinceTold(r.Texts, r.Comparer, r.Rules, x.next, x.version)
	if err != nil || len(steps) == 0 {
		return nil, err
	}
	before, err := r.side(x.published, told)
	if err != nil {
		return nil, err
	}
	whole := r.Comparer.Compare(before, c.After).Assessment()
	if whole.Severity < policy.Major || whole.Undecided {
		return nil, nil
	}
	own := c.Assessment()
	i := slices.IndexFunc(whole.Reasons, func(reason materiality.Reason) bool {
		return reason.Severity == policy.Major && !alone(reason, own, steps)
	})
	if i < 0 || x.doc.Front.ApprovedBy != "" && names(x.doc.Front.ChangeReason, told.Label) {
		return nil, nil
	}
	reason := whole.Reasons[i]
	return []*policy.Diagnostic{fault(x.published, "creeping-change",
		fmt.Sprintf("%d steps since %s, the last version that people were told about, add up to a major change: %s", len(steps)+1, x.published.Ref(told), reason.Why),
		fmt.Sprintf("see the whole with `codicil assess %s --since-announced`; declare `change: major` and tell it in `summary`, or say in `change_reason` and `approved_by` why nobody needs to be told of what changed since %s",
			x.published.ID, told.Label))}, nil
}

// alone reports whether one step alone made what a reason tells of, and a person
// has decided that very step.
func alone(reason materiality.Reason, own *materiality.Assessment, steps []*Change) bool {
	touched, decided := 0, false
	look := func(a *materiality.Assessment) {
		if slices.ContainsFunc(a.Reasons, func(s materiality.Reason) bool { return s.Clause == reason.Clause }) {
			touched++
			decided = decided || a.Declared != nil
		}
	}
	look(own)
	for _, step := range steps {
		look(step.Assessment)
	}
	return touched == 1 && decided
}

// names reports whether a text holds a label as a word of its own.
func names(text, label string) bool {
	return slices.ContainsFunc(strings.Fields(text), func(word string) bool { return strings.Trim(word, ".,;:()") == label })
}
