package subscribe

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/codicil/codicil/notify"
)

// BenchmarkSubscribe takes requests to subscribe over the loopback, each with
// its letter, from several clients at once, beside a handler that only reads
// the form: requests a second, the slowest of a hundred, and the ratio.
func BenchmarkSubscribe(b *testing.B) {
	s := newStage(b, func(o *Options) {
		o.PerNetwork, o.PerAddress = notify.Rate{Count: -1}, notify.Rate{Count: -1}
		o.Log = slog.New(slog.DiscardHandler)
	})
	bare := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.ParseForm() == nil {
			_, _ = io.WriteString(w, r.PostForm.Get("email"))
		}
	})
	for b.Loop() {
		ours, slow := rate(b, s, 4000)
		theirs, _ := rate(b, bare, 4000)
		b.ReportMetric(ours, "req/s")
		b.ReportMetric(theirs, "bare-req/s")
		b.ReportMetric(ours/theirs, "of-bare")
		b.ReportMetric(float64(slow.Microseconds())/1000, "p99-ms")
	}
}

// rate sends so many requests, and returns how many a second were answered and
// how long the slowest of a hundred took.
func rate(b *testing.B, h http.Handler, n int) (perSecond float64, p99 time.Duration) {
	b.Helper()
	server := httptest.NewServer(h)
	defer server.Close()
	const clients = 8
	server.Client().Transport.(*http.Transport).MaxIdleConnsPerHost = clients
	body := []byte(url.Values{"email": {"ada@example.org"}, "policy": {"privacy"}}.Encode())
	took := make([]time.Duration, n)
	var all sync.WaitGroup
	start := time.Now()
	for c := range clients {
		all.Go(func() {
			for i := c; i < n; i += clients {
				begun := time.Now()
				r, err := server.Client().Post(server.URL+"/subscribe", "application/x-www-form-urlencoded", bytes.NewReader(body))
				if err != nil {
					b.Error(err)
					return
				}
				_, _ = io.Copy(io.Discard, r.Body)
				_ = r.Body.Close()
				if r.StatusCode != http.StatusOK {
					b.Errorf("status %d", r.StatusCode)
					return
				}
				took[i] = time.Since(begun)
			}
		})
	}
	all.Wait()
	whole := time.Since(start)
	slices.Sort(took)
	return float64(n) / whole.Seconds(), took[n*99/100]
}
