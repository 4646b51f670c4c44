package materiality

import (
	"fmt"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
)

// longText invents a policy of about so many words, and how many it has.
func longText(least int) (sentencesOf []string, words int) {
	for i := 0; words < least; i++ {
		s := fmt.Sprintf("%s It is rule %d of the book. %s", sentences[i%len(sentences)], i, sentences[(i*7+3)%len(sentences)])
		words += len(strings.Fields(s))
		sentencesOf = append(sentencesOf, s)
	}
	return sentencesOf, words
}

func compareTexts(t testing.TB, before, after []string) *redline.Redline {
	t.Helper()
	old, err := policy.Parse("a.md", []byte(document(before)))
	if err != nil {
		t.Fatal(err)
	}
	new, err := policy.Parse("b.md", []byte(document(after)))
	if err != nil {
		t.Fatal(err)
	}
	return redline.Compare(old, new)
}

// BenchmarkAssess judges a policy of a thousand words in which every tenth
// sentence changed, and reports the time for a thousand words.
func BenchmarkAssess(b *testing.B) {
	before, words := longText(1000)
	after := append([]string(nil), before...)
	for i := 0; i < len(after); i += 10 {
		after[i] = strings.NewReplacer("may", "must", "30", "60", "will not", "will").Replace(after[i])
	}
	r := compareTexts(b, before, after)
	Assess(r)
	b.ReportAllocs()
	for b.Loop() {
		Assess(r)
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/1000/float64(b.N)*1000/float64(words), "ms/1000words")
}

// BenchmarkAssessOneSmallChange judges a policy of ten thousand words of which
// one changed: what most versions of a real policy are.
func BenchmarkAssessOneSmallChange(b *testing.B) {
	before, _ := longText(10000)
	for _, change := range []struct{ name, from, to string }{{"number", "30 days", "60 days"}, {"word", "city", "town"}, {"sentence", "We like dogs.", "We like dogs. We share your name with partners."}} {
		b.Run(change.name, func(b *testing.B) {
			after := append([]string(nil), before...)
			for i := len(after) / 2; i < len(after); i++ {
				if s := strings.Replace(after[i], change.from, change.to, 1); s != after[i] {
					after[i] = s
					break
				}
			}
			r := compareTexts(b, before, after)
			Assess(r)
			b.ReportAllocs()
			for b.Loop() {
				Assess(r)
			}
		})
	}
}
