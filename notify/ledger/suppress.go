package ledger

import (
	"context"
	"database/sql"
	"time"

	"github.com/codicil/codicil/notify"
)

// holds is the condition under which a suppression s holds for a notice n. Who
// unsubscribed from a policy still gets the notices that account holders must be
// given; what a mail server or a reader of mail has said is about the mailbox, and
// what the program of a channel has said about that channel, and no other way to
// reach the person.
const holds = `(s.scope = '' AND (n.channel = '' OR s.source NOT IN ('refusal', 'bounce', 'complaint'))
	OR n.class = 'follower' AND s.scope = n.policy OR n.channel <> '' AND s.scope = '` + via + `' || n.channel)`

// via begins the scope of a suppression for one channel of the publisher's own. No
// id of a policy holds a space.
const via = "via "

// mailOnly reports whether a suppression is about the mailbox of a person.
func mailOnly(s notify.Suppression) bool {
	switch s.Source {
	case notify.FromRefusal, notify.FromBounce, notify.FromComplaint:
		return s.Policy == ""
	}
	return false
}

// Suppress records a suppression. Deliveries to the person that are still due
// are suppressed with it. A reason given before stays. It reports whether the
// suppression is new.
func (l *Ledger) Suppress(ctx context.Context, s notify.Suppression) (added bool, err error) {
	err = l.inTx(ctx, func(tx *tx) error {
		added, err = tx.suppressNew(ctx, s)
		return err
	})
	return added, err
}

func (t *tx) suppress(ctx context.Context, s notify.Suppression) error {
	_, err := t.suppressNew(ctx, s)
	return err
}

func (t *tx) suppressNew(ctx context.Context, s notify.Suppression) (added bool, err error) {
	if s.Source == "" {
		s.Source = notify.FromOperator
	}
	n, err := t.changed(ctx, "INSERT INTO suppression (recipient, scope, source, notice, reason, time) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
		s.Recipient, s.Policy, string(s.Source), s.Notice, s.Reason, s.Time.UnixMilli())
	if err != nil {
		return false, err
	}
	if n == 1 {
		if err := t.enterSuppression(ctx, s); err != nil {
			return false, err
		}
	}
	return n == 1, t.stop(ctx, s)
}

func (t *tx) enterSuppression(ctx context.Context, s notify.Suppression) error {
	_, err := t.enter(ctx, Entry{
		Kind: EntrySuppressed, Recipient: s.Recipient, Time: s.Time,
		Detail: detail("policy", s.Policy, "source", string(s.Source), "notice", s.Notice, "reason", s.Reason),
	})
	return err
}

// openDelivery is a delivery that is found by its person.
type openDelivery struct {
	id     int64
	notice string
	deliveryState
}

// deliveries lists those of a person for which a condition holds.
func (t *tx) deliveries(ctx context.Context, recipient []byte, where string, args ...any) (list []openDelivery, err error) {
	rows, err := t.query(ctx, "SELECT id, notice, state, last FROM delivery WHERE recipient = ? AND notice IN (SELECT id FROM notice) AND "+where,
		append([]any{recipient}, args...)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var d openDelivery
		if err := rows.Scan(&d.id, &d.notice, &d.state, &d.last); err != nil {
			return nil, err
		}
		list = append(list, d)
	}
	return list, rows.Err()
}

// stop ends what is still to be sent to a person: of the notices to followers of
// a policy, or of all when the suppression is of no policy.
func (t *tx) stop(ctx context.Context, s notify.Suppression) error {
	ways := "1 = 1"
	if mailOnly(s) {
		ways = "channel = ''"
	}
	list, err := t.deliveries(ctx, s.Recipient, `retry IS NOT NULL
		AND notice IN (SELECT id FROM notice WHERE (? = '' OR policy = ? AND class = 'follower') AND `+ways+")", s.Policy, s.Policy)
	if err != nil || len(list) == 0 {
		return err
	}
	for _, d := range list {
		if err := t.turn(ctx, d, EntryStopped, notify.Suppressed, sql.NullInt64{}, s.Reason, s.Time); err != nil {
			return err
		}
	}
	return t.recheck()
}

// turn moves a delivery to a state by an entry of the chain.
func (t *tx) turn(ctx context.Context, d openDelivery, kind string, state notify.State, retry sql.NullInt64, reason string, at time.Time) error {
	var recipient []byte
	if err := t.row(ctx, "SELECT recipient FROM delivery WHERE id = ?", d.id).Scan(&recipient); err != nil {
		return err
	}
	seq, err := t.enter(ctx, Entry{
		Kind: kind, Notice: d.notice, Recipient: recipient, State: state, Time: at, Detail: detail("reason", reason), previous: d.last,
	})
	if err != nil {
		return err
	}
	kept := reason
	if retry.Valid {
		kept = ""
	}
	t.moved(d.notice, d.state, state)
	_, err = t.exec(ctx, `UPDATE delivery SET state = ?, retry = CAST(? AS BIGINT), reason = ?, last = ?, returned = CASE WHEN CAST(? AS BIGINT) IS NULL THEN returned ELSE 0 END,
		since = CASE WHEN CAST(? AS BIGINT) IS NULL THEN since ELSE 0 END, lease_owner = NULL, lease_until = NULL WHERE id = ?`,
		string(state), retry, kept, seq, retry, retry, d.id)
	return err
}

// Suppressed returns those who must not be mailed about a policy, by their
// names in the ledger, and why: those suppressed for all mail, and for
// followers those who left that policy's notices.
func (l *Ledger) Suppressed(ctx context.Context, n Notice) (map[string]string, error) {
	suppressed := map[string]string{}
	err := l.view(ctx, func(tx *tx) error {
		rows, err := tx.query(ctx, `SELECT s.recipient, s.reason FROM suppression AS s,
			(SELECT CAST(? AS TEXT) AS channel, CAST(? AS TEXT) AS class, CAST(? AS TEXT) AS policy) AS n WHERE `+holds, n.Channel, n.Class, n.Policy)
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

// ripe are the notices whose addresses are to be forgotten: those that are done,
// and those that nobody has gone on with for a day. While one goes on, each verb
// would go through all of its people.
const ripe = "forgotten = 0 AND created < ? AND (due + in_doubt = 0 OR last_at < ?)"

// idle is how long a notice is left before it counts as abandoned.
const idle = 24 * time.Hour

// Forget removes the addresses and names of people to whom nothing more will
// be sent, from the notices that were begun before. The proof stays whole.
func (l *Ledger) Forget(ctx context.Context, before time.Time) error {
	due, abandoned := false, before.Add(-idle).UnixMilli()
	err := l.view(ctx, func(tx *tx) error {
		return tx.row(ctx, "SELECT count(*) > 0 FROM notice WHERE "+ripe, before.UnixMilli(), abandoned).Scan(&due)
	})
	if err != nil || !due {
		return err
	}
	err = l.inTx(ctx, func(tx *tx) error {
		_, err := tx.exec(ctx, `UPDATE delivery SET email = '', name = '', address = '' WHERE retry IS NULL AND email <> ''
			AND notice IN (SELECT id FROM notice WHERE `+ripe+")", before.UnixMilli(), abandoned)
		if err != nil {
			return err
		}
		_, err = tx.exec(ctx, "UPDATE notice SET forgotten = 1 WHERE created < ? AND due = 0 AND in_doubt = 0", before.UnixMilli())
		return err
	})
	if err != nil {
		return err
	}
	return l.engine.wipe(l.db)
}
