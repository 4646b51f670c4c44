package render_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/codicil/codicil/render"
)

func document(t testing.TB, src string) string {
	var b bytes.Buffer
	render.DocumentHTML(&b, read(t, src))
	return b.String()
}

func TestDocument(t *testing.T) {
	tests := []struct{ name, src, want string }{
		{"heading with an anchor", "## Our *duties*", `<h2 id="our-duties">Our <em>duties</em></h2>`},
		{"number in a heading", "## 4. Fees", `<h2 id="fees"><span id="4-fees"></span>4. Fees</h2>`},
		{"tight list", "- a\n- b", "<ul>\n<li>a\n</li>\n<li>b\n</li>\n</ul>"},
		{"loose list", "- a\n\n- b", "<ul>\n<li><p>a</p>\n</li>\n<li><p>b</p>\n</li>\n</ul>"},
		{"a number that a browser would not count to", "1. a b\n3. c d", `<ol>` + "\n" + `<li id="a-b">a b` + "\n</li>\n" + `<li value="3" id="c-d">c d` + "\n</li>\n</ol>"},
		{"numbers left to be counted", "1. a b\n1. c d", "<ol>\n<li id=\"a-b\">a b\n</li>\n<li id=\"c-d\">c d\n</li>\n</ol>"},
		{"first number", "5. a b\n6. c d", "<ol start=\"5\">\n<li id=\"a-b\">a b\n</li>\n<li id=\"c-d\">c d\n</li>\n</ol>"},
		{"strike-through", "~~old~~", "<p><s>old</s></p>"},
		{"a link is one link", "[a **b** c](https://e.example/ü?x=1&y)", `<p><a href="https://e.example/%C3%BC?x=1&amp;y" rel="noopener noreferrer">a <strong>b</strong> c</a></p>`},
		{"a picture is a link", "![the *logo*](/l.png)", `<p><a href="/l.png">the logo</a></p>`},
		{"a picture without words", "a ![](/l.png) b", "<p>a  b</p>"},
		{"preformatted", "```\na <b>\n```", "<pre><code>a &lt;b&gt;\n</code></pre>"},
		{"break", "a\\\nb", "<p>a<br>\nb</p>"},
		{"an anchor of raw HTML in a cell", "<table><tr><td><a id='x'></a>a</td></tr></table>", "<table>\n<tbody>\n<tr>\n<td><span id=\"x\"></span>a\n</td>\n</tr>\n</tbody>\n</table>"},
		{"one in an item, one before code", "- <a name=x></a>a\n\n<div id='y'></div>\n\n```\nb\n```", "<ul>\n<li><span id=\"x\"></span>a\n</li>\n</ul>\n<pre><span id=\"y\"></span><code>b\n</code></pre>"},
		{"an anchor given twice leads to the first", "<a id=x></a>a\n\n<a id=x></a>b", "<p><span id=\"x\"></span>a</p>\n<p>b</p>"},
		{"an anchor that would end the tag", "<a id='x\"><script>'></a>a", "<p><span id=\"x&quot;&gt;&lt;script&gt;\"></span>a</p>"},
		{"definitions", "Term {#t}\n: What it *means*.\n: Or that.\n\nA\nB\n\n: Both.", "<dl>\n<dt id=\"t\">Term\n</dt>\n<dd>What it <em>means</em>.\n</dd>\n<dd>Or that.\n</dd>\n<dt>A\n</dt>\n<dt>B\n</dt>\n<dd><p>Both.</p>\n</dd>\n</dl>"},
		{"paragraphs of HTML in one item", "<ul><li><p>a</p><p>b</p></li></ul>", "<ul>\n<li>a\n<br>\nb\n</li>\n</ul>"},
		{"line", "***", "<hr>"},
		{"quote", "> a\n>\n> > b", "<blockquote>\n<p>a</p>\n<blockquote>\n<p>b</p>\n</blockquote>\n</blockquote>"},
		{"table", "|a|b|\n|-|:-:|\n|c||", "<table>\n<thead>\n<tr>\n<th>a\n</th>\n<th class=\"align-center\">b\n</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>c\n</td>\n<td>\n</td>\n</tr>\n</tbody>\n</table>"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := strings.TrimSpace(document(t, tt.src)); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

func TestHeadingsBelowThoseOfAPage(t *testing.T) {
	var b bytes.Buffer
	render.DocumentHTMLShifted(&b, read(t, "# a b\n\n### c d\n\n###### e f\n\n### g h\n\n# i j\n\n## k l"), 1)
	for _, want := range []string{`<h2 id="a-b">`, `<h3 id="c-d">`, `<h4 id="e-f">`, `<h3 id="g-h">`, `<h2 id="i-j">`, `<h3 id="k-l">`} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %s in %s", want, b.String())
		}
	}
}

func TestDocumentText(t *testing.T) {
	got := render.DocumentText(read(t, "# Title\n\nOne *two*.\n\n1. first\n2. second\n   - inner\n\n| a | b |\n|---|---|\n| c | d |\n\nTerm\nName\n: What it is.\n: More.\n\nLast\n: It ends.\n"))
	want := "Title\n\nOne two.\n\n1. first\n2. second\n  - inner\n\na | b\nc | d\n\nTerm\nName\n  What it is.\n  More.\n\nLast\n  It ends.\n"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestDeepNestingIsRendered(t *testing.T) {
	strict(t, document(t, strings.Repeat("> ", 200)+"deep"))
}

func TestNoteLeadsBackToEachOfItsReferences(t *testing.T) {
	text := "---\nlang: de\n---\n# Regeln\n\nWir haften[^1] und zahlen[^b], auch dort[^1].\n\n[^1]: Bis zu einer Summe.\n\n[^b]: Ein Absatz.\n\n    Ein zweiter.\n"
	page := document(t, text)
	for _, want := range []string{
		`<sup id="ref-note-1"><a href="#note-1">[1]</a></sup>`, `<sup id="ref-note-1-2"><a href="#note-1">[1]</a></sup>`,
		`Summe. <a class="note-back" href="#ref-note-1" aria-label="zurück zur Stelle 1">↩</a> <a class="note-back" href="#ref-note-1-2" aria-label="zurück zur Stelle 2">↩</a></p>`,
		`<p>Ein zweiter. <a class="note-back" href="#ref-note-b" aria-label="zurück zur Stelle 1">↩</a></p>`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s:\n%s", want, page)
		}
	}
	if strings.Count(page, "↩") != 3 {
		t.Errorf("not three ways back:\n%s", page)
	}
}
