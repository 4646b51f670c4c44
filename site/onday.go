package site

import (
	"slices"

	"github.com/codicil/codicil/policy"
)

// onDir is the page that says which texts were in force on a day.
const onDir = "on/"

// onPage lists the policies with what is in force today; its script asks the file
// beside it for other days.
type onPage struct{ Policies []*policyBuild }

// spell is a time in which one version of a policy was in force, or none.
type spell struct {
	From  policy.Date `json:"from"`
	Label string      `json:"label"` // empty when none was
	Path  string      `json:"path,omitempty"`
	Since string      `json:"since,omitempty"` // path of what changed until today
}

// onPolicy is the times of one policy, the oldest first.
type onPolicy struct {
	ID     string  `json:"id"`
	Title  string  `json:"title"`
	Path   string  `json:"path"`
	Spells []spell `json:"spells"`
}

// writeOnDay writes the page that says which text was in force on a day, and the
// days of all policies for its script.
func (b *builder) writeOnDay(histories []*policyBuild) error {
	c := onPage{}
	list := []onPolicy{}
	for _, h := range histories {
		if h.Original != nil {
			continue
		}
		c.Policies = append(c.Policies, h)
		list = append(list, onPolicy{h.policy.ID, h.Current().Title, policy.EscapePath(h.dir), h.spells()})
	}
	if err := b.writeJSON(onDir+"index.json", struct {
		On       policy.Date `json:"on"`
		Policies []onPolicy  `json:"policies"`
	}{b.On, list}); err != nil {
		return err
	}
	w := b.words(b.Lang)
	return b.writePage("on", &page{Dir: onDir, Title: w.say("on"), Description: w.say("on.describe"), C: c})
}

// spells follows what was in force through all days on which that may have
// changed, as far as is known today.
func (h *policyBuild) spells() []spell {
	var days []policy.Date
	for _, v := range h.versions {
		days = append(days, v.From())
	}
	for _, a := range h.policy.Absences {
		days = append(days, a.From, a.Until)
	}
	days = append(days, h.policy.Withdrawn)
	slices.SortFunc(days, policy.Date.Compare)
	list := []spell{}
	last := ""
	for _, day := range slices.Compact(days) {
		if day.IsZero() {
			continue
		}
		s := spell{From: day}
		if v := h.policy.InForce(day); v != nil && h.policy.Absent(day) == nil {
			s.Label, s.Path, s.Since = v.Label, policy.EscapePath(h.address.Version(v.Label)), policy.EscapePath(h.address.Since(v.Label))
		}
		if s.Label != last {
			list, last = append(list, s), s.Label
		}
	}
	return list
}
