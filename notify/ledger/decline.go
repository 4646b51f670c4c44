package ledger

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/codicil/codicil/notify"
)

// Decline puts on the chain that somebody declined a version. The first word of a
// person stays: it returns when that was, and whether it was this one.
func (l *Ledger) Decline(ctx context.Context, r notify.Refusal) (at time.Time, first bool, err error) {
	err = l.inTx(ctx, func(tx *tx) error {
		at, first, err = tx.decline(ctx, r)
		return err
	})
	return at, first, err
}

func (t *tx) decline(ctx context.Context, r notify.Refusal) (at time.Time, first bool, err error) {
	if at, err = t.declined(ctx, r.Version, r.Recipient); err != nil || !at.IsZero() {
		return at, false, err
	}
	_, err = t.enter(ctx, Entry{Kind: EntryDeclined, Notice: r.Version, Recipient: r.Recipient, Time: r.Time, Detail: detail()})
	return r.Time, true, err
}

// Declined returns when somebody declined a version; zero when they did not.
func (l *Ledger) Declined(ctx context.Context, version string, recipient []byte) (at time.Time, err error) {
	err = l.view(ctx, func(tx *tx) error {
		at, err = tx.declined(ctx, version, recipient)
		return err
	})
	return at, err
}

func (t *tx) declined(ctx context.Context, version string, recipient []byte) (time.Time, error) {
	var at int64
	err := t.row(ctx, "SELECT time FROM entry WHERE kind = 'decline' AND notice = ? AND recipient = ? ORDER BY seq LIMIT 1", version, recipient).Scan(&at)
	if errors.Is(err, sql.ErrNoRows) {
		return time.Time{}, nil
	}
	return time.UnixMilli(at), err
}

// Refusals gives who declined a version, or any when it is empty, after a place in
// the chain, and the place of the last of them.
func (l *Ledger) Refusals(ctx context.Context, version string, after int64) (list []notify.Refusal, last int64, err error) {
	err = l.view(ctx, func(tx *tx) error {
		list, last = nil, after
		rows, err := tx.query(ctx, "SELECT seq, notice, recipient, time FROM entry WHERE kind = 'decline' AND ? IN ('', notice) AND seq > ? ORDER BY seq", version, after)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var r notify.Refusal
			var at int64
			if err := rows.Scan(&last, &r.Version, &r.Recipient, &at); err != nil {
				return err
			}
			r.Time = time.UnixMilli(at)
			list = append(list, r)
		}
		return rows.Err()
	})
	return list, last, err
}
