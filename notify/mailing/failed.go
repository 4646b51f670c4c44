package mailing

import (
	"cmp"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"strconv"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/notify/ledger"
	"github.com/codicil/codicil/notify/proof"
	"github.com/codicil/codicil/policy"
)

// allFailures asks for every failure there is.
const allFailures = 1 << 40

// failedRow is the row of one person. Lists come from anywhere, and reasons from
// the servers of others: neither becomes a formula.
func failedRow(one notify.Failure) []string {
	r := one.Recipient
	return []string{strconv.Itoa(r.Line), notify.Cell(r.Email), notify.Cell(r.Lang), notify.Cell(r.Name), string(one.State), notify.Cell(cmp.Or(one.Reason, "not tried yet"))}
}

// writeFailed writes whom a notice did not reach to a file that its owner alone
// can read, so that they can be told by post. It must run before addresses are
// forgotten.
func writeFailed(ctx context.Context, l *ledger.Ledger, id, name string) error {
	f, err := private(name)
	if err != nil {
		return fmt.Errorf("write the failures: %w", err)
	}
	list, err := l.Failed(ctx, id, allFailures)
	w := csv.NewWriter(f)
	_ = w.Write([]string{"line", "email", "lang", "name", "state", "reason"}) // reported by Error
	for _, one := range list {
		_ = w.Write(failedRow(one))
	}
	w.Flush()
	if err := errors.Join(err, w.Error(), f.Close()); err != nil {
		return fmt.Errorf("write the failures: %w", err)
	}
	return nil
}

// private opens a file anew that its owner alone can read.
func private(name string) (*os.File, error) {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, err
	}
	if err := f.Chmod(0o600); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// WriteDeclined writes who of the list declined what a notice told to a file that
// its owner alone can read, and says how many they are.
func (m *Mailing) WriteDeclined(ctx context.Context, l *ledger.Ledger, id, name string) error {
	if m.list == "" {
		return policy.Hinted(errors.New("the ledger knows people by a hash of their address: a list must name them"), "name the list with --recipients")
	}
	f, err := private(name)
	if err != nil {
		return fmt.Errorf("write who declined: %w", err)
	}
	found, strangers, err := proof.WriteDeclined(ctx, f, l, id, notify.Addressees(m.recipients(), m.Notice.Class))
	if err := errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("write who declined: %w", err)
	}
	m.room.Say("wrote %s: %s declined, and %d who are not on the list", name, policy.Plural(found, "person", "people"), strangers)
	return nil
}
