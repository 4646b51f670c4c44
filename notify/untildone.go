package notify

import (
	"context"
	"errors"
	"time"

	"github.com/codicil/codicil/policy"
)

// awayWait is how long a server that cannot be reached is left alone.
const awayWait = time.Minute

// RunUntilDone is Run again and again, until nothing is due: it waits for retries
// and for a server that is away, however long. It ends with an error where
// somebody must mend something, or with ctx.
func RunUntilDone(ctx context.Context, notice string, s Sender, l Ledger, o Options) (*Report, error) {
	o = o.withDefaults()
	attempts := 0
	for {
		report, err := Run(ctx, notice, s, l, o)
		attempts += report.Attempts
		report.Attempts = attempts
		if report.Next.IsZero() || ctx.Err() != nil || err != nil && !passes(err) {
			return report, err
		}
		until := report.Next
		if least := o.Now().Add(time.Second); until.Before(least) {
			until = least // a clock that was set back must not make this a busy loop
		}
		if err != nil {
			until = o.Now().Add(awayWait)
		}
		if o.Waiting != nil {
			o.Waiting(until, err)
		}
		if err := o.Sleep(ctx, until.Sub(o.Now())); err != nil {
			return report, err
		}
	}
}

// passes reports whether what ended a run is over in time by itself: a server
// that cannot be reached.
func passes(err error) bool {
	var stop *policy.Diagnostic
	var failed *SendError
	return !errors.As(err, &stop) && errors.As(err, &failed) && failed.Kind == Temporary
}
