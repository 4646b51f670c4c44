package ledger

import (
	"context"
	"time"

	"github.com/codicil/codicil/notify"
)

// ImportFrom takes over what came in from outside since a moment: what came back,
// whom not to mail, and who asked anew to be told of a policy. The other ledger
// may be this one.
func (l *Ledger) ImportFrom(ctx context.Context, other *Ledger, policy string, since time.Time) error {
	returns, err := other.returned(ctx, since)
	if err != nil {
		return err
	}
	for _, r := range returns {
		if err := l.RecordBounce(ctx, r); err != nil {
			return err
		}
	}
	if l == other {
		return nil
	}
	list, err := other.Suppressions(ctx, nil, since)
	if err != nil {
		return err
	}
	back := [][]byte{}
	for r, err := range other.Followers(ctx, policy) {
		if err != nil {
			return err
		}
		back = append(back, l.Recipient(r.Email))
	}
	return l.inTx(ctx, func(tx *tx) error {
		for _, s := range list {
			if err := tx.suppress(ctx, s); err != nil {
				return err
			}
		}
		for _, recipient := range back {
			if _, err := tx.exec(ctx, "DELETE FROM suppression WHERE recipient = ? AND scope = ?", recipient, policy); err != nil {
				return err
			}
		}
		return nil
	})
}

// RecordBounce records what a relay reports. Where this ledger sent the notice, the
// proof says so at once; else the report waits for the ledger that did. Of a
// report that names no notice, the last that was sent to the person is meant.
func (l *Ledger) RecordBounce(ctx context.Context, r notify.Bounce) error {
	if r.Complaint {
		return l.Suppress(ctx, notify.Suppression{Recipient: r.Recipient, Reason: "complaint", Time: r.Time})
	}
	if err := l.keepReturn(ctx, r); err != nil {
		return err
	}
	id, err := l.sentLast(ctx, r)
	if err != nil {
		return err
	}
	_, err = l.Bounce(ctx, id, r.Recipient, notify.Attempt{Time: r.Time, Enhanced: r.Status, Receipt: notify.Receipt{Reply: r.Reason}},
		r.Status == "" || notify.BadAddress(r.Status))
	return err
}

func (l *Ledger) keepReturn(ctx context.Context, r notify.Bounce) error {
	return l.inTx(ctx, func(tx *tx) error {
		_, err := tx.exec(ctx, "INSERT INTO returned (notice, recipient, status, reason, time) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
			r.Notice, r.Recipient, r.Status, cut(withoutAddresses(r.Reason, ""), maxReply), r.Time.UnixMilli())
		return err
	})
}

// sentLast returns the notice that a report is about.
func (l *Ledger) sentLast(ctx context.Context, r notify.Bounce) (id string, err error) {
	if r.Notice != "" {
		return r.Notice, nil
	}
	err = l.view(ctx, func(tx *tx) error {
		return tx.row(ctx, `SELECT coalesce(max(n.id), '') FROM notice AS n JOIN delivery AS d ON d.notice = n.id
			WHERE d.recipient = ? AND n.created = (SELECT max(n.created) FROM notice AS n JOIN delivery AS d ON d.notice = n.id
			WHERE d.recipient = ? AND n.created <= ?)`, r.Recipient, r.Recipient, r.Time.UnixMilli()).Scan(&id)
	})
	return id, err
}

func (l *Ledger) returned(ctx context.Context, since time.Time) (list []notify.Bounce, err error) {
	err = l.view(ctx, func(tx *tx) error {
		list = nil
		rows, err := tx.query(ctx, "SELECT notice, recipient, status, reason, time FROM returned WHERE time >= ? ORDER BY id", milli(since))
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var r notify.Bounce
			var at int64
			if err := rows.Scan(&r.Notice, &r.Recipient, &r.Status, &r.Reason, &at); err != nil {
				return err
			}
			r.Time = time.UnixMilli(at)
			list = append(list, r)
		}
		return rows.Err()
	})
	return list, err
}

// Erase removes the address of a person wherever it is not needed to send what
// they must be told. They follow nothing any more; their name in the ledger
// stays, so that nobody signs them up with an old link, and proof stays whole.
func (l *Ledger) Erase(ctx context.Context, recipient []byte, known []string, at time.Time) error {
	if err := l.Leave(ctx, recipient, "", known, at); err != nil {
		return err
	}
	return l.inTx(ctx, func(tx *tx) error {
		_, err := tx.exec(ctx, "UPDATE delivery SET email = '', name = '' WHERE notice IN (SELECT id FROM notice) AND recipient = ? AND retry IS NULL", recipient)
		return err
	})
}
