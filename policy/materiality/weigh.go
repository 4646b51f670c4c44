package materiality

import (
	"math"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
)

// Described is a pair of texts as a model sees it.
type Described struct {
	Changes []Features        // of each change in it that is not proved harmless
	About   []Features        // the words of each of them and of their places, which tell the categories
	Foreign bool              // not in English
	Proved  bool              // every difference has a licence, or is none of the policy's words
	Least   policy.Severity   // what it is at least: none or editorial where all was proved, minor where a rule turns on what differs
	Marked  bool              // what differs is such that only a person may call it less than major
	Rules   []policy.Severity // what the rules say of each change: where the fitting begins

	units []*unit // the changes themselves
}

// Describe returns what a model is fitted to.
func Describe(r *redline.Redline) Described {
	var d Described
	t := read(r, new(Memory))
	if !t.touched {
		return d
	}
	j := newJudge(t)
	j.model = nil
	d = describedBy(j.units(defaultBook()))
	d.Foreign = j.language != nil
	j.tellAbout(&d)
	return d
}

// gravest is the severity that the rules give to a change.
func (u *unit) gravest() policy.Severity {
	s := policy.None
	for _, r := range u.reasons {
		s = max(s, r.Severity)
	}
	return s
}

// Summary is what a model sees of a whole pair: how grave its gravest changes
// are.
func (m *Model) Summary(changes []Features) Features {
	return summary(changes, m.gradesOf(changes))
}

func summary(changes []Features, graves []grades) Features {
	f := newFeatures()
	f.set("one")
	var first, second grades
	for s := range graded {
		first[s], second[s] = lowest, lowest
	}
	for i := range graves {
		for s, x := range graves[i] {
			switch {
			case x > first[s]:
				first[s], second[s] = x, first[s]
			case x > second[s]:
				second[s] = x
			}
		}
	}
	for i, s := range graded {
		f.named["first "+s.String()], f.named["second "+s.String()] = first[i], second[i]
	}
	f.named["changes"] = math.Log1p(float64(len(changes)))
	f.set("changes:", bucket(len(changes)))
	if len(changes) > 0 && isForeign(changes[0]) {
		return f.sorted().marked()
	}
	return f.sorted()
}

// lowest is the sum of a change that is not there.
const lowest = -4.0

// odds are the probabilities of the severities of a pair.
type odds [4]float64

// odds weighs the changes of a pair.
func (m *Model) odds(changes []Features, graves []grades) odds {
	var sums grades
	m.sum(summary(changes, graves), pairTargets, sums[:])
	least := [5]float64{0: 1}
	for i, s := range graded {
		least[s] = min(least[s-1], logistic(sums[i]))
	}
	var o odds
	for s := range o {
		o[s] = least[s] - least[s+1]
	}
	return o
}

// Verdict is what a model says of a pair of texts.
type Verdict struct {
	Severity    policy.Severity
	Probability float64 // that the severity is right
	Major       float64 // the probability that the change is major
	Undecided   bool    // a person must read it
}

// Where a verdict ends and doubt begins.
const (
	majorFrom   = 0.5  // probability from which a change is called major
	minorFrom   = 0.5  // probability from which it is at least minor
	harmfulFrom = 0.45 // probability from which it is not called harmless
	graveFrom   = 0.2  // probability of major from which it is not called harmless either
	wordsFrom   = 0.5  // probability from which words of the policy changed at all
	doubtFrom   = 0.25 // probability of major from which a change called less is not decided
	unreadFrom  = 0.08 // the same for one called harmless in a language of which some words are read only
	doubtTo     = 0.7  // probability of major up to which a change called so is not decided
	sureAsProof = 0.98 // the probability of what was proved
	sureAsIdle  = 0.75 // the probability that headings, pointers and addresses are nothing more
)

// Judge draws the conclusion from the changes of a pair.
func (m *Model) Judge(d Described) Verdict { return m.judge(d, m.gradesOf(d.Changes)) }

// judge does so by how much speaks for each change being grave.
func (m *Model) judge(d Described, graves []grades) Verdict {
	if d.Proved && d.Least < policy.Minor {
		return Verdict{Severity: d.Least, Probability: sureAsProof}
	}
	if len(d.Changes) == 0 {
		return Verdict{Severity: d.Least, Probability: sureAsIdle}
	}
	o := m.odds(d.Changes, graves)
	v := Verdict{Major: o[policy.Major]}
	switch {
	case v.Major >= majorFrom:
		v.Severity = policy.Major
	case v.Major+o[policy.Minor] >= minorFrom:
		v.Severity = policy.Minor
	case 1-o[policy.None] >= wordsFrom:
		v.Severity = policy.Editorial
	}
	if v.Severity < policy.Minor && (v.Major+o[policy.Minor] >= harmfulFrom || v.Major >= graveFrom) {
		v.Severity = policy.Minor // the burden of proof lies on harmless
	}
	if v.Severity < d.Least {
		v.Severity = d.Least
	}
	v.Probability = o[v.Severity]
	doubt := doubtFrom
	if v.Severity < policy.Minor && isForeign(d.Changes[0]) {
		doubt = unreadFrom
	}
	v.Undecided = d.Marked && v.Severity < policy.Major || v.Severity < policy.Major && v.Major >= doubt || v.Severity == policy.Major && v.Major < doubtTo
	return v
}

// Band says how sure a verdict is.
func (v Verdict) Band() Confidence {
	switch {
	case v.Undecided || v.Probability < mediumFrom:
		return Low
	case v.Probability < highFrom:
		return Medium
	}
	return High
}

// The probabilities from which a verdict is of medium and of high confidence.
const (
	mediumFrom = 0.55
	highFrom   = 0.92
)
