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
)

// allFailures asks for every failure there is.
const allFailures = 1 << 40

// failedRow is the row of one person. Lists come from anywhere, and reasons from
// the servers of others: neither becomes a formula.
func failedRow(one notify.Failure) []string {
	r := one.Recipient
	return []string{strconv.Itoa(r.Line), cell(r.Email), cell(r.Lang), cell(r.Name), string(one.State), cell(cmp.Or(one.Reason, "not tried yet"))}
}

// writeFailed writes whom a notice did not reach to a file that its owner alone
// can read, so that they can be told by post. It must run before addresses are
// forgotten.
func writeFailed(ctx context.Context, l *ledger.Ledger, id, name string) error {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
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
	if err := errors.Join(err, w.Error(), f.Chmod(0o600), f.Close()); err != nil {
		return fmt.Errorf("write the failures: %w", err)
	}
	return nil
}
