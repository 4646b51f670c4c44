package review

import (
	"fmt"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
)

// Repository is what there is to know of a repository as a whole.
type Repository struct {
	Policies  []*policy.Policy     // of the history, with all their versions
	Shallow   bool                 // the clone does not reach back to the beginning
	Warnings  []*policy.Diagnostic // what the history met on its way
	Integrity []*policy.Diagnostic // how what was published differs from what was pinned
}

// Findings says whether the repository may be published: an error among them is
// why not. Every verb that publishes, or says whether one could, asks here, so
// that none lets pass what another refuses.
func (r Repository) Findings() []*policy.Diagnostic {
	var found []*policy.Diagnostic
	if r.Shallow {
		found = append(found, &policy.Diagnostic{
			File: ".git/shallow", Level: policy.Error, Rule: "shallow-clone",
			Message: "this clone is shallow: its history is cut off, and what is published or checked by it would be false",
			Hint:    "run `git fetch --unshallow`; in CI, check out with full depth",
		})
	}
	return slices.Concat(found, r.Texts(), r.Addresses(), r.Integrity)
}

// Texts lists the files that are where policies are and cannot be published
// as they are.
func (r Repository) Texts() []*policy.Diagnostic {
	var found []*policy.Diagnostic
	for _, d := range r.Warnings {
		switch d.Rule {
		case "shallow-clone", "index": // about the clone, and about this machine
		default:
			found = append(found, d)
		}
	}
	return found
}

// OneText reports whether an error is about one text alone: the others, and the
// version of it that was published before, are not touched by it.
func OneText(d *policy.Diagnostic) bool {
	switch d.Rule {
	case "front-matter", "conflict", "utf-8", "lfs", "too-long":
		return true
	}
	return false
}

// Addresses lists the policies that no site can have a page of.
func (r Repository) Addresses() []*policy.Diagnostic {
	var found []*policy.Diagnostic
	first := make(map[string]*policy.Policy)
	for _, p := range r.Policies {
		page := strings.ToLower(policy.AddressOf(p).Page())
		if top, _, _ := strings.Cut(page, "/"); policy.Reserved(top) {
			found = append(found, &policy.Diagnostic{
				File: p.Path, Line: 1, Column: 1, Level: policy.Error, Rule: "address-reserved",
				Message: fmt.Sprintf("policy id %q is an address that the site needs itself", p.ID),
				Hint:    "give the policy another id in its front matter",
			})
		}
		if many := policy.TooManyVersions(p); many != nil {
			found = append(found, many)
		}
		if !shown(p) {
			continue
		}
		if other := first[page]; other != nil {
			found = append(found, &policy.Diagnostic{
				File: p.Path, Line: 1, Column: 1, Level: policy.Error, Rule: "address-taken",
				Message: fmt.Sprintf("policies %s and %s want the one address /%s", other.ID, p.ID, page),
				Hint:    "give one of them another id in its front matter",
			})
			continue
		}
		first[page] = p
	}
	return append(found, r.formerAddresses(first)...)
}

// formerAddresses reports addresses of ids that policies had before and that another
// policy has now, or had, too: its pages are those that are shown there.
func (r Repository) formerAddresses(first map[string]*policy.Policy) []*policy.Diagnostic {
	var found []*policy.Diagnostic
	for _, p := range r.Policies {
		for _, a := range p.Former() {
			page := strings.ToLower(a.Page())
			if other := first[page]; other != nil && shown(p) {
				found = append(found, &policy.Diagnostic{
					File: p.Path, Line: 1, Column: 1, Level: policy.Warning, Rule: "alias-taken",
					Message: fmt.Sprintf("links to /%s that were meant for %s lead to %s", page, p.ID, other.ID),
					Hint:    "give the other policy an id of its own in its front matter",
				})
			} else if shown(p) {
				first[page] = p
			}
		}
	}
	return found
}

// shown reports whether a policy has a version to show.
func shown(p *policy.Policy) bool {
	return slices.ContainsFunc(p.Versions, func(v *policy.Version) bool { return !v.Front.Draft })
}
