package repair

import (
	"os"
	"testing"
	"time"

	"github.com/codicil/codicil/policy"
)

// BenchmarkLint reports how long Lint takes as a share of policy.Parse.
func BenchmarkLint(b *testing.B) {
	src, err := os.ReadFile("../../content/privacy.md")
	if err != nil {
		b.Fatal(err)
	}
	var parsing, linting time.Duration
	for b.Loop() {
		start := time.Now()
		d, err := policy.Parse("privacy.md", src)
		if err != nil {
			b.Fatal(err)
		}
		parsed := time.Now()
		Lint(d, src)
		parsing += parsed.Sub(start)
		linting += time.Since(parsed)
	}
	b.ReportMetric(float64(linting)/float64(parsing), "lint/parse")
}
