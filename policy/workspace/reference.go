package workspace

import (
	"fmt"
	"strings"

	"github.com/codicil/codicil/policy"
)

// Find returns the policy with the given id.
func (w *Workspace) Find(id string) (*policy.Policy, error) {
	ids := make([]string, 0, len(w.History.Policies))
	for _, p := range w.History.Policies {
		if p.ID == id {
			return p, nil
		}
		ids = append(ids, p.ID)
	}
	if !w.Known.IsZero() {
		return nil, policy.Hinted(fmt.Errorf("nothing of a policy %q was published by %s", id, w.Known),
			"--as-known DATE asks with what was published by a later day")
	}
	if err := w.Unfound(); err != nil {
		return nil, err
	}
	return nil, policy.Unknown("policy", id, ids)
}

// Unfound returns what is wrong where `policies:` in the configuration fits no
// file; nil where it does.
func (w *Workspace) Unfound() error {
	for _, d := range w.History.Warnings {
		if d.Rule == "no-policies" {
			return d
		}
	}
	return nil
}

// Lookup returns the version that a reference names: privacy@2.0, privacy@COMMIT,
// privacy@2026-12-01 for the version in force that day, or privacy alone for the version in force, else the newest.
func (w *Workspace) Lookup(reference string, on policy.Date) (*policy.Policy, *policy.Version, error) {
	id, label, found := strings.Cut(reference, "@")
	p, err := w.Find(id)
	if err != nil {
		return nil, nil, err
	}
	if len(p.Versions) == 0 {
		return nil, nil, policy.Hinted(fmt.Errorf("policy %s has no published version", id), "commit its text to publish it; a text with `draft: true` is not published")
	}
	if !found {
		if v := p.Binding(w.Cohort, on); v != nil {
			return p, v, nil
		}
		return p, p.Versions[0], nil
	}
	v, err := w.version(p, label)
	return p, v, err
}

// LookupRange is Lookup of privacy@1.0 or of privacy@1.0...2.0, whose second version
// is nil where one alone is named.
func (w *Workspace) LookupRange(reference string, on policy.Date) (p *policy.Policy, v, to *policy.Version, err error) {
	first, second, two := strings.Cut(reference, "...")
	if p, v, err = w.Lookup(first, on); err != nil || !two {
		return p, v, nil, err
	}
	to, err = w.version(p, second)
	return p, v, to, err
}

// version returns the version of p with the given label, the one in force on a
// date, or the one that a commit published.
func (w *Workspace) version(p *policy.Policy, label string) (*policy.Version, error) {
	if v := p.Lookup(label); v != nil {
		return v, nil
	}
	if on, err := policy.ParseDate(label); err == nil {
		if v := p.Binding(w.Cohort, on); v != nil {
			return v, nil
		}
		return nil, policy.Hinted(fmt.Errorf("no version of %s is in force on %s", p.ID, on), fmt.Sprintf("`codicil log %s` shows from when each version binds", p.ID))
	}
	if commit, err := w.Repo.Resolve(label); err == nil {
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
	return nil, policy.Unknown("version of "+p.ID, label, labels)
}

// IDs are those of all policies.
func (w *Workspace) IDs() []string {
	ids := make([]string, 0, len(w.History.Policies))
	for _, p := range w.History.Policies {
		ids = append(ids, p.ID)
	}
	return ids
}
