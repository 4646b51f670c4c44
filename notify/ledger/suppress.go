package ledger

import (
	"context"

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
		WHERE recipient = ? AND retry IS NOT NULL
		AND (? = '' OR notice IN (SELECT id FROM notice WHERE policy = ? AND class = 'follower'))`,
		s.Reason, s.Recipient, s.Policy, s.Policy)
	return err
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

// Forget removes the addresses and names of a notice's recipients to whom
// nothing more will be sent. The proof stays whole.
func (l *Ledger) Forget(ctx context.Context, notice string) error {
	return l.inTx(ctx, func(tx *tx) error {
		_, err := tx.exec(ctx, "UPDATE delivery SET email = '', name = '' WHERE notice = ? AND retry IS NULL", notice)
		return err
	})
}
