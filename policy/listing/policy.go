package listing

import (
	"fmt"
	"slices"

	"github.com/codicil/codicil/policy"
)

// Policy is a policy in the list, for one cohort on one day.
type Policy struct {
	ID            string  `json:"id"`
	Title         string  `json:"title"`
	Path          string  `json:"path"`
	Lang          string  `json:"lang"`
	TranslationOf string  `json:"translation_of,omitempty"`
	InForce       *string `json:"in_force"` // label, or null
	Upcoming      *string `json:"upcoming"` // label of the last announced, or null
	Withdrawn     string  `json:"withdrawn,omitempty"`
	Starts        string  `json:"starts"`   // what starts a version
	Versions      int     `json:"versions"` // how many
}

// NewPolicy lists a policy as it is for a cohort on a day.
func NewPolicy(p *policy.Policy, c policy.Cohort, on policy.Date) Policy {
	l := Policy{
		ID: p.ID, Title: p.Title, Path: p.Path, Lang: p.Lang, TranslationOf: p.TranslationOf,
		Withdrawn: p.Withdrawn.String(), Starts: string(p.Starts), Versions: len(p.Versions),
	}
	if v := p.Binding(c, on); v != nil {
		l.InForce = &v.Label
	}
	if upcoming := p.UpcomingFor(c, on); len(upcoming) > 0 {
		l.Upcoming = &upcoming[len(upcoming)-1].Label
	}
	return l
}

// Row is a policy as a row of a table: its id, the version in force, since when,
// what is upcoming, how many versions there are, and the title.
func Row(p *policy.Policy, c policy.Cohort, on policy.Date) []string {
	label, since := "-", "-"
	switch v := p.Binding(c, on); {
	case v != nil:
		label, since = v.Label, v.FromFor(c).String()
	case !p.Withdrawn.IsZero():
		label, since = "withdrawn", p.Withdrawn.String()
	}
	next := "-"
	for i, v := range p.UpcomingFor(c, on) {
		if i == 0 {
			next = ""
		} else {
			next += ", "
		}
		next += fmt.Sprintf("%s on %s", v.Label, v.FromFor(c))
	}
	return []string{p.ID, label, since, next, fmt.Sprint(len(p.Versions)), p.Title}
}

// StartsDiffer tells whether policies start their versions in different ways.
func StartsDiffer(policies []*policy.Policy) bool {
	return slices.ContainsFunc(policies, func(p *policy.Policy) bool { return p.Starts != policies[0].Starts })
}

// StartsOf names what starts a version, where all policies agree.
func StartsOf(policies []*policy.Policy) string {
	if StartsDiffer(policies) {
		return "a label or a commit, by policy"
	}
	switch policies[0].Starts {
	case policy.StartLabel:
		return "a new label"
	case policy.StartTag:
		return "a tag"
	}
	return "each commit that changes the text"
}
