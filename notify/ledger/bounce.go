package ledger

import (
	"context"
	"database/sql"
	"errors"

	"github.com/codicil/codicil/notify"
)

// RecordBounce records what a relay reports. Where this ledger sent the notice,
// the proof says so at once, and an address that is no good is suppressed; else
// the report waits for the ledger that did. Of a report that names no notice,
// the last that was sent to the person is meant. One that is faster than the
// answer to its message waits for that. It reports false when nothing is new.
func (l *Ledger) RecordBounce(ctx context.Context, b notify.Bounce) (recorded bool, err error) {
	err = l.inTx(ctx, func(tx *tx) error {
		recorded, err = tx.recordBounce(ctx, b)
		return err
	})
	return recorded, err
}

func (t *tx) recordBounce(ctx context.Context, b notify.Bounce) (bool, error) {
	if b.Complaint {
		return t.suppressNew(ctx, notify.Suppression{Recipient: b.Recipient, Source: notify.FromComplaint, Notice: b.Notice, Reason: "complaint", Time: b.Time})
	}
	b.Reason = cut(withoutAddresses(b.Reason, ""), maxReply)
	if b.Notice == "" {
		id, err := t.sentLast(ctx, b)
		if err != nil {
			return false, err
		}
		b.Notice = id
	}
	if err := t.keepBounce(ctx, b); err != nil {
		return false, err
	}
	recorded, err := t.bounce(ctx, Attempt{Notice: b.Notice, Recipient: b.Recipient, Attempt: notify.Attempt{
		Time: b.Time, State: notify.Refused, Stage: notify.StageBounce, Enhanced: b.Status, Receipt: notify.Receipt{Reply: b.Reason},
	}})
	if err != nil || !recorded || b.Status != "" && !notify.BadAddress(b.Status) {
		return recorded, err
	}
	return true, t.suppress(ctx, notify.Suppression{Recipient: b.Recipient, Source: notify.FromBounce, Notice: b.Notice, Reason: "came back: " + b.Reason, Time: b.Time})
}

// keepBounce keeps a report, for the message that it overtook and for the ledger
// that sent it.
func (t *tx) keepBounce(ctx context.Context, b notify.Bounce) error {
	conflict := "NOTHING"
	if b.Notice == "" {
		conflict = "UPDATE SET time = excluded.time" // which notice it is about is found later
	}
	n, err := t.changed(ctx, "INSERT INTO returned (notice, recipient, status, reason, time) VALUES (?, ?, ?, ?, ?) ON CONFLICT (notice, recipient) DO "+conflict,
		b.Notice, b.Recipient, b.Status, b.Reason, b.Time.UnixMilli())
	if err != nil || n == 0 {
		return err
	}
	_, err = t.enter(ctx, Entry{
		Kind: EntryBounce, Notice: b.Notice, Recipient: b.Recipient, Time: b.Time, Detail: detail("status", b.Status, "reason", b.Reason),
	})
	return err
}

// sentLast returns the notice that a report is about.
func (t *tx) sentLast(ctx context.Context, b notify.Bounce) (id string, err error) {
	err = t.row(ctx, `SELECT coalesce(max(n.id), '') FROM notice AS n JOIN delivery AS d ON d.notice = n.id
		WHERE d.recipient = ? AND n.channel = '' AND n.created = (SELECT max(n.created) FROM notice AS n JOIN delivery AS d ON d.notice = n.id
		WHERE d.recipient = ? AND n.channel = '' AND n.created <= ?)`, b.Recipient, b.Recipient, b.Time.UnixMilli()).Scan(&id)
	return id, err
}

// bounce ends the delivery that a report is about.
func (t *tx) bounce(ctx context.Context, a Attempt) (bool, error) {
	var s deliveryState
	err := s.scan(t.row(ctx, selectStanding+"notice = ? AND recipient = ?", a.Notice, a.Recipient))
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil || s.returned || s.state == notify.Refused {
		return false, err
	}
	if s.attempts == 0 {
		_, err := t.exec(ctx, "UPDATE delivery SET returned = 1 WHERE notice = ? AND recipient = ?", a.Notice, a.Recipient)
		return true, err
	}
	return true, t.refuse(ctx, a)
}

// refuse ends a delivery with a report, and adds it to the chain.
func (t *tx) refuse(ctx context.Context, a Attempt) error {
	var s deliveryState
	err := s.scan(t.row(ctx, selectStanding+"notice = ? AND recipient = ?", a.Notice, a.Recipient))
	if err != nil {
		return err
	}
	end, err := t.tail(ctx)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, `UPDATE delivery SET state = 'refused', attempts = attempts + 1, retry = NULL, reason = ?, returned = 1, last = ?,
		lease_owner = NULL, lease_until = NULL WHERE notice = ? AND recipient = ?`, a.Reply, end.seq+1, a.Notice, a.Recipient)
	if err != nil {
		return err
	}
	t.moved(a.Notice, s.state, notify.Refused)
	t.tried(a.Notice, a.Time.UnixMilli())
	if err := t.addAttempt(ctx, a, s.last); err != nil {
		return err
	}
	return t.recheck()
}
