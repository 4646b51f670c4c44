package review

import (
	"cmp"
	"fmt"

	"github.com/codicil/codicil/policy"
)

// statusChange notes what a candidate changes besides words: it calls an announced
// version off, or withdraws its policy, or takes such a word back.
func (r *Reviewer) statusChange(p *policy.Policy, doc *policy.Document, reviewed *Reviewed) {
	newest := p.Versions[0]
	status, before := doc.Front.Status, r.statusOf(p)
	label := string(doc.Front.Version)
	if label == "" && newest.Label == newest.Front.EffectiveDate.String() {
		label = doc.Front.EffectiveDate.String() // versions are called by their day
	}
	another := label != "" && policy.Label(label) != newest.Label
	if status == before || another && status != policy.Withdrawn { // a withdrawn text withdraws the policy, whatever label it bears
		return
	}
	ref := p.Ref(newest)
	switch {
	case status == policy.Cancelled && before == "" && !newest.FirstFrom().After(r.On):
		reviewed.Findings = append(reviewed.Findings, fault(p, "cancelled-in-force", fmt.Sprintf("%s is in force since %s: it cannot be called off any more", ref, newest.FirstFrom()),
			"publish the text that is to apply under a new `version`; to take the whole policy away, write `status: withdrawn`"))
		return
	case status == policy.Cancelled:
		reviewed.StatusChange = fmt.Sprintf("%s, announced for %s, is called off", ref, newest.Effective)
	case status == policy.Withdrawn:
		reviewed.StatusChange = p.ID + " is withdrawn"
		if bound := p.InForce(r.On); bound != nil {
			reviewed.StatusChange += fmt.Sprintf(": %s binds nobody any more", p.Ref(bound))
		}
	case before == policy.Cancelled:
		reviewed.StatusChange = fmt.Sprintf("%s, which was called off, takes effect after all, on %s", ref, cmp.Or(doc.Front.EffectiveDate, newest.Effective))
		return
	case before == policy.Withdrawn:
		reviewed.StatusChange = fmt.Sprintf("%s, which was withdrawn, is there again", p.ID)
		return
	default:
		return
	}
	if doc.Front.StatusReason == "" {
		reviewed.Findings = append(reviewed.Findings, warning(p, "status-reason", fmt.Sprintf("%s, and nobody is told why", reviewed.StatusChange),
			"say it in `status_reason:`, in a sentence for readers"))
	}
	if status == policy.Cancelled {
		reviewed.StatusChange += fmt.Sprintf("; who was told of it learns that by `codicil notify %s --correct REASON`", ref)
	}
}

// statusOf is what was said last of a policy besides words.
func (r *Reviewer) statusOf(p *policy.Policy) policy.Status {
	switch newest := p.Versions[0]; {
	case p.Absent(r.On) != nil:
		return policy.Withdrawn
	case newest.Cancelled() != nil:
		return policy.Cancelled
	default:
		return newest.Front.Status
	}
}

// toldAnew says how people who were told the first day learn of another.
func toldAnew(p *policy.Policy, v *policy.Version) string {
	return fmt.Sprintf("tell those who were told the first day, once it is published: `codicil notify %s --correct REASON`", p.Ref(v))
}
