package ledger

import (
	"context"

	"github.com/codicil/codicil/notify"
)

// Seed puts on record that a message went to an address of the publisher's own,
// which watches how it arrives. It is no recipient of the notice, and not counted.
func (l *Ledger) Seed(ctx context.Context, notice, address, wording string, r notify.Receipt) error {
	return l.inTx(ctx, func(tx *tx) error {
		_, err := tx.enter(ctx, Entry{Kind: EntrySeed, Notice: notice, Recipient: l.Recipient(address), Time: r.Time,
			Detail: detail("message", wording, "reply", withoutAddresses(r.Reply, address), "message_id", r.MessageID, "sha256", r.SHA256)})
		return err
	})
}

// Seeded reports whether a wording of a notice, by its digest, went to a seed
// address already.
func (l *Ledger) Seeded(ctx context.Context, notice, address, wording string) (had bool, err error) {
	name := string(l.Recipient(address))
	err = l.Entries(ctx, 0, func(e Entry) error {
		had = had || e.Kind == EntrySeed && e.Notice == notice && string(e.Recipient) == name && e.Field("message") == wording
		return nil
	})
	return had, err
}
