package subscribe

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Mapping says where the JSON of a relay holds what counts. A path is made of
// names with dots between them, and goes through every element of a list. Of
// several paths the first that leads somewhere counts.
type Mapping struct {
	Name      string   // in the address: /v1/returns/NAME
	Unwrap    string   // path of a string that holds the JSON itself
	List      string   // path of the reports; empty when the body is the report, "." when it is a list of them
	Kind      []string // paths whose values, with a space between them, say what happened
	Failed    []string // kinds of what will never arrive
	Complaint []string // kinds of complaints
	Email     []string
	Status    []string // of RFC 3463
	Reason    []string
	Ask       string // path of an address to open once, by which the relay asks to be confirmed
}

// report is what a relay says of one person.
type report struct {
	email          string
	complaint      bool
	status, reason string
}

// relays are the mappings that need no configuration: our own form, Amazon SES
// through SNS, Postmark, SendGrid and Mailgun.
func relays() []Mapping {
	return []Mapping{
		{
			Name: "generic", List: "reports", Kind: []string{"kind"}, Failed: []string{"failed"}, Complaint: []string{"complaint"},
			Email: []string{"email"}, Status: []string{"status"}, Reason: []string{"reason"},
		},
		{
			Name: "ses", Unwrap: "Message", Kind: []string{"notificationType", "eventType", "bounce.bounceType"},
			Failed: []string{"Bounce Permanent"}, Complaint: []string{"Complaint"},
			Email:  []string{"bounce.bouncedRecipients.emailAddress", "complaint.complainedRecipients.emailAddress"},
			Status: []string{"bounce.bouncedRecipients.status"}, Reason: []string{"bounce.bouncedRecipients.diagnosticCode"}, Ask: "SubscribeURL",
		},
		{
			Name: "postmark", Kind: []string{"RecordType", "Type"},
			Failed:    []string{"Bounce HardBounce", "Bounce BadEmailAddress", "Bounce ManuallyDeactivated"},
			Complaint: []string{"SpamComplaint SpamComplaint", "SpamComplaint", "Bounce SpamComplaint"},
			Email:     []string{"Email"}, Reason: []string{"Details", "Description"},
		},
		{
			Name: "sendgrid", List: ".", Kind: []string{"event", "type"}, Failed: []string{"bounce bounce", "bounce"}, Complaint: []string{"spamreport"},
			Email: []string{"email"}, Status: []string{"status"}, Reason: []string{"reason"},
		},
		{
			Name: "mailgun", Kind: []string{"event-data.event", "event-data.severity"}, Failed: []string{"failed permanent"},
			Complaint: []string{"complained"}, Email: []string{"event-data.recipient"},
			Status: []string{"event-data.delivery-status.enhanced-code"},
			Reason: []string{"event-data.delivery-status.message", "event-data.delivery-status.description"},
		},
	}
}

func (m *Mapping) check() error {
	if m.Name == "" || strings.ContainsAny(m.Name, "/?#% ") {
		return fmt.Errorf("a relay needs a name that can stand in an address, and %q cannot", m.Name)
	}
	if len(m.Kind) == 0 || len(m.Email) == 0 || len(m.Failed)+len(m.Complaint) == 0 {
		return fmt.Errorf("relay %s: kind, email, and failed or complaint must be given", m.Name)
	}
	return nil
}

// mapping returns how a relay writes; the operator's own come first.
func (s *Server) mapping(name string) (*Mapping, bool) {
	for _, m := range append(slices.Clone(s.Relays), relays()...) {
		if m.Name == name {
			return &m, true
		}
	}
	return nil, false
}

// maxReports bounds how many people one request is about.
const maxReports = 1000

// read finds the reports in a body, and the address by which the relay asks to
// be confirmed.
func (m *Mapping) read(body []byte) ([]report, string, error) {
	var root any
	if err := json.Unmarshal(body, &root); err != nil {
		return nil, "", errors.New("the body is not JSON")
	}
	if address := first(root, m.Ask); m.Ask != "" && address != "" {
		return nil, address, nil
	}
	if inner := first(root, m.Unwrap); m.Unwrap != "" && inner != "" {
		if err := json.Unmarshal([]byte(inner), &root); err != nil {
			return nil, "", fmt.Errorf("%s does not hold JSON", m.Unwrap)
		}
	}
	items := []any{root}
	switch list, whole := root.([]any); {
	case m.List == "." && whole:
		items = list
	case m.List != "" && m.List != ".":
		items = find(root, strings.Split(m.List, "."))
	}
	var list []report
	for _, item := range items {
		list = append(list, m.reports(item)...)
		if len(list) > maxReports {
			return nil, "", fmt.Errorf("there are more than %d reports in one request", maxReports)
		}
	}
	return list, "", nil
}

// reports reads one report, which may be about several people.
func (m *Mapping) reports(item any) []report {
	var kind []string
	for _, path := range m.Kind {
		if value := first(item, path); value != "" {
			kind = append(kind, value)
		}
	}
	what := strings.Join(kind, " ")
	complaint := slices.Contains(m.Complaint, what)
	if !complaint && !slices.Contains(m.Failed, what) {
		return nil
	}
	emails, statuses, reasons := all(item, m.Email), all(item, m.Status), all(item, m.Reason)
	var list []report
	for i, email := range emails {
		r := report{email: email, complaint: complaint}
		// Where each person has their own, they are in the same order.
		if len(statuses) == len(emails) {
			r.status = statuses[i]
		}
		if len(reasons) == len(emails) {
			r.reason = reasons[i]
		}
		if r.reason == "" {
			r.reason = strings.TrimSpace(what + " " + r.status)
		}
		list = append(list, r)
	}
	return list
}

// all returns the texts at the first path that leads to any.
func all(item any, paths []string) []string {
	for _, path := range paths {
		var texts []string
		for _, value := range find(item, strings.Split(path, ".")) {
			if text, ok := value.(string); ok {
				texts = append(texts, text)
			}
		}
		if len(texts) > 0 {
			return texts
		}
	}
	return nil
}

func first(item any, path string) string {
	if texts := all(item, []string{path}); len(texts) > 0 {
		return texts[0]
	}
	return ""
}

// find returns what a path leads to.
func find(item any, path []string) []any {
	if list, ok := item.([]any); ok {
		var found []any
		for _, element := range list {
			found = append(found, find(element, path)...)
		}
		return found
	}
	if len(path) == 0 {
		return []any{item}
	}
	if object, ok := item.(map[string]any); ok {
		return find(object[path[0]], path[1:])
	}
	return nil
}
