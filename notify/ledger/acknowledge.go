package ledger

import (
	"context"
	"time"
)

// Acknowledgement says that a person was shown a version and closed the
// notice. It is the word of the operator's own server; seeing is not consent.
type Acknowledgement struct {
	Subject []byte // keyed hash of the operator's name for the person
	Policy  string
	Label   string
	Digest  string // SHA-256 of the text, in hex
	Shown   string // banner, popup or page
	Time    time.Time
}

// Acknowledge records an acknowledgement. The first of a person and version
// stays; it reports whether this was it.
func (l *Ledger) Acknowledge(ctx context.Context, a Acknowledgement) (first bool, err error) {
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
func (l *Ledger) Acknowledged(ctx context.Context, subject []byte, policy string) (list []Acknowledgement, err error) {
	err = l.view(ctx, func(tx *tx) error {
		rows, err := tx.query(ctx, `SELECT subject, policy, label, digest, shown, time FROM acknowledgement
			WHERE subject = ? AND policy = ? ORDER BY time, id`, subject, policy)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var a Acknowledgement
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
