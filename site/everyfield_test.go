package site

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/goccy/go-yaml"

	"github.com/codicil/codicil/policy"
)

// hostileFields are words that want to be read as something else by whatever reads
// an output: a page, a feed, a list of lines, a front matter, a template.
func hostileFields() []string {
	return append(hostile(),
		"a\nb", "a\r\nSet-Cookie: x", "---\n", "\n---\nlayout: evil\n---\n", "]]></content><script>1</script>", "{{< evil >}}", "{% evil %}", "{{ site.evil }}", "${evil}",
		"=cmd|' /C calc'!A0", "@import 'x'", "\x00", "\x1b[2J", "\u2028", "\ufeff", "%20", "a@2.0 "+strings.Repeat("0", 64)+" 2026-01-01 abc", "../../x", `a"b'c`, "a,b;c", "\"}]}", "\\u003cscript>", "*/ alert(1) /*",
	)
}

// shelfOf puts the words into every field that a text, its front matter or
// its history has.
func shelfOf(t testing.TB, words string) (*shelf, Options) {
	s := newShelf(t)
	line := strings.Join(strings.Fields(words), " ")
	text := "# T " + line + " {#t}\n\n" + words + "\n\n## 1. A " + line + "\n\n[l " + line + "](" + words + ") \"Term " + line + "\" means x.\n\n| a | " + line + " |\n|---|---|\n| b | c |\n\n- " + line + "\n"
	major := policy.Major
	front := policy.FrontMatter{
		Title: "T" + words, Summary: "S" + words, ApprovedBy: "P" + words, ChangeReason: "R" + words, Change: &major, StatusReason: "X" + words,
		Aliases: []string{"A" + words}, Notice: policy.Channels{"banner", "popup", "feed"},
	}
	p := s.add("evil",
		draft{label: "1" + words, published: "2026-01-01", effective: "2026-01-01", text: text, front: front},
		draft{label: "2" + words, published: "2026-11-01", effective: "2026-11-02", text: text + "\nMore " + words + "\n", front: front})
	p.Title, p.Path, p.Lang = "P"+words, "legal/e"+words+".md", "en"
	for _, v := range p.Versions {
		v.Path = p.Path
		v.Silent = []policy.Revision{{Commit: "c" + words, Path: p.Path, Published: v.Published}}
	}
	o := options(t)
	o.Title, o.Generator, o.BaseURL = "O"+words, "G"+words, "https://example.com/legal"
	o.Follow = "https://notices.example.com"
	return s, o
}

// TestNoFieldIsReadAsSomethingElse puts each of the hostile words into every field,
// and reads every output as its readers do.
func TestNoFieldIsReadAsSomethingElse(t *testing.T) {
	for _, words := range hostileFields() {
		s, o := shelfOf(t, words)
		checkOutputs(t, words, allFiles(t, s.build(o)))
	}
}

// FuzzField does it with any words.
func FuzzField(f *testing.F) {
	for _, words := range hostileFields() {
		f.Add(words)
	}
	f.Fuzz(func(t *testing.T, words string) {
		if len(words) > 200 || strings.ContainsAny(words, "/") { // a slash makes folders of ids; those have tests of their own
			return
		}
		s, o := shelfOf(t, words)
		checkOutputs(t, words, allFiles(t, s.build(o)))
	})
}

func checkOutputs(t *testing.T, words string, files map[string]string) {
	t.Helper()
	for name, data := range files {
		switch kind := path.Ext(name); {
		case path.Base(name) == "index.md" || path.Base(name) == "index.txt" || strings.HasPrefix(name, "."):
			continue // the text as it is; and what the build keeps for itself
		case kind == ".html":
			harmless(t, name, data)
			checkLinkedData(t, name, data)
		case kind == ".json":
			checkJSON(t, name, data)
		case kind == ".atom" || kind == ".xml":
			checkXML(t, name, data)
		case name == "versions.sum":
			checkLines(t, name, data, 7)
		case name == "log/codicil.sum":
			checkLines(t, name, data, 5)
		case lineForms()[path.Base(name)] != nil:
			for line := range strings.Lines(data) {
				if line = strings.TrimSuffix(line, "\n"); line != "" && !lineForms()[path.Base(name)].MatchString(line) {
					t.Errorf("%q: %s has the line %q", words, name, line)
				}
			}
		}
		for _, r := range data {
			if kind := path.Ext(name); (kind == ".atom" || kind == ".xml") && (r < ' ' && r != '\n' && r != '\t' && r != '\r') {
				t.Errorf("%q: %s holds the control character %q", words, name, r)
				break
			}
		}
	}
}

// lineForms are what each line is in files that hosts and programs read by lines.
func lineForms() map[string]*regexp.Regexp {
	const link = `<https://[^<>"\s]+>; rel="[a-z]+"(; type="[a-z/-]+")?`
	return map[string]*regexp.Regexp{
		"robots.txt": regexp.MustCompile(`^(#.*|User-agent: \*|Allow: /|Sitemap: https://example\.com/legal/sitemap\.xml)$`),
		"_headers": regexp.MustCompile(`^(/[^\s<>"]*|  (Content-Security-Policy|Referrer-Policy|X-Content-Type-Options|Cache-Control|Access-Control-Allow-Origin|Cross-Origin-Resource-Policy|Content-Type|Memento-Datetime): [^<>]*|  Link: ` +
			link + `(, ` + link + `)*)$`),
		"timemap":  regexp.MustCompile(`^<https://(example\.com/legal|notices\.example\.com)/[^<>"\s]*>(;[a-z]+="[A-Za-z0-9 ,:/-]*")+,?$`),
		"llms.txt": regexp.MustCompile(`^(#{1,2} .*|> .*|- \[(\\.|[^\]\[\\])*\]\((https://example\.com/legal)?/[^()\s]*\)(:.*)?|- [^\[]*|[A-Za-z].*)$`),
	}
}

