package ledger

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// Zones returns the time zones of the people of a notice; an empty one stands
// for people whose zone is not known.
func (l *Ledger) Zones(ctx context.Context, notice string) (zones []string, err error) {
	err = l.view(ctx, func(tx *tx) error {
		zones = nil
		rows, err := tx.query(ctx, "SELECT DISTINCT zone FROM delivery WHERE notice = ? ORDER BY zone", notice)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var zone string
			if err := rows.Scan(&zone); err != nil {
				return err
			}
			zones = append(zones, zone)
		}
		return rows.Err()
	})
	return zones, err
}

// PutOff has nobody of the given time zones be told before the moment beside
// each.
func (l *Ledger) PutOff(ctx context.Context, notice string, until map[string]time.Time) error {
	return l.inTx(ctx, func(tx *tx) error {
		for zone, at := range until {
			_, err := tx.exec(ctx, "UPDATE delivery SET retry = ? WHERE notice = ? AND retry < ? AND zone = ?",
				at.UnixMilli(), notice, at.UnixMilli(), zone)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// Tries returns how many attempts were made for a notice.
func (l *Ledger) Tries(ctx context.Context, notice string) (tries int, err error) {
	err = l.view(ctx, func(tx *tx) error {
		return orNothing(tx.row(ctx, "SELECT tries FROM notice WHERE id = ?", notice).Scan(&tries))
	})
	return tries, err
}

// TriedAt returns when the n-th attempt for a notice was made, counted from 1;
// zero before it was.
func (l *Ledger) TriedAt(ctx context.Context, notice string, n int) (at time.Time, err error) {
	var milliseconds int64
	err = l.view(ctx, func(tx *tx) error {
		return orNothing(tx.row(ctx, "SELECT time FROM attempt WHERE notice = ? ORDER BY seq LIMIT 1 OFFSET ?", notice, n-1).Scan(&milliseconds))
	})
	if milliseconds != 0 {
		at = time.UnixMilli(milliseconds)
	}
	return at, err
}

// Late returns how many of those who were told of a notice were told at a moment
// or after it.
func (l *Ledger) Late(ctx context.Context, notice string, from time.Time) (late int, err error) {
	err = l.view(ctx, func(tx *tx) error {
		return tx.row(ctx, `SELECT count(*) FROM attempt AS a JOIN delivery AS d ON d.notice = a.notice AND d.recipient = a.recipient
			WHERE a.notice = ? AND a.time >= ? AND a.state = 'accepted' AND d.state = 'accepted'`, notice, from.UnixMilli()).Scan(&late)
	})
	return late, err
}

func orNothing(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	return err
}
