package policy_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/codicil/codicil/policy"
)

// sketch writes the blocks of a document one a line: where each is, what
// it is and what it says.
func sketch(d *policy.Document) string {
	var b strings.Builder
	kinds := map[policy.BlockKind]string{policy.Paragraph: "p", policy.Text: "text", policy.Code: "code", policy.Rule: "rule"}
	containers := []string{"quote", "list", "item", "table", "head", "body", "row", "th", "td"}
	for _, block := range d.Blocks {
		for _, c := range block.Path {
			b.WriteString(containers[c.Kind] + c.Number + c.Align + ">")
		}
		kind := kinds[block.Kind]
		if block.Kind == policy.Heading {
			kind = fmt.Sprintf("h%d", block.Level)
		}
		b.WriteString(kind)
		for _, s := range block.Spans {
			b.WriteString(" " + sketchSpan(s))
		}
		b.WriteString("\n")
	}
	return b.String()
}

func sketchSpan(s policy.Span) string {
	out := fmt.Sprintf("%q", s.Text)
	for i, name := range []string{"strong", "em", "code", "strike"} {
		if s.Style&(1<<i) != 0 {
			out += "+" + name
		}
	}
	if s.Link != "" {
		out += "→" + s.Link
	}
	if s.Image != "" {
		out += "▣" + s.Image
	}
	return out
}

