package redline_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
)

func parse(t testing.TB, src string) *policy.Document {
	t.Helper()
	d, err := policy.Parse("test.md", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// checkLaws fails unless both documents come back from the rows, and what
// counts and numbers changes agrees.
func checkLaws(t interface{ Fatalf(string, ...any) }, r *redline.Redline) {
	var old, now []*policy.Block
	for _, row := range r.Rows {
		if row.Old != nil {
			old = append(old, row.Old)
			if row.Edits != nil {
				equalSpans(t, "old side", side(row.Edits, redline.Delete), row.Old.Spans)
			}
		}
		if row.New != nil {
			now = append(now, row.New)
			if row.Edits != nil {
				equalSpans(t, "new side", side(row.Edits, redline.Insert), row.New.Spans)
			}
		}
	}
	equalBlocks(t, "old", old, r.Old.Blocks)
	equalBlocks(t, "new", now, r.New.Blocks)
	checkMoves(t, r)
	checkChanges(t, r)
}

func equalBlocks(t interface{ Fatalf(string, ...any) }, what string, got []*policy.Block, want []policy.Block) {
	if len(got) != len(want) {
		t.Fatalf("%s: %d blocks in the rows, %d in the document", what, len(got), len(want))
	}
	for i := range got {
		if got[i] != &want[i] {
			t.Fatalf("%s: block %d is %q, want %q", what, i, got[i].Text(), want[i].Text())
		}
	}
}

// side returns the words of one text.
func side(edits []redline.Edit, own redline.Op) []policy.Span {
	var out []policy.Span
	for _, e := range edits {
		switch {
		case e.Op == redline.Keep && own == redline.Delete && e.Old != nil:
			out = append(out, e.Old...)
		case e.Op == redline.Keep, e.Op == own:
			out = append(out, e.Spans...)
		}
	}
	return out
}

func equalSpans(t interface{ Fatalf(string, ...any) }, what string, got, want []policy.Span) {
	if !reflect.DeepEqual(joined(got), joined(want)) {
		t.Fatalf("%s:\n got %q\nwant %q", what, got, want)
	}
}

// joined merges neighbours of one style, which cutting parts.
func joined(spans []policy.Span) []policy.Span {
	var out []policy.Span
	for _, s := range spans {
		if n := len(out) - 1; n >= 0 && out[n].Style == s.Style && out[n].Link == s.Link && out[n].Image == s.Image {
			out[n].Text += s.Text
			continue
		}
		out = append(out, s)
	}
	return out
}

// checkMoves fails unless every move has one old and one new place.
func checkMoves(t interface{ Fatalf(string, ...any) }, r *redline.Redline) {
	from, to := map[int]int{}, map[int]int{}
	for _, row := range r.Rows {
		if row.Move != 0 && row.Old != nil {
			from[row.Move]++
		}
		if row.Move != 0 && row.New != nil {
			to[row.Move]++
		}
		for _, e := range row.Edits {
			if e.Move != 0 && e.Op == redline.Delete {
				from[e.Move]++
			}
			if e.Move != 0 && e.Op == redline.Insert {
				to[e.Move]++
			}
		}
	}
	for n := 1; n <= len(from); n++ {
		if from[n] != 1 || to[n] != 1 {
			t.Fatalf("move %d has %d old and %d new places", n, from[n], to[n])
		}
	}
	if len(from) != len(to) {
		t.Fatalf("moves from %d places to %d", len(from), len(to))
	}
}

func checkChanges(t interface{ Fatalf(string, ...any) }, r *redline.Redline) {
	changes := r.Changes()
	for i, c := range changes {
		if c.Number != i+1 || c.Kind == redline.Equal || c.Old == nil && c.New == nil {
			t.Fatalf("change %d is %+v", i+1, c)
		}
		c.Texts()
	}
	if n := r.Stat().Changes; n != len(changes) {
		t.Fatalf("%d changes counted, %d listed", n, len(changes))
	}
}

// texts draws Markdown from a small stock of words, so that documents share much.
func texts() *rapid.Generator[string] {
	word := rapid.SampledFrom([]string{"we", "may", "share", "the", "data", "with", "partners", "for", "30", "days.", "and,", "**not**",
		"[terms](/t)", "[terms](/u)", "`code`", "保存", "データ", "e\u0301te\u0301", "a\u202f000", "x\u00a0y", "~~old~~", "![logo](l.png)", "<br>", "(a)", "שלום"})
	line := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(word, 1, 14).Draw(t, "words"), " ")
	})
	block := rapid.Custom(func(t *rapid.T) string {
		s := line.Draw(t, "line")
		switch rapid.IntRange(0, 9).Draw(t, "kind") {
		case 0:
			return "## " + s
		case 1, 2:
			return "- " + s + "\n- " + line.Draw(t, "item")
		case 3:
			return "1. " + s + "\n2. " + line.Draw(t, "item") + "\n   - " + line.Draw(t, "inner")
		case 4:
			return "> " + s
		case 5:
			return "| a | b |\n|---|---|\n| " + s + " | x |\n| y | " + line.Draw(t, "cell") + " |"
		case 6:
			return "***"
		}
		return s
	})
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(block, 0, 8).Draw(t, "blocks"), "\n\n")
	})
}

func TestBothTextsComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, err := policy.Parse("a", []byte(texts().Draw(t, "old")))
		if err != nil {
			t.Fatal(err)
		}
		b, err := policy.Parse("b", []byte(texts().Draw(t, "new")))
		if err != nil {
			t.Fatal(err)
		}
		r := redline.Compare(a, b)
		checkLaws(t, r)
		again := redline.Compare(a, b)
		if !reflect.DeepEqual(r.Rows, again.Rows) {
			t.Fatalf("compared again, the rows differ")
		}
	})
}

func TestShuffledBlocksComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var blocks []string
		for i := range rapid.IntRange(1, 9).Draw(t, "blocks") {
			blocks = append(blocks, fmt.Sprintf("Clause %d says that party number %d must keep its word %d times and no more.", i, i*7, i*i))
		}
		shuffled := rapid.Permutation(blocks).Draw(t, "shuffled")
		a, _ := policy.Parse("a", []byte(strings.Join(blocks, "\n\n")))
		b, _ := policy.Parse("b", []byte(strings.Join(shuffled, "\n\n")))
		r := redline.Compare(a, b)
		checkLaws(t, r)
		if s := r.Stat(); s.Insertions+s.Deletions != 0 {
			t.Fatalf("blocks only moved, but: %s", s)
		}
	})
}

func TestATextEqualsItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		src := []byte(texts().Draw(t, "text"))
		a, err := policy.Parse("a", src)
		if err != nil {
			t.Fatal(err)
		}
		b, _ := policy.Parse("b", src)
		if r := redline.Compare(a, b); len(r.Changes()) != 0 || r.Limited {
			t.Fatalf("compared with itself: %s", r.Stat())
		}
	})
}

func TestARedlineIsTheSameWithAMemory(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var memory redline.Memory
		var parser policy.Parser // of which versions share their words
		var last *policy.Document
		stays := ""
		for _, src := range rapid.SliceOfN(texts(), 1, 8).Draw(t, "versions") {
			next, err := parser.Parse("a", []byte(src+"\n\n"+stays))
			if err != nil {
				t.Fatal(err)
			}
			stays = src
			want := redline.Compare(last, next)
			if got := redline.CompareWith(&memory, last, next); !reflect.DeepEqual(got.Rows, want.Rows) {
				t.Fatalf("with a memory: %s; without: %s", got.Stat(), want.Stat())
			}
			last = next
		}
	})
}

func FuzzCompare(f *testing.F) {
	f.Add("# A\n\nOne two three.", "# A\n\nOne three.\n\nTwo.")
	f.Add("1. a\n2. b", "1. b\n\n   c\n2. a")
	f.Add("|a|b|\n|-|-|\n|c|d|", "|a|\n|-|\n|c|\n|e|")
	f.Add("a ![](x) b", "a b ![](y)")
	f.Fuzz(func(t *testing.T, old, now string) {
		a, err := policy.Parse("a", []byte(old))
		if a == nil || err != nil {
			t.Skip()
		}
		b, err := policy.Parse("b", []byte(now))
		if b == nil || err != nil {
			t.Skip()
		}
		checkLaws(t, redline.Compare(a, b))
	})
}
