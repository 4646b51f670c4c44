package notify

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"
)

// Options say how a notice is sent. The zero value of a field stands for its
// default.
type Options struct {
	Connections int           // at most so many at once; default 10
	Rate        Rate          // over all connections; default no limit
	PerDomain   Limit         // for each receiving domain; default no limit
	MaxWait     time.Duration // how long Run waits for a server or a postponed delivery before it leaves the rest for the next run; default 10 minutes
	Canary      Canary        // who is told first
	Quiet       Quiet         // hours in which nobody is told
	WarmUp      WarmUp        // how many are tried on the first days
	Breaker     Breaker       // on refusals of unknown addresses
	Backoff     time.Duration // before the second attempt for a recipient, doubling up to 4 hours; default 1 minute
	MaxAge      time.Duration // after which a recipient is not tried again; default 5 days (RFC 5321, section 4.5.4.1)

	Now      func() time.Time                                 // default time.Now
	Sleep    func(ctx context.Context, d time.Duration) error // returns early, with ctx's error, when ctx ends
	Waiting  func(until time.Time, why error)                 // called by RunUntilDone before it waits; nil for none
	Progress func(c Counts)                                   // called now and then from one goroutine; nil for none
}

// DefaultConnections is how many connections are open at once unless an option
// says otherwise.
const DefaultConnections = 10

