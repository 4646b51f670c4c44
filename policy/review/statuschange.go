package review

import (
	"fmt"

	"github.com/codicil/codicil/policy"
)

// statusChange notes what a candidate changes besides words: it calls an announced
// version off, or withdraws its policy, or takes such a word back.
func statusChange(p *policy.Policy, doc *policy.Document, reviewed *Reviewed) {
	newest := p.Versions[0]
	status, before := doc.Front.Status, newest.Front.Status
	another := string(doc.Front.Version) != "" && string(doc.Front.Version) != newest.Label
	if status == before || another && status != policy.Withdrawn { // a withdrawn text withdraws the policy, whatever label it bears
		return
	}
	ref := p.Ref(newest)
	switch {
	case status == policy.Cancelled:
		reviewed.StatusChange = fmt.Sprintf("%s, announced for %s, is called off", ref, newest.Effective)
	case status == policy.Withdrawn:
		reviewed.StatusChange = fmt.Sprintf("%s is withdrawn: %s binds nobody any more", p.ID, ref)
	case before == policy.Cancelled:
		reviewed.StatusChange = fmt.Sprintf("%s, which was called off, takes effect after all, on %s", ref, doc.Front.EffectiveDate)
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

// toldAnew says how people who were told the first day learn of another.
func toldAnew(p *policy.Policy, v *policy.Version) string {
	return fmt.Sprintf("tell those who were told the first day, once it is published: `codicil notify %s --correct REASON`", p.Ref(v))
}
