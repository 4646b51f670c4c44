package ledger

import (
	"context"
	"time"

	"github.com/codicil/codicil/notify"
)

// Suppress records a suppression. Deliveries to the person that are still due
// are suppressed with it. A reason given before stays.
func (l *Ledger) Suppress(ctx context.Context, s notify.Suppression) error {
	return l.inTx(ctx, func(tx *tx) error { return tx.suppress(ctx, s) })
}

func (t *tx) suppress(ctx context.Context, s notify.Suppression) error {
	_, err := t.exec(ctx, "INSERT INTO suppression (recipient, scope, reason, time) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
		s.Recipient, s.Policy, s.Reason, s.Time.UnixMilli())
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, `UPDATE delivery SET state = 'suppressed', retry = NULL, reason = ?
		WHERE notice IN (SELECT id FROM notice WHERE ? = '' OR policy = ? AND class = 'follower')
		AND recipient = ? AND retry IS NOT NULL`, s.Reason, s.Policy, s.Policy, s.Recipient)
	if err != nil {
		return err
	}
	return t.touch()
}

// Suppressed returns those who must not be mailed about a policy, by their
// names in the ledger, and why: those suppressed for all mail, and for
// followers those who left that policy's notices.
func (l *Ledger) Suppressed(ctx context.Context, n Notice) (map[string]string, error) {
	suppressed := map[string]string{}
	err := l.view(ctx, func(tx *tx) error {
		rows, err := tx.query(ctx, "SELECT recipient, reason FROM suppression WHERE scope IN ('', ?)", n.scope())
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var recipient []byte
			var reason string
			if err := rows.Scan(&recipient, &reason); err != nil {
				return err
			}
			suppressed[string(recipient)] = reason
		}
		return rows.Err()
	})
	return suppressed, err
}

// Forget removes the addresses and names of people to whom nothing more will
// be sent, from the notices that were begun before. The proof stays whole.
func (l *Ledger) Forget(ctx context.Context, before time.Time) error {
	return l.inTx(ctx, func(tx *tx) error {
		_, err := tx.exec(ctx, `UPDATE delivery SET email = '', name = '' WHERE retry IS NULL AND email <> ''
			AND notice IN (SELECT id FROM notice WHERE created < ?)`, before.UnixMilli())
		return err
	})
}

// Cancel lets nothing more be sent to a person, whatever is still due. It
// reports how many notices were meant for them.
func (l *Ledger) Cancel(ctx context.Context, recipient []byte, reason string) (notices int, err error) {
	err = l.inTx(ctx, func(tx *tx) error {
		_, err := tx.exec(ctx, `UPDATE delivery SET state = 'suppressed', retry = NULL, reason = ?, lease_owner = NULL, lease_until = NULL
			WHERE notice IN (SELECT id FROM notice) AND recipient = ? AND retry IS NOT NULL`, reason, recipient)
		if err != nil {
			return err
		}
		if err := tx.touch(); err != nil {
			return err
		}
		return tx.row(ctx, "SELECT count(*) FROM delivery WHERE notice IN (SELECT id FROM notice) AND recipient = ?", recipient).Scan(&notices)
	})
	return notices, err
}
