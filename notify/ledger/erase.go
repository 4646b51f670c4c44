package ledger

import (
	"context"
	"errors"
	"time"

	"github.com/codicil/codicil/notify"
)

// errPage ends the reading of a page.
var errPage = errors.New("the page is full")

// Erase removes the address and the name of a person, and lets nothing more be
// sent to them. They follow nothing any more. Their name in the ledger stays,
// so that nobody signs them up with an old link, and proof stays whole. When it
// returns, the address is gone from the bytes of a file too, unless another
// process holds on to them by reading; of PostgreSQL see Wipe.
func (l *Ledger) Erase(ctx context.Context, recipient []byte, known []string, at time.Time) (e notify.Erased, err error) {
	err = l.inTx(ctx, func(tx *tx) error {
		f, _, err := tx.follower(ctx, recipient)
		if err != nil {
			return err
		}
		e.Followed = f != nil && f.Left.IsZero()
		if err := tx.leaveAll(ctx, recipient, "", known, at); err != nil {
			return err
		}
		if e.Notices, err = tx.erase(ctx, recipient, at); err != nil {
			return err
		}
		_, err = tx.enter(ctx, Entry{Kind: EntryErased, Recipient: recipient, Time: at, Detail: detail()})
		return err
	})
	return e, err
}

// erase ends what is due to a person and blanks their address.
func (t *tx) erase(ctx context.Context, recipient []byte, at time.Time) (notices int, err error) {
	if err := t.stop(ctx, notify.Suppression{Recipient: recipient, Reason: "erased on request", Time: at}); err != nil {
		return 0, err
	}
	if _, err := t.exec(ctx, "UPDATE delivery SET email = '', name = '', address = '', erased = 1 WHERE notice IN (SELECT id FROM notice) AND recipient = ?", recipient); err != nil {
		return 0, err
	}
	if _, err := t.exec(ctx, "DELETE FROM letter WHERE recipient = ?", recipient); err != nil {
		return 0, err
	}
	err = t.row(ctx, "SELECT count(*) FROM delivery WHERE notice IN (SELECT id FROM notice) AND recipient = ?", recipient).Scan(&notices)
	return notices, err
}

// Wipe removes from the files of a ledger what was deleted from it: what SQLite
// keeps in its write-ahead log, and, when any of the words is still found in the
// bytes, what it left behind in its pages. PostgreSQL leaves the old bytes of a
// row in its files until VACUUM and later writes go over them, and in its
// write-ahead log until that is recycled: there, Wipe runs VACUUM.
func (l *Ledger) Wipe(words ...string) error {
	if err := l.engine.wipe(l.db); err != nil {
		return err
	}
	found, err := l.engine.holds(words)
	if err != nil || !found {
		return err
	}
	if _, err := l.db.Exec("VACUUM"); err != nil {
		return err
	}
	return l.engine.wipe(l.db)
}

// returned lists the reports that are kept.
func (t *tx) returned(ctx context.Context) (list []notify.Bounce, err error) {
	rows, err := t.query(ctx, "SELECT notice, recipient, status, reason, time FROM returned ORDER BY id")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var b notify.Bounce
		var at int64
		if err := rows.Scan(&b.Notice, &b.Recipient, &b.Status, &b.Reason, &at); err != nil {
			return nil, err
		}
		b.Time = time.UnixMilli(at)
		list = append(list, b)
	}
	return list, rows.Err()
}
