package repair

import (
	"testing"

	"github.com/codicil/codicil/policy"
)

func FuzzDocument(f *testing.F) {
	for _, seed := range []string{
		"# A {#a}\n\n1. b\n\n(a) c **d *e* f**", "| a | b |\n|:--|---|\n| <b>c | `x` |", "<table><tr><td><ul><li>x",
		"> > > - 1. a", "[a *b*](javascript:x) ![b](c) http://x.y", "- a\n\n  <p>b</p>\n- c\n* d\n1) e", "\\&amp;&#0;",
		"- a\n  > b\n  ```\n  c\n\n  d\n  ```\n- # e", "<ul><li>a<p>b</p><li><h2>c</h2>  d <i> e</ul>", "a  \nb\\\nc\n***\n{#x} {:}",
		"~~~\nopen", "    code\n\n\ttab", "[www.x.org](<a b>) <a@b.org> `` ` `` ~~x~~ *a***b**",
		"- a\n\n  - b\n\n  * c\n\n  +",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		d, err := policy.Parse("fuzz.md", src)
		if err != nil {
			return
		}
		out := Document(d)
		again, err := policy.Parse("fuzz.md", append([]byte("\n"), out...))
		if err != nil {
			t.Fatal(err)
		}
		if !same(d.Blocks, again.Blocks) {
			t.Errorf("%q\nwritten as %q\ngives %+v, not %+v", src, out, again.Blocks, d.Blocks)
		}
	})
}

func FuzzText(f *testing.F) {
	for _, seed := range []string{
		"Privacy\n\nI. A\n\n1. b\n2, c\n(1) d\n\nHow?\n\nx\n\nIII. C\n\ny\n0", "a\u00a0\n\u00a0b", "---\ntitle: x\n---\n## 1. A\n## III. B",
		"# A\n1. b\n2, c\n", "- a\n  b\n* c\n\n***\n1.Tight", "第一条 a\n\nb", "2024. x\n(a) b\nSee section 2.", "a {#b}", "1.1 a\n1.1.1 b\n(i) c", "7\u00a0\u00a0)", "-\u00a0 3 -\n\na", "I.\nA\n\nx\n\nIII) d", "1.\na\n\n2)\nb\n\n4)\nc", "1.1 a\n1.1.1 b(i\n)  a\n1.\n1.11.1 b", "I. Information\n\n4. Sharing\nI. Information\n1.1 clause", " section a) b", "\x1b\u00a0a\n\n-",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		out, repairs, err := Text("fuzz.txt", "", src)
		if err != nil {
			return
		}
		again, _, err := Text("fuzz.txt", "", out)
		if err != nil {
			t.Fatalf("%q became %q: %v", src, out, err)
		}
		if string(again) != string(out) {
			t.Errorf("%q\nbecame %q\nand then %q", src, out, again)
		}
		checkWords(t, string(unixLines(src)), string(out), repairs)
	})
}

// FuzzHTML: whatever a page holds, what is made of it is a text of the id that was
// asked for, and can be read and looked through.
func FuzzHTML(f *testing.F) {
	for _, seed := range []string{
		"<h1>A</h1><p>1.1 b</p><ol><li>c<ul><li>d", "<table><tr><td>a<td>b<tr><th colspan=3>", "<template><p>x</template><svg><title>y</title><math><mi>z", "<a href=javascript:x>y</a><img src=x onerror=1>",
		"<p>(a) x<br>(b) y", "<plaintext>x", "<noscript><b>x", "<!--[if IE]><p>x<![endif]-->", "<meta charset=utf-7><p>+ADw-", "<pre>---\nid: x\n---</pre>", "<title>: - [ {</title>",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		out, _, err := HTML("page.html", "page", src)
		if err != nil {
			return
		}
		d, err := policy.Parse("page.md", out)
		if err != nil {
			t.Fatalf("%q became %q: %v", src, out, err)
		}
		if d.Front.ID != "page" {
			t.Errorf("%q became %q, whose id is %q", src, out, d.Front.ID)
		}
		Lint(d, out)
	})
}

func FuzzNumbering(f *testing.F) {
	for _, seed := range []string{
		"## 1. A\n\n## III. B\n\nsection 3\n", "1. a\n2, b\n3) c", "## 1. A\n1.1 b\n\n1.3 c\n\n(a) d\n\n(c) e", "I. x\n=\n\n3\\. y\n-\n", "> 1. a\n> 3, b", "## **2.** x ##\n## 2. y\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		out, repairs, err := Numbering("fuzz.md", src)
		if err != nil {
			return
		}
		again, _, err := Numbering("fuzz.md", out)
		if err != nil || string(again) != string(out) {
			t.Errorf("%q\nbecame %q\nand then %q, %v", src, out, again, err)
		}
		if len(repairs) == 0 && string(out) != string(unixLines(src)) {
			t.Errorf("%q became %q without a repair", src, out)
		}
		d, _ := policy.Parse("fuzz.md", src)
		Lint(d, src)
	})
}
