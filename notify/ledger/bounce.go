package ledger

import (
	"context"
	"database/sql"
	"errors"

	"github.com/codicil/codicil/notify"
)

// Bounce records that a notice came back from a recipient after a server had
// taken it. For good, the recipient is suppressed: the address is no good. It
// reports false when it is on record already, or the notice was not meant for
// the recipient. A report that is faster than the answer to the message waits
// for it.
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
	var s standing
	err := t.row(ctx, "SELECT state, attempts, returned <> 0 FROM delivery WHERE notice = ? AND recipient = ?", a.Notice, a.Recipient).
		Scan(&s.state, &s.attempts, &s.returned)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil || s.returned || s.state == notify.Refused {
		return false, err
	}
	if s.attempts == 0 {
		return true, t.await(ctx, a)
	}
	c, err := readTail(ctx, t)
	if err != nil {
		return false, err
	}
	if err := t.refuse(ctx, &c, a); err != nil {
		return false, err
	}
	return true, t.setMeta(metaHead, c.hash)
}

// await keeps a report for the answer to the message that it is about, which is
// not on record yet.
func (t *tx) await(ctx context.Context, a Attempt) error {
	_, err := t.exec(ctx, "INSERT INTO returned (notice, recipient, status, reason, time) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
		a.Notice, a.Recipient, a.Enhanced, a.Reply, a.Time.UnixMilli())
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, "UPDATE delivery SET returned = 1 WHERE notice = ? AND recipient = ?", a.Notice, a.Recipient)
	return err
}

// refuse ends a delivery with a report, and adds it to the chain.
func (t *tx) refuse(ctx context.Context, c *tail, a Attempt) error {
	_, err := t.exec(ctx, `UPDATE delivery SET state = 'refused', attempts = attempts + 1, retry = NULL, reason = ?, returned = 1,
		lease_owner = NULL, lease_until = NULL WHERE notice = ? AND recipient = ?`, a.Reply, a.Notice, a.Recipient)
	if err != nil {
		return err
	}
	if err := c.add(ctx, t, a); err != nil {
		return err
	}
	return t.touch()
}
