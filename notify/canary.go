package notify

import (
	"context"
	"fmt"
	"time"
)

// Canary has a few people told first: the others wait, so that what comes back
// from the few can stop it. The zero value tells everybody at once.
type Canary struct {
	Count int           // told first
	Pause time.Duration // that the others wait
}

// resting reports whether the first few are told, and the others must wait.
func (r *run) resting() bool {
	c := r.counts
	return r.Canary.Count > 0 && !r.rested && c.Accepted+c.Refused+c.InDoubt+len(r.busy) >= r.Canary.Count
}

// rest waits once the first few are all answered, and then looks at what became
// of them.
func (r *run) rest(ctx context.Context) error {
	if r.Waiting != nil {
		r.Waiting(r.Now().Add(r.Canary.Pause), fmt.Errorf("the first %d are told, and the others wait for what comes back", r.Canary.Count))
	}
	if err := r.Sleep(ctx, r.Canary.Pause); err != nil {
		return err
	}
	r.rested, r.changed = true, true
	if err := r.recount(ctx); err != nil {
		return err
	}
	if c, most := r.counts, r.Breaker.Percent; most >= 0 && c.Refused*100 > most*(c.Accepted+c.Refused) {
		return stopped(&SendError{Kind: Permanent, Stage: StageBounce, Err: fmt.Errorf("%d of %d were not reached", c.Refused, c.Accepted+c.Refused)},
			fmt.Sprintf("more than %d %% of the first messages were refused or came back", most),
			"`codicil proof` says why; when that is so, raise email.max_refused and run again")
	}
	return nil
}
