package site

import (
	"html/template"
	"strings"

	"github.com/codicil/codicil/policy"
)

// Life tells what was said about the day of a version before it took effect, and
// whom it binds from when; nothing where it was announced once, for everybody.
func (r *record) Life(pg *page) template.HTML {
	var list []template.HTML
	v := r.Version
	if v.TwoDays() {
		list = append(list, pg.Rich("life.cohorts", pg.Date(v.FromFor(policy.NewAccounts)), pg.Date(v.From())))
	}
	if steps := v.Steps(); len(steps) > 1 || v.Cancelled() != nil {
		told := make([]template.HTML, len(steps))
		for i, s := range steps {
			told[i] = step(pg, s)
		}
		list = append(list, join(told, pg.Say("life.then"))+template.HTML(pg.Say("life.end")))
	}
	return join(list, " ")
}

// step tells one thing that was done with an announced version.
func step(pg *page, s policy.Step) template.HTML {
	key := "life." + string(s.Kind)
	if s.Reason != "" && s.Kind == policy.CalledOff {
		return pg.Rich(key+" because", pg.Date(s.On), within(s.Reason))
	}
	return pg.Rich(key, pg.Date(s.On), pg.Date(s.Effective))
}

// within writes a reason as it stands in brackets in a sentence.
func within(reason string) string { return strings.TrimRight(reason, ".。 ") }

// Because returns why the policy is withdrawn, in its editor's words.
func (h *policyBuild) Because() string {
	if a := h.policy.Absent(h.on); a != nil {
		return a.Reason
	}
	return ""
}

// Absences tells of the times in which the policy was withdrawn and came back.
func (h *policyBuild) Absences(pg *page) template.HTML {
	var list []template.HTML
	for _, a := range h.policy.Absences {
		key, values := "life.absent", []any{pg.Date(a.From)}
		if !a.Until.IsZero() {
			key, values = "life.returned", append(values, pg.Date(a.Until))
		}
		if a.Reason != "" {
			key, values = key+" because", append(values, within(a.Reason))
		}
		list = append(list, pg.Rich(key, values...))
	}
	return join(list, " ")
}
