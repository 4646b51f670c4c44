package proof

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/notify/email"
	"github.com/codicil/codicil/notify/ledger"
	"github.com/codicil/codicil/policy"
)

// Attempt is one attempt as a bundle has it: all that its hash covers, the
// time once more for people, and the hash of the attempt before it.
type Attempt struct {
	Before    string       `json:"before,omitempty"`
	Seq       int64        `json:"seq"`
	Notice    string       `json:"notice"`
	Recipient string       `json:"recipient"`
	Time      int64        `json:"time"`
	State     notify.State `json:"state"`
	Stage     notify.Stage `json:"stage"`
	Code      int          `json:"code"`
	Enhanced  string       `json:"enhanced"`
	Reply     string       `json:"reply"`
	MessageID string       `json:"message_id"`
	SHA256    string       `json:"sha256"`
	Hash      string       `json:"hash"`
	At        string       `json:"at"`
}

func newAttempt(a ledger.Attempt) Attempt {
	return Attempt{
		Seq: a.Seq, Notice: a.Notice, Recipient: hex.EncodeToString(a.Recipient), Time: a.Time.UnixMilli(),
		State: a.State, Stage: a.Stage, Code: a.Code, Enhanced: a.Enhanced, Reply: a.Reply,
		MessageID: a.MessageID, SHA256: a.SHA256, Hash: hex.EncodeToString(a.Hash), At: Moment(a.Time),
	}
}

// appendAttempt adds an attempt to a file of lines, as JSON of the type above: there
// are as many as people, and the package json takes longer than all else.
func appendAttempt(b, before []byte, a *ledger.Attempt) []byte {
	octets := func(name string, value []byte) {
		b = append(append(b, name...), '"')
		b = append(hex.AppendEncode(b, value), '"')
	}
	text := func(name, value string) { b = appendText(append(b, name...), value) }
	number := func(name string, value int64) { b = strconv.AppendInt(append(b, name...), value, 10) }
	octets(`{"before":`, before)
	number(`,"seq":`, a.Seq)
	text(`,"notice":`, a.Notice)
	octets(`,"recipient":`, a.Recipient)
	number(`,"time":`, a.Time.UnixMilli())
	text(`,"state":`, string(a.State))
	text(`,"stage":`, string(a.Stage))
	number(`,"code":`, int64(a.Code))
	text(`,"enhanced":`, a.Enhanced)
	text(`,"reply":`, a.Reply)
	text(`,"message_id":`, a.MessageID)
	text(`,"sha256":`, a.SHA256)
	octets(`,"hash":`, a.Hash)
	text(`,"at":`, Moment(a.Time))
	return append(b, "}\n"...)
}

// appendText adds a string as JSON. Plain ones, nearly all, are copied.
func appendText(b []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			var text bytes.Buffer
			e := json.NewEncoder(&text)
			e.SetEscapeHTML(false)
			_ = e.Encode(s) // of a string it cannot fail
			return append(b, bytes.TrimSuffix(text.Bytes(), []byte("\n"))...)
		}
	}
	return append(append(append(b, '"'), s...), '"')
}

// Entry is a record that is no attempt as a bundle has it, as Attempt is one.
type Entry struct {
	Before    string       `json:"before"`
	Seq       int64        `json:"seq"`
	Kind      string       `json:"kind"`
	Notice    string       `json:"notice"`
	Recipient string       `json:"recipient"` // empty when it is about nobody
	Time      int64        `json:"time"`
	State     notify.State `json:"state"` // in which it left the delivery; empty when it is about none
	Detail    string       `json:"detail"`
	Hash      string       `json:"hash"`
	At        string       `json:"at"`
}

func newEntry(before []byte, e *ledger.Entry) Entry {
	return Entry{
		Before: hex.EncodeToString(before), Seq: e.Seq, Kind: e.Kind, Notice: e.Notice, Recipient: hex.EncodeToString(e.Recipient),
		Time: e.Time.UnixMilli(), State: e.State, Detail: e.Detail, Hash: hex.EncodeToString(e.Hash), At: Moment(e.Time),
	}
}

// Record is what is on record about one person and one notice.
type Record struct {
	Notice    string       `json:"notice"`
	Recipient string       `json:"recipient"`
	State     notify.State `json:"state"`
	Line      int          `json:"line"`
	Reason    string       `json:"reason,omitempty"`
	InTime    *bool        `json:"in_time,omitempty"`  // told by the last day of notice; not there for people who were not told
	Declined  string       `json:"declined,omitempty"` // when they declined the change
	Attempts  []Attempt    `json:"attempts"`
}

// NewRecord makes the record of a notice of what the ledger holds.
func NewRecord(id string, r *ledger.Record) Record {
	j := Record{Notice: id, Recipient: hex.EncodeToString(r.Recipient), State: r.State, Line: r.Line, Reason: r.Reason, Attempts: []Attempt{}}
	for _, attempt := range r.Attempts {
		j.Attempts = append(j.Attempts, newAttempt(attempt))
	}
	return j
}

// Messages returns the messages of a notice that are on record; none where the
// notice was not begun.
func Messages(ctx context.Context, l *ledger.Ledger, id string) ([]*email.Message, error) {
	record, err := l.Notice(ctx, id)
	if err != nil || record == nil {
		return nil, err
	}
	if record.Channel != "" {
		return nil, ErrNotMail
	}
	var messages []*email.Message
	for _, text := range record.Texts {
		message, err := email.Load(record.ID, text.Lang, text.Message, l.Key())
		if err != nil {
			return nil, err
		}
		messages = append(messages, message)
	}
	return messages, nil
}

// ErrNotMail says that a notice went by a channel that is not mail.
var ErrNotMail = errors.New("the notice did not go by mail: the bundle shows what the program of its channel was given")

// ErrNotAsSent says that no attempt on record sent what was made again.
var ErrNotAsSent = errors.New("the message cannot be made again as it was sent: no attempt on record has its digest")

// AsSent makes the message of a notice to one person once more, and returns it
// with its digest when it is what went out: that of an attempt on record.
func AsSent(ctx context.Context, l *ledger.Ledger, id string, to notify.Recipient, r *ledger.Record) (eml []byte, digest string, err error) {
	messages, err := Messages(ctx, l, id)
	if err != nil {
		return nil, "", err
	}
	for _, attempt := range slices.Backward(r.Attempts) {
		eml, receipt, err := email.ForLanguage(messages, to.Lang).For(to, attempt.Time)
		if err != nil {
			return nil, "", err
		}
		if attempt.SHA256 == receipt.SHA256 {
			return eml, receipt.SHA256, nil
		}
	}
	return nil, "", ErrNotAsSent
}

// NotStarted says which notices the ledger knows instead.
func NotStarted(ctx context.Context, l *ledger.Ledger, id string) error {
	ids, err := l.Notices(ctx)
	if err != nil {
		return err
	}
	err = fmt.Errorf("no message of notice %s was ever sent from this ledger", id)
	if len(ids) == 0 {
		return err
	}
	return policy.Hinted(err, policy.Listed(ids))
}
