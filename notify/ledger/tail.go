package ledger

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"

	"github.com/codicil/codicil/notify"
)

// tail is the end of the chain inside a transaction.
type tail struct {
	seq   int64
	hash  []byte
	moved bool
}

func (t *tail) move(seq int64, hash []byte) { t.seq, t.hash, t.moved = seq, hash, true }

// The last record of each kind; the chain ends with the later of them.
const (
	lastAttempt = "SELECT seq, hash FROM attempt ORDER BY seq DESC LIMIT 1"
	lastEntry   = "SELECT seq, hash FROM entry ORDER BY seq DESC LIMIT 1"
)

// tail returns the end of the chain, as this transaction leaves it.
func (t *tx) tail(ctx context.Context) (*tail, error) {
	if t.end != nil {
		return t.end, nil
	}
	end := &tail{hash: make([]byte, sha256.Size)}
	for _, query := range []string{lastAttempt, lastEntry} {
		var seq int64
		var hash []byte
		err := t.row(ctx, query).Scan(&seq, &hash)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return nil, err
		}
		if seq > end.seq {
			end.seq, end.hash = seq, hash
		}
	}
	t.end = end
	return end, nil
}

// seal returns the word of who has the key for the head of a chain: whoever
// rewrites the chain without it cannot make one.
func seal(key notify.Key, head []byte) []byte {
	return notify.Key(key.Derive("chain of the ledger")).Seal(head)
}

// tally is by how much the numbers of one notice change in a transaction.
type tally struct {
	counts      notify.Counts
	tries       int64
	first, last int64 // times of attempts; 0 for none
}

func (t *tx) tallyOf(notice string) *tally {
	if t.tallies == nil {
		t.tallies = map[string]*tally{}
	}
	if t.tallies[notice] == nil {
		t.tallies[notice] = &tally{}
	}
	return t.tallies[notice]
}

// moved counts that a delivery went from one state to another; an empty state
// is none.
func (t *tx) moved(notice string, from, to notify.State) {
	c := &t.tallyOf(notice).counts
	if n := c.Of(from); n != nil {
		*n--
	}
	if n := c.Of(to); n != nil {
		*n++
	}
}

// tried counts an attempt.
func (t *tx) tried(notice string, at int64) {
	n := t.tallyOf(notice)
	n.tries++
	if n.first == 0 || at < n.first {
		n.first = at
	}
	n.last = max(n.last, at)
}

const updateTally = `UPDATE notice SET due = due + ?, in_doubt = in_doubt + ?, accepted = accepted + ?, refused = refused + ?,
	suppressed = suppressed + ?, tries = tries + ?,
	first_at = CASE WHEN CAST(? AS BIGINT) = 0 OR first_at <> 0 AND first_at < ? THEN first_at ELSE ? END,
	last_at = CASE WHEN last_at > ? THEN last_at ELSE ? END WHERE id = ?`

// flush writes what a transaction has gathered: the numbers of notices, and the
// head of the chain with its seal.
func (t *tx) flush(ctx context.Context) error {
	for notice, n := range t.tallies {
		c := n.counts
		_, err := t.exec(ctx, updateTally, c.Due, c.InDoubt, c.Accepted, c.Refused, c.Suppressed, n.tries,
			n.first, n.first, n.first, n.last, n.last, notice)
		if err != nil {
			return err
		}
	}
	if t.end == nil || !t.end.moved {
		return nil
	}
	if err := t.setMeta(metaHead, t.end.hash); err != nil || len(t.key) == 0 {
		return err
	}
	return t.setMeta(metaSeal, seal(t.key, t.end.hash))
}
