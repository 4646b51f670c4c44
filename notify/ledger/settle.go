package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/codicil/codicil/notify"
)

// deliveryState is where a delivery has got to in the ledger.
type deliveryState struct {
	state    notify.State
	open     bool // it is to be tried, now or later
	retry    sql.NullInt64
	reason   string
	attempts int
	last     int64          // record about it
	owner    sql.NullString // who has claimed it
	returned bool           // a report says that it came back
}

// after returns which state a delivery is in after an attempt. The attempt was made,
// whatever became of the person meanwhile; so a server's word is never lost,
// and no later, weaker word undoes a stronger one: taken by a server weighs
// more than refused, refused more than anything still open. Only a report that
// the message came back outweighs that it was taken. Taken says that another
// process is at work on the delivery.
func (s deliveryState) after(a notify.Attempt, retry sql.NullInt64, taken bool) deliveryState {
	next := s
	next.attempts++
	settle := func(state notify.State, reason string) deliveryState {
		next.state, next.reason = state, reason
		next.open, next.retry, next.owner = false, sql.NullInt64{}, sql.NullString{}
		return next
	}
	again := retry.Valid
	switch {
	case s.state == notify.Refused && s.returned:
		return next
	case a.State == notify.Accepted:
		return settle(notify.Accepted, a.Reply)
	case !s.open && s.state == notify.Suppressed && a.State == notify.Refused:
		return settle(notify.Refused, a.Reply)
	case !s.open:
		return next
	case taken && a.Doubtful():
		next.state = notify.InDoubt
		return next
	case taken:
		return next
	case !again:
		return settle(a.State, a.Reply)
	}
	next.state, next.reason, next.retry, next.owner = a.State, a.Reply, retry, sql.NullString{}
	return next
}

const selectStanding = "SELECT state, retry, reason, attempts, last, lease_owner, returned <> 0 FROM delivery WHERE "

func (s *deliveryState) scan(row *sql.Row) error {
	err := row.Scan(&s.state, &s.retry, &s.reason, &s.attempts, &s.last, &s.owner, &s.returned)
	s.open = s.retry.Valid
	return err
}

// settle records an attempt of a delivery that was moved since it was read: the
// person was suppressed, erased or reported back, or another process has it.
func (l *Ledger) settle(ctx context.Context, tx *tx, m mark, a Attempt, retry sql.NullInt64) (taken bool, err error) {
	var s deliveryState
	err = s.scan(tx.row(ctx, selectStanding+"id = ? AND notice = ?", m.of.ID, m.notice))
	if errors.Is(err, sql.ErrNoRows) {
		return false, fmt.Errorf("notice %s has no delivery %d", m.notice, m.of.ID)
	}
	if err != nil {
		return false, err
	}
	mine := !s.owner.Valid || l.engine.owner() == s.owner.String
	taken = !mine || s.attempts != m.of.Attempts
	next := s.after(a.Attempt, retry, taken)
	a.State = next.state
	if err := tx.move(ctx, m.of.ID, s, next, a); err != nil {
		return false, err
	}
	if s.returned && s.state != notify.Refused && next.state != notify.Suppressed {
		return taken, tx.comeBack(ctx, a)
	}
	return taken, nil
}

// move writes which state a delivery is in after an attempt, and the attempt.
func (t *tx) move(ctx context.Context, id int64, s, next deliveryState, a Attempt) error {
	end, err := t.tail(ctx)
	if err != nil {
		return err
	}
	_, err = t.exec(ctx, `UPDATE delivery SET state = ?, retry = CAST(? AS BIGINT), reason = ?, attempts = ?, doubts = doubts + ?, last = ?,
		since = CASE WHEN since = 0 THEN ? ELSE since END, lease_owner = CAST(? AS TEXT),
		lease_until = CASE WHEN CAST(? AS TEXT) IS NULL THEN NULL ELSE lease_until END WHERE id = ? AND notice = ?`,
		string(next.state), next.retry, next.reason, next.attempts, doubt(a), end.seq+1, a.Time.UnixMilli(), next.owner, next.owner, id, a.Notice)
	if err != nil {
		return err
	}
	t.moved(a.Notice, s.state, next.state)
	t.tried(a.Notice, a.Time.UnixMilli())
	return t.addAttempt(ctx, a, s.last)
}

// comeBack records what a report said of a message before the answer to it was
// on record.
func (t *tx) comeBack(ctx context.Context, sent Attempt) error {
	var status, reason string
	var at int64
	err := t.row(ctx, "SELECT status, reason, time FROM returned WHERE notice = ? AND recipient = ?", sent.Notice, sent.Recipient).
		Scan(&status, &reason, &at)
	if err != nil {
		return fmt.Errorf("read what came back: %w", err)
	}
	return t.refuse(ctx, Attempt{Notice: sent.Notice, Recipient: sent.Recipient, Attempt: notify.Attempt{
		Time: time.UnixMilli(at), State: notify.Refused, Stage: notify.StageBounce, Enhanced: status, Receipt: notify.Receipt{Reply: reason},
	}})
}

func doubt(a Attempt) int {
	if a.Doubtful() {
		return 1
	}
	return 0
}
