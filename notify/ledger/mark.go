package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
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
	a.Reply = cut(a.Reply, maxReply)
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

// write commits marks until the channel closes.
func (l *Ledger) write() {
	for first := range l.marks {
		group := []mark{first}
		for len(group) < maxGroup {
			next, ok := l.waiting()
			if !ok {
				break
			}
			group = append(group, next)
		}
		err := l.commit(group)
		for _, m := range group {
			m.done <- err
		}
	}
}

// waiting returns a mark that stands in line.
func (l *Ledger) waiting() (mark, bool) {
	select {
	case m, ok := <-l.marks:
		return m, ok
	default:
		return mark{}, false
	}
}

func (l *Ledger) commit(group []mark) error {
	return l.inTx(context.Background(), func(tx *sql.Tx) error {
		c, err := readTail(tx)
		if err != nil {
			return err
		}
		for _, m := range group {
			if err := c.add(tx, l.record(m)); err != nil {
				return err
			}
			if err := m.update(tx); err != nil {
				return err
			}
		}
		return c.save(tx)
	})
}

// record returns the attempt as the chain keeps it.
func (l *Ledger) record(m mark) Attempt {
	return Attempt{Attempt: m.attempt, Notice: m.notice, Recipient: l.Recipient(m.of.Recipient.Email)}
}

// update moves the delivery to its new state.
func (m mark) update(tx *sql.Tx) error {
	var retry any
	if !m.retry.IsZero() {
		retry = m.retry.UnixMilli()
	}
	doubt := 0
	if m.attempt.Doubtful() {
		doubt = 1
	}
	at := m.attempt.Time.UnixMilli()
	res, err := tx.Exec(`UPDATE delivery SET state = ?, attempts = attempts + 1, doubts = doubts + ?,
		since = iif(since = 0, ?, since), retry = ?, reason = ? WHERE id = ? AND notice = ?`,
		m.attempt.State, doubt, at, retry, m.attempt.Reply, m.of.ID, m.notice)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n != 1 {
		return errors.Join(err, fmt.Errorf("notice %s has no delivery %d", m.notice, m.of.ID))
	}
	return nil
}
