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

// Follow puts a follower on record. What they asked for before they left does
// not bring them back; asked is when they asked. Who had unsubscribed from one
// of the policies and asks again is told again.
func (l *Ledger) Follow(ctx context.Context, f notify.Follower, asked time.Time) error {
	return l.inTx(ctx, func(tx *tx) error {
		before, err := tx.follower(ctx, f.Recipient)
		if err != nil {
			return err
		}
		if before != nil && !before.Left.IsZero() && !asked.After(before.Left) {
			return notify.ErrLeft
		}
		if _, err := tx.exec(ctx, `INSERT INTO follower (recipient, email, lang, policies, confirmed, left_at) VALUES (?, ?, ?, ?, ?, NULL)
			ON CONFLICT (recipient) DO UPDATE SET email = excluded.email, lang = excluded.lang, policies = excluded.policies,
			confirmed = excluded.confirmed, left_at = NULL`, f.Recipient, f.Email, f.Lang, joinPolicies(f.Policies), f.Confirmed.UnixMilli()); err != nil {
			return err
		}
		for _, policy := range f.Policies {
			if _, err := tx.exec(ctx, "DELETE FROM suppression WHERE recipient = ? AND scope <> '' AND (scope = ? OR ? = ?)",
				f.Recipient, policy, policy, notify.AllPolicies); err != nil {
				return err
			}
		}
		return nil
	})
}

// Leave ends what a person follows: one policy, or all when policy is empty.
// Who follows nothing any more is known by name alone. That they left is a
// suppression, so that a list from elsewhere does not bring them back. Somebody
// unknown leaves too.
func (l *Ledger) Leave(ctx context.Context, recipient []byte, policy string, known []string, at time.Time) error {
	return l.inTx(ctx, func(tx *tx) error {
		f, err := tx.follower(ctx, recipient)
		if err != nil {
			return err
		}
		scopes := []string{policy}
		if policy == "" {
			scopes = known
		}
		for _, scope := range scopes {
			if err := tx.suppress(ctx, notify.Suppression{Recipient: recipient, Policy: scope, Reason: "unsubscribed", Time: at}); err != nil {
				return err
			}
		}
		if f == nil {
			f = &notify.Follower{Recipient: recipient}
		}
		return tx.leave(ctx, f, policy, known, at)
	})
}

// leave takes policies from what a follower follows.
func (t *tx) leave(ctx context.Context, f *notify.Follower, policy string, known []string, at time.Time) error {
	rest := f.Policies
	if slices.Contains(rest, notify.AllPolicies) {
		rest = slices.Clone(known)
	}
	rest = slices.DeleteFunc(slices.Clone(rest), func(id string) bool { return policy == "" || id == policy })
	if len(rest) > 0 {
		_, err := t.exec(ctx, "UPDATE follower SET policies = ? WHERE recipient = ?", joinPolicies(rest), f.Recipient)
		return err
	}
	_, err := t.exec(ctx, `INSERT INTO follower (recipient, email, lang, policies, confirmed, left_at) VALUES (?, '', '', '', 0, ?)
		ON CONFLICT (recipient) DO UPDATE SET email = '', lang = '', policies = '', left_at = excluded.left_at`, f.Recipient, at.UnixMilli())
	return err
}

// Follower returns who is on record under a name, or nil.
func (l *Ledger) Follower(ctx context.Context, recipient []byte) (f *notify.Follower, err error) {
	err = l.view(ctx, func(tx *tx) error {
		f, err = tx.follower(ctx, recipient)
		return err
	})
	return f, err
}

const followerColumns = "recipient, email, lang, policies, confirmed, left_at"

func (t *tx) follower(ctx context.Context, recipient []byte) (*notify.Follower, error) {
	f, err := readFollower(t.row(ctx, "SELECT "+followerColumns+" FROM follower WHERE recipient = ?", recipient))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return f, err
}

func readFollower(row interface{ Scan(...any) error }) (*notify.Follower, error) {
	var f notify.Follower
	var policies string
	var confirmed int64
	var left sql.NullInt64
	if err := row.Scan(&f.Recipient, &f.Email, &f.Lang, &policies, &confirmed, &left); err != nil {
		return nil, err
	}
	f.Policies = strings.Fields(policies)
	if confirmed != 0 {
		f.Confirmed = time.UnixMilli(confirmed)
	}
	if left.Valid {
		f.Left = time.UnixMilli(left.Int64)
	}
	return &f, nil
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

// Suppressions gives every suppression, the oldest first.
func (l *Ledger) Suppressions(ctx context.Context) (list []notify.Suppression, err error) {
	err = l.view(ctx, func(tx *tx) error {
		rows, err := tx.query(ctx, "SELECT recipient, scope, reason, time FROM suppression ORDER BY time, recipient, scope")
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var s notify.Suppression
			var at int64
			if err := rows.Scan(&s.Recipient, &s.Policy, &s.Reason, &at); err != nil {
				return err
			}
			s.Time = time.UnixMilli(at)
			list = append(list, s)
		}
		return rows.Err()
	})
	return list, err
}

// joinPolicies writes ids so that one can be found among them.
func joinPolicies(ids []string) string {
	if slices.Contains(ids, notify.AllPolicies) {
		ids = []string{notify.AllPolicies}
	}
	return " " + strings.Join(ids, " ") + " "
}

// Adopt takes over what came in from outside: whom not to mail, and who asked
// anew to be told of a policy. The other ledger may be this one.
func (l *Ledger) Adopt(ctx context.Context, other *Ledger, policy string) error {
	if l == other {
		return nil
	}
	list, err := other.Suppressions(ctx)
	if err != nil {
		return err
	}
	back := [][]byte{}
	for r, err := range other.Followers(ctx, policy) {
		if err != nil {
			return err
		}
		back = append(back, l.Recipient(r.Email))
	}
	return l.inTx(ctx, func(tx *tx) error {
		for _, s := range list {
			if err := tx.suppress(ctx, s); err != nil {
				return err
			}
		}
		for _, recipient := range back {
			if _, err := tx.exec(ctx, "DELETE FROM suppression WHERE recipient = ? AND scope = ?", recipient, policy); err != nil {
				return err
			}
		}
		return nil
	})
}
