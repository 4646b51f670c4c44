package ledger

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/codicil/codicil/notify"
)

// Due returns up to limit deliveries whose time has come, the longest waiting
// first, and, when there are none, the time of the next one; zero when nothing
// is left to do.
func (l *Ledger) Due(ctx context.Context, notice string, now time.Time, limit int) ([]notify.Delivery, time.Time, error) {
	due, err := l.due(ctx, notice, now, limit)
	if err != nil || len(due) > 0 {
		return due, time.Time{}, err
	}
	var next sql.NullInt64
	err = l.db.QueryRowContext(ctx, "SELECT min(retry) FROM delivery WHERE notice = ? AND retry IS NOT NULL", notice).Scan(&next)
	if err != nil || !next.Valid {
		return nil, time.Time{}, err
	}
	return nil, time.UnixMilli(next.Int64), nil
}

func (l *Ledger) due(ctx context.Context, notice string, now time.Time, limit int) ([]notify.Delivery, error) {
	rows, err := l.db.QueryContext(ctx, `SELECT id, email, lang, name, line, state, attempts, doubts, since FROM delivery
		WHERE notice = ? AND retry <= ? ORDER BY retry, id LIMIT ?`, notice, now.UnixMilli(), limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var due []notify.Delivery
	for rows.Next() {
		var d notify.Delivery
		var since int64
		r := &d.Recipient
		if err := rows.Scan(&d.ID, &r.Email, &r.Lang, &r.Name, &r.Line, &d.State, &d.Attempts, &d.Doubts, &since); err != nil {
			return nil, err
		}
		if since != 0 {
			d.Since = time.UnixMilli(since)
		}
		due = append(due, d)
	}
	return due, rows.Err()
}

// Counts tells how many deliveries of a notice stand in each state.
func (l *Ledger) Counts(ctx context.Context, notice string) (notify.Counts, error) {
	var counts notify.Counts
	rows, err := l.db.QueryContext(ctx, "SELECT state, count(*) FROM delivery WHERE notice = ? GROUP BY state", notice)
	if err != nil {
		return counts, err
	}
	defer rows.Close()
	for rows.Next() {
		var state notify.State
		var n int
		if err := rows.Scan(&state, &n); err != nil {
			return counts, err
		}
		if field := counts.Of(state); field != nil {
			*field = n
		}
	}
	return counts, rows.Err()
}

// Failed lists the deliveries of a notice that were not accepted, in the order
// of the list of recipients. Of those that are due and were never tried, the
// reason is empty.
func (l *Ledger) Failed(ctx context.Context, notice string) ([]notify.Failure, error) {
	rows, err := l.db.QueryContext(ctx, `SELECT email, lang, name, line, state, attempts, reason FROM delivery
		WHERE notice = ? AND state <> 'accepted' ORDER BY id`, notice)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var failed []notify.Failure
	for rows.Next() {
		var f notify.Failure
		r := &f.Recipient
		if err := rows.Scan(&r.Email, &r.Lang, &r.Name, &r.Line, &f.State, &f.Attempts, &f.Reason); err != nil {
			return nil, err
		}
		failed = append(failed, f)
	}
	return failed, rows.Err()
}

// Proof is what can be shown about a notice.
type Proof struct {
	Notice Notice
	Counts notify.Counts
	First  time.Time // when the first attempt was made; zero before it
	Last   time.Time // when the last was made
	Tries  int64     // attempts for this notice
	Chain  int64     // attempts in the whole ledger
	Head   string    // hash of the last of them, which stands for all
}

// Proof verifies the ledger and returns what it proves about a notice.
func (l *Ledger) Proof(ctx context.Context, notice string) (*Proof, error) {
	n, err := l.Notice(ctx, notice)
	if err != nil {
		return nil, err
	}
	if n == nil {
		return nil, fmt.Errorf("notice %s was never started in this ledger", notice)
	}
	p := &Proof{Notice: *n}
	if p.Chain, p.Head, err = l.Verify(ctx); err != nil {
		return nil, err
	}
	if p.Counts, err = l.Counts(ctx, notice); err != nil {
		return nil, err
	}
	var first, last sql.NullInt64
	err = l.db.QueryRowContext(ctx, "SELECT count(*), min(time), max(time) FROM attempt WHERE notice = ?", notice).Scan(&p.Tries, &first, &last)
	if first.Valid {
		p.First, p.Last = time.UnixMilli(first.Int64).UTC(), time.UnixMilli(last.Int64).UTC()
	}
	return p, err
}

// Digests returns the digest of each text of the notice, in hex.
func (p *Proof) Digests() []string {
	digests := make([]string, len(p.Notice.Texts))
	for i, t := range p.Notice.Texts {
		var sum [sha256.Size]byte = t.SHA256()
		digests[i] = hex.EncodeToString(sum[:])
	}
	return digests
}
