package ledger

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"time"

	"github.com/codicil/codicil/notify"
)

// Notice is what the ledger knows about a notice.
type Notice struct {
	ID      string // "privacy@2.0"
	Policy  string
	Label   string
	Created time.Time
	Texts   []Text // the first is for languages without one
}

// Text is the message of a notice in one language, before the fields of its
// recipients go in.
type Text struct {
	Lang    string
	Message []byte
}

// SHA256 returns the digest of the message.
func (t Text) SHA256() [sha256.Size]byte { return sha256.Sum256(t.Message) }

// Start puts a notice and its recipients on record. Both are frozen by it: of
// a notice that was started before, the record stays as it is, and Start
// reports false. Recipients who are suppressed are recorded as such.
func (l *Ledger) Start(ctx context.Context, n Notice, recipients iter.Seq[notify.Recipient]) (started bool, err error) {
	err = l.inTx(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, "INSERT INTO notice (id, policy, label, created) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
			n.ID, n.Policy, n.Label, n.Created.UnixMilli())
		if err != nil {
			return err
		}
		rows, err := res.RowsAffected()
		if started = rows == 1; err != nil || !started {
			return err
		}
		if err := addTexts(ctx, tx, n); err != nil {
			return err
		}
		return l.addRecipients(ctx, tx, n, recipients)
	})
	if err != nil {
		return false, fmt.Errorf("start notice %s: %w", n.ID, err)
	}
	return started, nil
}

func addTexts(ctx context.Context, tx *sql.Tx, n Notice) error {
	for i, t := range n.Texts {
		sum := t.SHA256()
		_, err := tx.ExecContext(ctx, "INSERT INTO text (notice, position, lang, sha256, message) VALUES (?, ?, ?, ?, ?)",
			n.ID, i, t.Lang, sum[:], t.Message)
		if err != nil {
			return err
		}
	}
	return nil
}

func (l *Ledger) addRecipients(ctx context.Context, tx *sql.Tx, n Notice, recipients iter.Seq[notify.Recipient]) error {
	insert, err := tx.PrepareContext(ctx, `INSERT INTO delivery (notice, recipient, email, lang, name, line, state, retry)
		VALUES (?, ?, ?, ?, ?, ?, 'due', ?) ON CONFLICT DO NOTHING`)
	if err != nil {
		return err
	}
	defer insert.Close()
	created := n.Created.UnixMilli()
	for r := range recipients {
		if _, err := insert.ExecContext(ctx, n.ID, l.Recipient(r.Email), r.Email, r.Lang, r.Name, r.Line, created); err != nil {
			return err
		}
	}
	_, err = tx.ExecContext(ctx, `UPDATE delivery SET state = 'suppressed', retry = NULL, reason = s.reason
		FROM suppression AS s WHERE delivery.recipient = s.recipient AND notice = ?`, n.ID)
	return err
}

// Notice returns what is on record about a notice, or nil when it was never
// started.
func (l *Ledger) Notice(ctx context.Context, id string) (*Notice, error) {
	n := &Notice{ID: id}
	var created int64
	err := l.db.QueryRowContext(ctx, "SELECT policy, label, created FROM notice WHERE id = ?", id).Scan(&n.Policy, &n.Label, &created)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	n.Created = time.UnixMilli(created).UTC()
	rows, err := l.db.QueryContext(ctx, "SELECT lang, message FROM text WHERE notice = ? ORDER BY position", id)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var t Text
		if err := rows.Scan(&t.Lang, &t.Message); err != nil {
			return nil, err
		}
		n.Texts = append(n.Texts, t)
	}
	return n, rows.Err()
}

// Suppress records that an address must not be mailed, and why. Deliveries to
// it that are still due are suppressed with it. A reason given before stays.
func (l *Ledger) Suppress(ctx context.Context, address, reason string, at time.Time) error {
	recipient := l.Recipient(address)
	return l.inTx(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO suppression (recipient, reason, time) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
			recipient, reason, at.UnixMilli())
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `UPDATE delivery SET state = 'suppressed', retry = NULL, reason = ?
			WHERE recipient = ? AND retry IS NOT NULL`, reason, recipient)
		return err
	})
}

// Suppressed returns why an address must not be mailed, and whether it must not.
func (l *Ledger) Suppressed(ctx context.Context, address string) (reason string, suppressed bool, err error) {
	err = l.db.QueryRowContext(ctx, "SELECT reason FROM suppression WHERE recipient = ?", l.Recipient(address)).Scan(&reason)
	if errors.Is(err, sql.ErrNoRows) {
		return "", false, nil
	}
	return reason, err == nil, err
}

// Forget removes the addresses and names of a notice's recipients to whom
// nothing more will be sent. The proof stays whole.
func (l *Ledger) Forget(ctx context.Context, notice string) error {
	_, err := l.db.ExecContext(ctx, "UPDATE delivery SET email = '', name = '' WHERE notice = ? AND retry IS NULL", notice)
	return err
}
