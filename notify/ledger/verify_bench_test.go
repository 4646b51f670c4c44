package ledger

import (
	"fmt"
	"os"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/codicil/codicil/notify"
)

// BenchmarkVerify checks a ledger in which everybody was told: 20,000 people, or as
// many as CODICIL_BENCH_PEOPLE says.
func BenchmarkVerify(b *testing.B) {
	people := 20_000
	if n, err := strconv.Atoi(os.Getenv("CODICIL_BENCH_PEOPLE")); err == nil {
		people = n
	}
	l := toldLedger(b, people)
	for b.Loop() {
		c, err := l.Verify(ctx)
		if err != nil || c.Attempts != int64(people) {
			b.Fatalf("%+v, %v", c, err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(people), "ns/record")
}

// toldLedger makes a ledger of a notice that everybody has accepted.
func toldLedger(b *testing.B, people int) *Ledger {
	b.Helper()
	l, err := Open(b.TempDir()+"/ledger.db", Options{Send: true})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = l.Close() })
	n := privacy()
	_, err = l.Start(ctx, n, func(yield func(notify.Recipient, error) bool) {
		for i := range people {
			if !yield(notify.Recipient{Email: fmt.Sprintf("person%07d@example.com", i), Lang: "en", Line: i + 2}, nil) {
				return
			}
		}
	})
	if err != nil {
		b.Fatal(err)
	}
	for {
		due, _, err := l.Due(ctx, n.ID, start, 500)
		if err != nil {
			b.Fatal(err)
		}
		if len(due) == 0 {
			return l
		}
		var all sync.WaitGroup
		for _, d := range due {
			all.Go(func() {
				a := accepted(start)
				a.MessageID, a.SHA256, a.Reply = "0123456789abcdef0123456789abcdef01234567@example.com", l.id+l.id, "250 2.0.0 Ok: queued as 4F1D2"
				if err := l.Mark(ctx, n.ID, d, a, time.Time{}); err != nil {
					b.Error(err)
				}
			})
		}
		all.Wait()
	}
}
