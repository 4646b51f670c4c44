package ledger

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/codicil/codicil/notify"
)

// Chain is what stands for all records of a ledger: whoever noted its head
// down elsewhere can tell later that nothing was rewritten.
type Chain struct {
	Records  int64
	Attempts int64  // among them
	Head     string // the last hash, in hex
	Seal     string // of who has the ledger's key, over the head, in hex; empty before there is one
}

// Find returns the place in the chain of a hash that was noted down earlier, in
// hex, or 0 when no record has it: then records were rewritten since.
func (l *Ledger) Find(ctx context.Context, head string) (seq int64, err error) {
	hash, err := hex.DecodeString(head)
	if err != nil {
		return 0, fmt.Errorf("%q is not a hash in hex", head)
	}
	err = l.view(ctx, func(tx *tx) error {
		seq, err = tx.findHash(ctx, hash)
		return err
	})
	return seq, err
}

// find is Find for a hash in hex that was written by us.
func (t *tx) find(ctx context.Context, head string) (int64, error) {
	hash, err := hex.DecodeString(head)
	if err != nil {
		return 0, nil
	}
	return t.findHash(ctx, hash)
}

// findHash looks at the end first: it is asked for most.
func (t *tx) findHash(ctx context.Context, hash []byte) (seq int64, err error) {
	end, err := t.tail(ctx)
	if err != nil {
		return 0, err
	}
	if bytes.Equal(end.hash, hash) {
		return end.seq, nil
	}
	for _, table := range []string{"attempt", "entry"} {
		err := t.row(ctx, "SELECT seq FROM "+table+" WHERE hash = ?", hash).Scan(&seq)
		if err == nil || !errors.Is(err, sql.ErrNoRows) {
			return seq, err
		}
	}
	return 0, nil
}

// Note writes the end of the chain beside the ledger of a file, so that one that
// is put back from an earlier copy is known, and returns it.
func (l *Ledger) Note(ctx context.Context) (Chain, error) {
	c, err := l.Head(ctx)
	if err == nil {
		err = l.engine.note(c.Head)
	}
	return c, err
}

// Latest returns when the last attempt was made; zero before it.
func (l *Ledger) Latest(ctx context.Context) (latest time.Time, err error) {
	var at int64
	err = l.view(ctx, func(tx *tx) error {
		return tx.row(ctx, "SELECT coalesce(max(last_at), 0) FROM notice").Scan(&at)
	})
	if at != 0 {
		latest = time.UnixMilli(at)
	}
	return latest, err
}

// Head returns the end of the chain, without checking it.
func (l *Ledger) Head(ctx context.Context) (c Chain, err error) {
	err = l.view(ctx, func(tx *tx) error {
		end, err := tx.tail(ctx)
		if err != nil {
			return err
		}
		c = Chain{Records: end.seq, Head: hex.EncodeToString(end.hash)}
		noted, err := tx.meta(metaSeal)
		c.Seal = hex.EncodeToString(noted)
		return err
	})
	return c, err
}

// Verify checks the whole chain, and that each delivery is as its last
// record left it.
func (l *Ledger) Verify(ctx context.Context) (c Chain, err error) {
	err = l.view(ctx, func(tx *tx) error {
		c, err = tx.verify(ctx)
		return err
	})
	return c, err
}

// Link is a record of the chain: an attempt or an entry, the other is nil.
type Link struct {
	Before  []byte // hash of the record before
	Attempt *Attempt
	Entry   *Entry
}

// Hash returns that of the record.
func (l *Link) Hash() []byte {
	if l.Attempt != nil {
		return l.Attempt.Hash
	}
	return l.Entry.Hash
}

// digest computes the hash anew.
func (l *Link) digest() []byte {
	if l.Attempt != nil {
		return l.Attempt.digest(l.Before)
	}
	return l.Entry.digest(l.Before)
}

// Chain calls f with each record of the chain in order. It stops at f's error.
// What f is given is overwritten by the next.
func (l *Ledger) Chain(ctx context.Context, f func(Link) error) error {
	return l.view(ctx, func(tx *tx) error { return tx.chain(ctx, f) })
}

// chain merges attempts and entries. The entries are few, and read before: a
// transaction of PostgreSQL has one open query at a time.
func (t *tx) chain(ctx context.Context, f func(Link) error) error {
	var entries []Entry
	err := t.entries(ctx, 0, func(e Entry) error {
		entries = append(entries, e)
		return nil
	})
	if err != nil {
		return err
	}
	before := make([]byte, sha256.Size)
	next := func(l Link) error {
		l.Before = before
		err := f(l)
		before = l.Hash()
		return err
	}
	until := func(seq int64) error {
		for len(entries) > 0 && entries[0].Seq < seq {
			if err := next(Link{Entry: &entries[0]}); err != nil {
				return err
			}
			entries = entries[1:]
		}
		return nil
	}
	err = t.attempts(ctx, func(a Attempt) error {
		if err := until(a.Seq); err != nil {
			return err
		}
		return next(Link{Attempt: &a})
	}, "1 = 1")
	if err != nil {
		return err
	}
	return until(math.MaxInt64)
}

// audit gathers what the deliveries must agree with.
type audit struct {
	chain Chain
	hash  []byte
	tries map[string]int64  // attempts of each notice
	sets  map[string]string // digest of each notice's recipients, as the chain has it
	ends  uint64            // sum over the last records about deliveries
}

