package report

import (
	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/materiality"
	"github.com/codicil/codicil/policy/reading"
	"github.com/codicil/codicil/policy/review"
)

// policyJSON is a policy in the JSON of check.
type policyJSON struct {
	ID           string                  `json:"id"`
	Before       string                  `json:"before,omitempty"`
	Label        string                  `json:"label,omitempty"`
	Effective    *policy.Date            `json:"effective,omitempty"`
	Deadline     *policy.Date            `json:"deadline,omitempty"` // last day to tell
	Changes      int                     `json:"changes"`
	Assessment   *materiality.Assessment `json:"assessment"`
	StatusChange string                  `json:"status_change,omitempty"` // called off, withdrawn, or there again
	Moves        []review.Move           `json:"moves,omitempty"`         // to other policies, or from them
	Reading      *reading.Opinion        `json:"reading,omitempty"`       // of a second reader, beside the rules
}

// JSON is what `check --json` prints of a review.
func JSON(result *review.Result) any {
	policies := make([]policyJSON, 0, len(result.Policies))
	for _, r := range result.Policies {
		entry := policyJSON{ID: r.Policy.ID, StatusChange: r.StatusChange, Moves: r.Moves}
		if r.Notice != nil {
			entry.Before, entry.Label, entry.Changes = r.Before, r.Notice.Label, r.Redline.Stat().Changes
			entry.Effective, entry.Deadline, entry.Assessment = &r.Notice.Effective, &r.Notice.Deadline, r.Assessment
			entry.Reading = r.Opinion
		}
		policies = append(policies, entry)
	}
	return map[string]any{"policies": policies, "findings": result.All(), "shared": append([]*review.Shared{}, result.Shared...)}
}
