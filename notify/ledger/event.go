package ledger

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/codicil/codicil/notify"
)

// The states of an event.
const (
	eventDue  = "due"
	eventDone = "delivered"
	eventLost = "given up"
)

// metaSince names the moment from which a target is told of events.
func metaSince(target string) string { return "events since " + target }

// Since returns the moment from which a target is told of events: when it was
// first seen. What happened before is no news to it.
func (l *Ledger) Since(ctx context.Context, target string, now time.Time) (since time.Time, err error) {
	err = l.inTx(ctx, func(tx *tx) error {
		value, err := tx.meta(metaSince(target))
		if err != nil {
			return err
		}
		if value != nil {
			return since.UnmarshalText(value)
		}
		since = now
		text, err := now.UTC().MarshalText()
		if err != nil {
			return err
		}
		return tx.setMeta(metaSince(target), text)
	})
	return since, err
}

// AddEvent puts an event on record, to be sent at once. It reports false when
// it is on record already.
func (l *Ledger) AddEvent(ctx context.Context, e notify.Event, now time.Time) (added bool, err error) {
	err = l.inTx(ctx, func(tx *tx) error {
		rows, err := tx.changed(ctx, "INSERT INTO event (id, target, body, retry, state) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
			e.ID, e.Target, e.Body, now.UnixMilli(), eventDue)
		added = rows == 1
		return err
	})
	return added, err
}

// DueEvents returns the events whose time has come, the longest waiting first.
func (l *Ledger) DueEvents(ctx context.Context, now time.Time) (list []notify.Event, err error) {
	err = l.view(ctx, func(tx *tx) error {
		rows, err := tx.query(ctx, "SELECT id, target, body, attempts FROM event WHERE retry <= ? ORDER BY retry, id, target", now.UnixMilli())
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var e notify.Event
			if err := rows.Scan(&e.ID, &e.Target, &e.Body, &e.Attempts); err != nil {
				return err
			}
			list = append(list, e)
		}
		return rows.Err()
	})
	return list, err
}

// MarkEvent records an attempt: reason is empty when it arrived. It is tried
// again at retry, and never again when retry is zero.
func (l *Ledger) MarkEvent(ctx context.Context, e notify.Event, reason string, retry time.Time) error {
	state, next := eventDue, sql.NullInt64{Int64: retry.UnixMilli(), Valid: true}
	switch {
	case reason == "":
		state, next = eventDone, sql.NullInt64{}
	case retry.IsZero():
		state, next = eventLost, sql.NullInt64{}
	}
	return l.inTx(ctx, func(tx *tx) error {
		rows, err := tx.changed(ctx, "UPDATE event SET attempts = attempts + 1, state = ?, reason = ?, retry = ? WHERE id = ? AND target = ?",
			state, reason, next, e.ID, e.Target)
		if err == nil && rows == 0 {
			err = errors.New("the event is not on record")
		}
		return err
	})
}
