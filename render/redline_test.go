package render_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/andybalholm/cascadia"
	"github.com/microcosm-cc/bluemonday"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"pgregory.net/rapid"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
	"github.com/codicil/codicil/render"
)

func read(t testing.TB, src string) *policy.Document {
	t.Helper()
	d, err := policy.Parse("test.md", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func compare(t testing.TB, old, now string) *redline.Redline {
	return redline.Compare(read(t, old), read(t, now))
}

func redlineHTML(r *redline.Redline, o render.RedlineOptions) string {
	var b bytes.Buffer
	render.RedlineHTML(&b, r, o)
	return b.String()
}

// nodes parses a fragment as a browser does.
func nodes(t testing.TB, fragment string) *html.Node {
	t.Helper()
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	list, err := html.ParseFragment(strings.NewReader(fragment), body)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range list {
		body.AppendChild(n)
	}
	return body
}

func count(t testing.TB, fragment, selector string) int {
	t.Helper()
	return len(cascadia.QueryAll(nodes(t, fragment), cascadia.MustCompile(selector)))
}

const before = `# Privacy

We keep your data for 30 days and share it with [partners](/a).

We collect your name and your address when you register an account.

- apples
- pears

| fee | sum |
|-----|-----|
| one | 10  |

This clause about partners in other regions was moved by the board.

Unchanged words.

Last words.
`

const after = `# Privacy

This clause about partners in other regions was moved by the board.

We keep your data for 60 days and share it with [partners](/b).

We collect your name and your address when you register an account.

- apples
- plums
- pears

| fee | sum |
|-----|-----|
| one | 12  |
| two | 20  |

Unchanged words.

Last words.
`

// strict fails where a parser would have to repair the text: unclosed or
// crossed elements, blocks in phrases, marks straight in lists and tables.
func strict(t interface{ Errorf(string, ...any) }, fragment string) {
	var open []string
	parent := func() string {
		if len(open) == 0 {
			return ""
		}
		return open[len(open)-1]
	}
	z := html.NewTokenizer(strings.NewReader(fragment))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		name, _ := z.TagName()
		tag := string(name)
		switch kind {
		case html.StartTagToken:
			if tag == "ins" || tag == "del" {
				switch parent() {
				case "ul", "ol", "table", "thead", "tbody", "tr", "a", "strong", "em", "s":
					t.Errorf("<%s> straight in <%s>", tag, parent())
				}
			}
			if tag != "br" && tag != "hr" && tag != "img" {
				open = append(open, tag)
			}
		case html.EndTagToken:
			if parent() != tag {
				t.Errorf("</%s> closes <%s> in %q", tag, parent(), fragment)
				return
			}
			open = open[:len(open)-1]
		}
	}
	if len(open) > 0 {
		t.Errorf("left open: %v", open)
	}
}

func TestFragmentHoldsBothTexts(t *testing.T) {
	got := redlineHTML(compare(t, before, after), render.RedlineOptions{Fragment: true})
	strict(t, got)
	for selector, want := range map[string]int{
		"del[data-move='1']": 1, "ins[data-move='1']": 1, "h1#privacy": 1,
		"ul > li.added > ins": 1, "ul > li": 3, "tr.added > td > ins": 2, "td > del": 1, "p > del > a[href='/a']": 1, "p > ins > a[href='/b']": 1,
		".visually-hidden": 0, "details": 0, "nav": 0, "[style]": 0, "script": 0,
	} {
		if n := count(t, got, selector); n != want {
			t.Errorf("%s: %d, want %d in\n%s", selector, n, want, got)
		}
	}
}

// texts draws a short Markdown text.
func texts() *rapid.Generator[string] {
	block := rapid.SampledFrom([]string{"# One", "### Two", "We *may* share **the data** with [all](/x) of them.", "We may not share the data with [all](/y) of them.",
		"- one\n- two\n  - three", "1. first\n2. second\n\n   more", "3. third\n3. again", "> said\n>\n> - here", "***", "    code < here\n    more", "| a | b |\n|:-:|---|\n| c `d` | ~~e~~ |\n| f |",
		"| a |\n|---|\n| c |", "line<br>break", "![a picture](/p.png) beside", "<b onclick=x>bold</b> & \"quoted\" 'text'", "- [ ] open\n- [x] done", "你好，世界。", "second block of the same length as others"})
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(block, 0, 7).Draw(t, "blocks"), "\n\n")
	})
}

// words returns the text below n, with what pictures are called and without
// the elements that match.
func words(n *html.Node, without string) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.ElementNode && n.Data == without {
			return
		}
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		for _, a := range n.Attr {
			if a.Key == "alt" {
				b.WriteString(a.Val)
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(n)
	return strings.Join(strings.Fields(b.String()), "")
}

func TestEachTextComesBackFromTheFragment(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		old, now := read(t, texts().Draw(r, "old")), read(t, texts().Draw(r, "new"))
		fragment := redlineHTML(redline.Compare(old, now), render.RedlineOptions{Fragment: true})
		strict(r, fragment)
		tree := nodes(t, fragment)
		var a, b bytes.Buffer
		render.DocumentHTML(&a, old)
		render.DocumentHTML(&b, now)
		strict(r, a.String())
		if got, want := words(tree, "ins"), words(nodes(t, a.String()), ""); got != want {
			r.Errorf("without ins %q, want %q", got, want)
		}
		if got, want := words(tree, "del"), words(nodes(t, b.String()), ""); got != want {
			r.Errorf("without del %q, want %q", got, want)
		}
	})
}

