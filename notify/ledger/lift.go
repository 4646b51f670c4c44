package ledger

import (
	"context"
	"database/sql"
	"iter"
	"strings"
	"time"

	"github.com/codicil/codicil/notify"
)

// where writes a filter as a condition.
func where(f notify.SuppressionFilter) (string, []any) {
	clauses, args := []string{"time >= ?"}, []any{milli(f.Since)}
	add := func(clause string, value any) {
		clauses, args = append(clauses, clause), append(args, value)
	}
	if f.Recipient != nil {
		add("recipient = ?", f.Recipient)
	}
	if f.Source != "" {
		add("source = ?", string(f.Source))
	}
	if f.Notice != "" {
		add("notice = ?", f.Notice)
	}
	if !f.Personal && f.Source == "" && f.Recipient == nil {
		clauses = append(clauses, "source NOT IN ('complaint', 'unsubscribe')")
	}
	return strings.Join(clauses, " AND "), args
}

// Suppressions gives those that a filter picks, the oldest first.
func (l *Ledger) Suppressions(ctx context.Context, f notify.SuppressionFilter) (list []notify.Suppression, err error) {
	err = l.view(ctx, func(tx *tx) error {
		list, err = tx.suppressions(ctx, f)
		return err
	})
	return list, err
}

func (t *tx) suppressions(ctx context.Context, f notify.SuppressionFilter) (list []notify.Suppression, err error) {
	where, args := where(f)
	rows, err := t.query(ctx, "SELECT recipient, scope, source, notice, reason, time FROM suppression WHERE "+where+" ORDER BY time, recipient, scope", args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var s notify.Suppression
		var at int64
		if err := rows.Scan(&s.Recipient, &s.Policy, &s.Source, &s.Notice, &s.Reason, &at); err != nil {
			return nil, err
		}
		s.Time = time.UnixMilli(at)
		list = append(list, s)
	}
	return list, rows.Err()
}

// Lift takes suppressions back, for a reason that is kept on record. What they
// have ended is due again at once; where the address was forgotten since, the
// list must name it once more (see Readdress). It returns how many were taken back, and how many deliveries are due again.
func (l *Ledger) Lift(ctx context.Context, f notify.SuppressionFilter, why string, at time.Time) (lifted, due int, err error) {
	err = l.inTx(ctx, func(tx *tx) error {
		lifted, due = 0, 0
		list, err := tx.suppressions(ctx, f)
		if err != nil {
			return err
		}
		for _, s := range list {
			n, err := tx.lift(ctx, s, why, at)
			if err != nil {
				return err
			}
			lifted, due = lifted+1, due+n
		}
		return tx.recheck()
	})
	return lifted, due, err
}

func (t *tx) lift(ctx context.Context, s notify.Suppression, why string, at time.Time) (due int, err error) {
	if _, err := t.exec(ctx, "DELETE FROM suppression WHERE recipient = ? AND scope = ?", s.Recipient, s.Policy); err != nil {
		return 0, err
	}
	_, err = t.enter(ctx, Entry{
		Kind: EntryLifted, Recipient: s.Recipient, Time: at, Detail: detail("policy", s.Policy, "source", string(s.Source), "reason", why),
	})
	if err != nil {
		return 0, err
	}
	// Another suppression of the person may still hold.
	list, err := t.deliveries(ctx, s.Recipient, `erased = 0 AND (state = 'suppressed' OR state = 'refused' AND notice = ? AND notice <> '')
		AND NOT EXISTS (SELECT 1 FROM suppression AS s, notice AS n WHERE n.id = delivery.notice AND s.recipient = delivery.recipient
			AND `+holds+")", s.Notice)
	if err != nil {
		return 0, err
	}
	now := sql.NullInt64{Int64: at.UnixMilli(), Valid: true}
	for _, d := range list {
		if err := t.turn(ctx, d, EntryDueAgain, notify.Due, now, why, at); err != nil {
			return 0, err
		}
	}
	if len(list) == 0 {
		return 0, nil
	}
	_, err = t.exec(ctx, `UPDATE notice SET lacking = 1, forgotten = 0 WHERE id IN
		(SELECT notice FROM delivery WHERE notice IN (SELECT id FROM notice) AND recipient = ? AND retry IS NOT NULL AND email = '')`, s.Recipient)
	if err != nil {
		return 0, err
	}
	_, err = t.exec(ctx, "DELETE FROM returned WHERE recipient = ?", s.Recipient)
	return len(list), err
}

// Lacking reports whether somebody is due whose address the ledger does not know
// any more.
func (l *Ledger) Lacking(ctx context.Context, notice string) (lacking bool, err error) {
	err = l.view(ctx, func(tx *tx) error {
		return tx.row(ctx, "SELECT count(*) > 0 FROM notice WHERE id = ? AND lacking <> 0", notice).Scan(&lacking)
	})
	return lacking, err
}

// Readdress takes from a list the addresses of those who are due again and were
// forgotten. Who was erased stays erased. It returns how many it found.
func (l *Ledger) Readdress(ctx context.Context, notice string, list iter.Seq2[notify.Recipient, error]) (found int, err error) {
	err = l.inTx(ctx, func(tx *tx) error {
		found = 0
		lacking, err := tx.lacking(ctx, notice)
		if err != nil {
			return err
		}
		for r, err := range list {
			if err != nil {
				return err
			}
			name := string(l.Recipient(r.Email))
			id, ok := lacking[name]
			if !ok {
				continue
			}
			delete(lacking, name)
			found++
			if _, err := tx.exec(ctx, "UPDATE delivery SET email = ?, name = ?, lang = ?, address = ? WHERE id = ?", r.Email, r.Name, r.Lang, r.Address, id); err != nil {
				return err
			}
		}
		if len(lacking) > 0 {
			return nil
		}
		_, err = tx.exec(ctx, "UPDATE notice SET lacking = 0 WHERE id = ?", notice)
		return err
	})
	return found, err
}

func (t *tx) lacking(ctx context.Context, notice string) (map[string]int64, error) {
	rows, err := t.query(ctx, "SELECT id, recipient FROM delivery WHERE notice = ? AND retry IS NOT NULL AND email = '' AND erased = 0", notice)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	lacking := map[string]int64{}
	for rows.Next() {
		var id int64
		var recipient []byte
		if err := rows.Scan(&id, &recipient); err != nil {
			return nil, err
		}
		lacking[string(recipient)] = id
	}
	return lacking, rows.Err()
}
