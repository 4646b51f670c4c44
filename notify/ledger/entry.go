package ledger

import (
	"context"
	"encoding/json"
	"time"

	"github.com/codicil/codicil/notify"
)

// Entry is a record of the chain that is no attempt: what decides whom a notice
// goes to, and what it says.
type Entry struct {
	Seq       int64 // place in the chain, among the attempts
	Kind      string
	Notice    string       // empty when it is about none
	Recipient []byte       // keyed hash of the address; empty when it is about nobody
	State     notify.State // in which it left the delivery; empty when it is about none
	Time      time.Time
	Detail    string // a JSON object
	Hash      []byte
	previous  int64
}

// The kinds of entries.
const (
	EntryStart      = "start"       // a notice was begun: its text, messages and recipients
	EntryTopUp      = "top-up"      // people were added to a notice
	EntrySuppressed = "suppression" // somebody must not be mailed any more
	EntryStopped    = "stop"        // what was due to somebody was ended by it
	EntryLifted     = "lift"        // a suppression was taken back
	EntryDueAgain   = "due again"   // what it had ended is to be sent
	EntryBounce     = "bounce"      // a relay reported that a message came back
	EntryFollow     = "follow"      // somebody asked to be told
	EntrySeed       = "seed"        // a message went to an address of the publisher's own
	EntryErased     = "erasure"     // an address was removed on request
	EntryDeclined   = "decline"     // somebody declined a version that was offered to be declined
)

// digest returns the hash of the entry, as that of an attempt: SHA-256 over the
// hash before it and its fields as netstrings.
func (e *Entry) digest(before []byte) []byte {
	var n netstrings
	n.hex(before).number(e.Seq).text(e.Kind).text(e.Notice).hex(e.Recipient).number(e.Time.UnixMilli()).text(string(e.State)).text(e.Detail)
	return n.sum()
}

// detail writes the fields of an entry as a JSON object, given in pairs.
func detail(pairs ...string) string {
	fields := map[string]string{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			fields[pairs[i]] = pairs[i+1]
		}
	}
	text, _ := json.Marshal(fields) // of strings it cannot fail
	return string(text)
}

// Field returns a field of the detail.
func (e *Entry) Field(name string) string {
	var fields map[string]string
	_ = json.Unmarshal([]byte(e.Detail), &fields) // an odd detail has no fields
	return fields[name]
}

// enter appends an entry to the chain and returns its place.
func (t *tx) enter(ctx context.Context, e Entry) (int64, error) {
	end, err := t.tail(ctx)
	if err != nil {
		return 0, err
	}
	e.Seq = end.seq + 1
	if e.Recipient == nil {
		e.Recipient = []byte{}
	}
	e.Hash = e.digest(end.hash)
	_, err = t.exec(ctx, "INSERT INTO entry (seq, kind, notice, recipient, state, time, detail, hash, previous) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
		e.Seq, e.Kind, e.Notice, e.Recipient, string(e.State), e.Time.UnixMilli(), e.Detail, e.Hash, e.previous)
	end.move(e.Seq, e.Hash)
	return e.Seq, err
}

// Entries calls f with each entry of the chain after a place, in order. It stops
// at f's error.
func (l *Ledger) Entries(ctx context.Context, after int64, f func(Entry) error) error {
	return l.view(ctx, func(tx *tx) error { return tx.entries(ctx, after, f) })
}

func (t *tx) entries(ctx context.Context, after int64, f func(Entry) error) error {
	rows, err := t.query(ctx, "SELECT seq, kind, notice, recipient, state, time, detail, hash, previous FROM entry WHERE seq > ? ORDER BY seq", after)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var e Entry
		var at int64
		if err := rows.Scan(&e.Seq, &e.Kind, &e.Notice, &e.Recipient, &e.State, &at, &e.Detail, &e.Hash, &e.previous); err != nil {
			return err
		}
		e.Time = time.UnixMilli(at).UTC()
		if err := f(e); err != nil {
			return err
		}
	}
	return rows.Err()
}
