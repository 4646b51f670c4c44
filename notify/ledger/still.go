package ledger

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"sync"
	"time"

	"github.com/codicil/codicil/notify"
)

// freshness remembers for a moment whether anybody was taken off the lists, so
// that asking before each message costs next to nothing.
type freshness struct {
	mu    sync.Mutex
	stamp string
	read  time.Time // when stamp was read; zero when it must be read again
	alive time.Time // the last sign of life of the claims
}

// maxStale is how long a change that another process made may go unseen: less
// than a message is on its way.
const maxStale = 100 * time.Millisecond

func (f *freshness) claimed(at time.Time) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if at.After(f.alive) {
		f.alive = at
	}
}

// forget has the stamp read again: this process has changed it.
func (f *freshness) forget() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.read = time.Time{}
}

func (f *freshness) keep(stamp string, at time.Time) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.stamp, f.read = stamp, at
}

// unchanged reports whether a stamp is known to be that of this moment, and
// claims to be alive for trustFor; 0 asks for no sign of life.
func (f *freshness) unchanged(stamp string, trustFor time.Duration) (same, known bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if time.Since(f.read) > maxStale {
		return false, false
	}
	return stamp == f.stamp && (trustFor == 0 || time.Since(f.alive) < trustFor), true
}

// Still reports whether a delivery that Due handed out is still to be made by
// this process. A change that this process made is seen at once, one of
// another within a tenth of a second.
func (l *Ledger) Still(ctx context.Context, notice string, d notify.Delivery) (still bool, err error) {
	if err := l.listen(ctx); err != nil {
		return false, err
	}
	same, known := l.fresh.unchanged(d.Stamp, l.engine.trustFor())
	if same {
		return true, nil
	}
	err = l.lasting(ctx, nil, func(tx *tx) error {
		if !known {
			at := time.Now()
			stamp, err := tx.stamp()
			if err != nil {
				return err
			}
			l.fresh.keep(stamp, at)
			if same, _ = l.fresh.unchanged(d.Stamp, l.engine.trustFor()); same {
				still = true
				return nil
			}
		}
		err := l.engine.still(ctx, tx, notice, d.ID).Scan(&still)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		return err
	})
	return still, err
}

// Heed has a ledger listen to another while it sends: whoever unsubscribes,
// bounces or is erased there counts from that moment.
func (l *Ledger) Heed(other *Ledger) {
	if l.id != other.id {
		l.heeds.ledger = other
	}
}

// heed is the ledger that is listened to.
type heed struct {
	mu     sync.Mutex
	ledger *Ledger
	last   time.Time
}

// listen takes over what has come in elsewhere, unless it was just done.
func (l *Ledger) listen(ctx context.Context) error {
	if l.heeds.ledger == nil || !l.heeds.mu.TryLock() {
		return nil
	}
	defer l.heeds.mu.Unlock()
	if time.Since(l.heeds.last) < maxStale {
		return nil
	}
	l.heeds.last = time.Now()
	return l.ImportFrom(ctx, l.heeds.ledger)
}

// Release gives up deliveries that were handed out and not tried.
func (l *Ledger) Release(ctx context.Context, _ string, list []notify.Delivery) error {
	if len(list) == 0 || l.engine.owner() == nil {
		return nil
	}
	ids := make([]int64, len(list))
	for i, d := range list {
		ids[i] = d.ID
	}
	return l.lasting(ctx, nil, func(tx *tx) error { return l.engine.release(ctx, tx, ids) })
}

// stamp reads the word that changes whenever somebody is taken off the lists.
func (t *tx) stamp() (string, error) {
	value, err := t.meta(metaRecheck)
	return string(value), err
}

// recheck has every process that sends look again before its next message.
func (t *tx) recheck() error {
	t.suppressed = true
	return t.setMeta(metaRecheck, []byte(rand.Text()))
}
