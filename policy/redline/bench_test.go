package redline_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/clipperhouse/uax29/v2/words"
	"github.com/sergi/go-diff/diffmatchpatch"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
)

// corpus reads the pairs of real versions that lie beside the module, if they do.
func corpus(t testing.TB) [][2]*policy.Document {
	t.Helper()
	dirs, _ := filepath.Glob("../../../shared/corpora/redline-dev/*")
	if len(dirs) == 0 {
		t.Skip("no corpus of real versions beside the module")
	}
	var out [][2]*policy.Document
	for _, d := range dirs {
		var p [2]*policy.Document
		for i, name := range []string{"before.md", "after.md"} {
			src, err := os.ReadFile(filepath.Join(d, name))
			if err != nil {
				t.Fatal(err)
			}
			p[i], _ = policy.Parse(name, src) // a fault in foreign front matter is none of ours
		}
		out = append(out, p)
	}
	return out
}

func TestRealVersionsComeBack(t *testing.T) {
	for _, p := range corpus(t) {
		checkLaws(t, redline.Compare(p[0], p[1]))
	}
}

// BenchmarkCompare compares all pairs. It reports the 99th percentile of the
// time that one pair takes, each at its best of the runs so far, for the others
// tell of the machine's load.
func BenchmarkCompare(b *testing.B) {
	pairs := corpus(b)
	best := make([]time.Duration, len(pairs))
	for b.Loop() {
		for i, p := range pairs {
			took := timed(func() { redline.Compare(p[0], p[1]) })
			if best[i] == 0 || took < best[i] {
				best[i] = took
			}
		}
	}
	slices.Sort(best)
	b.ReportMetric(float64(best[(len(best)*99+99)/100-1].Microseconds())/1000, "p99-ms")
}

// BenchmarkAgainstPlainWords reports the time of Compare on the pairs of 5,000
// words and more as a share of what go-diff takes for all the words of them,
// the two taking turns.
func BenchmarkAgainstPlainWords(b *testing.B) {
	var ours, plain time.Duration
	pairs := corpus(b)
	for b.Loop() {
		for _, p := range pairs {
			if size(p[0]) < 5000 || size(p[1]) < 5000 {
				continue
			}
			ours += timed(func() { redline.Compare(p[0], p[1]) })
			plain += timed(func() { plainWords(p[0], p[1]) })
		}
	}
	b.ReportMetric(float64(ours)/float64(plain), "of-go-diff")
}

// BenchmarkGrowth reports how much longer a text of four times the words takes,
// near 4 where the work grows with the text.
func BenchmarkGrowth(b *testing.B) {
	pairs := corpus(b)
	smaller, larger := strung(pairs, 8000), strung(pairs, 32000)
	var short, long time.Duration
	for b.Loop() {
		short += timed(func() { redline.Compare(smaller[0], smaller[1]) })
		long += timed(func() { redline.Compare(larger[0], larger[1]) })
	}
	b.ReportMetric(float64(long)/float64(short)*float64(size(smaller[1]))/float64(size(larger[1]))*4, "for-4x")
}

func timed(do func()) time.Duration {
	start := time.Now()
	do()
	return time.Since(start)
}

// size is about the number of words of a document.
func size(d *policy.Document) int {
	n := 0
	for i := range d.Blocks {
		n += len(strings.Fields(d.Blocks[i].Text()))
	}
	return n
}

// strung puts pairs one after the other until the new text has so many words.
func strung(pairs [][2]*policy.Document, words int) [2]*policy.Document {
	out := [2]*policy.Document{{}, {}}
	for _, p := range pairs {
		for side, d := range p {
			out[side].Blocks = append(out[side].Blocks, d.Blocks...)
		}
		if size(out[1]) >= words {
			break
		}
	}
	return out
}

func plainWords(old, new *policy.Document) int {
	ids := make(map[string]rune)
	spell := func(d *policy.Document) []rune {
		var out []rune
		for i := range d.Blocks {
			for it := words.FromString(d.Blocks[i].Text()); it.Next(); {
				w := it.Value()
				if r := []rune(w); unicode.IsSpace(r[0]) {
					continue
				}
				if ids[w] == 0 {
					ids[w] = rune(len(ids) + 1)
				}
				out = append(out, ids[w])
			}
		}
		return out
	}
	dmp := diffmatchpatch.New()
	dmp.DiffTimeout = 0
	return len(dmp.DiffMainRunes(spell(old), spell(new), false))
}
