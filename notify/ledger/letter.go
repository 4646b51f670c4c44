package ledger

import (
	"context"
	"encoding/json"
	"time"

	"github.com/codicil/codicil/notify"
)

// KeepLetter keeps a letter that the server did not take, to be tried again. Its
// address is gone from the ledger once it is sent or given up.
func (l *Ledger) KeepLetter(ctx context.Context, to notify.Recipient, letter notify.Letter, retry time.Time) error {
	body, err := json.Marshal(letter)
	if err != nil {
		return err
	}
	return l.inTx(ctx, func(tx *tx) error {
		_, err := tx.exec(ctx, "INSERT INTO letter (recipient, email, lang, body, retry) VALUES (?, ?, ?, ?, ?)",
			l.Recipient(to.Email), to.Email, to.Lang, body, retry.UnixMilli())
		return err
	})
}

// DueLetters returns the letters whose time has come, the longest waiting first.
func (l *Ledger) DueLetters(ctx context.Context, now time.Time) (list []notify.KeptLetter, err error) {
	err = l.view(ctx, func(tx *tx) error {
		list = nil
		rows, err := tx.query(ctx, "SELECT id, email, lang, body, attempts FROM letter WHERE retry <= ? ORDER BY retry, id LIMIT 1000", now.UnixMilli())
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var k notify.KeptLetter
			var body []byte
			if err := rows.Scan(&k.ID, &k.To.Email, &k.To.Lang, &body, &k.Attempts); err != nil {
				return err
			}
			if err := json.Unmarshal(body, &k.Letter); err != nil {
				return err
			}
			list = append(list, k)
		}
		return rows.Err()
	})
	return list, err
}

// MarkLetter records a try: the letter waits until retry, and is done with when
// retry is zero.
func (l *Ledger) MarkLetter(ctx context.Context, id int64, retry time.Time) error {
	return l.inTx(ctx, func(tx *tx) error {
		if retry.IsZero() {
			_, err := tx.exec(ctx, "DELETE FROM letter WHERE id = ?", id)
			return err
		}
		_, err := tx.exec(ctx, "UPDATE letter SET attempts = attempts + 1, retry = ? WHERE id = ?", retry.UnixMilli(), id)
		return err
	})
}
