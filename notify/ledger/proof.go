package ledger

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"time"

	"github.com/codicil/codicil/notify"
)

// Proof is what can be shown about a notice.
type Proof struct {
	Notice  Notice
	Counts  notify.Counts
	Reasons []Reason  // why people were not reached, the most frequent first
	First   time.Time // when the first attempt was made; zero before it
	Last    time.Time // when the last was made
	Tries   int64     // attempts for this notice
	Chain   Chain     // of the whole ledger; its head is empty when it was not verified
}

// Reason is why a number of people were not reached.
type Reason struct {
	State notify.State
	Why   string // what the replies have in common: their code and status (RFC 3463), else their words
	Says  string // one of the replies
	Count int
}

// Proof returns what the ledger proves about a notice, and nil when it was
// never started. With verify, it checks the whole ledger first.
func (l *Ledger) Proof(ctx context.Context, notice string, verify bool) (p *Proof, err error) {
	err = l.view(ctx, func(tx *tx) error {
		p, err = tx.proof(ctx, notice, verify)
		return err
	})
	return p, err
}

func (t *tx) proof(ctx context.Context, notice string, verify bool) (*Proof, error) {
	n, err := t.notice(ctx, notice)
	if n == nil || err != nil {
		return nil, err
	}
	p := &Proof{Notice: *n}
	if verify {
		if p.Chain, err = t.verify(ctx, func(Link) error { return nil }); err != nil {
			return nil, err
		}
	}
	if p.Counts, err = t.counts(ctx, notice); err != nil {
		return nil, err
	}
	if p.Reasons, err = t.reasons(ctx, notice, p.Counts.Total()-p.Counts.Accepted); err != nil {
		return nil, err
	}
	var first, last int64
	err = t.row(ctx, "SELECT tries, first_at, last_at FROM notice WHERE id = ?", notice).Scan(&p.Tries, &first, &last)
	if first != 0 {
		p.First, p.Last = time.UnixMilli(first).UTC(), time.UnixMilli(last).UTC()
	}
	return p, err
}

// kind is the part of a reply that is the same for all with its cause.
var kind = regexp.MustCompile(`^\d{3}( \d\.\d{1,3}\.\d{1,3})?\b`)

// reasons groups those not reached, so many in all, by what the server said.
func (t *tx) reasons(ctx context.Context, notice string, count int) ([]Reason, error) {
	rows, err := t.query(ctx, `SELECT state, reason, count(*) FROM delivery
		WHERE notice = ? AND state <> 'accepted' AND reason <> '' GROUP BY state, reason ORDER BY state, reason`, notice)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []Reason
	place := map[[2]string]int{}
	for rows.Next() {
		var r Reason
		if err := rows.Scan(&r.State, &r.Says, &r.Count); err != nil {
			return nil, err
		}
		if r.Why = kind.FindString(r.Says); r.Why == "" {
			r.Why = r.Says
		}
		count -= r.Count
		key := [2]string{string(r.State), r.Why}
		if i, ok := place[key]; ok {
			list[i].Count += r.Count
			continue
		}
		place[key] = len(list)
		list = append(list, r)
	}
	if count > 0 {
		list = slices.Insert(list, 0, Reason{State: notify.Due, Why: "not tried yet", Count: count})
	}
	slices.SortStableFunc(list, func(a, b Reason) int { return b.Count - a.Count })
	return list, rows.Err()
}

// Digests returns the digest of each text of the notice, in hex.
func (p *Proof) Digests() []string {
	digests := make([]string, len(p.Notice.Texts))
	for i, t := range p.Notice.Texts {
		sum := t.SHA256()
		digests[i] = hex.EncodeToString(sum[:])
	}
	return digests
}

// Record is what the ledger holds about one person and one notice.
type Record struct {
	Recipient []byte // keyed hash of the address
	State     notify.State
	Line      int    // of the list of recipients
	Lang      string // as the list had it
	Name      string // empty once it is forgotten
	Reason    string
	Attempts  []Attempt
}

// Record returns what is on record about an address, or nil when the notice
// was not meant for it.
func (l *Ledger) Record(ctx context.Context, notice, address string) (*Record, error) {
	r := &Record{Recipient: l.Recipient(address)}
	err := l.view(ctx, func(tx *tx) error {
		r.Attempts = nil
		var last int64
		err := tx.row(ctx, "SELECT state, line, lang, name, reason, last FROM delivery WHERE notice = ? AND recipient = ?", notice, r.Recipient).
			Scan(&r.State, &r.Line, &r.Lang, &r.Name, &r.Reason, &last)
		if err != nil {
			return err
		}
		return tx.trail(ctx, r, last)
	})
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the record of one recipient: %w", err)
	}
	return r, nil
}

// trail reads the records about one delivery, from the last back to the first.
func (t *tx) trail(ctx context.Context, r *Record, last int64) error {
	for last != 0 {
		at := last
		err := t.attempts(ctx, func(a Attempt) error {
			r.Attempts = append(r.Attempts, a)
			last = a.previous
			return nil
		}, "seq = ?", at)
		if err != nil {
			return err
		}
		if last == at { // not an attempt
			if err := t.row(ctx, "SELECT previous FROM entry WHERE seq = ?", at).Scan(&last); err != nil {
				return err
			}
		}
	}
	slices.Reverse(r.Attempts)
	return nil
}
