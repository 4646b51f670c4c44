package ledger

import (
	"context"
	"database/sql"
	"errors"
	"time"
	"unicode/utf8"

	"github.com/codicil/codicil/notify"
)

// mark is an attempt on its way to the one writer.
type mark struct {
	notice  string
	attempt notify.Attempt
	of      notify.Delivery
	retry   time.Time
	done    chan<- error
}

// maxReply is how many octets of a server's reply are kept: the length that
// RFC 5321, section 4.5.3.1.5, allows a reply line.
const maxReply = 512

// Mark records an attempt and the state in which it leaves the delivery. When
// it returns nil, both are committed. Marks that arrive together share one
// commit.
func (l *Ledger) Mark(ctx context.Context, notice string, d notify.Delivery, a notify.Attempt, retry time.Time) error {
	a.Reply = cut(withoutAddresses(withoutWord(a.Reply, d.Recipient.Address), d.Recipient.Email), maxReply)
	done := make(chan error, 1)
	l.mu.RLock()
	if l.shut {
		l.mu.RUnlock()
		return errors.New("the ledger is closed")
	}
	select {
	case l.marks <- mark{notice, a, d, retry, done}:
		l.mu.RUnlock()
	case <-ctx.Done():
		l.mu.RUnlock()
		return ctx.Err()
	}
	return <-done
}

// cut shortens s to at most n octets, at the edge of a character.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// maxGroup bounds how many marks share a commit.
const maxGroup = 500

// write commits marks until the channel closes, and meanwhile keeps the claims
// of this process alive.
func (l *Ledger) write() {
	var beat <-chan time.Time
	if every := l.engine.beat(); every > 0 {
		ticker := time.NewTicker(every)
		defer ticker.Stop()
		beat = ticker.C
	}
	for {
		select {
		case first, open := <-l.marks:
			if !open {
				return
			}
			l.together(first)
		case <-beat:
			// A claim that cannot be renewed runs out: the marks then say so.
			asked := time.Now()
			if l.once(context.Background(), nil, func(tx *tx) error { return l.engine.renew(context.Background(), tx) }) == nil {
				l.fresh.claimed(asked)
			}
		}
	}
}

// together commits a mark with all that come within a moment: a commit costs
// more than the marks in it.
func (l *Ledger) together(first mark) {
	group := []mark{first}
	wait := time.NewTimer(l.engine.gather())
	defer wait.Stop()
	for len(group) < maxGroup {
		next, ok := l.within(wait.C)
		if !ok {
			break
		}
		group = append(group, next)
	}
	taken, err := l.commit(group)
	for i, m := range group {
		if err == nil && taken[i] {
			m.done <- notify.ErrTaken
		} else {
			m.done <- err
		}
	}
}

// within returns the next mark that comes before the time is up.
func (l *Ledger) within(up <-chan time.Time) (mark, bool) {
	select {
	case m, ok := <-l.marks:
		return m, ok
	case <-up:
		return mark{}, false
	}
}

// commit writes a group of marks. It reports those that came too late.
func (l *Ledger) commit(group []mark) (taken []bool, err error) {
	ctx := context.Background()
	var begun *tail // of the first try: later ones look behind it for what it has done
	err = l.inTx(ctx, func(tx *tx) error {
		end, err := tx.tail(ctx)
		if err != nil {
			return err
		}
		again := begun != nil
		if !again {
			begun = &tail{seq: end.seq}
		}
		taken = make([]bool, len(group))
		for i, m := range group {
			a := Attempt{Attempt: m.attempt, Notice: m.notice, Recipient: l.Recipient(m.of.Recipient.Email)}
			if again {
				if lacks, err := tx.lacks(ctx, begun.seq, a); err != nil {
					return err
				} else if !lacks {
					continue // committed before the database went away
				}
			}
			if taken[i], err = l.record(ctx, tx, m, a); err != nil {
				return err
			}
		}
		return nil
	})
	return taken, err
}

// updateDelivery moves a delivery that nobody has moved since it was read: all
// but a few.
const updateDelivery = `UPDATE delivery SET state = ?, attempts = attempts + 1, doubts = doubts + ?,
	since = CASE WHEN since = 0 THEN ? ELSE since END, retry = CAST(? AS BIGINT), reason = ?, lease_owner = NULL, lease_until = NULL,
	last = ? WHERE id = ? AND notice = ? AND last = ? AND retry IS NOT NULL AND returned = 0 AND lease_owner IS NOT DISTINCT FROM ?`

// prepareMarks prepares what every mark runs. A server does so by itself.
func (l *Ledger) prepareMarks() error {
	if l.engine.owner() != nil {
		return nil
	}
	l.ready = map[string]*sql.Stmt{}
	for _, query := range []string{lastAttempt, lastEntry, updateDelivery, insertAttempt, updateTally, setMeta, getMeta} {
		statement, err := l.db.Prepare(query)
		if err != nil {
			return err
		}
		l.ready[query] = statement
	}
	return nil
}

// record moves a delivery to its new state and adds the attempt to the chain.
// It reports true when another process holds the delivery.
func (l *Ledger) record(ctx context.Context, tx *tx, m mark, a Attempt) (taken bool, err error) {
	end, err := tx.tail(ctx)
	if err != nil {
		return false, err
	}
	retry := sql.NullInt64{Int64: m.retry.UnixMilli(), Valid: !m.retry.IsZero()}
	n, err := tx.changed(ctx, updateDelivery, string(a.State), doubt(a), a.Time.UnixMilli(), retry, a.Reply,
		end.seq+1, m.of.ID, m.notice, m.of.Last, l.engine.owner())
	if err != nil {
		return false, err
	}
	if n == 1 {
		tx.moved(m.notice, m.of.State, a.State)
		tx.tried(m.notice, a.Time.UnixMilli())
		err = tx.addAttempt(ctx, a, m.of.Last)
	} else {
		taken, err = l.settle(ctx, tx, m, a, retry)
	}
	switch {
	case err != nil:
	case a.NoMailbox():
		err = tx.suppress(ctx, notify.Suppression{
			Recipient: a.Recipient, Source: notify.FromRefusal, Notice: a.Notice, Reason: "hard bounce: " + a.Reply, Time: a.Time,
		})
	case a.Unreachable():
		err = tx.suppressVia(ctx, a)
	}
	return taken, err
}

// suppressVia has a person not be told again by a channel that cannot reach them.
func (t *tx) suppressVia(ctx context.Context, a Attempt) error {
	var channel string
	if err := t.row(ctx, "SELECT channel FROM notice WHERE id = ?", a.Notice).Scan(&channel); err != nil {
		return err
	}
	return t.suppress(ctx, notify.Suppression{
		Recipient: a.Recipient, Policy: via + channel, Source: notify.FromRefusal, Notice: a.Notice, Reason: channel + ": " + a.Reply, Time: a.Time,
	})
}

// lacks reports whether an attempt is not among those after a place in the
// chain.
func (t *tx) lacks(ctx context.Context, after int64, a Attempt) (bool, error) {
	var n int
	err := t.row(ctx, "SELECT count(*) FROM attempt WHERE seq > ? AND notice = ? AND recipient = ? AND time = ? AND message_id = ?",
		after, a.Notice, a.Recipient, a.Time.UnixMilli(), a.MessageID).Scan(&n)
	return n == 0, err
}
