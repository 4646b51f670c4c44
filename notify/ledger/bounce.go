package ledger

import (
	"context"
	"database/sql"
	"errors"

	"github.com/codicil/codicil/notify"
)

// Bounce records that a notice came back from a recipient after a server had
// taken it. For good, the recipient is suppressed: the address is no good. It
// reports false when it is on record already, or the notice was never sent to
// the recipient.
func (l *Ledger) Bounce(ctx context.Context, notice string, recipient []byte, a notify.Attempt, good bool) (recorded bool, err error) {
	a.State, a.Stage = notify.Refused, notify.StageBounce
	a.Reply = cut(withoutAddresses(a.Reply, ""), maxReply)
	err = l.inTx(ctx, func(tx *tx) error {
		recorded, err = tx.bounce(ctx, Attempt{Attempt: a, Notice: notice, Recipient: recipient})
		if err != nil || !recorded || !good {
			return err
		}
		return tx.suppress(ctx, notify.Suppression{Recipient: recipient, Reason: "came back: " + a.Reply, Time: a.Time})
	})
	return recorded, err
}

func (t *tx) bounce(ctx context.Context, a Attempt) (bool, error) {
	var state notify.State
	err := t.row(ctx, "SELECT state FROM delivery WHERE notice = ? AND recipient = ?", a.Notice, a.Recipient).Scan(&state)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil || state == notify.Refused || state == notify.Suppressed {
		return false, err
	}
	_, err = t.exec(ctx, `UPDATE delivery SET state = 'refused', attempts = attempts + 1, retry = NULL, reason = ?,
		lease_owner = NULL, lease_until = NULL WHERE notice = ? AND recipient = ?`, a.Reply, a.Notice, a.Recipient)
	if err != nil {
		return false, err
	}
	c, err := readTail(ctx, t)
	if err != nil {
		return false, err
	}
	if err := c.add(ctx, t, a); err != nil {
		return false, err
	}
	return true, t.setMeta(metaHead, c.hash)
}
