package review

import (
	"slices"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/comparison"
)

// known marks the faults of a text that the published one has too, and lets
// them pass: a change answers for what it makes worse, not for what it found.
func known(found, before []*policy.Diagnostic) {
	left := make(map[[2]string]int)
	for _, d := range before {
		left[[2]string{d.Rule, d.Message}]++
	}
	for _, d := range found {
		if key := ([2]string{d.Rule, d.Message}); left[key] > 0 {
			left[key]--
			pass(d)
		}
	}
}

// Known marks the findings that were there before, and lets them pass.
func Known(found, before []*policy.Diagnostic) { known(found, before) }

// pass makes a warning of a fault that was there before.
func pass(d *policy.Diagnostic) {
	d.Known, d.Level = true, policy.Warning
}

// knownFaults marks the findings about a candidate that hold of the published
// text as well.
func (r *Reviewer) knownFaults(c Candidate, published *policy.Policy, found []*policy.Diagnostic) error {
	if !r.Based || published == nil || len(published.Versions) == 0 || Errors(found) == 0 {
		return nil
	}
	src, err := r.Texts.Text(published.Versions[0])
	if err != nil {
		return err
	}
	doc, err := r.parser.ParsePublished(c.Policy.Path, src)
	if doc == nil {
		return err
	}
	before := append(r.lint(Candidate{Policy: c.Policy, Source: src}, doc), SilentChanges(published)...)
	known(found, before)
	return nil
}

// settled has findings say of themselves what they will once the work tree is
// committed.
func settled(found, next []*policy.Diagnostic) {
	for _, d := range found {
		if i := slices.IndexFunc(next, func(s *policy.Diagnostic) bool { return s.Message == d.Message }); i >= 0 {
			d.Level, d.Hint = next[i].Level, next[i].Hint
		} else if d.Rule == "date-changed" {
			d.Level, d.Hint = policy.Warning, "its day is back now: nothing is left to do"
		}
	}
}

// silent reports commits that changed a text in force without a new label. One
// whose words are back says so, and lets the text pass.
func (r *Reviewer) silent(p *policy.Policy, doc *policy.Document) ([]*policy.Diagnostic, error) {
	found := SilentChanges(p)
	if len(found) == 0 || doc == nil {
		return found, nil
	}
	if next := counterpart(r.Next, p); next != nil {
		settled(found, SilentChanges(next))
	}
	for _, v := range p.Versions {
		if len(v.Silent) == 0 {
			continue
		}
		first, err := r.side(p, v)
		if err != nil {
			return nil, err
		}
		if r.Comparer.Compare(first, comparison.Side{Name: "work tree", Doc: doc}).Redline.Stat().Changes > 0 {
			continue
		}
		for _, d := range found {
			if slices.ContainsFunc(v.Silent, func(s policy.Revision) bool { return d.Message == silentMessage(p, v, s) }) {
				d.Level, d.Hint = policy.Warning, "its words are back now: nothing is left to do"
			}
		}
	}
	return found, nil
}
