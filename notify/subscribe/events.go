package subscribe

import (
	"encoding/hex"
	"strings"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/notice"
)

// eventDays is how far back events are looked for: longer than a server is down
// or a webhook is tried.
const eventDays = 14

// Events lists what happened to versions in the last days. The notice of a
// version is asked for as it is needed; base is the address of the site, empty
// when there is none to link to.
func Events(policies []*policy.Policy, on policy.Date, base string, noticeOf func(*policy.Policy, *policy.Version) (*notice.Notice, error)) ([]Event, error) {
	var list []Event
	for _, q := range policies {
		for _, v := range q.Versions {
			for kind, day := range map[string]policy.Date{Announced: policy.DateOf(v.Published), Effective: v.From()} {
				if v.Front.Draft || day.After(on) || day.Before(on.AddDays(-eventDays)) {
					continue
				}
				n, err := noticeOf(q, v)
				if err != nil {
					return nil, err
				}
				list = append(list, newEvent(kind, day, q, v, n, base))
			}
		}
	}
	return list, nil
}

func newEvent(kind string, day policy.Date, q *policy.Policy, v *policy.Version, n *notice.Notice, base string) Event {
	e := Event{
		Schema: 1, ID: q.Ref(v) + " " + kind, Type: kind, Time: day.Time(),
		Policy: EventPolicy{ID: q.ID, Title: q.Title},
		Version: EventVersion{
			Label: v.Label, Previous: n.Previous, Severity: n.Severity.String(), Announced: n.Announced.String(),
			Effective: n.Effective.String(), Summary: n.Summary, SHA256: v.SHA256,
		},
	}
	if base != "" {
		at := policy.AddressOf(q)
		e.Policy.URL, e.Version.URL = policy.LinkTo(base, at.Page()), policy.LinkTo(base, at.Version(v.Label))
		if n.Previous != "" {
			e.Version.Changes = policy.LinkTo(base, at.Redline(n.Previous, v.Label))
		}
	}
	return e
}

// Refusals makes events of who declined what, of the last days. The offers say of
// which versions.
func Refusals(list []notify.Refusal, offers []Offer, on policy.Date) []Event {
	of := make(map[string]Offer, len(offers))
	for _, o := range offers {
		of[o.Version] = o
	}
	var events []Event
	for _, r := range list {
		o, known := of[r.Version]
		if !known || policy.DateOf(r.Time).Before(on.AddDays(-eventDays)) {
			continue
		}
		who := hex.EncodeToString(r.Recipient)
		id, _, _ := strings.Cut(r.Version, "@")
		events = append(events, Event{
			Schema: 1, ID: r.Version + " " + Declined + " " + who, Type: Declined, Time: r.Time.UTC(), Recipient: who,
			Policy: EventPolicy{ID: id, Title: o.Title}, Version: EventVersion{
				Label: o.Label, Announced: o.Announced.String(), Effective: o.Effective.String(), SHA256: o.SHA256, URL: o.URL,
			},
		})
	}
	return events
}
