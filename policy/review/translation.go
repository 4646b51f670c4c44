package review

import (
	"fmt"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
)

// behind reports that clauses of the original changed after the text in force
// of a translation was published. A translation that was published on the day
// of a change, or later, is taken to have it.
func (r *Reviewer) behind(p *policy.Policy) ([]*policy.Diagnostic, error) {
	original := r.original(p)
	current := p.InForce(r.On)
	if original == nil || current == nil {
		return nil, nil
	}
	last := policy.DateOf(current.Published)
	told := make(map[string]bool)
	var parts, versions []string
	for _, v := range r.since(original, last) {
		names, err := r.changedClauses(original, v)
		if err != nil {
			return nil, err
		}
		names = slices.DeleteFunc(slices.Clone(names), func(name string) bool { return told[name] })
		for _, name := range names {
			told[name] = true
		}
		versions = append(versions, original.Ref(v))
		if len(names) > 0 {
			parts = append(parts, fmt.Sprintf("%s (%s)", strings.Join(names, "; "), v.Label))
		}
	}
	if len(versions) == 0 {
		return nil, nil
	}
	message := fmt.Sprintf("%s, published on %s, is behind %s", p.Ref(current), last, versions[0])
	if len(parts) > 0 {
		message += ", which changed since then: " + strings.Join(parts, ", ")
	}
	return []*policy.Diagnostic{{
		File: p.Path, Line: 1, Column: 1, Level: policy.Warning, Rule: "translation-behind", Message: message,
		Hint: fmt.Sprintf("translate what `codicil diff %s %s` shows, or publish it again when it needs no change", translatedFrom(original, last), versions[0]),
	}}, nil
}

// unannounced reports versions that the original announces and its translation does
// not have: who reads the translation would learn of them when they bind.
func (r *Reviewer) unannounced(p *policy.Policy) []*policy.Diagnostic {
	original := r.original(p)
	if original == nil {
		return nil
	}
	original, translation := r.toBe(original), r.toBe(p)
	if len(translation.Versions) == 0 || !translation.Withdrawn.IsZero() {
		return nil
	}
	labelled := original.Starts == policy.StartLabel && translation.Starts == policy.StartLabel
	var found []*policy.Diagnostic
	for _, v := range original.Upcoming(r.On) {
		told := slices.ContainsFunc(translation.Versions, func(w *policy.Version) bool {
			return w.Label == v.Label || !labelled && !policy.DateOf(w.Published).Before(policy.DateOf(v.Published))
		})
		if !told {
			found = append(found, &policy.Diagnostic{
				File: p.Path, Line: 1, Column: 1, Level: policy.Warning, Rule: "translation-behind",
				Message: fmt.Sprintf("%s is announced for %s, and this translation does not have it", original.Ref(v), v.Effective),
				Hint:    "translate the change, and publish it under the same `version` and `effective_date`",
			})
		}
	}
	return found
}

// toBe is a policy as it will be with the work tree committed, where that is known.
func (r *Reviewer) toBe(p *policy.Policy) *policy.Policy {
	if i := slices.IndexFunc(r.Next, func(next *policy.Policy) bool { return next.Path == p.Path }); i >= 0 {
		return r.Next[i]
	}
	return p
}

// original returns the policy that p translates, while it lives: as it is, or as it
// is to be where the same change brings it, or gives another one its name.
func (r *Reviewer) original(p *policy.Policy) *policy.Policy {
	if p.TranslationOf == "" {
		return nil
	}
	for _, list := range [][]*policy.Policy{r.Policies, r.Next} {
		for _, o := range list {
			if o.ID == p.TranslationOf && o.Withdrawn.IsZero() {
				return o
			}
		}
	}
	return nil
}

// since lists the versions of a policy that were published after a day and are
// in force or were, the newest first.
func (r *Reviewer) since(p *policy.Policy, day policy.Date) []*policy.Version {
	var list []*policy.Version
	statusOf := p.StatusOn(r.On)
	for _, v := range p.Versions {
		status := statusOf(v)
		if policy.DateOf(v.Published).After(day) && (status == policy.InForce || status == policy.Superseded) && p.Previous(v) != nil {
			list = append(list, v)
		}
	}
	return list
}

// translatedFrom names the version of the original that the translation has.
func translatedFrom(p *policy.Policy, day policy.Date) string {
	for _, v := range p.Versions {
		if !policy.DateOf(v.Published).After(day) {
			return p.Ref(v)
		}
	}
	return p.Ref(p.Versions[len(p.Versions)-1])
}

// changedClauses names the clauses of a policy that one version changed.
func (r *Reviewer) changedClauses(p *policy.Policy, v *policy.Version) ([]string, error) {
	if names, known := r.translated[v]; known {
		return names, nil
	}
	before, err := r.previous(p, v)
	if err != nil {
		return nil, err
	}
	after, err := r.side(p, v)
	if err != nil {
		return nil, err
	}
	names := []string{}
	for _, c := range r.Comparer.Compare(before, after).Redline.Changes() {
		if name := c.Clause.Name(); name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if r.translated == nil {
		r.translated = make(map[*policy.Version][]string)
	}
	r.translated[v] = names // an original with many translations is compared once
	return names, nil
}
