package ledger

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/maphash"
	"math"

	"github.com/codicil/codicil/notify"
)

// chain calls f with each record of the chain in order: it merges attempts and
// entries. The entries are few, and read before: a transaction of PostgreSQL has
// one open query at a time. The rows are read by one goroutine and f runs in
// another, since each takes about as long.
func (t *tx) chain(ctx context.Context, f func(Link) error) error {
	var entries []Entry
	err := t.entries(ctx, 0, func(e Entry) error {
		entries = append(entries, e)
		return nil
	})
	if err != nil {
		return err
	}
	m := merge{entries: entries, f: f, before: make([]byte, sha256.Size)}
	batches, ended := make(chan []Attempt, 4), make(chan error, 1)
	stop := make(chan struct{})
	go func() {
		err := m.all(batches)
		close(stop)
		ended <- err
	}()
	batch := make([]Attempt, 0, perBatch)
	hand := func() error {
		select {
		case batches <- batch:
			batch = make([]Attempt, 0, perBatch)
			return nil
		case <-stop:
			return errStopped
		}
	}
	err = t.attempts(ctx, func(a Attempt) error {
		if batch = append(batch, a); len(batch) < perBatch {
			return nil
		}
		return hand()
	}, "1 = 1")
	if err == nil {
		err = hand()
	}
	close(batches)
	if found := <-ended; found != nil {
		return found
	}
	return err
}

// perBatch is how many attempts are handed over at a time.
const perBatch = 256

// errStopped ends the reading where whoever checks has found a fault.
var errStopped = errors.New("nobody reads on")

// merge puts entries between the attempts where they stand in the chain.
type merge struct {
	entries []Entry
	f       func(Link) error
	before  []byte // hash of the record before
}

func (m *merge) all(batches <-chan []Attempt) error {
	for batch := range batches {
		for i := range batch {
			if err := m.until(batch[i].Seq); err != nil {
				return err
			}
			if err := m.next(Link{Attempt: &batch[i]}); err != nil {
				return err
			}
		}
	}
	return m.until(math.MaxInt64)
}

func (m *merge) next(l Link) error {
	l.Before = m.before
	err := m.f(l)
	m.before = l.Hash()
	return err
}

func (m *merge) until(seq int64) error {
	for len(m.entries) > 0 && m.entries[0].Seq < seq {
		if err := m.next(Link{Entry: &m.entries[0]}); err != nil {
			return err
		}
		m.entries = m.entries[1:]
	}
	return nil
}

// audit gathers what the deliveries must agree with.
type audit struct {
	chain  Chain
	hash   []byte
	tries  map[string]int64  // attempts of each notice
	sets   map[string]string // digest of each notice's recipients, as the chain has it
	ends   uint64            // sum over the last records about deliveries
	seed   maphash.Seed
	stands []uint64 // by place in the chain, from 1: what a delivery that ends with the record must be
	buffer []byte
}

func newAudit() *audit {
	return &audit{hash: make([]byte, sha256.Size), tries: map[string]int64{}, sets: map[string]string{}, seed: maphash.MakeSeed(), stands: []uint64{0}}
}

func (t *tx) verify(ctx context.Context, f func(Link) error) (Chain, error) {
	a := newAudit()
	err := t.chain(ctx, func(l Link) error {
		if err := a.add(l); err != nil {
			return err
		}
		return f(l)
	})
	if err != nil {
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
	return a.chain, t.verifyDeliveries(ctx, a)
}

// add checks one record.
func (a *audit) add(l Link) error {
	a.chain.Records++
	var seq, previous int64
	var state notify.State
	var notice string
	var recipient []byte
	if t := l.Attempt; t != nil {
		seq, previous, state, notice, recipient = t.Seq, t.previous, t.State, t.Notice, t.Recipient
		a.chain.Attempts++
		a.tries[t.Notice]++
	} else {
		e := l.Entry
		seq, previous, state, notice, recipient = e.Seq, e.previous, e.State, e.Notice, e.Recipient
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
	a.stands = append(a.stands, a.stand(state, notice, recipient))
	if state != "" {
		a.ends += mix(seq) - mix(previous)
	}
	return nil
}

// stand is what tells how a delivery stands from all other ways. Its seed is made
// anew each time: nobody can look for two that are alike.
func (a *audit) stand(state notify.State, notice string, recipient []byte) uint64 {
	a.buffer = append(append(append(append(a.buffer[:0], state...), 0), notice...), 0)
	a.buffer = append(a.buffer, recipient...)
	return maphash.Bytes(a.seed, a.buffer)
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

// numbers are those of one notice, counted from its deliveries.
type numbers struct {
	counts   notify.Counts
	attempts int64
}

// verifyDeliveries compares the deliveries with the records about them: each
// stands as the one that it names left it, that one is about it, no later one
// is passed over, and the recipients are those with whom the notice began. All is
// read once, in the order in which it lies.
func (t *tx) verifyDeliveries(ctx context.Context, a *audit) error {
	rows, err := t.query(ctx, "SELECT id, notice, recipient, state, attempts, last FROM delivery")
	if err != nil {
		return err
	}
	defer rows.Close()
	counted := map[string]*numbers{}
	var ends uint64
	var recipient sql.RawBytes
	for rows.Next() {
		var id, attempts, last int64
		var notice string
		var state notify.State
		if err := rows.Scan(&id, &notice, &recipient, &state, &attempts, &last); err != nil {
			return err
		}
		untouched := last == 0 && attempts == 0 && (state == notify.Due || state == notify.Suppressed)
		if !untouched && (last <= 0 || last >= int64(len(a.stands)) || a.stands[last] != a.stand(state, notice, recipient)) {
			return fmt.Errorf("delivery %d of notice %s does not stand as the records about it left it", id, notice)
		}
		n := counted[notice]
		if n == nil {
			n = &numbers{}
			counted[notice] = n
		}
		if c := n.counts.Of(state); c != nil {
			*c++
		}
		n.attempts += attempts
		if last != 0 {
			ends += mix(last)
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	if ends != a.ends {
		return errors.New("a delivery passes over the last record about it")
	}
	return t.verifyNotices(ctx, a, counted)
}

// verifyNotices compares the numbers of each notice with its deliveries.
func (t *tx) verifyNotices(ctx context.Context, a *audit, counted map[string]*numbers) error {
	ids, err := t.noticeIDs(ctx)
	if err != nil {
		return err
	}
	for _, id := range ids {
		n := counted[id]
		if n == nil {
			n = &numbers{}
		}
		var tries int64
		if err := t.row(ctx, "SELECT tries FROM notice WHERE id = ?", id).Scan(&tries); err != nil {
			return err
		}
		if n.attempts != a.tries[id] || tries != a.tries[id] {
			return fmt.Errorf("notice %s counts %d attempts, and %d are on record", id, n.attempts, a.tries[id])
		}
		if kept, err := t.counts(ctx, id); err != nil || n.counts != kept {
			return errors.Join(err, fmt.Errorf("the numbers of notice %s are not those of its deliveries", id))
		}
		if err := t.verifySet(ctx, id, a.sets[id]); err != nil {
			return err
		}
	}
	return nil
}

// verifySet compares the recipients of a notice with those with whom it began.
func (t *tx) verifySet(ctx context.Context, id, want string) error {
	if want == "" {
		return nil
	}
	set, _, err := t.recipientSet(ctx, id)
	if err == nil && set != want {
		err = fmt.Errorf("the recipients of notice %s are not those with whom it was begun", id)
	}
	return err
}
