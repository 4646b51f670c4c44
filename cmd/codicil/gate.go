package main

import (
	"slices"
	"time"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/notice"
	"github.com/codicil/codicil/policy/redline"
)

// gate holds the text in the work tree against the newest published version.
func (a *app) gate(w *workspace, p *policy.Policy, doc *policy.Document, result *checked) error {
	on := a.today()
	newest := p.Versions[0]
	published, err := w.document(newest)
	if err != nil {
		return err
	}
	r := redline.Compare(published, doc)
	if r.Stat().Changes == 0 {
		return nil
	}
	candidate := a.candidate(p, doc)
	relabels := candidate.Label != newest.Label
	binding := !newest.From().After(on)
	next := withCandidate(p, candidate, relabels)
	if !relabels && !binding {
		// An announced version may still be mended: what counts is what it changes.
		if r, err = w.sincePrevious(next, candidate, doc); err != nil {
			return err
		}
	}
	m := w.book.Assess(r)
	n := notice.New(next, candidate, r, m, w.rules)
	result.before = p.Ref(newest)
	result.redline, result.assessment, result.notice = r, m, n
	result.found = append(result.found, notice.Gate(notice.Candidate{
		File: p.Path, Notice: n, Front: doc.Front, Line: 1, On: on,
		Relabels: relabels, Binding: binding, Labelled: p.Starts == policy.StartLabel,
		Rules: w.rules, Sent: a.sent(w, on),
	})...)
	return nil
}

// candidate makes the version that the text would become if published today.
func (a *app) candidate(p *policy.Policy, doc *policy.Document) *policy.Version {
	on := a.today()
	v := &policy.Version{
		Label:     string(doc.Front.Version),
		Committed: on.Time().Add(12 * time.Hour),
		Published: on.Time().Add(12 * time.Hour),
		Effective: doc.Front.EffectiveDate,
		Certainty: policy.Stated,
		Path:      p.Path,
		Front:     doc.Front,
	}
	if v.Effective.IsZero() {
		v.Effective, v.Certainty = on, policy.Assumed
	}
	if v.Label == "" {
		v.Label = v.Effective.String()
	}
	return v
}

// withCandidate returns the policy as it would be with the candidate published.
func withCandidate(p *policy.Policy, v *policy.Version, relabels bool) *policy.Policy {
	next := *p
	older := p.Versions
	if !relabels {
		older = older[1:]
	}
	next.Versions = append([]*policy.Version{v}, slices.Clone(older)...)
	return &next
}

// sincePrevious compares the text with the version before the candidate.
func (w *workspace) sincePrevious(p *policy.Policy, v *policy.Version, doc *policy.Document) (*redline.Redline, error) {
	previous := p.Previous(v)
	if previous == nil {
		return redline.Compare(nil, doc), nil
	}
	before, err := w.document(previous)
	if err != nil {
		return nil, err
	}
	return redline.Compare(before, doc), nil
}

// gateUpcoming holds what is announced, but not yet in force, to its promises.
func (a *app) gateUpcoming(w *workspace, p *policy.Policy, result *checked) error {
	for _, v := range p.Upcoming(a.today()) {
		if p.Previous(v) == nil || result.notice != nil && result.notice.Label == v.Label {
			continue
		}
		c, err := w.compare(p, v)
		if err != nil {
			return err
		}
		n := c.notice(w.rules)
		result.found = append(result.found, notice.Gate(notice.Candidate{
			File: v.Path, Notice: n, Front: v.Front, Line: 1, On: policy.DateOf(v.Published),
			Relabels: true, Labelled: p.Starts == policy.StartLabel, Rules: w.rules,
		})...)
	}
	return nil
}

// sent returns the day on which the last message would leave if sending began
// on the given day; zero when the list or the rate is not known.
func (a *app) sent(w *workspace, on policy.Date) policy.Date {
	mailed := w.mailed()
	if mailed == 0 {
		return policy.Date{}
	}
	return policy.DateOf(on.Time().Add(9*time.Hour + mailed))
}