// checkLinkedData reads what a page tells programs.
func checkLinkedData(t *testing.T, name, data string) {
	page, err := html.Parse(strings.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range all(page, "script[type='application/ld+json']") {
		if n.FirstChild == nil || !json.Valid([]byte(n.FirstChild.Data)) || strings.ContainsAny(n.FirstChild.Data, "<>") {
			t.Errorf("%s: what it tells programs is broken: %v", name, n.FirstChild)
		}
	}
}

// checkJSON reads a file, and what is HTML within it.
func checkJSON(t *testing.T, name, data string) {
	if !json.Valid([]byte(data)) {
		t.Errorf("%s is no JSON", name)
	}
	var feed struct {
		Items []struct {
			HTML string `json:"content_html"`
			URL  string `json:"url"`
		} `json:"items"`
	}
	if json.Unmarshal([]byte(data), &feed) == nil {
		for _, item := range feed.Items {
			harmless(t, embedDir+name, item.HTML)
			if !strings.HasPrefix(item.URL, "https://example.com/legal/") {
				t.Errorf("%s leads to %q", name, item.URL)
			}
		}
	}
}

// checkXML reads a feed or a map of the site.
func checkXML(t *testing.T, name, data string) {
	d := xml.NewDecoder(strings.NewReader(data))
	element := ""
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			return
		}
		switch token := token.(type) {
		case xml.StartElement:
			element = token.Name.Local
			for _, a := range token.Attr {
				if a.Name.Local == "href" && !strings.HasPrefix(a.Value, "https://example.com/legal") {
					t.Errorf("%s: %s leads to %q", name, element, a.Value)
				}
			}
			if element == "script" {
				t.Errorf("%s has a script", name)
			}
		case xml.CharData:
			if element == "content" {
				harmless(t, embedDir+name, string(token))
			}
			if element == "loc" && len(strings.TrimSpace(string(token))) > 0 && !strings.HasPrefix(string(token), "https://example.com/legal") {
				t.Errorf("%s leads to %q", name, token)
			}
		}
	}
}

// checkLines reads a list with a version a line.
func checkLines(t *testing.T, name, data string, columns int) {
	lines := 0
	for line := range strings.Lines(data) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		lines++
		if n := len(strings.Fields(line)); n != columns || !strings.HasPrefix(line, "evil@") {
			t.Errorf("%s: a line of %d words, want %d: %q", name, n, columns, line)
		}
	}
	if lines != 2 {
		t.Errorf("%s tells of %d versions, want 2", name, lines)
	}
}

// ownForms is what an export writes itself in the form of a generator.
var ownForms = regexp.MustCompile(`\{\{< /?policy-(?:html|anchor|redline)(?: "[^"\\<>]*")? >\}\}|\{::nomarkdown\}|\{:/nomarkdown\}|\{: (?:#[A-Za-z0-9_:-]+|id="[^"{}<>]*")\}|<Redline \{\.\.\.piece\} />`)

// TestNoFieldEndsTheFrontMatterOfAnExport reads exports as their generators do.
func TestNoFieldEndsTheFrontMatterOfAnExport(t *testing.T) {
	for _, words := range hostileFields() {
		for _, format := range []string{"hugo", "jekyll", "docusaurus"} {
			s, o := shelfOf(t, words)
			o.BaseURL = ""
			dst := path.Join(t.TempDir(), "out")
			if _, err := Export(t.Context(), dst, format, s.policies, s.texts, o); err != nil {
				t.Fatalf("%q: %v", words, err)
			}
			for name, data := range allFiles(t, dst) {
				if path.Ext(name) != ".md" && path.Ext(name) != ".mdx" {
					continue
				}
				head, body, found := strings.Cut(strings.TrimPrefix(data, "---\n"), "\n---\n")
				var front map[string]any
				if err := yaml.Unmarshal([]byte(head), &front); !found || err != nil || front["policy"] != "evil" && front["title"] != "Policies" || front["layout"] == "evil" {
					t.Errorf("%q: %s: the front matter reads %v (%v)", words, name, front, err)
				}
				body = ownForms.ReplaceAllString(body, "")
				if path.Ext(name) == ".mdx" && strings.Contains(strings.ReplaceAll(body, `\{`, ""), "{") {
					t.Errorf("%q: %s runs an expression:\n%s", words, name, body)
				}
				for _, bad := range []string{"<script", "<img", "<svg", "<iframe", "<style", "<base", "{:", "](javascript:"} {
					if strings.Contains(body, bad) && !strings.Contains(body, `\[`) {
						t.Errorf("%q: %s keeps %s:\n%s", words, name, bad, body)
					}
				}
				if format == "hugo" && (strings.Contains(body, "{{<") || strings.Contains(body, "{{%")) {
					t.Errorf("%q: %s runs a shortcode", words, name)
				}
			}
		}
	}
}
