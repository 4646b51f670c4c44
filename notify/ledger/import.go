package ledger

import (
	"context"
	"strconv"
	"strings"

	"github.com/codicil/codicil/notify"
)

// perImport is how many entries of another ledger are taken over at a time.
const perImport = 1000

// metaHeard names the place up to which another ledger was heard.
func metaHeard(id string) string { return "heard of " + id }

// ImportFrom takes over what came in from outside since it was last done: what
// came back, whom not to mail, who asked anew to be told, and who was erased.
// The other ledger may be this one: then nothing is to be done.
func (l *Ledger) ImportFrom(ctx context.Context, other *Ledger) error {
	if l.id == other.id {
		return nil
	}
	for {
		var heard []byte
		err := l.view(ctx, func(tx *tx) (err error) {
			heard, err = tx.meta(metaHeard(other.id))
			return err
		})
		if err != nil {
			return err
		}
		after, _ := strconv.ParseInt(string(heard), 10, 64) // 0 before the first time
		var list []Entry
		if err := other.view(ctx, func(tx *tx) error {
			list, err = tx.page(ctx, after)
			return err
		}); err != nil || len(list) == 0 {
			return err
		}
		if err := l.importAll(ctx, other.id, list); err != nil {
			return err
		}
	}
}

func (t *tx) page(ctx context.Context, after int64) (list []Entry, err error) {
	err = t.entries(ctx, after, func(e Entry) error {
		if list = append(list, e); len(list) == perImport {
			return errPage
		}
		return nil
	})
	if err == errPage {
		err = nil
	}
	return list, err
}

func (l *Ledger) importAll(ctx context.Context, id string, list []Entry) error {
	return l.inTx(ctx, func(tx *tx) error {
		for _, e := range list {
			if err := tx.importEntry(ctx, e); err != nil {
				return err
			}
		}
		return tx.setMeta(metaHeard(id), strconv.AppendInt(nil, list[len(list)-1].Seq, 10))
	})
}

func (t *tx) importEntry(ctx context.Context, e Entry) error {
	switch e.Kind {
	case EntryBounce:
		_, err := t.recordBounce(ctx, notify.Bounce{
			Notice: e.Notice, Recipient: e.Recipient, Status: e.Field("status"), Reason: e.Field("reason"), Time: e.Time,
		})
		return err
	case EntrySuppressed:
		return t.suppress(ctx, notify.Suppression{
			Recipient: e.Recipient, Policy: e.Field("policy"), Source: notify.Source(e.Field("source")),
			Notice: e.Field("notice"), Reason: e.Field("reason"), Time: e.Time,
		})
	case EntryLifted:
		_, err := t.exec(ctx, "DELETE FROM suppression WHERE recipient = ? AND scope = ?", e.Recipient, e.Field("policy"))
		return err
	case EntryFollow:
		return t.takeBack(ctx, e.Recipient, strings.Fields(e.Field("policies")))
	case EntryDeclined:
		_, _, err := t.decline(ctx, notify.Refusal{Recipient: e.Recipient, Version: e.Notice, Time: e.Time})
		return err
	case EntryErased:
		_, err := t.erase(ctx, e.Recipient, e.Time)
		return err
	}
	return nil
}

// takeBack ends what a person who asks anew had left.
func (t *tx) takeBack(ctx context.Context, recipient []byte, policies []string) error {
	for _, policy := range policies {
		_, err := t.exec(ctx, "DELETE FROM suppression WHERE recipient = ? AND scope <> '' AND (scope = ? OR ? = ?)",
			recipient, policy, policy, notify.AllPolicies)
		if err != nil {
			return err
		}
	}
	return nil
}

// enterAll puts on the chain what was on record before the chain held it.
func (t *tx) enterAll(ctx context.Context) error {
	list, err := t.suppressions(ctx, notify.SuppressionFilter{Personal: true})
	if err != nil {
		return err
	}
	for _, s := range list {
		if err := t.enterSuppression(ctx, s); err != nil {
			return err
		}
	}
	bounces, err := t.returned(ctx)
	if err != nil {
		return err
	}
	for _, b := range bounces {
		_, err := t.enter(ctx, Entry{
			Kind: EntryBounce, Notice: b.Notice, Recipient: b.Recipient, Time: b.Time, Detail: detail("status", b.Status, "reason", b.Reason),
		})
		if err != nil {
			return err
		}
	}
	return nil
}
