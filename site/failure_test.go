package site

import (
	"context"
	"maps"
	"path/filepath"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy/materiality"
	"github.com/codicil/codicil/policy/redline"
	"github.com/google/go-cmp/cmp"
)

// faultyBook fails at texts that hold a word.
type faultyBook struct {
	*materiality.Book
	word string
}

func (b faultyBook) AssessWith(m *materiality.Memory, r *redline.Redline) *materiality.Assessment {
	for i := range r.New.Blocks {
		if strings.Contains(r.New.Blocks[i].Text(), b.word) {
			panic("a fault put in by a test")
		}
	}
	return b.Book.AssessWith(m, r)
}

func TestOneTextThatCannotBeJudgedEndsNothing(t *testing.T) {
	s := library(t)
	s.add("rules",
		draft{label: "1", published: "2026-02-01", effective: "2026-02-01", text: "Be kind.\n"},
		draft{label: "2", published: "2026-03-01", effective: "2026-03-01", text: "Be kind and fair.\n"},
		draft{label: "3", published: "2026-04-01", effective: "2026-04-01", text: "Be fair.\n"})
	book, err := materiality.NewBook(nil)
	if err != nil {
		t.Fatal(err)
	}
	o := options(t)
	sound := allFiles(t, s.build(o))
	o.Book = faultyBook{book, "kind and fair"}
	o.Texts = "the same all the time"
	dst := filepath.Join(t.TempDir(), "out")
	for _, run := range []string{"the first time", "again"} {
		summary, err := Build(context.Background(), dst, s.policies, s.texts, o)
		if err != nil {
			t.Fatalf("%s: %v", run, err)
		}
		if len(summary.Failures) != 1 || !strings.Contains(summary.Failures[0].Message, "rules@1 and rules@2 could not be judged: a fault put in by a test") {
			t.Fatalf("%s: failures are %v", run, summary.Failures)
		}
		if UpToDate(dst, o) != nil {
			t.Errorf("%s: nothing is left to try again", run)
		}
	}
	files := allFiles(t, dst)
	for name := range sound {
		if files[name] == "" {
			t.Errorf("no %s", name)
		}
	}
	page := "rules/compare/1...2/index.html"
	if len(all(document(t, files, page), ".limited")) != 1 || len(all(document(t, sound, page), ".limited")) != 0 {
		t.Error("the page of the failure alone says that it is limited")
	}
	if files["privacy/compare/1.1...2.0/index.html"] != sound["privacy/compare/1.1...2.0/index.html"] {
		t.Error("another policy has another page")
	}
	o.Book = book // the fault was mended
	if _, err := Build(context.Background(), dst, s.policies, s.texts, o); err != nil {
		t.Fatal(err)
	}
	if mended := allFiles(t, dst); !maps.Equal(without(mended, stateName, ManifestName), without(sound, stateName, ManifestName)) {
		t.Errorf("mended, the site is not what it would have been: %s", cmp.Diff(sound, mended))
	}
}

// without returns the files but for some.
func without(files map[string]string, left ...string) map[string]string {
	out := maps.Clone(files)
	for _, name := range left {
		delete(out, name)
	}
	return out
}
