package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/notify/ledger"
	"github.com/codicil/codicil/policy/config"
)

// allFailures asks for every failure there is.
const allFailures = 1 << 40

// writeFailed writes whom a notice did not reach to a file that its owner alone
// can read, so that they can be told by post. It must run before addresses are
// forgotten.
func writeFailed(ctx context.Context, l *ledger.Ledger, id, name string) error {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return fmt.Errorf("write the failures: %w", err)
	}
	list, err := l.Failed(ctx, id, allFailures)
	w := csv.NewWriter(f)
	_ = w.Write([]string{"line", "email", "lang", "name", "state", "reason"}) // reported by Error
	for _, one := range list {
		r := one.Recipient
		_ = w.Write([]string{strconv.Itoa(r.Line), r.Email, r.Lang, r.Name, string(one.State), orElse(one.Reason, "not tried yet")})
	}
	w.Flush()
	if err := errors.Join(err, w.Error(), f.Chmod(0o600), f.Close()); err != nil {
		return fmt.Errorf("write the failures: %w", err)
	}
	return nil
}

// metrics are the numbers of a run, for Prometheus (text format 0.0.4).
type metrics struct {
	notice string
	counts atomic.Pointer[notify.Counts]
}

// serveMetrics answers at an address until the function that it returns is
// called.
func (a *app) serveMetrics(address, notice string) (*metrics, func(), error) {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, nil, hinted(fmt.Errorf("--metrics: %w", err), "write HOST:PORT, such as 127.0.0.1:9100")
	}
	m := &metrics{notice: notice}
	server := &http.Server{Handler: m, ReadHeaderTimeout: 10 * time.Second}
	go server.Serve(listener)
	a.say("metrics at http://%s/metrics", listener.Addr())
	return m, func() { _ = server.Close() }, nil
}

// ServeHTTP writes how many deliveries stand in each state.
func (m *metrics) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; version=0.0.4")
	fmt.Fprint(w, "# HELP codicil_deliveries How many deliveries of the notice stand in each state.\n# TYPE codicil_deliveries gauge\n")
	c := m.counts.Load()
	if c == nil {
		return
	}
	for _, s := range []notify.State{notify.Due, notify.InDoubt, notify.Accepted, notify.Refused, notify.Suppressed} {
		fmt.Fprintf(w, "codicil_deliveries{notice=%q,state=%q} %d\n", m.notice, s, *c.Of(s))
	}
}

// canaryOf reads how many are told first, and how long the others then wait.
func canaryOf(c config.Canary) (notify.Canary, error) {
	if c.First == 0 && c.Pause == "" {
		return notify.Canary{}, nil
	}
	pause, err := time.ParseDuration(c.Pause)
	if err != nil || pause <= 0 || c.First <= 0 {
		return notify.Canary{}, hinted(errors.New("email.canary: first and pause are both needed"), "write how many are told first, and how long the others wait: {first: 200, pause: 1h}")
	}
	return notify.Canary{Count: c.First, Pause: pause}, nil
}
