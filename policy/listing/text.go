package listing

import (
	"fmt"

	"github.com/codicil/codicil/policy"
)

// Text is a version with its text.
type Text struct {
	ID        string            `json:"id"`
	Title     string            `json:"title"`
	Label     string            `json:"label"`
	Status    policy.Status     `json:"status"`
	On        policy.Date       `json:"on"`
	Cohort    policy.Cohort     `json:"cohort"` // whose status and day it is
	Effective policy.Date       `json:"effective"`
	New       policy.Date       `json:"effective_new,omitzero"` // for new accounts, where that is another day
	Certainty policy.Certainty  `json:"certainty"`
	Commit    string            `json:"commit"`
	Path      string            `json:"path"`
	SHA256    string            `json:"sha256"`
	Steps     []policy.Step     `json:"announcements,omitempty"` // what was said about its day, oldest first
	Upcoming  []string          `json:"upcoming"`
	Approvals []policy.Approval `json:"approvals"`
	Clauses   []Clause          `json:"clauses"`
	Text      string            `json:"text"` // Markdown, as git holds it
}

// Clause is a clause of a text, with the clauses below it.
type Clause struct {
	ID      string   `json:"id"`
	Number  string   `json:"number,omitempty"`
	Title   string   `json:"title,omitempty"`
	Line    int      `json:"line"`
	Clauses []Clause `json:"clauses,omitempty"`
}

// NewText lists a version with its text: the bytes that git holds, and the
// document that was parsed from them.
func NewText(p *policy.Policy, v *policy.Version, c policy.Cohort, on policy.Date, source []byte, doc *policy.Document) *Text {
	t := &Text{
		ID: p.ID, Title: p.Title, Label: v.Label, Status: p.StatusFor(c, on)(v), On: on, Cohort: c,
		Effective: v.Effective, New: v.EffectiveNew, Steps: v.Steps(), Certainty: v.Certainty, Commit: v.Commit, Path: v.Path,
		SHA256: v.SHA256, Upcoming: []string{}, Approvals: append([]policy.Approval{}, v.Approvals...), Clauses: clauses(doc.Clauses), Text: string(source),
	}
	for _, next := range p.UpcomingFor(c, on) {
		t.Upcoming = append(t.Upcoming, next.Label)
	}
	return t
}

func clauses(below []*policy.Clause) []Clause {
	list := make([]Clause, 0, len(below))
	for _, c := range below {
		list = append(list, Clause{c.ID, c.Number, c.Title, c.Line, clauses(c.Children)})
	}
	return list
}

// NothingInForce says why a policy has no text that binds on a day.
func NothingInForce(p *policy.Policy, on policy.Date) error {
	err := fmt.Errorf("no version of %s is in force on %s", p.ID, on)
	if !p.Withdrawn.IsZero() && !on.Before(p.Withdrawn) {
		return policy.Hinted(err, fmt.Sprintf("it was withdrawn on %s; the last text is %s", p.Withdrawn, p.Ref(p.Versions[0])))
	}
	first := p.Versions[len(p.Versions)-1]
	return policy.Hinted(err, fmt.Sprintf("the first, %s, takes effect on %s", p.Ref(first), first.From()))
}
