package docx

import (
	"io"
	"testing"
	"time"

	"github.com/codicil/codicil/policy/redline"
)

// BenchmarkWrite writes every pair of the corpus. The ratio is the time that
// writing takes for each unit of time that comparing takes.
func BenchmarkWrite(b *testing.B) {
	var redlines []*redline.Redline
	comparing := time.Duration(0)
	for _, p := range corpus(b) {
		before, after := p.parse(b, p.before), p.parse(b, p.after)
		start := time.Now()
		redlines = append(redlines, redline.Compare(before, after))
		comparing += time.Since(start)
	}
	for b.Loop() {
		for _, r := range redlines {
			if err := Write(io.Discard, r, Options{}); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(comparing), "writing/comparing")
}
