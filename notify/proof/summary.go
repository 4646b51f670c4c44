package proof

import (
	"time"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/notify/ledger"
)

// Summary says how many were told of a notice, when, and what they were sent.
type Summary struct {
	Notice   string        `json:"notice"`
	Class    string        `json:"class"`
	Started  string        `json:"started"`            // this and the other times as RFC 3339 has them
	Late     string        `json:"late,omitempty"`     // why it was told after its day
	Corrects string        `json:"corrects,omitempty"` // the notice that it puts right
	First    string        `json:"first_attempt,omitempty"`
	Last     string        `json:"last_attempt,omitempty"`
	Attempts int64         `json:"attempts"`
	Counts   notify.Counts `json:"counts"`
	Timely   *Timely       `json:"timely,omitempty"`   // where the plan on record has a last day
	Declined *Declined     `json:"declined,omitempty"` // where people could decline, or did
	Reasons  []Reason      `json:"not_reached"`
	Text     Text          `json:"text"`
	Messages []Message     `json:"messages"`
	Chain    *Chain        `json:"chain,omitempty"`
}

// Reason is why some were not reached, and how many.
type Reason struct {
	State notify.State `json:"state"`
	Count int          `json:"count"`
	Why   string       `json:"why"`
	Says  string       `json:"says,omitempty"`
}

// Text is the text that was announced.
type Text struct {
	Commit string `json:"commit"`
	Path   string `json:"path"`
	SHA256 string `json:"sha256"`
}

// Message is the message in one language: the digest of what all were made from.
type Message struct {
	Lang   string `json:"lang"`
	SHA256 string `json:"sha256"`
}

// Chain is how far the records were checked, and the hash of the last.
type Chain struct {
	Records  int64  `json:"records"`
	Attempts int64  `json:"attempts"` // among them
	Head     string `json:"head"`
	Seal     string `json:"seal,omitempty"` // of who has the key of the ledger, over the head
}

// NewSummary sums up what a ledger proves.
func NewSummary(p *ledger.Proof, e Extent) Summary {
	n := p.Notice
	j := Summary{
		Notice: n.ID, Class: n.Class, Started: Moment(n.Created), Late: n.Late, Corrects: n.Corrects, First: Moment(p.First), Last: Moment(p.Last),
		Attempts: p.Tries, Counts: p.Counts, Timely: e.Timely, Declined: e.Declined, Reasons: []Reason{}, Text: Text{n.Revision, n.Path, n.Digest},
	}
	for i, digest := range p.Digests() {
		j.Messages = append(j.Messages, Message{n.Texts[i].Lang, digest})
	}
	for _, r := range p.Reasons {
		j.Reasons = append(j.Reasons, Reason{r.State, r.Count, r.Why, r.Says})
	}
	if p.Chain.Head != "" {
		j.Chain = &Chain{p.Chain.Records, p.Chain.Attempts, p.Chain.Head, p.Chain.Seal}
	}
	return j
}

// Moment writes a time as RFC 3339 has it, to the second; nothing for none.
func Moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
