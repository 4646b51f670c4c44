package site

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
)

// onDir is the page that says which texts were in force on a day.
const onDir = "on/"

// onPage lists the policies with what is in force today; its script asks the file
// beside it for other days.
type onPage struct{ Policies []*policyBuild }

// spell is a time in which one version of a policy was in force, or none.
type spell struct {
	From   policy.Date `json:"from"`
	Label  string      `json:"label"` // empty when none was
	Path   string      `json:"path,omitempty"`
	Since  string      `json:"since,omitempty"` // path of what changed until today
	SHA256 string      `json:"sha256,omitempty"`
	Proof  string      `json:"proof,omitempty"` // path of the proof that the log has it
}

// coming is a time in which one version was announced for one day, and had not
// taken effect yet.
type coming struct {
	From      policy.Date `json:"from"`  // when people could know it
	Until     policy.Date `json:"until"` // the first day on which it was no longer so
	Effective policy.Date `json:"effective"`
	Label     string      `json:"label"`
	Path      string      `json:"path"`
	Compare   string      `json:"compare,omitempty"` // path of what it changes
}

// onPolicy is the times of one policy, the oldest first.
type onPolicy struct {
	ID     string   `json:"id"`
	Title  string   `json:"title"`
	Path   string   `json:"path"`
	Spells []spell  `json:"spells"`
	Coming []coming `json:"coming"`
}

// writeOnDay writes the page that says which text was in force on a day, and the
// days of all policies for its script.
func (b *builder) writeOnDay(histories []*policyBuild) error {
	c := onPage{}
	for _, h := range histories {
		if h.Original == nil {
			c.Policies = append(c.Policies, h)
		}
	}
	if err := b.writeDays(c.Policies); err != nil {
		return err
	}
	w := b.words(b.Lang)
	return b.writePage("on", &page{Dir: onDir, Title: w.say("on"), Description: w.say("on.describe"), C: c})
}

// writeDays writes the days of the policies, as writeJSON would write them.
func (b *builder) writeDays(policies []*policyBuild) error {
	was := objectsOf(b.lastText(onDir + "index.json"))
	list := make([]string, len(policies))
	for i, h := range policies {
		id, _ := json.Marshal(h.policy.ID) // a string: it cannot fail
		if same := was[`   "id": `+string(id)+","]; h.stood && same != "" {
			list[i] = same
			continue
		}
		days := onPolicy{h.policy.ID, h.Current().Title, policy.EscapePath(h.dir), h.spells(), h.coming()}
		data, err := json.MarshalIndent(days, "  ", " ")
		if err != nil {
			return err
		}
		list[i] = string(data)
	}
	all := "[]"
	if len(list) > 0 {
		all = "[\n  " + strings.Join(list, ",\n  ") + "\n ]"
	}
	return b.stage.Write(onDir+"index.json", fmt.Appendf(nil, "{\n \"on\": \"%s\",\n \"policies\": %s\n}\n", b.On, all))
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
		if v := h.succession.At(day); v != nil && h.policy.Absent(day) == nil {
			dir := h.address.Version(v.Label)
			s.Label, s.Path, s.Since = v.Label, policy.EscapePath(dir), policy.EscapePath(h.address.Since(v.Label))
			s.SHA256, s.Proof = v.SHA256, policy.EscapePath(proofPath(dir))
		}
		if s.Label != last {
			list, last = append(list, s), s.Label
		}
	}
	return list
}

// coming tells on which days which versions were announced, and for when: on a day
// that has passed, the day that people were told then and not the one that came.
func (h *policyBuild) coming() []coming {
	list := []coming{}
	for _, r := range slices.Backward(h.Records) {
		steps := r.Version.Steps()
		if len(steps) == 0 {
			steps = []policy.Step{{On: policy.DateOf(r.Version.Published), Effective: r.Version.From()}}
		}
		for i, s := range steps {
			until := s.Effective
			if i+1 < len(steps) && steps[i+1].On.Before(until) {
				until = steps[i+1].On
			}
			if gone := h.policy.Withdrawn; !gone.IsZero() && gone.Before(until) {
				until = gone
			}
			if s.Kind != policy.CalledOff && s.On.Before(until) {
				list = append(list, coming{s.On, until, s.Effective, r.Version.Label, policy.EscapePath(r.Dir), policy.EscapePath(r.Compare)})
			}
		}
	}
	return list
}
