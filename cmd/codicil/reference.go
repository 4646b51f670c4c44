package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
)

// find returns the policy with the given id.
func (w *workspace) find(id string) (*policy.Policy, error) {
	ids := make([]string, 0, len(w.history.Policies))
	for _, p := range w.history.Policies {
		if p.ID == id {
			return p, nil
		}
		ids = append(ids, p.ID)
	}
	if !w.known.IsZero() {
		return nil, hinted(fmt.Errorf("nothing of a policy %q was published by %s", id, w.known),
			"--as-known DATE asks with what was published by a later day")
	}
	return nil, unknown("policy", id, ids)
}

// lookup returns the version that a reference names: privacy@2.0, privacy@COMMIT,
// privacy@2026-12-01 for the version in force that day, or privacy alone for the version in force, else the newest.
func (w *workspace) lookup(reference string, on policy.Date) (*policy.Policy, *policy.Version, error) {
	id, label, found := strings.Cut(reference, "@")
	p, err := w.find(id)
	if err != nil {
		return nil, nil, err
	}
	if len(p.Versions) == 0 {
		return nil, nil, hinted(fmt.Errorf("policy %s has no published version", id), "commit its text to publish it; a text with `draft: true` is not published")
	}
	if !found {
		if v := p.InForce(on); v != nil {
			return p, v, nil
		}
		return p, p.Versions[0], nil
	}
	v, err := w.version(p, label)
	return p, v, err
}

// version returns the version of p with the given label, the one in force on a
// date, or the one that a commit published.
func (w *workspace) version(p *policy.Policy, label string) (*policy.Version, error) {
	if v := p.Lookup(label); v != nil {
		return v, nil
	}
	if on, err := policy.ParseDate(label); err == nil {
		if v := p.InForce(on); v != nil {
			return v, nil
		}
		return nil, hinted(fmt.Errorf("no version of %s is in force on %s", p.ID, on), fmt.Sprintf("`codicil log %s` shows from when each version binds", p.ID))
	}
	if commit, err := w.repo.Resolve(label); err == nil {
		for _, v := range p.Versions {
			if v.Commit == commit {
				return v, nil
			}
		}
	}
	labels := make([]string, 0, len(p.Versions))
	for _, v := range p.Versions {
		labels = append(labels, v.Label)
	}
	return nil, unknown("version of "+p.ID, label, labels)
}

// maxListed is how many names an error lists.
const maxListed = 12

// unknown says that a name does not exist, which do, and which is near.
func unknown(what, name string, known []string) error {
	err := fmt.Errorf("there is no %s %q", what, name)
	if near := nearest(name, known); near != "" {
		return hinted(err, fmt.Sprintf("did you mean %q? %s", near, listed(known)))
	}
	return hinted(err, listed(known))
}

func listed(known []string) string {
	switch {
	case len(known) == 0:
		return "nothing is published yet: `codicil list` names the drafts"
	case len(known) > maxListed:
		return fmt.Sprintf("there are: %s, and %d more", strings.Join(known[:maxListed], ", "), len(known)-maxListed)
	}
	return "there are: " + strings.Join(known, ", ")
}

// nearest returns the known name that differs least from name, if it is near
// enough to be a slip.
func nearest(name string, known []string) string {
	best, least := "", max(2, len(name)/3)+1
	for _, candidate := range known {
		if d := distance(strings.ToLower(name), strings.ToLower(candidate)); d < least {
			best, least = candidate, d
		}
	}
	return best
}

// distance is the number of letters to add, drop or change (Levenshtein 1966).
func distance(a, b string) int {
	from, to := []rune(a), []rune(b)
	row := make([]int, len(to)+1)
	for j := range row {
		row[j] = j
	}
	for i, r := range from {
		diagonal := row[0]
		row[0] = i + 1
		for j, s := range to {
			cost := diagonal
			if r != s {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = slices.Min([]int{cost, row[j] + 1, row[j+1] + 1})
		}
	}
	return row[len(to)]
}