func (o Options) withDefaults() Options {
	if o.Connections <= 0 {
		o.Connections = DefaultConnections
	}
	if o.MaxWait <= 0 {
		o.MaxWait = 10 * time.Minute
	}
	if o.Breaker.Percent == 0 {
		o.Breaker.Percent = DefaultBreaker
	}
	if o.Backoff <= 0 {
		o.Backoff = time.Minute
	}
	if o.MaxAge <= 0 {
		o.MaxAge = 5 * 24 * time.Hour
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Sleep == nil {
		o.Sleep = sleep
	}
	return o
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Run delivers the notice of the given id to everybody the ledger holds as
// due. Its error says why it stopped before the end; the report is complete
// all the same. When ctx ends, messages on their way are finished and nothing
// new is begun.
func Run(ctx context.Context, notice string, s Sender, l Ledger, o Options) (*Report, error) {
	r := &run{
		Options: o.withDefaults(), notice: notice, sender: s, ledger: l,
		busy: map[int64]State{}, work: make(chan Delivery), done: make(chan result),
	}
	r.unknowns.percent = r.Breaker.Percent
	r.domains = domains{limit: o.PerDomain, load: map[string]load{}}
	stopped := r.send(ctx)
	after := context.WithoutCancel(ctx)
	report := &Report{Notice: notice, Attempts: r.sent}
	err := errors.Join(stopped, l.Release(after, notice, r.queue), report.fill(after, l, r.Now()))
	if !report.Next.IsZero() && report.Next.Before(r.closed) {
		report.Next = r.closed
	}
	return report, err
}

// run is the state that the connections of one run share.
type run struct {
	Options
	notice string
	sender Sender
	ledger Ledger
	stop   context.CancelCauseFunc

	// Owned by the goroutine that hands out the work.
	queue   []Delivery
	busy    map[int64]State // on their way, and their state before
	domains domains
	counts  Counts
	changed bool // somebody else has changed the counts
	rested  bool // the first few were told, and the others have waited
	whole   bool // all that is due is in the queue
	sent    int
	timing  timing
	closed  time.Time // until when nothing goes out, and this run has not waited for it

	work chan Delivery
	done chan result

	mu       sync.Mutex
	pacer    pacer
	slots    int    // left of those reserved from a shared rate
	alone    bool   // no other process sends
	refusal  string // the kind of the last refusals in a row
	row      int    // how many they are
	unknowns unknowns
	lost     error // why a connection could not be opened again
}

// result is what became of a delivery that was handed to a connection.
type result struct {
	of        Delivery
	state     State
	attempted bool
	taken     bool // another process holds it now
	gone      bool // nothing is to be sent to this person any more
}

// send hands out work until nothing is due or something stops it.
func (r *run) send(parent context.Context) error {
	ctx, stop := context.WithCancelCause(parent)
	defer stop(nil)
	r.stop = stop
	var err error
	if r.counts, err = r.ledger.Counts(ctx, r.notice); err != nil {
		return err
	}
	if err := r.learn(ctx); err != nil {
		return err
	}
	r.rested = r.counts.Accepted+r.counts.Refused+r.counts.InDoubt >= r.Canary.Count
	if ok, err := r.refill(ctx); !ok {
		return err
	}
	// A fault in the settings shows itself at the first connection, before
	// anybody is told.
	first, err := r.sender.Connect(ctx)
	if err != nil {
		return fmt.Errorf("nothing was sent: %w", err)
	}
	trying, ended := context.WithCancel(ctx)
	defer ended()
	gone := r.open(trying, first)
	err = r.dispatch(ctx, gone)
	ended()
	close(r.work)
	for {
		select {
		case res := <-r.done:
			r.note(res)
		case <-gone:
			return r.why(ctx, err)
		}
	}
}

// open starts the connections and returns a channel that closes when all have
// ended.
func (r *run) open(ctx context.Context, first Session) <-chan struct{} {
	var all sync.WaitGroup
	for range min(r.Connections, len(r.queue)) {
		c := &connection{run: r, session: first}
		first = nil
		all.Go(func() { c.serve(ctx) })
	}
	gone := make(chan struct{})
	go func() {
		all.Wait()
		close(gone)
	}()
	return gone
}

// why returns the reason for which the run ended early, or nil.
func (r *run) why(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); cause != nil {
		return cause
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if err == nil && r.counts.Due+r.counts.InDoubt > 0 && r.lost != nil {
		return fmt.Errorf("the connection was lost and could not be opened again: %w", r.lost)
	}
	return err
}

// dispatch hands out what is due until nothing is, or all connections are gone.
func (r *run) dispatch(ctx context.Context, gone <-chan struct{}) error {
	for {
		if ok, err := r.refill(ctx); !ok {
			return err
		}
		if ok, err := r.opened(ctx); !ok {
			return err
		}
		at, work, err := r.next(ctx)
		if err != nil {
			return err
		}
		if work == nil && len(r.busy) == 0 {
			continue // it is night for all that were in the queue
		}
		var head Delivery
		if work != nil {
			head = r.queue[at]
		}
		select {
		case work <- head:
			r.queue = take(r.queue, at)
			r.busy[head.ID] = head.State
			r.domains.begin(head.Recipient.Email, r.Now())
		case res := <-r.done:
			r.note(res)
		case <-gone:
			return nil
		case <-ctx.Done():
			return nil
		}
	}
}

// next returns the place in the queue of what goes out next, and the channel
// to hand it over by; no channel when something must come back first.
func (r *run) next(ctx context.Context) (int, chan<- Delivery, error) {
	if r.resting() {
		if len(r.busy) > 0 {
			return 0, nil, nil
		}
		if err := r.rest(ctx); err != nil {
			return 0, nil, err
		}
	}
	for len(r.queue) > 0 && !r.timing.held {
		at, wait := r.domains.pick(r.queue, r.Now())
		if at >= 0 && r.asleep(&r.queue[at]).IsZero() {
			return at, r.work, nil
		}
		grown, err := r.grow(ctx, at >= 0)
		if err != nil {
			return 0, nil, err
		}
		if grown {
			continue
		}
		if at >= 0 || len(r.busy) > 0 {
			break
		}
		if err := r.Sleep(ctx, wait); err != nil {
			return 0, nil, err
		}
	}
	return 0, nil, nil
}

// grow has the queue hold what may go out: without those for whom night has
// fallen, else with more than waits for the limits of domains. It reports false
// when that changes nothing.
func (r *run) grow(ctx context.Context, night bool) (bool, error) {
	if !night {
		return r.deepen(ctx)
	}
	if !r.dawn().IsZero() {
		return false, nil // all have to wait since a moment ago
	}
	return true, r.putOff(ctx)
}

// maxQueue bounds how far ahead work is looked for that no limit holds up.
const maxQueue = 20_000

// deepen fetches more where all that is in the queue waits for the limit of its
// domain: others need not wait with it. It reports false when there is no more.
func (r *run) deepen(ctx context.Context) (bool, error) {
	if r.whole || len(r.queue) >= maxQueue {
		return false, nil
	}
	due, _, err := r.ledger.Due(ctx, r.notice, r.Now(), len(r.queue)+len(r.busy)+batch)
	if err != nil {
		return false, err
	}
	known := make(map[int64]bool, len(r.queue))
	for _, d := range r.queue {
		known[d.ID] = true
	}
	before := len(r.queue)
	for _, d := range due {
		if _, busy := r.busy[d.ID]; !busy && !known[d.ID] {
			r.queue = append(r.queue, d)
		}
	}
	r.whole = len(r.queue) == before
	return !r.whole, nil
}

// batch is how many deliveries are fetched at once.
const batch = 500

// refill fetches what is due when the queue is empty. When nothing is on its
// way either, it waits for the next delivery. It reports false when there is
// nothing left to wait for.
func (r *run) refill(ctx context.Context) (bool, error) {
	for len(r.queue) == 0 {
		if err := r.recount(ctx); err != nil {
			return false, err
		}
		now := r.Now()
		found, next, err := r.fetch(ctx, now)
		if err != nil {
			return false, err
		}
		if len(r.queue) > 0 || len(r.busy) > 0 {
			return true, nil
		}
		if found {
			continue // all of them were put off
		}
		if next.IsZero() || next.Sub(now) > r.MaxWait {
			return false, nil
		}
		// A clock that was set back must not make this a busy loop.
		if err := r.Sleep(ctx, max(next.Sub(now), time.Second)); err != nil {
			return false, err
		}
	}
	return true, nil
}

// fetch fills the queue with what is due and not put off. It reports whether
// anything was due, else when the next will be.
func (r *run) fetch(ctx context.Context, now time.Time) (found bool, next time.Time, err error) {
	r.domains.forget(now)
	r.whole = false
	due, next, err := r.ledger.Due(ctx, r.notice, now, batch+len(r.busy))
	if err != nil || len(due) == 0 {
		return false, next, err
	}
	for _, d := range due {
		if _, busy := r.busy[d.ID]; !busy {
			r.queue = append(r.queue, d)
		}
	}
	return true, next, r.putOff(ctx)
}

// recount reads the counts again where somebody else has changed them.
func (r *run) recount(ctx context.Context) (err error) {
	if !r.changed {
		return nil
	}
	r.changed = false
	r.counts, err = r.ledger.Counts(ctx, r.notice)
	return err
}

// note takes down what a connection has done.
func (r *run) note(res result) {
	before := r.busy[res.of.ID]
	delete(r.busy, res.of.ID)
	r.domains.end(res.of.Recipient.Email)
	switch {
	case res.taken:
		// What was claimed together was lost together: it is asked for anew.
		r.queue, r.changed = nil, true
		r.sent++
		return
	case res.gone:
		r.changed = true
		return
	case !res.attempted:
		r.queue = slices.Insert(r.queue, 0, res.of)
		return
	}
	r.sent++
	r.timing.tried++
	*r.counts.Of(before)--
	*r.counts.Of(res.state)++
	if r.Progress != nil {
		r.Progress(r.counts)
	}
}
