package redline_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/materiality"
	"github.com/codicil/codicil/policy/redline"
)

// stock is what the words of short texts are drawn from: so few that they
// repeat, with what tokenizers, scanners and typists leave between them.
var stock = strings.Fields(`we We you may must will not n't don't shall never sell sell, share keep your data data. orders (orders paid) (for two shops) the of with
	within 30 days. thirty 5 4.2 € $500 1,000 EUR 2 years; 1 January 2026 2026-01-01 01/02/2026 section 7 (a) (ii) i. and or unless except if refund, refund
	fee fees; seller partners third parties : ; - — . , ( ) [ ] " “ ” ' ’ 's I can't won't cannot e.g. etc. such as including a@b.example www.example.com
	https://example.com/x *not* **must** [terms](/t) [terms](/u) ~~old~~ ` + "`code` `" + ` | \| # > & &amp; <b> </b> <br> {{ x }} {% if y %} 保存 データ を 年 2026年1月1日
	第 3 条 café cafe` + "\u0301 soft\u00adhyphen zero\u200bwidth \u202e \u2066x\u2069 x\u00a0y 1\u202f000 ٣ ½ × 5×4 % §§ § 4 Art. GmbH שלום 🙂")

// someWords draws a run of words.
func someWords(t *rapid.T, most int) []string {
	return rapid.SliceOfN(rapid.SampledFrom(stock), 1, most).Draw(t, "words")
}

// blockOf draws a short block of any kind.
func blockOf(t *rapid.T) string {
	s := strings.Join(someWords(t, 16), " ")
	more := func() string { return strings.Join(someWords(t, 8), " ") }
	switch rapid.IntRange(0, 11).Draw(t, "kind") {
	case 0:
		return "## " + s
	case 1:
		return "- " + s + "\n- " + more() + "\n- " + more()
	case 2:
		return "1. " + s + "\n2. " + more() + "\n   - " + more()
	case 3:
		return "> " + s
	case 4, 5:
		return "| " + more() + " | b |\n|---|---|\n| " + more() + " | " + more() + " |\n| y | " + more() + " |"
	case 6:
		return "1.1 " + s + "\n\n(a) " + more()
	}
	return s
}

// revised draws what an editor could make of blocks: split, joined, put in
// another order, left out, with a bracket at the head or other words within.
func revised(t *rapid.T, blocks []string) []string {
	out := slices.Clone(blocks)
	for range rapid.IntRange(1, 4).Draw(t, "steps") {
		if len(out) == 0 {
			return append(out, blockOf(t))
		}
		i := rapid.IntRange(0, len(out)-1).Draw(t, "at")
		list := strings.Fields(out[i])
		from := rapid.IntRange(0, len(list)).Draw(t, "from")
		to := rapid.IntRange(from, len(list)).Draw(t, "to")
		head, run, tail := list[:from], list[from:to], list[to:]
		join := func(parts ...[]string) string { return strings.Join(slices.Concat(parts...), " ") }
		switch rapid.IntRange(0, 9).Draw(t, "step") {
		case 0: // pieces in another order
			out = slices.Replace(out, i, i+1, rapid.Permutation([]string{join(head), join(run), join(tail)}).Draw(t, "pieces")...)
		case 1:
			out[i] = "(" + join(someWords(t, 9)) + ") " + out[i]
		case 2:
			out[i] = join(head, someWords(t, 6), tail)
		case 3:
			out[i] = join(head, tail)
		case 4:
			out[i] = join(tail, run, head)
		case 5:
			out = rapid.Permutation(out).Draw(t, "order")
		case 6:
			out = slices.Delete(out, i, i+1)
		case 7:
			out = slices.Insert(out, i, blockOf(t))
		case 8:
			out[i] += " " + out[len(out)-1]
		case 9: // inside lines, so that tables and lists stay what they are
			at := rapid.SampledFrom(append(list, " ")).Draw(t, "word")
			out[i] = strings.Replace(out[i], at, rapid.SampledFrom(stock).Draw(t, "other"), rapid.IntRange(-1, 1).Draw(t, "times"))
		}
	}
	return out
}

// checkPair compares and judges two short texts.
func checkPair(t *rapid.T) {
	var blocks []string
	for range rapid.IntRange(0, 6).Draw(t, "blocks") {
		blocks = append(blocks, blockOf(t))
	}
	a, err := policy.Parse("a.md", []byte(strings.Join(blocks, "\n\n")))
	if err != nil {
		t.Fatal(err)
	}
	b, err := policy.Parse("b.md", []byte(strings.Join(revised(t, blocks), "\n\n")))
	if err != nil {
		t.Fatal(err)
	}
	for _, pair := range [][2]*policy.Document{{a, b}, {b, a}} {
		r := redline.Compare(pair[0], pair[1])
		checkLaws(t, r)
		if j := materiality.Assess(r); j.Severity != policy.None && len(r.Changes()) == 0 {
			t.Fatalf("nothing changed, and it is %v: %+v", j.Severity, j.Reasons)
		}
	}
}

func TestShortTextsOfAnyKindAreComparedAndJudged(t *testing.T) { rapid.Check(t, checkPair) }

func FuzzPairs(f *testing.F) { f.Fuzz(rapid.MakeFuzz(checkPair)) }
