package mailing

import (
	"fmt"
	"net/http"
	"sync/atomic"

	"github.com/codicil/codicil/notify"
)

// Metrics are the numbers of a run, for Prometheus (text format 0.0.4).
type Metrics struct {
	Notice string
	counts atomic.Pointer[notify.Counts]
}

// Set notes how far the run has come.
func (m *Metrics) Set(c notify.Counts) { m.counts.Store(&c) }

// ServeHTTP writes how many deliveries are in each state.
func (m *Metrics) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; version=0.0.4")
	fmt.Fprint(w, "# HELP codicil_deliveries How many deliveries of the notice stand in each state.\n# TYPE codicil_deliveries gauge\n")
	c := m.counts.Load()
	if c == nil {
		return
	}
	for _, s := range []notify.State{notify.Due, notify.InDoubt, notify.Accepted, notify.Refused, notify.Suppressed} {
		fmt.Fprintf(w, "codicil_deliveries{notice=%q,state=%q} %d\n", m.Notice, s, *c.Of(s))
	}
}