func parse(t *testing.T, src string) *policy.Document {
	t.Helper()
	d, err := policy.Parse("test.md", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestParseTakesATextApart(t *testing.T) {
	tests := []struct{ name, src, want string }{
		{"headings and paragraphs", "# One\n\ntwo\nlines", "h1 \"One\"\np \"two lines\"\n"},
		{"styles", "a **b** *c* `d` ~~e~~", `p "a " "b"+strong " " "c"+em " " "d"+code " " "e"+strike` + "\n"},
		{"a hard line break", "a  \nb", "p \"a\\nb\"\n"},
		{"a link and its style", "[a **b**](https://x.test/?a=1&amp;b)", `p "a "→https://x.test/?a=1&b "b"+strong→https://x.test/?a=1&b` + "\n"},
		{"bare addresses", "see www.x.test or me@x.test", `p "see " "www.x.test"→http://www.x.test " or " "me@x.test"→mailto:me@x.test` + "\n"},
		{"an image", "![a *b*](pic.png)", `p "a b"▣pic.png` + "\n"},
		{"tight items", "- a\n- b\n  1. c", "list>item>text \"a\"\nlist>item>text \"b\"\nlist>item>list>item1.>text \"c\"\n"},
		{"loose items", "- a\n\n- b", "list>item>p \"a\"\nlist>item>p \"b\"\n"},
		{"numbers as written", "1. a\n3. b\n3. c", "list>item1.>text \"a\"\nlist>item3.>text \"b\"\nlist>item3.>text \"c\"\n"},
		{"numbers that leave the counting to the program", "1. a\n1. b\n1. c", "list>item1.>text \"a\"\nlist>item2.>text \"b\"\nlist>item3.>text \"c\"\n"},
		{"another delimiter", "4) a", "list>item4)>text \"a\"\n"},
		{"an empty item", "- a\n-\n- b", "list>item>text \"a\"\nlist>item>text\nlist>item>text \"b\"\n"},
		{"a quote", "> a\n> - b", "quote>p \"a\"\nquote>list>item>text \"b\"\n"},
		{"a table", "| a | b |\n|---|--:|\n| c |   |", "table>head>row>th>text \"a\"\ntable>head>row>thright>text \"b\"\ntable>body>row>td>text \"c\"\ntable>body>row>tdright>text\n"},
		{"code", "```go\na\n  b\n```", "code \"a\\n  b\\n\"\n"},
		{"a rule", "a\n\n---\n\nb", "p \"a\"\nrule\np \"b\"\n"},
		{"escapes and references", `\*a\* \&amp; &amp; &#65; a\`, `p "*a* &amp; & A a\\"` + "\n"},
		{"a task list", "- [x] a\n- [ ] b", "list>item>text \"☒ a\"\nlist>item>text \"☐ b\"\n"},
		{"an attribute list", "Effective May 4\n{: datetime=\"2026-05-04\" }", "p \"Effective May 4\"\n"},
		{"braces that are words", "as {defined} there", "p \"as {defined} there\"\n"},
		{"Chinese", "# 隐私政策\n\n第一条 我们收集", "h1 \"隐私政策\"\np \"第一条 我们收集\"\n"},
		{"no words", " \n\n", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, sketch(parse(t, test.src))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestParseKeepsWordsOfRawHTMLAndNothingElse(t *testing.T) {
	tests := []struct{ name, src, want string }{
		{"styles", "a <b>b</b> <em>c</em><br>d", `p "a " "b"+strong " " "c"+em "\nd"` + "\n"},
		{"what is raised in a block", "<p>10<sup>6</sup> of H<sub>2</sub>O</p>", "p \"10⁶ of H₂O\"\n"},
		{"a script within a line", "a <script>alert(1)</script>b", "p \"a b\"\n"},
		{"a block of script", "<script>\nalert(1)\n</script>\n", ""},
		{"a frame", "<iframe src=\"https://x.test\">inside</iframe>\n", ""},
		{"an unclosed script hides to the end of its block only", "a <script>b\n\nc", "p \"a\"\np \"c\"\n"},
		{"a handler", "<p onclick=\"x()\">a <a href=\"javascript:x()\">b</a> <a href='/c'>c</a></p>", `p "a b " "c"→/c` + "\n"},
		{"a table", "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b<td></tr></table>", "table>head>row>th>text \"a\"\ntable>body>row>td>text \"b\"\ntable>body>row>td>text\n"},
		{"lists", "<ol start=3><li>a<li>b</ol><ul><li><p>c</p></ul>", "list>item3.>text \"a\"\nlist>item4.>text \"b\"\nlist>item>text \"c\"\n"},
		{"an item with a number of its own", "<ol><li value=7>a<li>b</ol>", "list>item7.>text \"a\"\nlist>item8.>text \"b\"\n"},
		{"headings, rules, images and folded space", "<h2>a\n  b</h2><hr><div><img src=x.png alt=c> d</div><blockquote>e</blockquote>", "h2 \"a b\"\nrule\np \"c\"▣x.png \" d\"\nquote>p \"e\"\n"},
		{"a comment", "<!-- secret -->\n\na <!-- secret -->b", "p \"a b\"\n"},
		{"Markdown between tags", "<div>\n\n**a**\n\n</div>", "p \"a\"+strong\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, sketch(parse(t, test.src))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestParseDropsLinksThatCouldRunAScript(t *testing.T) {
	for _, link := range []string{
		"javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd",
		"&#106;avascript:alert(1)", "java&#x0A;script:alert(1)", "\\javascript:x", "blob:x",
	} {
		d := parse(t, "[a](<"+link+">) <a href=\""+link+"\">b</a>\n\n<p><a href=\""+link+"\">c</a></p>")
		for _, b := range d.Blocks {
			for _, s := range b.Spans {
				if strings.Contains(strings.ToLower(s.Link), "script:") || strings.HasPrefix(s.Link, "data:") || strings.HasPrefix(s.Link, "file:") {
					t.Errorf("%s came through as %q", link, s.Link)
				}
			}
		}
	}
	for _, link := range []string{"https://x.test", "/a:b", "#c", "?q=a:b", "mailto:a@x.test", "tel:+1", "terms.md", ""} {
		if !policy.SafeLink(link) {
			t.Errorf("%q is refused", link)
		}
	}
}

func TestParseCountsLinesOfTheFile(t *testing.T) {
	d := parse(t, "---\ntitle: X\n---\n\n# A\n\nb\n\n- c\n- d\n\n<p>e</p>\n\n| f |\n|---|\n| g |\n")
	var lines []int
	for _, b := range d.Blocks {
		lines = append(lines, b.Line)
	}
	if diff := cmp.Diff([]int{5, 7, 9, 10, 12, 14, 16}, lines); diff != "" {
		t.Error(diff)
	}
}

func TestParseSeesTheSameTextThroughOtherEditors(t *testing.T) {
	plain := "---\ntitle: X\n---\n# A\n\nb  \nc\n"
	want := sketch(parse(t, plain))
	for name, src := range map[string]string{
		"byte order mark": "\uFEFF" + plain,
		"CRLF":            strings.ReplaceAll(plain, "\n", "\r\n"),
		"CR":              strings.ReplaceAll(plain, "\n", "\r"),
	} {
		d := parse(t, src)
		if diff := cmp.Diff(want, sketch(d)); diff != "" || d.Front.Title != "X" {
			t.Errorf("%s: title %q, %s", name, d.Front.Title, diff)
		}
	}
}

func TestParseNamesThePlaceOfAFault(t *testing.T) {
	tests := []struct{ name, src, position, message, excerpt string }{
		{"front matter that is not YAML", "---\ntitle: a: b\n---\n", "test.md:2:", "", "title: a: b"},
		{"an impossible date", "---\ntitle: X\neffective_date: 2026-02-30\n---\n", "test.md:3:", `"2026-02-30" is not a date`, "effective_date: 2026-02-30"},
		{"an unknown severity", "---\nchange: huge\n---\n", "test.md:2:", `"huge" is not a severity`, "change: huge"},
		{"bytes that are not UTF-8", "ok\nab\xffc\n", "test.md:2:3", "byte 0xff is not UTF-8", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := policy.Parse("test.md", []byte(test.src))
			var d *policy.Diagnostic
			if !errors.As(err, &d) {
				t.Fatalf("got %v, want a diagnostic", err)
			}
			if !strings.HasPrefix(d.Position(), test.position) || !strings.Contains(d.Message, test.message) {
				t.Errorf("got %s: %s", d.Position(), d.Message)
			}
			if test.excerpt != "" && (!strings.Contains(d.Excerpt, test.excerpt) || !strings.Contains(d.Excerpt, "^")) {
				t.Errorf("excerpt %q", d.Excerpt)
			}
			if d.Hint == "" {
				t.Error("no hint")
			}
		})
	}
}

func TestParseKeepsTheWordsBesideBrokenFrontMatter(t *testing.T) {
	d, err := policy.Parse("test.md", []byte("---\ntitle: [\n---\nwords"))
	if err == nil || d == nil || sketch(d) != "p \"words\"\n" {
		t.Errorf("got %v, %v", d, err)
	}
}

func TestParseIsNotKeptBusy(t *testing.T) {
	deep := ""
	for i := range 400 {
		deep += strings.Repeat("  ", i) + "- x\n"
	}
	var many strings.Builder
	for i := range 20000 {
		fmt.Fprintf(&many, "words of %d\n\n", i)
	}
	for name, src := range map[string]string{
		"quotes in quotes":  strings.Repeat("> ", 10000) + "word",
		"lists in lists":    strings.Repeat("- ", 10000) + "word",
		"items below items": deep + "  word",
		"unclosed emphasis": strings.Repeat("*a _b ", 100000) + "word",
		"unclosed links":    strings.Repeat("[a](<b", 50000) + "word\n\n*other*",
		"elements":          strings.Repeat("<div>", 20000) + "word",
		"less than":         strings.Repeat("a < b ", 100000) + "word",
		"paragraphs":        many.String() + "word",
	} {
		var p policy.Parser
		if _, err := p.Parse("a.md", []byte(src)); err != nil {
			t.Fatal(err)
		}
		d := parse(t, src)
		last := d.Blocks[len(d.Blocks)-1]
		if text := last.Text(); name != "elements" && !strings.Contains(text, "word") && !strings.Contains(text, "other") {
			t.Errorf("%s: the last block is %.40q", name, text)
		}
		if depth := len(last.Path); depth > 2*50+1 {
			t.Errorf("%s: %d containers deep", name, depth)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"---\ntitle: x\n---\n# A {#a}\n\n1. b\n\n(a) c", "| a |\n|---|\n| <b>c |", "<table><tr><td><ul><li>x",
		"> > > - 1. a", "[a](javascript:x) ![b](c) <script>", "第一条 a\n\n{: datetime=\"x\" }", "\\&amp;&#0;\x00",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		d, err := policy.Parse("fuzz.md", src)
		if err != nil && d == nil {
			return
		}
		for _, b := range d.Blocks {
			if b.Line < 1 {
				t.Errorf("block %q on line %d", b.Text(), b.Line)
			}
			for _, s := range b.Spans {
				if !policy.SafeLink(s.Link) {
					t.Errorf("unsafe link %q", s.Link)
				}
			}
		}
	})
}
