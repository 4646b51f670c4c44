package ledger

import (
	"testing"
	"time"

	"github.com/codicil/codicil/notify"
)

// BenchmarkMark measures a mark with ten connections sharing commits.
func BenchmarkMark(b *testing.B) {
	l := started(b, b.N)
	var queue []notify.Delivery
	for len(queue) < b.N {
		queue, _, _ = l.Due(ctx, "privacy@2.0", start, b.N)
	}
	work := make(chan notify.Delivery, b.N)
	for _, d := range queue {
		work <- d
	}
	close(work)
	b.SetParallelism(5) // times two processors
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if err := l.Mark(ctx, "privacy@2.0", <-work, accepted(start), time.Time{}); err != nil {
				b.Error(err)
			}
		}
	})
}

// BenchmarkStart measures freezing a list of recipients.
func BenchmarkStart(b *testing.B) {
	l := opened(b, file(b), Options{})
	list := people(b.N)
	b.ResetTimer()
	if _, err := l.Start(ctx, privacy(), each(list)); err != nil {
		b.Fatal(err)
	}
}