func TestAFragmentDrawsPictures(t *testing.T) {
	const old, now = "A ![the logo](/a.png) [![](/b.png)](/shop) here", "A ![the new logo](/a.png) here ![x](javascript:y)"
	got := redlineHTML(compare(t, old, now), render.RedlineOptions{Fragment: true})
	for selector, want := range map[string]int{"img": 3, "del > img[alt='the logo'][src='/a.png']": 1, "ins > img[alt='the new logo']": 1, "del > a[href='/shop'] > img[alt='']": 1} {
		if n := count(t, got, selector); n != want {
			t.Errorf("%s: %d, want %d in %s", selector, n, want, got)
		}
	}
	page := redlineHTML(compare(t, old, now), render.RedlineOptions{})
	if count(t, page, "img") != 0 || count(t, page, "del > a[href='/a.png']") != 1 {
		t.Errorf("a page draws pictures: %s", page)
	}
}

func TestLinksWithinTheSiteAreNoLinksToOthers(t *testing.T) {
	for link, want := range map[string]int{"/a": 0, "#b": 0, "../c": 0, render.SiteRoot + "d": 0, "https://e.example/": 1, "//f.example/": 1} {
		if n := count(t, document(t, "[x]("+link+")"), "a[rel~='noopener']"); n != want {
			t.Errorf("%s: %d links that say they lead away, want %d", link, n, want)
		}
	}
}

func TestPagesAreValidAndIDsUnique(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		red := compare(t, texts().Draw(r, "old"), texts().Draw(r, "new"))
		for _, side := range []bool{false, true} {
			page := redlineHTML(red, render.RedlineOptions{SideBySide: side})
			strict(r, page)
			seen := map[string]bool{}
			tree := nodes(t, page)
			for _, n := range cascadia.QueryAll(tree, cascadia.MustCompile("[id]")) {
				for _, a := range n.Attr {
					if a.Key == "id" && seen[a.Val] {
						r.Errorf("id %q twice", a.Val)
					} else if a.Key == "id" {
						seen[a.Val] = true
					}
				}
			}
			for _, c := range red.Changes() {
				if !seen[fmt.Sprintf("c-%d", c.Number)] {
					r.Errorf("side by side %v: no anchor for change %d %s", side, c.Number, c.Kind)
				}
			}
			for _, a := range cascadia.QueryAll(tree, cascadia.MustCompile("a[href^='#c-'], a[href^='#m-']")) {
				for _, at := range a.Attr {
					if at.Key == "href" && !seen[at.Val[1:]] {
						r.Errorf("link to %s leads nowhere", at.Val)
					}
				}
			}
		}
	})
}

func TestPageSaysWhatChanged(t *testing.T) {
	r := compare(t, before, after)
	page := redlineHTML(r, render.RedlineOptions{})
	tree := nodes(t, page)
	first := cascadia.Query(tree, cascadia.MustCompile(".redline-summary"))
	if got := first.FirstChild.Data; !strings.HasPrefix(got, r.Stat().String()) {
		t.Errorf("first line %q, want %q", got, r.Stat())
	}
	marks := cascadia.QueryAll(tree, cascadia.MustCompile("ins, del"))
	for _, m := range marks {
		if len(cascadia.QueryAll(m, cascadia.MustCompile(".visually-hidden"))) < 2 {
			t.Errorf("a mark without words for screen readers: %s", words(m, ""))
		}
	}
	if len(marks) == 0 {
		t.Error("no marks")
	}
	for _, want := range []string{"#m-1-old", "#m-1-new"} {
		if count(t, page, "a[href='"+want+"']") != 1 {
			t.Errorf("no link to %s", want)
		}
	}
}

func TestPageSpeaksItsLanguage(t *testing.T) {
	r := compare(t, before, after)
	for lang, want := range map[string][2]string{"en": {"changes in", "inserted: "}, "de-AT": {"Änderungen in", "eingefügt: "}, "fr": {"modifications dans", "ajouté : "},
		"es": {"cambios en", "insertado: "}, "zh-Hans": {"处更改", "新增："}, "zh_TW": {"處變更", "刪除："}, "zh-Hant-HK": {"處變更", "新增："}, "ja": {"か所の変更", "追加："}, "xx": {"changes in", "inserted: "}} {
		page := redlineHTML(r, render.RedlineOptions{Lang: lang})
		for _, w := range want {
			if !strings.Contains(page, w) {
				t.Errorf("%s: no %q", lang, w)
			}
		}
	}
	if got := redlineHTML(compare(t, "a", "a"), render.RedlineOptions{Lang: "de"}); !strings.Contains(got, "keine Änderungen") {
		t.Errorf("without changes: %s", got)
	}
}

