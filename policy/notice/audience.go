package notice

import (
	"fmt"
	"regexp"
	"slices"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/materiality"
)

// Audience is a group of people whom a law protects: what it asks for before a
// change may bind them. The duties are reminders with their sources, not legal
// advice.
type Audience struct {
	ID     string
	Name   string
	Period map[policy.Severity]Period
	Duties []Duty
}

// Duty is one thing that a law asks for when certain practices change.
type Duty struct {
	Categories []materiality.Category // any of them; none means every change
	Severity   policy.Severity        // from which it holds
	Channels   []Channel              // one of them must be used; none means any
	Consent    bool                   // going on as before is not enough: people must agree
	Text       string
	Source     string
}

// Audiences returns the groups that a configuration can name.
func Audiences() []Audience {
	practices := []materiality.Category{materiality.DataCollection, materiality.DataUse, materiality.Sharing, materiality.TransferRetention}
	return []Audience{
		{
			ID: "gdpr", Name: "people in the European Economic Area and the United Kingdom",
			Duties: []Duty{
				{
					Categories: practices, Severity: policy.Major, Channels: []Channel{Email, Popup},
					Text:   "a change with an impact must reach people so that they do not miss it; posting it on the page is not enough",
					Source: "WP29 guidelines on transparency WP260 rev.01, paragraphs 29 and 30",
				},
				{
					Categories: []materiality.Category{materiality.DataUse}, Severity: policy.Major, Consent: true,
					Text:   "a further purpose must be told before it starts, and consent that was given does not cover it",
					Source: "GDPR, articles 13(3) and 14(4); EDPB guidelines 05/2020, paragraph 110",
				},
			},
		},
		{
			ID: "p2b", Name: "business users of an online platform in the European Union",
			Period: map[policy.Severity]Period{policy.Minor: {Days: 15}, policy.Major: {Days: 15}},
			Duties: []Duty{{
				Severity: policy.Minor, Channels: []Channel{Email},
				Text:   "changed terms must be told on a durable medium, at least 15 days ahead; a breach makes the change void",
				Source: "Regulation (EU) 2019/1150, article 3(2) and recitals 18 to 20",
			}},
		},
		{
			ID: "hk", Name: "people in Hong Kong",
			Duties: []Duty{{
				Categories: []materiality.Category{materiality.DataUse, materiality.Sharing}, Severity: policy.Major, Consent: true,
				Text:   "a new purpose needs consent that is express and voluntary; silence and continued use are none",
				Source: "Personal Data (Privacy) Ordinance, cap. 486, data protection principle 3",
			}},
		},
		{
			ID: "pipl", Name: "people in mainland China",
			Duties: []Duty{{
				Categories: practices, Severity: policy.Major, Consent: true,
				Text:   "consent must be asked for again when the purpose, the method or the kind of personal information changes",
				Source: "Personal Information Protection Law, articles 14 and 17",
			}},
		},
	}
}

// AudienceByID returns the audience of that id.
func AudienceByID(id string) (Audience, bool) {
	all := Audiences()
	i := slices.IndexFunc(all, func(a Audience) bool { return a.ID == id })
	if i < 0 {
		return Audience{}, false
	}
	return all[i], true
}

// asks reports whether the duty holds for the change that a notice tells of.
func (d Duty) asks(n *Notice) bool {
	if n.Severity < d.Severity {
		return false
	}
	if len(d.Categories) == 0 {
		return true
	}
	return n.Assessment != nil && slices.ContainsFunc(d.Categories, func(c materiality.Category) bool {
		return slices.Contains(n.Assessment.Categories, c)
	})
}

// consent finds words by which a summary says that people are asked.
var consent = regexp.MustCompile(`(?i)\b(opt(ing|ed)?[- ]in|consent|agree|permission|ask you|choose)\b`)

// duties returns what the audiences ask for and the notice does not give.
func duties(c Candidate) []*policy.Diagnostic {
	var found []*policy.Diagnostic
	for _, a := range c.Rules.Audiences {
		for _, d := range a.Duties {
			if !d.asks(c.Notice) {
				continue
			}
			if len(d.Channels) > 0 && !slices.ContainsFunc(d.Channels, c.Notice.Through) {
				found = append(found, c.fault(policy.Error, "duty-"+a.ID,
					fmt.Sprintf("for %s, %s (%s)", a.Name, d.Text, d.Source),
					fmt.Sprintf("give notice by %s as well", d.Channels[0])))
			}
			if d.Consent && !consent.MatchString(c.Front.Summary) {
				found = append(found, c.fault(policy.Warning, "duty-"+a.ID,
					fmt.Sprintf("for %s, %s (%s)", a.Name, d.Text, d.Source),
					"say in `summary` how people are asked, or have a lawyer confirm that the change needs no consent"))
			}
		}
	}
	return found
}
