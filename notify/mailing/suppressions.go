package mailing

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/notify/ledger"
	"github.com/codicil/codicil/notify/proof"
)

// Suppression is one suppression as JSON and CSV have it.
type Suppression struct {
	Recipient string        `json:"recipient"` // keyed hash of the address
	Policy    string        `json:"policy,omitempty"`
	Source    notify.Source `json:"source"`
	Notice    string        `json:"notice,omitempty"`
	Reason    string        `json:"reason"`
	Time      string        `json:"time"`
}

// Suppressions gives those of some ledgers that a filter picks, each once.
func Suppressions(ctx context.Context, ledgers []*ledger.Ledger, filter notify.SuppressionFilter) ([]Suppression, error) {
	list := []Suppression{}
	for _, l := range ledgers {
		filter.Personal = true
		found, err := l.Suppressions(ctx, filter)
		if err != nil {
			return nil, err
		}
		for _, s := range found {
			one := Suppression{hex.EncodeToString(s.Recipient), s.Policy, s.Source, s.Notice, s.Reason, proof.Moment(s.Time)}
			if !slices.ContainsFunc(list, func(o Suppression) bool { return o.Recipient == one.Recipient && o.Policy == one.Policy }) {
				list = append(list, one)
			}
		}
	}
	return list, nil
}

// LiftSuppressions takes suppressions back, for a reason that is kept on record, and
// returns how many those were and how many deliveries are due again. The first
// ledger counts: a register only repeats what it knows.
func LiftSuppressions(ctx context.Context, ledgers []*ledger.Ledger, filter notify.SuppressionFilter, why string, now time.Time) (lifted, due int, err error) {
	for i, l := range ledgers {
		n, again, err := l.Lift(ctx, filter, why, now)
		if err != nil {
			return lifted, due, err
		}
		if due += again; i == 0 {
			lifted = n
		}
	}
	return lifted, due, nil
}

// ImportSuppressions takes in a list of addresses or an export, and returns how many
// were new and how many were known.
func ImportSuppressions(ctx context.Context, l *ledger.Ledger, in io.Reader, name string, now time.Time) (added, known int, err error) {
	list, err := ReadSuppressions(in, name, l, now)
	if err != nil {
		return 0, 0, err
	}
	for _, s := range list {
		isNew, err := l.Suppress(ctx, s)
		if err != nil {
			return added, known, err
		}
		if isNew {
			added++
		} else {
			known++
		}
	}
	return added, known, nil
}

// WriteSuppressions writes suppressions as CSV, by hash: a ledger of the same key
// takes them in.
func WriteSuppressions(out io.Writer, list []Suppression) error {
	w := csv.NewWriter(out)
	_ = w.Write([]string{"recipient", "policy", "source", "notice", "reason", "time"}) // reported by Error
	for _, s := range list {
		_ = w.Write([]string{notify.Cell(s.Recipient), notify.Cell(s.Policy), notify.Cell(string(s.Source)), notify.Cell(s.Notice), notify.Cell(s.Reason), s.Time})
	}
	w.Flush()
	return w.Error()
}

// ReadSuppressions reads rows of an address or a hash, as an export has them,
// with the columns of an export after it, all optional. All rows must be good
// before anybody is suppressed.
func ReadSuppressions(in io.Reader, name string, l *ledger.Ledger, now time.Time) ([]notify.Suppression, error) {
	rows := csv.NewReader(bufio.NewReader(in))
	rows.FieldsPerRecord = -1
	rows.TrimLeadingSpace = true
	var list []notify.Suppression
	for {
		row, err := rows.Read()
		if err == io.EOF {
			return list, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read the suppressions: %w", err)
		}
		line, _ := rows.FieldPos(0)
		if row[0] == "" || line == 1 && !strings.Contains(row[0], "@") && len(row[0]) != 32 {
			continue // the names of the columns
		}
		s, err := readSuppression(row, l, now)
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, line, err)
		}
		list = append(list, s)
	}
}

func readSuppression(row []string, l *ledger.Ledger, now time.Time) (notify.Suppression, error) {
	s := notify.Suppression{Source: notify.FromOperator, Reason: "on a list of the operator", Time: now}
	if recipient, err := hex.DecodeString(row[0]); err == nil && len(recipient) == 16 {
		s.Recipient = recipient
	} else {
		address, err := notify.Normalise(row[0])
		if err != nil {
			return s, err
		}
		s.Recipient = l.Recipient(address)
	}
	if len(row) < 6 {
		if len(row) > 1 && row[1] != "" {
			s.Reason = row[1]
		}
		return s, nil
	}
	s.Policy, s.Source, s.Notice, s.Reason = notify.Uncell(row[1]), notify.Source(notify.Uncell(row[2])), notify.Uncell(row[3]), notify.Uncell(row[4])
	at, err := time.Parse(time.RFC3339, row[5])
	if err != nil {
		return s, fmt.Errorf("%q is not a time", row[5])
	}
	s.Time = at
	return s, nil
}
