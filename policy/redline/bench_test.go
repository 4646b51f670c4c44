package redline_test

import (
	"os"
	"path/filepath"
	"testing"
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

func BenchmarkCompare(b *testing.B) {
	pairs := corpus(b)
	for b.Loop() {
		for _, p := range pairs {
			redline.Compare(p[0], p[1])
		}
	}
}

// BenchmarkPlainWords is the anchor: go-diff on all the words of a pair.
func BenchmarkPlainWords(b *testing.B) {
	pairs := corpus(b)
	for b.Loop() {
		for _, p := range pairs {
			plainWords(p[0], p[1])
		}
	}
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
