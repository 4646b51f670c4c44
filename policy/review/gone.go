package review

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
)

// gone reports published policies that the change takes away: deleted, renamed
// to a file that is no text, or no longer among the files of policies.
func (r *Reviewer) gone(candidates []Candidate) []*policy.Diagnostic {
	var found []*policy.Diagnostic
	for _, p := range r.Published {
		if len(p.Versions) == 0 || !p.Withdrawn.IsZero() || r.continues(p, candidates) {
			continue
		}
		d := fault(p, "policy-gone", fmt.Sprintf("%s would be withdrawn: %s", p.Ref(p.Versions[0]), r.whereTo(p)),
			fmt.Sprintf("bring the text back; if it has another name now, keep `id: %s` in its front matter; to withdraw it on purpose, put `%s/` under `withdrawn:` in codicil.yaml", p.ID, p.ID))
		if r.givenUp(p.ID) {
			d.Level, d.Hint = policy.Warning, ""
		}
		found = append(found, d)
	}
	return found
}

// continues reports whether one of the candidates is the same policy: one whose words
// are held against it, and against no other. A draft is held against nothing, and
// goes on where the history takes it for the same text.
func (r *Reviewer) continues(p *policy.Policy, candidates []Candidate) bool {
	return slices.ContainsFunc(candidates, func(c Candidate) bool {
		if c.Source == nil || r.counterpart(r.Published, c.Policy) != p {
			return false
		}
		doc := r.candidates[c.Policy.ID]
		return doc == nil || !doc.Front.Draft || c.Policy.Path == p.Path || sharesVersion(p, r.toBe(c.Policy))
	})
}

// whereTo says what became of the file of a policy.
func (r *Reviewer) whereTo(p *policy.Policy) string {
	if r.Holding != nil && r.Exists != nil && !r.Exists(p.Path) {
		if at := r.Holding(p.Versions[0].Blob); len(at) > 0 && strings.HasSuffix(at[0], ".md") {
			return at[0] + " has its text now, and `policies:` in codicil.yaml does not match that"
		}
	}
	switch {
	case r.Exists != nil && r.Exists(p.Path):
		return p.Path + " is there, but `policies:` in codicil.yaml does not match it any more"
	case r.Exists != nil && r.Exists(strings.TrimSuffix(p.Path, path.Ext(p.Path))+".txt"):
		return p.Path + " has another ending now, and only .md files are policies"
	}
	return p.Path + " is not there any more"
}

// named is a policy under the id that it will have.
func (r *Reviewer) named(p *policy.Policy) *policy.Policy {
	if r.clashes[p.ID] {
		return p // under that id it stays, once the other has one of its own
	}
	for _, same := range []func(next *policy.Policy) bool{
		func(next *policy.Policy) bool { return next.Withdrawn.IsZero() },
		func(next *policy.Policy) bool { return sharesVersion(next, p) }, // its pages stay, and so must their addresses
	} {
		if i := slices.IndexFunc(r.Next, func(next *policy.Policy) bool { return next.Path == p.Path && same(next) }); i >= 0 {
			return r.Next[i]
		}
	}
	return p
}

// renamed reports a policy that has another id than the published one: its
// addresses would lead nowhere.
func renamed(published *policy.Policy, p *policy.Policy, doc *policy.Document) []*policy.Diagnostic {
	if published.ID == p.ID || slices.Contains(doc.Front.Aliases, published.ID) {
		return nil
	}
	return []*policy.Diagnostic{fault(p, "renamed-without-alias",
		fmt.Sprintf("%s is called %s now, and every link to /%s/ would lead nowhere", published.ID, p.ID, published.ID),
		fmt.Sprintf("keep the addresses with `id: %[1]s` in the front matter; or write `aliases: [%[1]s]`: its pages then lead to those of /%[2]s/", published.ID, p.ID))}
}

// forgotten reports ids that a policy had before and that its text names no more:
// their addresses were kept by that.
func (r *Reviewer) forgotten(published *policy.Policy, p *policy.Policy, doc *policy.Document) []*policy.Diagnostic {
	var found []*policy.Diagnostic
	for _, alias := range published.Aliases {
		if alias == "" || alias == p.ID || slices.Contains(doc.Front.Aliases, alias) {
			continue
		}
		d := fault(p, "alias-removed",
			fmt.Sprintf("%s was called %s, its text says so no more, and every link to /%s/ would lead nowhere", p.ID, alias, alias),
			fmt.Sprintf("keep %[1]s under `aliases` in the front matter; to give its addresses up on purpose, put `%[1]s/` under `withdrawn:` in codicil.yaml", alias))
		if r.givenUp(alias) {
			d.Level, d.Hint = policy.Warning, ""
		}
		found = append(found, d)
	}
	return found
}

// givenUp reports whether the configuration lets the addresses of an id vanish.
func (r *Reviewer) givenUp(id string) bool {
	return slices.ContainsFunc(r.Withdrawn, func(address string) bool { return strings.Trim(address, "/") == id })
}