func (t *tx) verify(ctx context.Context) (Chain, error) {
	a := audit{hash: make([]byte, sha256.Size), tries: map[string]int64{}, sets: map[string]string{}}
	if err := t.chain(ctx, a.add); err != nil {
		return a.chain, err
	}
	noted, err := t.meta(metaHead)
	switch {
	case err != nil:
		return a.chain, err
	case noted != nil && !bytes.Equal(noted, a.hash), noted == nil && a.chain.Records > 0:
		return a.chain, fmt.Errorf("records after number %d are missing from the ledger", a.chain.Records)
	}
	sealed, err := t.meta(metaSeal)
	if err != nil {
		return a.chain, err
	}
	if len(t.key) > 0 && sealed != nil && !bytes.Equal(sealed, seal(t.key, a.hash)) {
		return a.chain, errors.New("the head of the ledger was not sealed with its key: it was written by somebody else")
	}
	a.chain.Head, a.chain.Seal = hex.EncodeToString(a.hash), hex.EncodeToString(sealed)
	return a.chain, t.verifyDeliveries(ctx, &a)
}

// add checks one record.
func (a *audit) add(l Link) error {
	a.chain.Records++
	var seq, previous int64
	var state notify.State
	if t := l.Attempt; t != nil {
		seq, previous, state = t.Seq, t.previous, t.State
		a.chain.Attempts++
		a.tries[t.Notice]++
	} else {
		e := l.Entry
		seq, previous, state = e.Seq, e.previous, e.State
		if e.Kind == EntryStart || e.Kind == EntryTopUp {
			a.sets[e.Notice] = e.Field("recipients")
		}
	}
	if seq != a.chain.Records {
		return fmt.Errorf("record %d is missing from the ledger", a.chain.Records)
	}
	if !bytes.Equal(l.Hash(), l.digest()) {
		return fmt.Errorf("record %d of the ledger was changed after it was written", seq)
	}
	a.hash = l.Hash()
	if state != "" {
		a.ends += mix(seq) - mix(previous)
	}
	return nil
}

// mix spreads a place of the chain over 64 bits, so that sums of few places are
// never equal by chance; 0 for none (the finaliser of SplitMix64, Steele et al.
// 2014).
func mix(seq int64) uint64 {
	z := uint64(seq) * 0x9e3779b97f4a7c15
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// verifyDeliveries compares the deliveries with the records about them: each
// is as the one that it names left it, that one is about it, no later one
// is passed over, and the recipients are those with whom the notice began.
func (t *tx) verifyDeliveries(ctx context.Context, a *audit) error {
	var notice string
	var id int64
	err := t.row(ctx, `SELECT d.notice, d.id FROM delivery AS d
		LEFT JOIN attempt AS a ON a.seq = d.last LEFT JOIN entry AS e ON e.seq = d.last
		WHERE d.last = 0 AND (d.attempts <> 0 OR d.state NOT IN ('due', 'suppressed'))
		OR d.last <> 0 AND (coalesce(a.state, e.state, '') <> d.state OR coalesce(a.notice, e.notice, '') <> d.notice
			OR d.recipient <> coalesce(a.recipient, e.recipient))
		LIMIT 1`).Scan(&notice, &id)
	if err == nil {
		return fmt.Errorf("delivery %d of notice %s does not stand as the records about it left it", id, notice)
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	ends, err := t.ends(ctx)
	if err != nil {
		return err
	}
	if ends != a.ends {
		return errors.New("a delivery passes over the last record about it")
	}
	return t.verifyNotices(ctx, a)
}

// ends sums over the last record of each delivery.
func (t *tx) ends(ctx context.Context) (sum uint64, err error) {
	rows, err := t.query(ctx, "SELECT last FROM delivery WHERE last <> 0")
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for rows.Next() {
		var last int64
		if err := rows.Scan(&last); err != nil {
			return 0, err
		}
		sum += mix(last)
	}
	return sum, rows.Err()
}

// verifyNotices compares the numbers of each notice with its deliveries.
func (t *tx) verifyNotices(ctx context.Context, a *audit) error {
	ids, err := t.noticeIDs(ctx)
	if err != nil {
		return err
	}
	for _, id := range ids {
		var attempts, tries int64
		err := t.row(ctx, "SELECT coalesce(sum(d.attempts), 0), max(n.tries) FROM notice AS n LEFT JOIN delivery AS d ON d.notice = n.id WHERE n.id = ?", id).
			Scan(&attempts, &tries)
		if err != nil {
			return err
		}
		if attempts != a.tries[id] || tries != a.tries[id] {
			return fmt.Errorf("notice %s counts %d attempts, and %d are on record", id, attempts, a.tries[id])
		}
		kept, err := t.counts(ctx, id)
		if err != nil {
			return err
		}
		if counted, err := t.recount(ctx, id); err != nil || counted != kept {
			return errors.Join(err, fmt.Errorf("the numbers of notice %s are not those of its deliveries", id))
		}
		if want := a.sets[id]; want != "" {
			set, _, err := t.recipientSet(ctx, id)
			if err != nil {
				return err
			}
			if set != want {
				return fmt.Errorf("the recipients of notice %s are not those with whom it was begun", id)
			}
		}
	}
	return nil
}
