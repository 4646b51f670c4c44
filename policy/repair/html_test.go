package repair

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
	"pgregory.net/rapid"
)

func TestPagesBecomeMarkdown(t *testing.T) {
	tests := []struct{ name, src, want string }{
		{"a whole page", "<!DOCTYPE html><html lang=en><head><title>Privacy &amp;\n\nyou</title><style>x{}</style></head>\n<body><!-- no --><h1>Privacy</h1>\n\n<p>We <b>use</b> it, see <a href=\"/terms\">terms</a>.</p><script>alert(1)\n\nx</script></body></html>",
			"---\ntitle: \"Privacy & you\"\nid: page\n---\n\n# Privacy {#privacy}\n\nWe **use** it, see [terms](/terms).\n"},
		{"a title from the first heading", "<h2>Shop terms</h2><p>a", "---\ntitle: Shop terms\nid: page\n---\n\n## Shop terms {#shop-terms}\n\na\n"},
		{"no title", "<p>a\n\n\nb", "---\ntitle: page\nid: page\n---\n\na b\n"},
		{"items of several pieces", "<ol><li>one<li><p>two</p><p>three</p></ol><ul><li>a<li>b</ul>", "---\ntitle: page\nid: page\n---\n\n1. one {#one}\n\n2. two {#two}\n\n   three\n\n<!-- -->\n\n- a\n- b\n"},
		{"definitions", "<dl><dt>A<dt>B<dd>One.<dd><p>Two.</p><p>Three.</p></dl>", "---\ntitle: page\nid: page\n---\n\nA\nB\n: One.\n\n: Two.\n\n  Three.\n"},
		{"nothing", "", "---\ntitle: page\nid: page\n---\n\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			out, repairs, err := HTML("page.html", "", []byte(test.src))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, string(out)); diff != "" {
				t.Error(diff)
			}
			if len(repairs) == 0 {
				t.Error("what was put in is not reported")
			}
		})
	}
}

func TestAPageIsReadInTheEncodingThatItDeclares(t *testing.T) {
	for name, page := range map[string]string{
		"windows-1252": "<meta charset=windows-1252><h1>Prix</h1><p>5 \x80 \x96 caf\xe9",
		"shift_jis":    "<meta http-equiv=Content-Type content='text/html; charset=Shift_JIS'><h1>Prix</h1><p>5 \x89\x7e",
		"gb18030":      "<meta charset=\"gb18030\"><h1>Prix</h1><p>5 \xd4\xaa\xa1\xa3",
	} {
		t.Run(name, func(t *testing.T) {
			want := map[string]string{"windows-1252": "5 € – café", "shift_jis": "5 円", "gb18030": "5 元"}[name]
			out, repairs, err := HTML("page.html", "", []byte(page))
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(string(out), want) {
				t.Errorf("%q is not in\n%s", want, out)
			}
			if !slices.ContainsFunc(repairs, func(r Repair) bool { return r.Rule == "encoding" && r.Before == name }) {
				t.Errorf("it is not reported: %+v", repairs)
			}
		})
	}
	if _, _, err := HTML("page.html", "", []byte("<p>caf\xe9")); err == nil {
		t.Error("a page in an unknown encoding was read")
	}
}

func TestNoWordOfAPageIsLost(t *testing.T) {
	tags := []string{"<p>", "</p>", "<b>", "</b>", "<ul>", "<li>", "</ul>", "<ol start=3>", "</ol>", "<table>", "<tr>", "<td>", "</table>", "<h2>", "</h2>", "<br>", "<blockquote>", "</blockquote>", "\n\n", " "}
	words := []string{"one", "two.", "*three*", "4.", "&amp;", "_five_", "[six]", "- seven", "# eight", "a.b@c.test"}
	rapid.Check(t, func(t *rapid.T) {
		var b strings.Builder
		for range rapid.IntRange(0, 12).Draw(t, "n") {
			b.WriteString(rapid.SampledFrom(tags).Draw(t, "tag") + rapid.SampledFrom(words).Draw(t, "word") + " ")
		}
		out, _, err := HTML("x.html", "", []byte(b.String()))
		if err != nil {
			t.Fatal(err)
		}
		d := parseFor(t, string(out))
		var got []string
		for i := range d.Blocks {
			got = append(got, strings.Fields(d.Blocks[i].Text())...)
		}
		if want := wordsOfHTML(t, b.String()); strings.Join(want, "") != strings.Join(got, "") {
			t.Fatalf("%q\nbecame %q\n%s", b.String(), out, cmp.Diff(want, got))
		}
	})
}

// wordsOfHTML returns the words of a page as a browser has them.
func wordsOfHTML(t *rapid.T, src string) []string {
	root, err := html.Parse(strings.NewReader("<div>" + src + "</div>"))
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			found = append(found, strings.Fields(n.Data)...)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(root)
	return found
}
