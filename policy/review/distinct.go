package review

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/codicil/codicil/policy"
)

// distinct parts the candidates from those that take the id of another: of a
// policy that is published under it, else of a candidate before. These are told
// that, and nothing else: what they say is held against no text of that other.
func (r *Reviewer) distinct(candidates []Candidate) (kept []Candidate, taken []*Reviewed) {
	r.clashes = make(map[string]bool)
	owners := make(map[string]string) // path, by id
	for _, p := range r.Published {
		if i := slices.IndexFunc(candidates, func(c Candidate) bool { return c.Policy.Path == p.Path && c.Source != nil }); i >= 0 && r.keepsID(candidates[i], p) {
			owners[p.ID] = p.Path
		}
	}
	for _, c := range candidates {
		owner := owners[c.Policy.ID]
		if c.Source == nil || owner == c.Policy.Path {
			kept = append(kept, c)
			continue
		}
		if owner == "" {
			owners[c.Policy.ID] = c.Policy.Path
			kept = append(kept, c)
			continue
		}
		r.clashes[c.Policy.ID] = true
		clash := &Reviewed{Policy: c.Policy, Digest: Digest(c.Source), Findings: []*policy.Diagnostic{fault(c.Policy, "address-taken",
			fmt.Sprintf("%s has the id %s already", owner, c.Policy.ID), "give this policy another `id` in its front matter")}}
		locate(c.Source, clash.Findings)
		taken = append(taken, clash)
	}
	for i := range kept {
		kept[i] = r.underOwnID(kept[i], owners)
	}
	return kept, taken
}

// keepsID reports whether a text is still called what its published policy is.
func (r *Reviewer) keepsID(c Candidate, published *policy.Policy) bool {
	doc := r.candidates[c.Policy.ID]
	if c.Policy.ID == published.ID {
		return true
	}
	return doc != nil && cmp.Or(doc.Front.ID, published.ID) == published.ID && r.takesID(published)
}

// takesID reports whether a text at another path is called what a published
// policy is.
func (r *Reviewer) takesID(published *policy.Policy) bool {
	doc := r.candidates[published.ID]
	return doc != nil && doc.Name != published.Path && doc.Front.ID == published.ID
}

// underOwnID gives a candidate the id back that another takes from it.
func (r *Reviewer) underOwnID(c Candidate, owners map[string]string) Candidate {
	for id, path := range owners {
		if path == c.Policy.Path && id != c.Policy.ID && r.clashes[id] {
			own := *c.Policy
			own.ID = id
			c.Policy = &own
		}
	}
	return c
}
