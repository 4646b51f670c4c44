package review

import (
	"fmt"

	"github.com/codicil/codicil/policy"
)

// staleDate reports that the newest text changed what it says under a date line
// that stayed. A corrected typo leaves the day of the rules as it was.
func (r *Reviewer) staleDate(c Candidate) ([]*policy.Diagnostic, error) {
	p := c.Policy
	if len(p.Versions) == 0 || p.Versions[0].StaleDate.IsZero() {
		return nil, nil
	}
	v := p.Versions[0]
	change, err := Compare(r.Texts, r.Comparer, p, v)
	if err != nil || change.Assessment.Decided() < policy.Minor {
		return nil, err
	}
	return []*policy.Diagnostic{{
		File: p.Path, Line: max(1, c.DateLine), Column: 1, Level: policy.Warning, Rule: "stale-date",
		Message: fmt.Sprintf("%s has a %s change, but its date line still says %s", p.Ref(v), change.Assessment.Decided(), v.StaleDate),
		Hint:    "set the date line to the day of the change",
	}}, nil
}

// SilentChanges reports commits that changed the text of a version after it
// took effect, without giving it a new label: a fault until the words are taken
// back or published, and a warning after that.
func SilentChanges(p *policy.Policy) []*policy.Diagnostic {
	var found []*policy.Diagnostic
	for _, v := range p.Versions {
		if v.Claim != nil && p.Withdrawn.IsZero() {
			found = append(found, claimed(p, v))
		}
		for _, revision := range v.Silent {
			found = append(found, &policy.Diagnostic{
				File: p.Path, Line: 1, Column: 1, Level: policy.Error, Rule: "silent-change",
				Message: silentMessage(p, v, revision),
				Hint: "restore the text, or publish the change under a new `version`; or put it on record under `acknowledge:` in codicil.yaml" +
					acknowledgement(revision),
			})
			if revision.Acknowledged != "" {
				last := found[len(found)-1]
				last.Level, last.Hint = policy.Warning, "on record: "+revision.Acknowledged
			}
			if revision.Settled || !p.Withdrawn.IsZero() {
				last := found[len(found)-1]
				last.Level, last.Hint = policy.Warning, "it was put right since: nothing is left to do"
			}
		}
	}
	return found
}

// neverBinds reports a text that was superseded from its first day: it is dated
// before the version that was in force when it was published.
func neverBinds(c Candidate, published *policy.Policy) []*policy.Diagnostic {
	if published == nil || !c.Policy.Withdrawn.IsZero() || !unchanged(c, published) {
		return nil
	}
	v := published.Versions[0]
	day := policy.DateOf(v.Published)
	bound := published.InForce(day)
	if v.Cancelled() != nil || v.From().After(day) || bound == nil || bound == v {
		return nil
	}
	return []*policy.Diagnostic{warning(c.Policy, "never-binds",
		fmt.Sprintf("%s was published on %s to bind from %s, before %s of %s: it was never in force", c.Policy.Ref(v), day, v.From(), c.Policy.Ref(bound), bound.From()),
		fmt.Sprintf("publish it as `version: \"%s\"` with an `effective_date:` to come", nextLabel(v.Label)))}
}

// claimed is a text that gives its version another day than the one from which it
// binds.
func claimed(p *policy.Policy, v *policy.Version) *policy.Diagnostic {
	who := fmt.Sprintf("commit %.12s", v.Claim.Commit)
	if v.Claim.Commit == policy.NoCommit {
		who = "this change"
	}
	return fault(p, "date-changed", fmt.Sprintf("%s is in force since %s, and %s has its text say %s", p.Ref(v), v.Effective, who, v.Claim.Effective), dateBack(v))
}

// dateBack says how the day of a version in force is put right.
func dateBack(v *policy.Version) string {
	return fmt.Sprintf("put `effective_date: %s` back; what is to bind from another day needs a new `version`", v.Effective)
}

// standsThere reports whether a candidate is, byte for byte, what the published
// branch has already, though its newest version was another text: that fault is
// old, and told as a silent change.
func (r *Reviewer) standsThere(c Candidate, published *policy.Policy) bool {
	newest := published.Versions[0]
	var last policy.Revision
	switch {
	case newest.Claim != nil:
		last = newest.Claim.Revision
	case len(newest.Silent) > 0:
		last = newest.Silent[len(newest.Silent)-1]
	default:
		return false
	}
	if last.Commit == policy.NoCommit {
		return false
	}
	changed := *newest
	changed.Commit, changed.Path, changed.Blob, changed.SHA256 = last.Commit, last.Path, last.Blob, ""
	src, err := r.Texts.Text(&changed)
	return err == nil && Digest(src) == Digest(c.Source)
}

// acknowledgement is what puts a silent change on record.
func acknowledgement(revision policy.Revision) string {
	if revision.Commit == policy.NoCommit {
		return ""
	}
	return fmt.Sprintf(": `- { commit: %.12s, reason: \"...\", by: \"...\" }`", revision.Commit)
}

func silentMessage(p *policy.Policy, v *policy.Version, revision policy.Revision) string {
	if revision.Commit == policy.NoCommit {
		return fmt.Sprintf("this would change the text of %s after it took effect", p.Ref(v))
	}
	return fmt.Sprintf("commit %.12s changed the text of %s after it took effect", revision.Commit, p.Ref(v))
}
