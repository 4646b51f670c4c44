package proof

import (
	"context"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/notify/ledger"
	"github.com/codicil/codicil/policy"
)

// Subject is what is proven about a person whom the operator's own server
// names: what they acknowledged, what they were told, and what bound them.
type Subject struct {
	Policy       string         `json:"policy"`
	On           string         `json:"on"`
	InForce      string         `json:"in_force,omitempty"`
	Bound        string         `json:"bound"` // label, or "none proven"
	Acknowledged []Acknowledged `json:"acknowledged"`
	Told         []Record       `json:"told,omitempty"` // with --recipient
}

// Acknowledged is a version that a person confirmed to have been shown.
type Acknowledged struct {
	Version string `json:"version"`
	SHA256  string `json:"sha256"`
	Shown   string `json:"shown"`
	At      string `json:"at"`
}

// NoneProven is the answer where nothing shows that a version was seen.
const NoneProven = "none proven"

// NewSubject puts together what a person acknowledged of a policy, and which
// version bound them on a day.
func NewSubject(p *policy.Policy, list []notify.Acknowledgement, on policy.Date) Subject {
	s := Subject{Policy: p.ID, On: on.String(), Bound: bound(p, list, on), Acknowledged: []Acknowledged{}}
	if v := p.InForce(on); v != nil {
		s.InForce = v.Label
	}
	for _, ack := range list {
		s.Acknowledged = append(s.Acknowledged, Acknowledged{ack.Label, ack.Digest, ack.Shown, Moment(ack.Time)})
	}
	return s
}

// bound returns the newest version in force by a day that a person is proven to
// have been shown by then. A version that they never saw is not proven to bind.
func bound(p *policy.Policy, list []notify.Acknowledgement, on policy.Date) string {
	for _, v := range p.Versions {
		if v.Front.Draft || v.Cancelled() != nil || v.FirstFrom().After(on) {
			continue
		}
		for _, ack := range list {
			if ack.Label == v.Label && ack.Digest == v.SHA256 && !policy.DateOf(ack.Time).After(on) {
				return v.Label
			}
		}
	}
	return NoneProven
}

// RecordsOf returns what a ledger holds about an address, version by version.
func RecordsOf(ctx context.Context, l *ledger.Ledger, p *policy.Policy, address string) ([]Record, error) {
	var told []Record
	for _, v := range p.Versions {
		record, err := l.Record(ctx, p.Ref(v), address)
		if err != nil {
			return nil, err
		}
		if record != nil {
			told = append(told, NewRecord(p.Ref(v), record))
		}
	}
	return told, nil
}
