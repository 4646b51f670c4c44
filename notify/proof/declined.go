package proof

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
	"time"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/notify/ledger"
)

// Declined says how many people declined a version, and until when they could.
type Declined struct {
	Until  string `json:"until,omitempty"` // as the plan on record has it
	People int    `json:"people"`
}

// Extent is what belongs to a notice beside its deliveries. A part is nil where
// nothing is on record.
type Extent struct {
	Timely   *Timely
	Declined *Declined
}

// NewExtent reads it from a ledger.
func NewExtent(ctx context.Context, l *ledger.Ledger, notice string) (e Extent, err error) {
	if e.Timely, err = NewTimely(ctx, l, notice); err != nil {
		return e, err
	}
	e.Declined, err = newDeclined(ctx, l, notice)
	return e, err
}

// versionOf names the version that a notice is about, whoever it told and however.
func versionOf(notice string) string {
	for _, mark := range []string{"+correction", "+via-"} {
		notice, _, _ = strings.Cut(notice, mark)
	}
	return notice
}

func newDeclined(ctx context.Context, l *ledger.Ledger, notice string) (*Declined, error) {
	plan, err := l.Frozen(ctx, notice, FrozenPlan)
	if err != nil {
		return nil, err
	}
	var planned struct {
		Until string `json:"decline_until"`
	}
	if plan != nil {
		if err := json.Unmarshal(plan, &planned); err != nil {
			return nil, fmt.Errorf("read the plan of notice %s: %w", notice, err)
		}
	}
	list, _, err := l.Refusals(ctx, versionOf(notice), 0)
	if err != nil || planned.Until == "" && len(list) == 0 {
		return nil, err
	}
	return &Declined{planned.Until, len(list)}, nil
}

// DeclinedAt returns when a person declined what a notice told; empty for never.
func DeclinedAt(ctx context.Context, l *ledger.Ledger, notice string, r *ledger.Record) (string, error) {
	at, err := l.Declined(ctx, versionOf(notice), r.Recipient)
	return Moment(at), err
}

// WriteDeclined writes which people of a list declined what a notice told, as CSV:
// the ledger knows them by name alone. It returns how many it found, and how many
// of those who declined are not on the list.
func WriteDeclined(ctx context.Context, out io.Writer, l *ledger.Ledger, notice string, list iter.Seq2[notify.Recipient, error]) (found, strangers int, err error) {
	refusals, _, err := l.Refusals(ctx, versionOf(notice), 0)
	if err != nil {
		return 0, 0, err
	}
	at := make(map[string]time.Time, len(refusals))
	for _, r := range refusals {
		at[string(r.Recipient)] = r.Time
	}
	w := csv.NewWriter(out)
	_ = w.Write([]string{"line", "email", "declined"}) // reported by Error
	for r, err := range list {
		if err != nil {
			return found, 0, err
		}
		when, declined := at[string(l.Recipient(r.Email))]
		if !declined {
			continue
		}
		found++
		_ = w.Write([]string{strconv.Itoa(r.Line), notify.Cell(r.Email), Moment(when)})
	}
	w.Flush()
	return found, len(refusals) - found, w.Error()
}
