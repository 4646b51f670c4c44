package policy

import (
	"fmt"
	"slices"
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
	Status       Status // Cancelled, or empty for a version that holds
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
	if v.Certainty == Stated {
		return effective
	}
	if published := DateOf(v.Published); published.After(effective) {
		return published
	}
	return effective
}

// FromForAccount returns the first day on which v can bind the owner of an account
// that was made on the given day: a new one for v, if it was made when v bound new
// accounts already. A zero day is one long ago.
func (v *Version) FromForAccount(made Date) Date {
	if from := v.FromFor(NewAccounts); !made.IsZero() && !made.Before(from) {
		return from
	}
	return v.From()
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

// TwoDays reports whether v binds new accounts from another day than existing
// ones.
func (v *Version) TwoDays() bool { return v.FromFor(NewAccounts) != v.From() }

// Cancelled returns the announcement that v will not take effect, or nil when it
// holds.
func (v *Version) Cancelled() *Announcement {
	last := len(v.Announcements) - 1
	if last < 0 || v.Announcements[last].Status != Cancelled {
		return nil
	}
	return &v.Announcements[last]
}

// Step is one thing that was done with an announced version. Its fields are named
// in JSON as commands and sites give it.
type Step struct {
	Kind      StepKind `json:"kind"`
	On        Date     `json:"on"`                     // the day it was said
	Effective Date     `json:"effective"`              // from when the version was to bind existing accounts then
	New       Date     `json:"effective_new,omitzero"` // from when it was to bind new ones, where that is another day
	Reason    string   `json:"reason,omitempty"`       // why, in the editor's words
	Commit    string   `json:"commit"`                 // full id of the commit that said it
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
		step := Step{Kind: Announced, On: DateOf(a.Published), Effective: a.Effective, New: a.EffectiveNew, Reason: a.Reason, Commit: a.Commit}
		switch {
		case a.Status == Cancelled:
			step.Kind = CalledOff
		case i == 0:
		case v.Announcements[i-1].Status == Cancelled:
			step.Kind = Reinstated
		case later(a, v.Announcements[i-1]):
			step.Kind = Postponed
		default:
			step.Kind = BroughtForward
		}
		steps = append(steps, step)
	}
	return steps
}

// later reports whether an announcement names a later day than the one before it,
// for existing accounts or else for new ones.
func later(a, before Announcement) bool {
	if a.Effective != before.Effective {
		return a.Effective.After(before.Effective)
	}
	return a.EffectiveNew.IsZero() || !before.EffectiveNew.IsZero() && a.EffectiveNew.After(before.EffectiveNew)
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
	return p.binding(func(v *Version) Date { return v.FromFor(c) }, on)
}

// BindingAccount is Binding for the owner of an account that was made on a day:
// of each version they are of the one cohort or the other.
func (p *Policy) BindingAccount(made, on Date) *Version {
	return p.binding(func(v *Version) Date { return v.FromForAccount(made) }, on)
}

func (p *Policy) binding(from func(*Version) Date, on Date) *Version {
	if p.Absent(on) != nil {
		return nil
	}
	var current *Version
	var since Date
	for _, v := range p.Versions {
		if v.Front.Draft || v.Cancelled() != nil {
			continue
		}
		if day := from(v); !day.After(on) && (current == nil || day.After(since)) {
			current, since = v, day
		}
	}
	return current
}

// InForce returns the version that binds existing accounts on the given day, or
// nil when none does.
func (p *Policy) InForce(on Date) *Version { return p.Binding(Existing, on) }

// Term is a time in which one version bound, or none did.
type Term struct {
	Version *Version // nil while the policy was withdrawn
	From    Date
	Until   Date // the last day; zero while nothing that is announced ends it
}

// Terms tells by which versions the owner of an account that was made on a day
// is bound from that day on, oldest first, as far as it is announced.
func (p *Policy) Terms(made Date) []Term {
	days := []Date{made}
	for _, v := range p.Versions {
		days = append(days, v.FromForAccount(made))
	}
	for _, a := range p.Absences {
		days = append(days, a.From, a.Until)
	}
	slices.SortFunc(days, Date.Compare)
	var terms []Term
	for _, day := range days {
		v := p.BindingAccount(made, day)
		last := len(terms) - 1
		if day.Before(made) || last < 0 && v == nil || last >= 0 && terms[last].Version == v {
			continue
		}
		if last >= 0 {
			terms[last].Until = day.AddDays(-1)
		}
		terms = append(terms, Term{Version: v, From: day})
	}
	return terms
}
