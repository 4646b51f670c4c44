package mailing

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/notify/ledger"
	"github.com/codicil/codicil/notify/proof"
	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/config"
	"github.com/codicil/codicil/policy/notice"
)

// unrecorded is the key of messages that no ledger knows: their Message-IDs
// are never those of the real ones.
func unrecorded() notify.Key { return notify.Key("preview") }

// mailable refuses what cannot be mailed at all.
func (m *Mailing) mailable() error {
	switch {
	case m.Notice.Previous == "":
		return fmt.Errorf("%s is the first version: there is no change to tell of", m.Notice.ID())
	case !m.Notice.Through(m.way.channel):
		return policy.Hinted(fmt.Errorf("%s is not told by %s: its channels are %s", m.Notice.ID(), m.way.channel, notice.ChannelNames(m.Notice.Channels)),
			fmt.Sprintf("add %s to `notice:` in the front matter, or to notice.channels in codicil.yaml", m.way.channel))
	case m.Plan.Listed == 0:
		return policy.Hinted(errors.New("there is nobody to tell"), fmt.Sprintf("name a list of recipients with --recipients; `%s` must be a column of it", m.way.column()))
	}
	return nil
}

// Run says how the sending is watched.
type Run struct {
	Confirm  func() error                     // asks before anything leaves; an error sends nothing
	Progress func(notify.Counts)              // how far the sending has come
	Waiting  func(until time.Time, why error) // until when a run that goes on alone waits
	Mode     Mode                             // ToSend or ToClaim
	Metrics  *Metrics                         // read from the ledger while it is open; nil for none
}

// Send tells everybody who has not been told yet.
func (m *Mailing) Send(ctx context.Context, run Run) (*notify.Report, error) {
	if err := m.sendable(); err != nil {
		return nil, err
	}
	o, err := m.options()
	if err != nil {
		return nil, err
	}
	if err := run.Confirm(); err != nil {
		return nil, err
	}
	l, err := m.room.OpenLedger(ctx, m.Ledger, run.Mode)
	if err != nil {
		return nil, err
	}
	defer l.Close()
	if run.Metrics != nil {
		run.Metrics.Watch(l)
	}
	if m.register != nil {
		l.Heed(m.register)
	}
	if err := m.room.sayClock(ctx, l); err != nil {
		return nil, err
	}
	if err := m.tellSeeds(ctx, l); err != nil {
		return nil, err
	}
	texts, err := m.freeze(ctx, l)
	if err != nil {
		return nil, err
	}
	sender, err := m.sender(texts, l.Key())
	if err != nil {
		return nil, err
	}
	o.Progress, o.Waiting = run.Progress, run.Waiting
	send := notify.Run
	if m.UntilDone {
		send = notify.RunUntilDone
	}
	report, err := send(ctx, m.Notice.ID(), sender, l, o)
	return report, errors.Join(err, m.afterSend(context.WithoutCancel(ctx), l))
}

// afterSend tells of the end of the chain, writes down who was not reached, and
// forgets addresses: they are kept only as long as they are needed.
func (m *Mailing) afterSend(ctx context.Context, l *ledger.Ledger) error {
	err := m.room.sayHead(ctx, l)
	if m.Failed != "" {
		err = errors.Join(err, writeFailed(ctx, l, m.Notice.ID(), m.Failed))
	}
	return errors.Join(err, m.room.forget(ctx, l))
}

// sayHead prints the end of the chain: who keeps this line can tell later that
// no record of now was changed, removed or added.
func (r *Room) sayHead(ctx context.Context, l *ledger.Ledger) error {
	c, err := l.Note(ctx)
	if err == nil {
		r.Say("ledger: %s, last hash %s", policy.Plural(int(c.Records), "record", "records"), c.Head)
	}
	return err
}

// sayClock warns where the clock is before what was recorded by it.
func (r *Room) sayClock(ctx context.Context, l *ledger.Ledger) error {
	latest, err := l.Latest(ctx)
	if behind := latest.Sub(r.Now()); behind > time.Minute {
		r.Say("codicil: warning: the clock is %s before the last record, of %s: it was set back, and the records to come are dated by it",
			behind.Round(time.Second), proof.Moment(latest))
	}
	return err
}

