package ledger

import (
	"context"
	"time"

	"github.com/codicil/codicil/notify"
)

// Acknowledge records an acknowledgement. The first of a person and version
// stays; it reports whether this was it.
func (l *Ledger) Acknowledge(ctx context.Context, a notify.Acknowledgement) (first bool, err error) {
	err = l.inTx(ctx, func(tx *tx) error {
		rows, err := tx.changed(ctx, `INSERT INTO acknowledgement (subject, policy, label, digest, shown, time)
			VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`, a.Subject, a.Policy, a.Label, a.Digest, a.Shown, a.Time.UnixMilli())
		first = rows == 1
		return err
	})
	return first, err
}

// Acknowledged returns what a person acknowledged of a policy, in the order of
// time.
func (l *Ledger) Acknowledged(ctx context.Context, subject []byte, policy string) (list []notify.Acknowledgement, err error) {
	err = l.view(ctx, func(tx *tx) error {
		rows, err := tx.query(ctx, `SELECT subject, policy, label, digest, shown, time FROM acknowledgement
			WHERE subject = ? AND policy = ? ORDER BY time, id`, subject, policy)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var a notify.Acknowledgement
			var at int64
			if err := rows.Scan(&a.Subject, &a.Policy, &a.Label, &a.Digest, &a.Shown, &at); err != nil {
				return err
			}
			a.Time = time.UnixMilli(at)
			list = append(list, a)
		}
		return rows.Err()
	})
	return list, err
}
