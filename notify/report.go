package notify

import (
	"context"
	"time"
)

// Report says what a run has done.
type Report struct {
	Notice   string
	Counts   Counts    // of all deliveries, after the run
	Attempts int       // made in this run
	Failures []Failure // the first not reached, those still due among them: at most MaxFailures
	Next     time.Time // when the next delivery is due; zero when nothing is left to do
}

// MaxFailures is how many failures a report lists; the ledger knows them all.
const MaxFailures = 1000

// fill takes the rest of the report from the ledger.
func (r *Report) fill(ctx context.Context, l Ledger, now time.Time) error {
	due, next, err := l.Due(ctx, r.Notice, now, 1)
	if err != nil {
		return err
	}
	if r.Next = next; len(due) > 0 {
		r.Next = now
	}
	if err := l.Release(ctx, r.Notice, due); err != nil {
		return err
	}
	if r.Counts, err = l.Counts(ctx, r.Notice); err != nil {
		return err
	}
	r.Failures, err = l.Failed(ctx, r.Notice, MaxFailures)
	return err
}