// options says how the notice is sent.
func (m *Mailing) options() (notify.Options, error) {
	if m.Channel != "" {
		return m.channelOptions()
	}
	cfg := m.room.Config.Email
	o := notify.Options{Connections: cfg.Connections, Now: m.room.Now, Breaker: notify.Breaker{Percent: cfg.MaxRefused}, PerDomain: notify.Limit{Connections: cfg.PerDomain.Connections}}
	var err error
	if o.Rate, err = notify.ParseRate("email.rate", cfg.Rate); err != nil {
		return o, err
	}
	if o.Backoff, err = m.room.backoff(); err != nil {
		return o, err
	}
	if o.Canary, err = canary(cfg.Canary); err != nil {
		return o, err
	}
	if o.Quiet, err = m.room.quiet(); err != nil {
		return o, err
	}
	o.WarmUp = cfg.WarmUp
	o.PerDomain.Rate, err = notify.ParseRate("email.per_domain.rate", cfg.PerDomain.Rate)
	return o, err
}

// backoff is how long somebody waits for the second attempt; 0 for the default.
func (r *Room) backoff() (time.Duration, error) {
	text := r.Config.Email.Retry
	if text == "" {
		return 0, nil
	}
	wait, err := time.ParseDuration(text)
	if err != nil || wait <= 0 {
		return 0, policy.Hinted(fmt.Errorf("email.retry: %q is not a time", text), "write it as 1m or 30s")
	}
	return wait, nil
}

// sendable refuses to begin what the gate would not let out. What was begun is
// finished: half of the people told would be worse than all of them late.
func (m *Mailing) sendable() error {
	if c := m.Version.Cancelled(); c != nil && m.Notice.Correction == nil {
		hint := "take `status: cancelled` out of its front matter if it is to apply after all"
		if m.Begun != nil && m.Begun.Accepted > 0 {
			hint = fmt.Sprintf("tell those who were told with `codicil notify %s@%s --correct REASON --send`", m.Notice.PolicyID, m.Notice.Label)
		}
		return policy.Hinted(fmt.Errorf("%s was cancelled on %s: nobody is to be told that it will apply", m.Notice.ID(), policy.DateOf(c.Published)), hint)
	}
	if words := m.contradicted(); words != "" {
		return m.errContradicted(words)
	}
	if m.Begun != nil {
		if !m.Plan.InTime() && m.Begun.Due > 0 {
			m.room.Say("codicil: warning: the last day of notice was %s; those who are told now are told late", m.Plan.Deadline)
		}
		return nil
	}
	if err := m.mailable(); err != nil {
		return err
	}
	for _, d := range slices.Concat(m.Found, m.Plan.Bad) {
		if d.Level == policy.Error && !m.excused(d.Rule) {
			return d
		}
	}
	if m.calledOff() {
		return nil
	}
	if !m.Plan.InTime() && m.Notice.Late == "" {
		return policy.Hinted(fmt.Errorf("sending would end on %s, after the last day of notice, %s", m.Plan.End.Format("2006-01-02"), m.Plan.Deadline),
			fmt.Sprintf("set `effective_date: %s` or later, or send it late, and say so, with --late REASON", m.Plan.Holds))
	}
	if m.Plan.InTime() && m.Notice.Late != "" {
		return fmt.Errorf("%w: sending ends on %s, and the last day of notice is %s", ErrInTime, m.Plan.End.Format(time.DateOnly), m.Plan.Deadline)
	}
	return nil
}

// ErrInTime says that a notice was called late and is not.
var ErrInTime = errors.New("--late: it is in time")

// quiet reads in which hours nobody is told.
func (r *Room) quiet() (q notify.Quiet, err error) {
	if q.From, q.To, err = r.Config.Email.Quiet.Minutes(); err != nil {
		return q, err
	}
	q.Zone, err = time.LoadLocation(r.Config.Timezone)
	return q, err
}

// canary reads how many are told first, and how long the others then wait.
func canary(c config.Canary) (notify.Canary, error) {
	if c.First == 0 && c.Pause == "" {
		return notify.Canary{}, nil
	}
	pause, err := time.ParseDuration(c.Pause)
	if err != nil || pause <= 0 || c.First <= 0 {
		return notify.Canary{}, policy.Hinted(errors.New("email.canary: first and pause are both needed"), "write how many are told first, and how long the others wait: {first: 200, pause: 1h}")
	}
	return notify.Canary{Count: c.First, Pause: pause}, nil
}
