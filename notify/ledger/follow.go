package ledger

import (
	"context"
	"database/sql"
	"errors"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/codicil/codicil/notify"
)

// follower is the class of notices to those who asked for them.
const follower = "follower"

// Follow puts a follower on record, beside what they follow already. What they
// asked for before they left does not bring them back, and what they asked for
// before they chose otherwise changes nothing; asked is when they asked. Who
// had unsubscribed from one of the policies and asks again is told again.
func (l *Ledger) Follow(ctx context.Context, f notify.Follower, asked time.Time) error {
	return l.inTx(ctx, func(tx *tx) error {
		before, changed, err := tx.follower(ctx, f.Recipient)
		switch {
		case err != nil:
			return err
		case before != nil && !before.Left.IsZero() && !asked.After(before.Left):
			return notify.ErrLeft
		case before != nil && before.Left.IsZero() && !asked.After(changed):
			return nil
		case before != nil && before.Left.IsZero():
			f.Policies = append(slices.Clone(before.Policies), f.Policies...)
		}
		return tx.follow(ctx, f, changed)
	})
}

// Choose puts what a follower follows in the place of what they followed. It
// reports false when they follow nothing: they must ask first.
func (l *Ledger) Choose(ctx context.Context, recipient []byte, lang string, policies []string, at time.Time) (chosen bool, err error) {
	err = l.inTx(ctx, func(tx *tx) error {
		f, _, err := tx.follower(ctx, recipient)
		if chosen = f != nil && f.Left.IsZero(); err != nil || !chosen {
			return err
		}
		f.Lang, f.Policies = lang, policies
		return tx.follow(ctx, *f, at)
	})
	return chosen, err
}

func (t *tx) follow(ctx context.Context, f notify.Follower, changed time.Time) error {
	_, err := t.exec(ctx, `INSERT INTO follower (recipient, email, lang, policies, confirmed, changed, left_at) VALUES (?, ?, ?, ?, ?, ?, NULL)
		ON CONFLICT (recipient) DO UPDATE SET email = excluded.email, lang = excluded.lang, policies = excluded.policies,
		confirmed = excluded.confirmed, changed = excluded.changed, left_at = NULL`,
		f.Recipient, f.Email, f.Lang, joinPolicies(f.Policies), f.Confirmed.UnixMilli(), milli(changed))
	if err != nil {
		return err
	}
	if err := t.takeBack(ctx, f.Recipient, f.Policies); err != nil {
		return err
	}
	_, err = t.enter(ctx, Entry{
		Kind: EntryFollow, Recipient: f.Recipient, Time: f.Confirmed, Detail: detail("policies", strings.TrimSpace(joinPolicies(f.Policies))),
	})
	return err
}

// milli writes a time as the tables hold it; 0 for none.
func milli(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// Leave ends what a person follows: one policy, or all when policy is empty.
// Who follows nothing any more is known by name alone. That they left is a
// suppression, so that a list from elsewhere does not bring them back. Somebody
// unknown leaves too.
func (l *Ledger) Leave(ctx context.Context, recipient []byte, policy string, known []string, at time.Time) error {
	return l.inTx(ctx, func(tx *tx) error { return tx.leaveAll(ctx, recipient, policy, known, at) })
}

func (t *tx) leaveAll(ctx context.Context, recipient []byte, policy string, known []string, at time.Time) error {
	f, _, err := t.follower(ctx, recipient)
	if err != nil {
		return err
	}
	scopes := []string{policy}
	if policy == "" {
		scopes = known
	}
	for _, scope := range scopes {
		err := t.suppress(ctx, notify.Suppression{Recipient: recipient, Policy: scope, Source: notify.FromUnsubscribe, Reason: "unsubscribed", Time: at})
		if err != nil {
			return err
		}
	}
	if f == nil {
		f = &notify.Follower{Recipient: recipient}
	}
	return t.leave(ctx, f, policy, known, at)
}

// leave takes policies from what a follower follows.
func (t *tx) leave(ctx context.Context, f *notify.Follower, policy string, known []string, at time.Time) error {
	rest := f.Policies
	if slices.Contains(rest, notify.AllPolicies) && (policy == "" || slices.Contains(known, policy)) {
		rest = slices.Clone(known)
	}
	rest = slices.DeleteFunc(slices.Clone(rest), func(id string) bool { return policy == "" || id == policy })
	if len(rest) > 0 {
		_, err := t.exec(ctx, "UPDATE follower SET policies = ?, changed = ? WHERE recipient = ?", joinPolicies(rest), at.UnixMilli(), f.Recipient)
		return err
	}
	_, err := t.exec(ctx, `INSERT INTO follower (recipient, email, lang, policies, confirmed, left_at) VALUES (?, '', '', '', 0, ?)
		ON CONFLICT (recipient) DO UPDATE SET email = '', lang = '', policies = '', left_at = excluded.left_at`, f.Recipient, at.UnixMilli())
	return err
}

// Follower returns who is on record under a name, or nil.
func (l *Ledger) Follower(ctx context.Context, recipient []byte) (f *notify.Follower, err error) {
	err = l.view(ctx, func(tx *tx) error {
		f, _, err = tx.follower(ctx, recipient)
		return err
	})
	return f, err
}

// follower reads who is on record under a name, and when they last chose what
// to follow.
func (t *tx) follower(ctx context.Context, recipient []byte) (*notify.Follower, time.Time, error) {
	f := notify.Follower{Recipient: recipient}
	var policies string
	var confirmed, changed int64
	var left sql.NullInt64
	err := t.row(ctx, "SELECT email, lang, policies, confirmed, changed, left_at FROM follower WHERE recipient = ?", recipient).
		Scan(&f.Email, &f.Lang, &policies, &confirmed, &changed, &left)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, time.Time{}, nil
	}
	if err != nil {
		return nil, time.Time{}, err
	}
	f.Policies = strings.Fields(policies)
	if confirmed != 0 {
		f.Confirmed = time.UnixMilli(confirmed)
	}
	if left.Valid {
		f.Left = time.UnixMilli(left.Int64)
	}
	return &f, time.UnixMilli(changed), nil
}

// Followers gives those who follow a policy, as recipients of its notices, in
// an order that does not change. Their line is their place in it.
func (l *Ledger) Followers(ctx context.Context, policy string) iter.Seq2[notify.Recipient, error] {
	return func(yield func(notify.Recipient, error) bool) {
		stop := errors.New("stop")
		err := l.view(ctx, func(tx *tx) error {
			rows, err := tx.query(ctx, `SELECT email, lang FROM follower
				WHERE left_at IS NULL AND (policies LIKE ? OR policies = ' * ') ORDER BY recipient`, "% "+policy+" %")
			if err != nil {
				return err
			}
			defer rows.Close()
			for line := 1; rows.Next(); line++ {
				r := notify.Recipient{Line: line, Class: follower}
				if err := rows.Scan(&r.Email, &r.Lang); err != nil {
					return err
				}
				if !yield(r, nil) {
					return stop
				}
			}
			return rows.Err()
		})
		if err != nil && !errors.Is(err, stop) {
			yield(notify.Recipient{}, err)
		}
	}
}

// joinPolicies writes ids, each once, so that one can be found among them.
func joinPolicies(ids []string) string {
	if slices.Contains(ids, notify.AllPolicies) {
		ids = []string{notify.AllPolicies}
	}
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	return " " + strings.Join(ids, " ") + " "
}
