package repair

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/codicil/codicil/policy"
)

// checkReadBack checks the law of Document: what it writes is read back as
// the same blocks, with the same anchors.
func checkReadBack(t interface{ Errorf(string, ...any) }, d *policy.Document) string {
	out := string(Document(d))
	again, err := policy.Parse("again.md", []byte("\n"+out))
	if err != nil {
		t.Errorf("%q: %v", out, err)
		return out
	}
	if !same(d.Blocks, again.Blocks) {
		t.Errorf("written as %q\n%s", out, cmp.Diff(sketch(d.Blocks), sketch(again.Blocks)))
	}
	return out
}

// sketch reduces blocks to what must be read back.
func sketch(blocks []policy.Block) []string {
	var lines []string
	for _, b := range blocks {
		var s strings.Builder
		for _, c := range b.Path {
			s.WriteString(string(rune('0'+int(c.Kind))) + c.Number + c.Align + ">")
		}
		s.WriteString(string(rune('0' + int(b.Kind))))
		for _, span := range b.Spans {
			s.WriteString(" " + strings.Repeat("*", int(span.Style)) + span.Text + span.Link + span.Image)
		}
		lines = append(lines, s.String())
	}
	return lines
}

func TestDocumentIsWrittenInTheStyleOfTheHouse(t *testing.T) {
	tests := []struct{ name, src, want string }{
		{"headings state their anchor", "A\n=\n\n## 1. B ##\n", "# A {#a}\n\n## 1. B {#b}\n"},
		{"numbered paragraphs state theirs", "1.1 Words here.\n", "1.1 Words here. {#words-here}\n"},
		{"plain paragraphs have none", "a\nb\n", "a b\n"},
		{"items find their own again", "* a\n* b\n\n1) c\n2) d\n", "- a\n- b\n\n<!-- -->\n\n1) c\n2) d\n"},
		{"an item's anchor of the author's", "1. a {#x}\n", "1. a {#x}\n"},
		{"numbers stay as written", "3. a\n7. b\n", "3. a\n7. b\n"},
		{"loose lists", "- a\n\n- b\n\n  c\n", "- a\n\n- b\n\n  c\n"},
		{"a loose list of one paragraph", "- a\n\n  <!-- x -->\n", "- a\n\n  <!-- -->\n"},
		{"an ordered one", "1. a\n\n   <!-- x -->\n", "1. a {#a}\n\n   <!-- -->\n"},
		{"nested lists", "- a\n  - b\n    1. c\n", "- a\n  - b\n    1. c\n"},
		{"styles", "__a__ *b* ~~c~~ `d` ***e***\n", "**a** *b* ~~c~~ `d` ***e***\n"},
		{"styles within one another", "**a *b* [c](d)** e\n", "**a *b* [c](d)** e\n"},
		{"marks that would not close", "<b>a.</b>b <i> c</i>\n", "<strong>a.</strong>b <em> c</em>\n"},
		{"links", "<https://a.test/b> <x@a.test> [c](<d e>) ![f](g.png) [![h](i)](j)\n", "<https://a.test/b> <x@a.test> [c](<d&#32;e>) ![f](g.png) [![h](i)](j)\n"},
		{"a mark before a link", "a\\![b](c)\n", "a\\![b](c)\n"},
		{"words that look like marks", "\\# a \\* b \\_c\\_ d_e \\[f] 2 < 3 & \\&amp; \\`\n", "\\# a \\* b \\_c\\_ d_e \\[f\\] 2 \\< 3 & \\&amp; \\`\n"},
		{"starts of lines", "1\\. a\\\n\\- b\\\n\\> c\n", "1\\. a\\\n\\- b\\\n\\> c {#a---b--c}\n"},
		{"line breaks", "a  \nb\n\n# c<br>d\n", "a\\\nb\n\n# c<br>d {#c-d}\n"},
		{"quotes", "> a\n>\n> > b\n\n> c\n", "> a\n>\n> > b\n\n> c\n"},
		{"code", "```go\na\n\nb\n```\n", "```\na\n\nb\n```\n"},
		{"code that holds fences", "~~~\n```\n~~~\n", "````\n```\n````\n"},
		{"rules", "a\n\n- - -\n", "a\n\n***\n"},
		{"tables", "| a | b |\n|:-|-:|\n| `c\\|d` | **e** \\| f |\n", "| a | b |\n| :-- | --: |\n| <code>c&#124;d</code> | **e** \\| f |\n"},
		{"a table that only HTML can hold", "<table><tr><td>a<td><ul><li>b</ul></table>\n", "<table>\n<tbody>\n<tr>\n<td>a</td>\n<td><ul><li>b</li></ul></td>\n</tr>\n</tbody>\n</table>\n"},
		{"items with numbers of their own", "<ol><li value=7>a<li>b</ol>\n", "<ol start=\"1\">\n<li value=\"7\">a</li>\n<li value=\"8\">b</li>\n</ol>\n"},
		{"addresses that are no links", "<p>www.a.test, https://a.test and x@a.test</p>\n", "www\\.a.test, https\\://a.test and x\\@a.test\n"},
		{"words that look like an anchor", "a {#x} {: y}\n", "a {#x} {:}\n"},
		{"definitions", "A\n:  b\n   c\n\nD\nE\n\n:   f\n\n    - g\n", "A\n: b c\n\nD\nE\n\n: f\n\n  - g\n"},
		{"definitions that only HTML can hold", "<dl><dd>a</dd><dt>b<br>c</dt></dl>\n", "<dl>\n<dd>a</dd>\n<dt>b<br>c</dt>\n</dl>\n"},
		{"an empty item", "-\n- a\n", "- {:}\n- a\n"},
		{"nothing", "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, checkReadBack(t, parse(t, test.src))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestDocumentKeepsWhatIsHardToWrite(t *testing.T) {
	for _, src := range []string{
		"- a\n  <!-- x -->\n  b\n- > c\n  # d\n", "<ul><li>a<p>b</p><li><h2>c</h2><ul><li>d</ul><hr></ul>", "- a\n\n  <p>b</p>\n",
		"<blockquote><p>a</p><ol start=4><li>b</ol></blockquote>", "<p>a <i> b</i><img src=\"x&amp;y\" alt='c \"d\"'></p>",
		"<p><a href='/a\\(b&c'>x</a> <code>`</code></p>", "1. a\n   - b\n\n     c\n2. ***\n", "- ```\n  a\n  ```\n  b\n",
		"```\nopen", "- ```\n  open", "~~~\n~~~\n", "| a |\n|---|\n", "| a | b |\n| :- | - |\n|\n", "[x](</a b> 'title') <!-- no -->",
		"a <br> b <kbd>`c|d`</kbd>", "- [x] done\n- [ ] open\n", "*a***b**", "**a***b*", "a*b*c **d**e", "`` ` `` ` a `", "# #\n\n## \\#\n",
		"- a\n\t1) tab\n\t12) more\n", "<ul></ul>\n\n<ul><li></ul>", "[*a* `b`](c)", "![a\\\nb](c)", "a&nbsp;b &#9; c", "{#only}", "<table></table>", "| a |\n|-|\n| x {#b} |\n",
		"<table><thead><tr><th>a</table>\n", "<table><tr><td>a</td></tr><tbody><tr><td>b</table>", "\\{#x}", "<li>alone", "# \u00a0\n", "a\n> b", "`a` <b>`b`</b>", "1. a\n\n<!-- -->\n\n1. b",
	} {
		checkReadBack(t, parse(t, src))
	}
}

func TestDocumentStatesAnAnchorThatWouldNotBeMadeAgain(t *testing.T) {
	d := parse(t, "- a {#x}\n- b\n\npara {#y}\n\n1. z\n\n## z\n")
	again := parse(t, string(Document(d)))
	for i := range d.Blocks {
		if d.Blocks[i].ID != again.Blocks[i].ID {
			t.Errorf("%q has the anchor %q, not %q", d.Blocks[i].Text(), again.Blocks[i].ID, d.Blocks[i].ID)
		}
	}
}

func TestDocumentKeepsTheProjectsOwnPolicies(t *testing.T) {
	for name, src := range content(t) {
		t.Run(name, func(t *testing.T) {
			checkReadBack(t, parse(t, string(src)))
		})
	}
}

// pieces are what texts of the corpora are made of.
func pieces() []string {
	return []string{
		"# A", "## 1. B {#b}", "### I. C", "words", "**bold** words", "1. item", "2. item", "- item", "  - nested", "   more", "(a) letter", "1.1 clause",
		"> quote", "A\n: b", "A\n\n: b\n\n  c", "<dl><dt>a<dd>b<p>c</dl>", ": c", "| a | b |\n|---|:-:|\n| c | d |", "```\ncode\n```", "***", "<p>html <b>x</b></p>", "<ul><li>a<li>b</ul>", "[l](#b) `c` *e*", "a\\\nb",
		"see section 1 and clause 1.1", "2, comma", "\u00a0\u00a0indented", "", "", "",
	}
}

func drawText(t *rapid.T) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces()), 0, 14).Draw(t, "pieces"), "\n")
}

func TestAnyDocumentIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, err := policy.Parse("test.md", []byte(drawText(t)))
		if err != nil {
			t.Skip()
		}
		checkReadBack(t, d)
	})
}