func TestTheHeadingsAboveAChangeStayOpen(t *testing.T) {
	const more = "\n\none\n\ntwo\n\nthree\n\n"
	old := "# Terms" + more + "## Use" + more + "### Data" + more + "six words that stay as they are"
	got := redlineHTML(compare(t, old, strings.Replace(old, "stay", "do not stay", 1)), render.RedlineOptions{Shift: 1})
	for selector, want := range map[string]int{"h2": 1, "h3": 1, "h4": 1, "details h2": 0, "details h3": 0, "details h4": 0, "details p": 6} {
		if n := count(t, got, selector); n != want {
			t.Errorf("%s: %d, want %d in\n%s", selector, n, want, got)
		}
	}
}

func TestSidesKeepEveryWord(t *testing.T) {
	page := redlineHTML(compare(t, before, after), render.RedlineOptions{SideBySide: true})
	tree := nodes(t, page)
	var left, right strings.Builder
	for _, tr := range cascadia.QueryAll(tree, cascadia.MustCompile("table.redline-sides > tbody > tr")) {
		cells := cascadia.QueryAll(tr, cascadia.MustCompile(".redline-sides > tbody > tr > td"))
		if len(cells) != 2 {
			t.Fatalf("%d cells", len(cells))
		}
		left.WriteString(words(cells[0], ""))
		right.WriteString(words(cells[1], ""))
	}
	for _, w := range []string{"30endofdeletiondays", "pears", "movedbytheboard", "Unchangedwords."} {
		if !strings.Contains(left.String(), w) {
			t.Errorf("no %q on the left: %s", w, left.String())
		}
	}
	for _, w := range []string{"60endofinsertiondays", "plums", "20", "movedbytheboard", "Unchangedwords."} {
		if !strings.Contains(right.String(), w) {
			t.Errorf("no %q on the right: %s", w, right.String())
		}
	}
}

func TestNothingHostileReachesAPage(t *testing.T) {
	payloads := []string{"<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", "[x](JaVaScRiPt&#58;alert(1))", "![x](data:text/html,x)",
		"<a href=\"vbscript:x\">y</a>", "<svg onload=alert(1)>", "`</code><script>x</script>`", "</ins></del><iframe src=x>", "# {#\" onclick=\"x}", "[a](/x\"onmouseover=\"y)", "<style>*{}</style>",
		"[x](&#1;javascript:alert(1))", "<div style=\"position:fixed\">z</div>", "a\x00b", "| <td onclick=x> |\n|-|\n| </table><script> |", "text {: onclick=\"x\" #y\"z}"}
	p := bluemonday.NewPolicy()
	p.AllowElements("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code", "table", "thead", "tbody", "tr", "th", "td", "hr", "br",
		"strong", "em", "s", "ins", "del", "span", "div", "details", "summary")
	p.AllowStandardURLs()
	p.AllowRelativeURLs(true)
	p.AllowURLSchemes("tel", "mailto", "http", "https")
	p.AllowAttrs("href", "rel", "aria-label").OnElements("a")
	p.AllowAttrs("class", "id", "data-move", "value", "start", "scope").Globally()
	p.AllowDataAttributes()
	p.AllowAttrs("src", "alt").OnElements("img")
	p.RequireNoFollowOnLinks(false)
	p.RequireNoFollowOnFullyQualifiedLinks(false)
	p.AllowNoAttrs().OnElements("span", "a")
	all := strings.Join(payloads, "\n\n")
	doc := read(t, all)
	var plain bytes.Buffer
	render.DocumentHTML(&plain, doc)
	for name, page := range map[string]string{
		"document": plain.String(),
		"fragment": redlineHTML(compare(t, "words", all), render.RedlineOptions{Fragment: true}),
		"page":     redlineHTML(compare(t, all, "words"), render.RedlineOptions{}),
		"sides":    redlineHTML(compare(t, all, strings.Join(payloads[3:], "\n\n")), render.RedlineOptions{SideBySide: true}),
	} {
		want, clean := elements(nodes(t, page)), elements(nodes(t, p.Sanitize(page)))
		if want != clean {
			t.Errorf("%s: a sanitizer finds something to remove:\n%s\n%s", name, want, clean)
		}
		if name != "fragment" && count(t, page, "img") > 0 {
			t.Errorf("%s: a page would load pictures", name)
		}
		if count(t, page, "script, iframe, svg, style, [onclick], [onerror], [style]") > 0 {
			t.Errorf("%s: hostile elements", name)
		}
	}
}

// elements spells the elements below n with their attributes.
func elements(n *html.Node) string {
	var b strings.Builder
	for n := range n.Descendants() {
		if n.Type == html.ElementNode {
			b.WriteString("<" + n.Data)
			for _, a := range n.Attr {
				b.WriteString(" " + a.Key + "=" + a.Val)
			}
			b.WriteString(">")
		}
	}
	return b.String()
}
