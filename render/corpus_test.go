package render_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/andybalholm/cascadia"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
	"github.com/codicil/codicil/render"
)

// realPairs compares the real versions that lie beside the module, if they do.
func realPairs(t *testing.T, do func(name string, r *redline.Redline)) {
	t.Helper()
	dirs, _ := filepath.Glob("../../shared/corpora/redline-dev/*/before.md")
	if len(dirs) == 0 {
		t.Skip("no corpus of real versions beside the module")
	}
	for _, before := range dirs {
		var docs [2]*policy.Document
		for i, name := range []string{before, filepath.Join(filepath.Dir(before), "after.md")} {
			src, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			docs[i], _ = policy.Parse(name, src) // a fault in foreign front matter is none of ours
		}
		do(filepath.Base(filepath.Dir(before)), redline.Compare(docs[0], docs[1]))
	}
}

func TestRealVersionsMakeValidPages(t *testing.T) {
	realPairs(t, func(name string, r *redline.Redline) {
		for form, o := range map[string]render.RedlineOptions{"fragment": {Fragment: true}, "page": {}, "sides": {SideBySide: true}} {
			page := redlineHTML(r, o)
			if strict(t, page); t.Failed() {
				t.Fatalf("%s as %s", name, form)
			}
			if form == "fragment" {
				bothComeBack(t, name, r, page)
				continue
			}
			for _, m := range cascadia.QueryAll(nodes(t, page), cascadia.MustCompile("ins, del")) {
				hidden := len(cascadia.QueryAll(m, cascadia.MustCompile(".visually-hidden")))
				rule := len(cascadia.QueryAll(m, cascadia.MustCompile("hr")))
				if hidden < 2 && rule == 0 {
					t.Fatalf("%s as %s: a mark without words for screen readers: %s", name, form, words(m, ""))
				}
			}
		}
		var text, markdown bytes.Buffer
		render.RedlineText(&text, r, render.TextOptions{Width: 80})
		render.RedlineMarkdown(&markdown, r, 10)
		redlineJSON(r)
	})
}

// bothComeBack fails if the old text is not what is there without the
// insertions, or the new one not what is there without the deletions.
func bothComeBack(t *testing.T, name string, r *redline.Redline, fragment string) {
	t.Helper()
	tree := nodes(t, fragment)
	for without, doc := range map[string]*policy.Document{"ins": r.Old, "del": r.New} {
		var b bytes.Buffer
		render.DocumentHTML(&b, doc)
		if words(tree, without) != words(nodes(t, b.String()), "") {
			t.Errorf("%s: the text without %s is another", name, without)
		}
	}
}
