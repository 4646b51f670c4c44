package mailing

import (
	"bytes"
	"context"
	"net/http"
	"sync/atomic"

	"github.com/codicil/codicil/notify/ledger"
	"github.com/codicil/codicil/notify/proof"
)

// Metrics are the numbers of a notice, for Prometheus. They are read from the
// ledger when they are asked for, as those of a proof are.
type Metrics struct {
	Notice string
	ledger atomic.Pointer[ledger.Ledger]
}

// Watch has the numbers be those of a ledger, while it is open.
func (m *Metrics) Watch(l *ledger.Ledger) { m.ledger.Store(l) }

// ServeHTTP writes the numbers; none before there is a ledger with the notice in it.
func (m *Metrics) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	text, err := m.text(r.Context())
	if err != nil {
		http.Error(w, "the ledger does not answer", http.StatusServiceUnavailable)
		return
	}
	w.Header().Set("Content-Type", "text/plain; version=0.0.4")
	_, _ = w.Write(text) // nobody is left to tell
}

func (m *Metrics) text(ctx context.Context) ([]byte, error) {
	l := m.ledger.Load()
	if l == nil {
		return nil, nil
	}
	p, err := l.Proof(ctx, m.Notice, false)
	if err != nil || p == nil {
		return nil, err
	}
	extent, err := proof.NewExtent(ctx, l, m.Notice)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	proof.WriteMetrics(&b, proof.NewSummary(p, extent))
	return b.Bytes(), nil
}
