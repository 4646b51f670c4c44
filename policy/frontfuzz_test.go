package policy_test

import (
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
)

// FuzzFrontMatter: no front matter, in whichever of its three languages, makes the
// reading fail otherwise than by a fault with a place, and the words below stay.
func FuzzFrontMatter(f *testing.F) {
	for _, seed := range []string{"version: 1.0\neffective_date: {new: 2026-01-01, existing: 2026-02-01}", "a: &a [*a]", "aliases: !0 0", "title: \"\\x\"", "version = \"1\"\n+++\n", "{\"version\": \"1\"}", "k:\n - k:\n   - k: |\n      x"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, front string) {
		for _, fence := range []string{"---", "+++"} {
			doc, err := policy.Parse("rules.md", []byte(fence+"\n"+front+"\n"+fence+"\n# Title\n\nThe words below.\n"))
			if doc == nil {
				if err == nil {
					t.Fatal("neither a document nor a fault")
				}
				continue
			}
			words := ""
			for i := range doc.Blocks {
				words += doc.Blocks[i].Text() + "\n"
			}
			if !strings.Contains(words, "The words below.") && !strings.ContainsAny(front, "`~<[\x00") && err == nil {
				t.Errorf("the words below %q are lost: %q", front, words)
			}
		}
	})
}

// FuzzDate: what is read as a date is written as it was read.
func FuzzDate(f *testing.F) {
	for _, seed := range []string{"2026-01-31", "2026-02-30", "0000-01-01", "2026-1-1", "９９９９-01-01"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := policy.ParseDate(s)
		if err != nil {
			return
		}
		again, err := policy.ParseDate(d.String())
		if err != nil || again != d {
			t.Errorf("%q is read as %v, and that as %v (%v)", s, d, again, err)
		}
	})
}
