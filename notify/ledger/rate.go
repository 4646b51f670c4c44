package ledger

import (
	"context"
	"strconv"
	"time"
)

// metaPace names the moment of the next free slot of the rate.
const metaPace = "pace"

// maxAhead is how far ahead slots may be reserved: what lies further was left
// before the clock of the database was set back.
const maxAhead = time.Hour

// Reserve takes the next slots of a rate that all processes share which send
// from a database, by the clock of that. A file has one sender.
func (l *Ledger) Reserve(ctx context.Context, interval time.Duration, count int) (wait time.Duration, shared bool, err error) {
	if l.engine.owner() == nil {
		return 0, false, nil
	}
	err = l.inTx(ctx, func(tx *tx) error {
		var now int64
		if err := tx.row(ctx, "SELECT "+clock).Scan(&now); err != nil {
			return err
		}
		value, err := tx.meta(metaPace)
		if err != nil {
			return err
		}
		// Microseconds: intervals may be shorter than a thousandth of a second.
		now *= 1000
		slot, _ := strconv.ParseInt(string(value), 10, 64) // 0 before the first
		if slot < now || slot > now+maxAhead.Microseconds() {
			slot = now
		}
		wait = time.Duration(slot-now) * time.Microsecond
		next := slot + int64(count)*interval.Microseconds()
		return tx.setMeta(metaPace, strconv.AppendInt(nil, next, 10))
	})
	return wait, true, err
}
