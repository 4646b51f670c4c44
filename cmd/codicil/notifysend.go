package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/notify/mailing"
	"github.com/codicil/codicil/notify/proof"
	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/render/terminal"
)

// sendTest sends the message in each language, without any record.
func (a *app) sendTest(ctx context.Context, m *mailing.Mailing, to string) error {
	address, err := to, error(nil)
	if m.Channel == "" {
		address, err = notify.Normalise(to)
	}
	if err != nil {
		return usagef("--to: %w", err)
	}
	n, err := m.SendTest(ctx, address)
	if err == nil {
		a.say("sent %s", policy.Plural(n, "test message", "test messages, one in each language"))
	}
	return err
}

// send tells everybody who has not been told yet, and shows how far it has come.
func (a *app) send(ctx context.Context, m *mailing.Mailing, f notifyFlags) (*notify.Report, error) {
	bar := a.progress()
	run := mailing.Run{Confirm: func() error { return a.confirm(m, f.yes) }, Progress: a.tell(bar), Waiting: a.sayWaiting, Mode: mailing.ToSend}
	if f.claim {
		run.Mode = mailing.ToClaim
	}
	if f.metrics != "" {
		numbers, end, err := a.serveMetrics(f.metrics, m.Notice.ID())
		if err != nil {
			return nil, err
		}
		defer end()
		run.Metrics = numbers
	}
	report, err := m.Send(ctx, run)
	bar.Done()
	if errors.Is(err, mailing.ErrInTime) {
		err = asUsage(err)
	}
	return report, err
}

// sayWaiting says until when a run that goes on alone waits, and why.
func (a *app) sayWaiting(until time.Time, why error) {
	if why != nil {
		a.say("waiting until %s: %v", proof.Moment(until), why)
		return
	}
	a.say("waiting until %s for the next try", proof.Moment(until))
}

// serveMetrics answers at an address until the function that it returns is
// called.
func (a *app) serveMetrics(address, notice string) (*mailing.Metrics, func(), error) {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, nil, hinted(fmt.Errorf("--metrics: %w", err), "write HOST:PORT, such as 127.0.0.1:9100")
	}
	m := &mailing.Metrics{Notice: notice}
	server := &http.Server{Handler: m, ReadHeaderTimeout: 10 * time.Second}
	go server.Serve(listener)
	a.say("metrics at http://%s/metrics", listener.Addr())
	return m, func() { _ = server.Close() }, nil
}

// report says who was told and who was not.
func (a *app) report(m *mailing.Mailing, r *notify.Report, stopped error) error {
	if r == nil {
		if a.json {
			return errors.Join(stopped, printJSON(a.stdout, m.Document()))
		}
		return stopped
	}
	if a.json {
		plan := m.Document()
		plan.Sent = mailing.NewSent(r)
		if err := printJSON(a.stdout, plan); err != nil {
			return err
		}
	} else {
		mailing.DescribeReport(a.stdout, r)
	}
	switch {
	case stopped != nil:
		return stopped
	case len(r.Failures) > 0:
		return &exitError{code: exitSomeFailed}
	}
	return nil
}

// tell shows how far the sending has come: a bar on a terminal, elsewhere a
// line a minute.
func (a *app) tell(bar *terminal.Progress) func(notify.Counts) {
	last := a.now()
	return func(c notify.Counts) {
		done := c.Total() - c.Due - c.InDoubt
		bar.Step("messages", done, c.Total())
		if now := a.now(); bar.Width == 0 && now.Sub(last) >= time.Minute {
			last = now
			a.say("messages: %d of %d", done, c.Total())
		}
	}
}

// confirm asks before anything leaves; without a terminal, --yes must say so.
func (a *app) confirm(m *mailing.Mailing, yes bool) error {
	if yes {
		return nil
	}
	if _, ok := terminal.Size(a.stdin); !ok {
		return usagef("--send needs --yes where nobody can be asked")
	}
	fmt.Fprintf(a.stderr, "Send %s to %s? [y/N] ", m.Notice.ID(), policy.Plural(m.Plan.To, "recipient", "recipients"))
	answer, _ := bufio.NewReader(a.stdin).ReadString('\n')
	if !oneOf(strings.ToLower(strings.TrimSpace(answer)), "y", "yes") {
		return errors.New("nothing was sent")
	}
	return nil
}
