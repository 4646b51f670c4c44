package ledger

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"time"

	"github.com/codicil/codicil/notify"
)

// dueColumns are what a delivery is made of.
const dueColumns = "d.id, d.email, d.lang, d.name, d.line, d.state, d.attempts, d.doubts, d.since, d.last, d.zone, d.address"

// Due returns up to limit deliveries whose time has come, the longest waiting
// first, and, when there are none, the time of the next one; zero when nothing
// is left to do. In PostgreSQL they are claimed for this process.
func (l *Ledger) Due(ctx context.Context, notice string, now time.Time, limit int) (due []notify.Delivery, next time.Time, err error) {
	asked := time.Now()
	var stamp string
	err = l.lasting(ctx, nil, func(tx *tx) error {
		due, next = nil, time.Time{}
		if stamp, err = tx.stamp(); err != nil {
			return err
		}
		rows, err := l.engine.due(ctx, tx, notice, now, limit)
		if err != nil {
			return err
		}
		if due, err = readDue(rows); err != nil || len(due) > 0 {
			return err
		}
		var at sql.NullInt64
		err = tx.row(ctx, `SELECT min(CASE WHEN lease_until > retry THEN lease_until ELSE retry END)
			FROM delivery WHERE notice = ? AND retry IS NOT NULL AND email <> ''`, notice).Scan(&at)
		if at.Valid {
			next = time.UnixMilli(at.Int64)
		}
		return err
	})
	for i := range due {
		due[i].Stamp = stamp
	}
	if len(due) > 0 {
		l.fresh.claimed(asked)
	}
	return due, next, err
}

func readDue(rows *sql.Rows) ([]notify.Delivery, error) {
	defer rows.Close()
	var due []notify.Delivery
	for rows.Next() {
		var d notify.Delivery
		var since int64
		r := &d.Recipient
		if err := rows.Scan(&d.ID, &r.Email, &r.Lang, &r.Name, &r.Line, &d.State, &d.Attempts, &d.Doubts, &since, &d.Last, &r.Zone, &r.Address); err != nil {
			return nil, err
		}
		if since != 0 {
			d.Since = time.UnixMilli(since)
		}
		due = append(due, d)
	}
	return due, rows.Err()
}

// Counts tells how many deliveries of a notice are in each state.
func (l *Ledger) Counts(ctx context.Context, notice string) (c notify.Counts, err error) {
	err = l.view(ctx, func(tx *tx) error {
		c, err = tx.counts(ctx, notice)
		return err
	})
	return c, err
}

// counts returns the numbers that are kept with the notice.
func (t *tx) counts(ctx context.Context, notice string) (c notify.Counts, err error) {
	err = t.row(ctx, "SELECT due, in_doubt, accepted, refused, suppressed FROM notice WHERE id = ?", notice).
		Scan(&c.Due, &c.InDoubt, &c.Accepted, &c.Refused, &c.Suppressed)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return c, err
}

// recount reads them from the deliveries: a table as long as the list.
func (t *tx) recount(ctx context.Context, notice string) (c notify.Counts, err error) {
	err = t.row(ctx, `SELECT count(CASE state WHEN 'due' THEN 1 END), count(CASE state WHEN 'in_doubt' THEN 1 END),
		count(CASE state WHEN 'accepted' THEN 1 END), count(CASE state WHEN 'refused' THEN 1 END),
		count(CASE state WHEN 'suppressed' THEN 1 END) FROM delivery WHERE notice = ?`, notice).
		Scan(&c.Due, &c.InDoubt, &c.Accepted, &c.Refused, &c.Suppressed)
	return c, err
}

// The deliveries that are not accepted, by an index each: those with whom
// something is wrong, then those that were never tried.
const (
	troubled = "notice = ? AND state <> 'accepted' AND reason <> '' ORDER BY id LIMIT ?"
	untried  = "notice = ? AND retry IS NOT NULL AND reason = '' ORDER BY retry, id LIMIT ?"
)

// Failed lists the first deliveries of a notice that were not accepted, in the
// order of the list of recipients. Of those that are due and were never tried,
// the reason is empty.
func (l *Ledger) Failed(ctx context.Context, notice string, limit int) (failed []notify.Failure, err error) {
	err = l.view(ctx, func(tx *tx) error {
		failed = nil
		for _, which := range []string{troubled, untried} {
			if err := tx.failed(ctx, which, notice, limit-len(failed), func(f notify.Failure) error {
				failed = append(failed, f)
				return nil
			}); err != nil {
				return err
			}
		}
		return nil
	})
	slices.SortStableFunc(failed, func(a, b notify.Failure) int { return a.Recipient.Line - b.Recipient.Line })
	return failed, err
}

func (t *tx) failed(ctx context.Context, which, notice string, limit int, f func(notify.Failure) error) error {
	rows, err := t.query(ctx, "SELECT email, lang, name, line, state, attempts, reason FROM delivery WHERE "+which, notice, limit)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var one notify.Failure
		r := &one.Recipient
		if err := rows.Scan(&r.Email, &r.Lang, &r.Name, &r.Line, &one.State, &one.Attempts, &one.Reason); err != nil {
			return err
		}
		if err := f(one); err != nil {
			return err
		}
	}
	return rows.Err()
}
