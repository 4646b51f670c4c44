package listing

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/materiality"
	"github.com/codicil/codicil/policy/review"
)

// Version is a version in the log of its policy.
type Version struct {
	Label        string                 `json:"label"`
	Severity     string                 `json:"severity"`
	Declared     string                 `json:"declared,omitempty"`
	Proposed     string                 `json:"proposed"`
	Categories   []materiality.Category `json:"categories"`
	Status       policy.Status          `json:"status"`
	Summary      string                 `json:"summary,omitempty"`
	ChangeReason string                 `json:"change_reason,omitempty"`
	ApprovedBy   string                 `json:"approved_by,omitempty"`
	Committed    time.Time              `json:"committed"`
	Published    time.Time              `json:"published"`
	Effective    policy.Date            `json:"effective"`
	EffectiveNew policy.Date            `json:"effective_new,omitzero"` // for new accounts, where that is another day
	Certainty    policy.Certainty       `json:"certainty"`
	Commit       string                 `json:"commit"`
	Path         string                 `json:"path"`
	SHA256       string                 `json:"sha256"`
	Reverts      string                 `json:"reverts,omitempty"`        // label of the older version whose words it brings back
	StaleDate    policy.Date            `json:"stale_date,omitzero"`      // of the date line that stayed while other words changed
	Steps        []policy.Step          `json:"announcements,omitempty"`  // what was said about its day, oldest first
	Silent       []string               `json:"silent_changes,omitempty"` // commits that changed the text without a label

	first bool        // of its policy: it changes nothing
	from  policy.Date // the first day on which it binds existing accounts
}

// MostLogged is how many versions a log lists where no number is named. Each takes
// as long as a comparison.
const MostLogged = 5000

// Log lists the versions of a policy, the newest first.
type Log struct {
	ID       string    `json:"id"`
	Versions []Version `json:"versions"`
	LeftOut  int       `json:"left_out,omitempty"` // older versions, beyond MostLogged
}

// NewLog lists the newest versions of a policy as they are on a day, as many as are
// asked for; MostLogged where no number above zero is.
func NewLog(ctx context.Context, reader *review.Reader, p *policy.Policy, on policy.Date, most int) (Log, error) {
	l := Log{ID: p.ID}
	if most <= 0 {
		most = MostLogged
		l.LeftOut = max(0, len(p.Versions)-most)
	}
	versions, status := p.Versions[:min(most, len(p.Versions))], p.StatusOn(on)
	l.Versions = make([]Version, 0, len(versions))
	for _, v := range versions {
		if err := ctx.Err(); err != nil {
			return l, err
		}
		c, err := reader.Compare(p, v)
		if err != nil {
			return l, err
		}
		l.Versions = append(l.Versions, NewVersion(c, status(v)))
	}
	return l, nil
}

// NewVersion lists a version with what it changed.
func NewVersion(c *review.Change, status policy.Status) Version {
	v := c.Version
	l := Version{
		Label:        v.Label,
		Severity:     c.Assessment.Decided().String(),
		Proposed:     c.Assessment.Severity.String(),
		Categories:   append([]materiality.Category{}, c.Assessment.Categories...),
		Status:       status,
		Summary:      v.Front.Summary,
		ChangeReason: v.Front.ChangeReason,
		ApprovedBy:   v.Front.ApprovedBy,
		Committed:    v.Committed,
		Published:    v.Published,
		Effective:    v.Effective,
		EffectiveNew: v.EffectiveNew,
		Certainty:    v.Certainty,
		Commit:       v.Commit,
		Path:         v.Path,
		SHA256:       v.SHA256,
		Reverts:      v.Reverts,
		StaleDate:    v.StaleDate,
		Steps:        v.Steps(),
		first:        c.Policy.Previous(v) == nil,
		from:         v.From(),
	}
	if c.Assessment.Declared != nil {
		l.Declared = c.Assessment.Declared.String()
	}
	for _, r := range v.Silent {
		l.Silent = append(l.Silent, r.Commit)
	}
	return l
}

// Change says how much a version changes, for a table: of the first, nothing is
// changed, and "none" would read as if it said nothing new.
func (l *Version) Change() string {
	if l.first {
		return "first"
	}
	return l.Severity
}

// Binds returns the day from which a version binds, and how that is known: a date
// that its text gives was over where it was published later.
func (l *Version) Binds() (policy.Date, policy.Certainty) {
	if l.from != l.Effective {
		return l.from, policy.Assumed
	}
	return l.Effective, l.Certainty
}

// Remarks says what else a reader should know about a version.
func (l *Version) Remarks() []string {
	var remarks []string
	if len(l.Steps) > 1 {
		steps := make([]string, len(l.Steps))
		for i, s := range l.Steps {
			if steps[i] = s.String(); i < len(l.Steps)-1 {
				steps[i] = strings.TrimSuffix(steps[i], ".") // of its reason
			}
		}
		remarks = append(remarks, strings.Join(steps, ", "))
	}
	if !l.EffectiveNew.IsZero() && l.EffectiveNew != l.Effective {
		remarks = append(remarks, fmt.Sprintf("binds accounts made from %s on from their first day", l.EffectiveNew))
	}
	if l.Reverts != "" {
		remarks = append(remarks, "brings back the words of "+l.Reverts)
	}
	if !l.StaleDate.IsZero() {
		remarks = append(remarks, fmt.Sprintf("the text changed, but its date line still says %s", l.StaleDate))
	}
	if len(l.Silent) > 0 {
		remarks = append(remarks, fmt.Sprintf("the text changed %s after it took effect, without a new label (%.12s)", policy.Plural(len(l.Silent), "time", "times"), l.Silent[0]))
	}
	if l.Declared != "" && l.Declared != l.Proposed {
		remarks = append(remarks, fmt.Sprintf("declared %s, reads as %s", l.Declared, l.Proposed))
	}
	return remarks
}
