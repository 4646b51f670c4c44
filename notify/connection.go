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
	used    bool // the session has carried a message
}

// serve delivers what it is handed until the work ends, or no session can be
// had any more.
func (c *connection) serve(ctx context.Context) {
	defer c.close()
	for d := range c.work {
		res, err := c.deliver(ctx, d)
		c.done <- res
		if err != nil {
			return
		}
	}
}

// deliver makes one attempt and marks it. Its error ends the connection.
func (c *connection) deliver(ctx context.Context, d Delivery) (result, error) {
	kept := result{id: d.ID, state: d.State}
	for {
		if err := c.ready(ctx); err != nil {
			return kept, err
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

// connect opens a session if there is none. It tries again until the patience
// is used up.
func (c *connection) connect(ctx context.Context) error {
	var waited time.Duration
	for wait := firstWait; c.session == nil; wait = min(2*wait, lastWait) {
		session, err := c.sender.Connect(ctx)
		if err == nil {
			c.session, c.used = session, false
			return nil
		}
		if err := c.judge(sendError(err)); err != nil {
			c.stop(err)
			return err
		}
		if waited >= c.Patience {
			c.mu.Lock()
			defer c.mu.Unlock()
			c.lost = err
			return err
		}
		if err := c.Sleep(ctx, wait); err != nil {
			return err
		}
		waited += wait
	}
	return nil
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
	if err := c.ledger.Mark(context.WithoutCancel(ctx), c.notice, d, a, retry); err != nil {
		err = fmt.Errorf("stopped, because the ledger cannot be written: %w", err)
		c.stop(err)
		return result{id: d.ID, state: d.State}, err
	}
	if err := c.judge(failed); err != nil {
		c.stop(err)
		return result{d.ID, a.State, true}, err
	}
	return result{d.ID, a.State, true}, nil
}

// pace waits until the rate allows another message.
func (r *run) pace(ctx context.Context) error {
	if r.Rate <= 0 {
		return nil
	}
	r.mu.Lock()
	now := r.Now()
	if r.slot.Before(now) {
		r.slot = now
	}
	wait := r.slot.Sub(now)
	r.slot = r.slot.Add(time.Minute / time.Duration(r.Rate))
	r.mu.Unlock()
	if wait == 0 {
		return nil
	}
	return r.Sleep(ctx, wait)
}

// sendError returns err as what a Sender promises to return.
func sendError(err error) *SendError {
	var failed *SendError
	if err == nil || errors.As(err, &failed) {
		return failed
	}
	return &SendError{Class: Temporary, Stage: StageConnect, Err: err}
}
