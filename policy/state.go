package policy

import (
	"fmt"
	"time"
)

// Announcement is what was said on a day about a version: from when it binds, or
// that it will not. The first one is its publication; later ones postpone it,
// bring it forward, cancel it or take that back.
type Announcement struct {
	Published    time.Time // when it was said
	Commit       string    // full id of the commit that said it
	Effective    Date
	EffectiveNew Date // for accounts made from then on, where that is another day
	Certainty    Certainty
	Status       Status // Cancelled, or empty for a version that stands
	Reason       string // why, in the editor's words
}

// Absence is a time in which a policy was withdrawn.
type Absence struct {
	From   Date
	Until  Date   // the day of its return; zero while it lasts
	Reason string // why, in the editor's words
	Commit string // full id of the commit that withdrew it
}

// Cohort is one of the groups of people that a version may bind from different
// days.
type Cohort string

// The cohorts. Where nothing else is said, a date is that of existing accounts.
const (
	Existing    Cohort = "existing" // accounts made before the version took effect for new ones
	NewAccounts Cohort = "new"      // accounts made from that day on
)

// FromFor returns the first day on which v binds a cohort. A stated date is taken
// at its word; any other cannot lie before the text could be read.
func (v *Version) FromFor(c Cohort) Date {
	effective := v.Effective
	if c == NewAccounts && !v.EffectiveNew.IsZero() {
		effective = v.EffectiveNew
	}
	published := DateOf(v.Published)
	if v.Certainty == Stated || effective.After(published) {
		return effective
	}
	return published
}

// From returns the first day on which v binds existing accounts.
func (v *Version) From() Date { return v.FromFor(Existing) }

// FirstFrom returns the first day on which v binds anybody.
func (v *Version) FirstFrom() Date {
	from := v.From()
	if n := v.FromFor(NewAccounts); n.Before(from) {
		return n
	}
	return from
}

// Cancelled returns the announcement that v will not take effect, or nil when it
// stands.
func (v *Version) Cancelled() *Announcement {
	last := len(v.Announcements) - 1
	if last < 0 || v.Announcements[last].Status != Cancelled {
		return nil
	}
	return &v.Announcements[last]
}

// Step is one thing that was done with an announced version.
type Step struct {
	Kind      StepKind
	On        Date   // the day it was said
	Effective Date   // from when the version was to bind then
	Reason    string // why, in the editor's words
}

// StepKind says what was done.
type StepKind string

// The kinds of steps.
const (
	Announced      StepKind = "announced"
	Postponed      StepKind = "postponed"
	BroughtForward StepKind = "brought forward"
	CalledOff      StepKind = "cancelled"
	Reinstated     StepKind = "reinstated"
)

// Steps tells the life of v before it took effect, oldest first.
func (v *Version) Steps() []Step {
	var steps []Step
	for i, a := range v.Announcements {
		step := Step{Kind: Announced, On: DateOf(a.Published), Effective: a.Effective, Reason: a.Reason}
		switch {
		case a.Status == Cancelled:
			step.Kind = CalledOff
		case i == 0:
		case v.Announcements[i-1].Status == Cancelled:
			step.Kind = Reinstated
		case a.Effective.After(v.Announcements[i-1].Effective):
			step.Kind = Postponed
		default:
			step.Kind = BroughtForward
		}
		steps = append(steps, step)
	}
	return steps
}

// String writes a step as in "postponed on 2027-01-12 to 2027-03-01".
func (s Step) String() string {
	switch s.Kind {
	case CalledOff:
		if s.Reason == "" {
			return fmt.Sprintf("cancelled on %s", s.On)
		}
		return fmt.Sprintf("cancelled on %s: %s", s.On, s.Reason)
	case Postponed, BroughtForward:
		return fmt.Sprintf("%s on %s to %s", s.Kind, s.On, s.Effective)
	}
	return fmt.Sprintf("%s on %s for %s", s.Kind, s.On, s.Effective)
}

// Absent returns the time in which the policy is withdrawn on the given day, or
// nil.
func (p *Policy) Absent(on Date) *Absence {
	for i := range p.Absences {
		a := &p.Absences[i]
		if !on.Before(a.From) && (a.Until.IsZero() || on.Before(a.Until)) {
			return a
		}
	}
	if !p.Withdrawn.IsZero() && !on.Before(p.Withdrawn) {
		return &Absence{From: p.Withdrawn}
	}
	return nil
}

// Binding returns the version that binds a cohort on the given day, or nil when
// none does. Of two that took effect on one day, the one published later binds.
// It is the one rule for who is bound by what.
func (p *Policy) Binding(c Cohort, on Date) *Version {
	if p.Absent(on) != nil {
		return nil
	}
	var current *Version
	for _, v := range p.Versions {
		if v.Front.Draft || v.Cancelled() != nil || v.FromFor(c).After(on) {
			continue
		}
		if current == nil || v.FromFor(c).After(current.FromFor(c)) {
			current = v
		}
	}
	return current
}

// InForce returns the version that binds existing accounts on the given day, or
// nil when none does.
func (p *Policy) InForce(on Date) *Version { return p.Binding(Existing, on) }
