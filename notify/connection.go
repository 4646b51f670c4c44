package notify

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// connection sends one message after the other over one session, and opens a
// new one when it is lost.
type connection struct {
	*run
	session Session
	used    bool          // the session has carried a message
	wait    time.Duration // before the next try to connect
	waited  time.Duration // since the session was lost
}

// serve delivers what it is handed until the work ends, or no session can be
// had any more. While it waits for the server, others may do its work.
func (c *connection) serve(ctx context.Context) {
	defer c.close()
	for d := range c.work {
		res, err := c.deliver(ctx, d)
		c.done <- res
		if err != nil && (!errors.Is(err, errNoSession) || !c.rest(ctx)) {
			return
		}
	}
}

// deliver makes one attempt and marks it. Its error ends the connection,
// unless it is errNoSession.
func (c *connection) deliver(ctx context.Context, d Delivery) (result, error) {
	kept := result{of: d, state: d.State}
	for {
		if err := c.ready(ctx); err != nil {
			return kept, err
		}
		if !c.asleep(&d).IsZero() {
			return kept, nil // night fell while the rate made it wait
		}
		if still, err := c.ledger.Still(ctx, c.notice, d); err != nil {
			err = fmt.Errorf("stopped, because the ledger cannot be read: %w", err)
			c.stop(err)
			return kept, err
		} else if !still {
			kept.gone = true
			return kept, nil
		}
		// What is begun is finished: stopping in mid-message would leave its
		// fate unknown.
		receipt, err := c.session.Send(context.WithoutCancel(ctx), d.Recipient)
		failed := sendError(err)
		if failed != nil && failed.Lost() {
			c.close()
			if failed.Stage == StageMail && c.used {
				// The server ended a session that has served others: this says
				// nothing about the recipient.
				c.used = false
				continue
			}
		}
		c.used = true
		return c.mark(ctx, d, receipt, failed)
	}
}

// ready waits for a session and for the rate.
func (c *connection) ready(ctx context.Context) error {
	if err := c.connect(ctx); err != nil {
		return err
	}
	if err := c.pace(ctx); err != nil {
		return err
	}
	return ctx.Err()
}

// The waits between two tries to connect: doubling from the first to the last.
const (
	firstWait = time.Second
	lastWait  = time.Minute
)

// errNoSession says that the server could not be reached for now.
var errNoSession = errors.New("no session")

// connect opens a session if there is none.
func (c *connection) connect(ctx context.Context) error {
	if c.session != nil {
		return nil
	}
	session, err := c.sender.Connect(ctx)
	if err == nil {
		c.mu.Lock()
		c.lost = nil
		c.mu.Unlock()
		c.session, c.used, c.wait, c.waited = session, false, 0, 0
		return nil
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err := c.judge(sendError(err)); err != nil {
		c.stop(err)
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.lost = err
	return errNoSession
}

// rest waits before the next try to connect, longer each time. It reports
// false when MaxWait is over.
func (c *connection) rest(ctx context.Context) bool {
	c.wait = min(max(2*c.wait, firstWait), lastWait)
	if c.waited >= c.MaxWait || c.Sleep(ctx, c.wait) != nil {
		return false
	}
	c.waited += c.wait
	return true
}

func (c *connection) close() {
	if c.session != nil {
		// The last answer is marked already; how the session ends changes nothing.
		_ = c.session.Close()
		c.session = nil
	}
}

// mark commits what became of the attempt. Only then is the connection free
// for its next message.
func (c *connection) mark(ctx context.Context, d Delivery, receipt Receipt, failed *SendError) (result, error) {
	a := Attempt{Receipt: receipt, Time: c.Now()}
	if failed != nil {
		a.Stage, a.Code, a.Enhanced, a.Reply = failed.Stage, failed.Code, failed.Enhanced, failed.Reason()
	}
	var retry time.Time
	a.State, retry = c.outcome(d, failed, a.Time)
	if !receipt.Time.IsZero() {
		a.Time = receipt.Time
	}
	err := c.ledger.Mark(context.WithoutCancel(ctx), c.notice, d, a, retry)
	if errors.Is(err, ErrTaken) {
		return result{of: d, state: d.State, attempted: true, taken: true}, nil
	}
	if err != nil {
		err = fmt.Errorf("stopped, because the ledger cannot be written: %w", err)
		c.stop(err)
		return result{of: d, state: d.State}, err
	}
	done := result{of: d, state: a.State, attempted: true}
	err = c.judge(failed)
	if err == nil {
		err = c.watch(&a, failed)
	}
	if err != nil {
		c.stop(err)
	}
	return done, err
}

// pace waits until the rate allows another message.
func (r *run) pace(ctx context.Context) error {
	interval := r.Rate.Interval()
	if interval == 0 {
		return nil
	}
	wait, err := r.slot(ctx, interval)
	if err != nil {
		if ctx.Err() == nil { // else the run ends already, for another reason
			r.stop(err)
		}
		return err
	}
	if wait == 0 {
		return nil
	}
	return r.Sleep(ctx, wait)
}

// reserved is how much of a shared rate is taken at a time: little is lost when a
// process ends, and the ledger is asked seldom.
const reserved = time.Second

// slot returns how long until the next message may go out, and takes its slot.
func (r *run) slot(ctx context.Context, interval time.Duration) (time.Duration, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	keeper, ok := r.ledger.(RateKeeper)
	if !ok || r.alone {
		return r.pacer.take(r.Now(), interval, r.Connections), nil
	}
	if r.slots == 0 {
		count := max(1, int(reserved/interval))
		wait, shared, err := keeper.Reserve(ctx, interval, count)
		if err != nil {
			return 0, fmt.Errorf("keep the rate: %w", err)
		}
		if r.alone = !shared; r.alone {
			return r.pacer.take(r.Now(), interval, r.Connections), nil
		}
		r.slots, r.pacer.slot = count, r.Now().Add(wait)
	}
	r.slots--
	wait := max(0, r.pacer.slot.Sub(r.Now()))
	r.pacer.slot = r.pacer.slot.Add(interval)
	return wait, nil
}

// sendError returns err as what a Sender promises to return.
func sendError(err error) *SendError {
	var failed *SendError
	if err == nil || errors.As(err, &failed) {
		return failed
	}
	return &SendError{Kind: Temporary, Stage: StageConnect, Err: err}
}
