package site

import (
	"bytes"
	"compress/gzip"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
)

func TestRelativeAddresses(t *testing.T) {
	tests := []struct{ dir, path, want string }{
		{"", "", "./"}, {"", "privacy/", "./privacy/"}, {"privacy/", "privacy/", "./"}, {"privacy/", "", "../"},
		{"privacy/1.0/", "privacy/", "../../privacy/"}, {"privacy/1.0/", "privacy/1.0/index.md", "./index.md"}, {"a/", "b c/d?e#f", "../b%20c/d%3Fe%23f"},
	}
	for _, test := range tests {
		if got := relative(test.dir, test.path); got != test.want {
			t.Errorf("relative(%q, %q) = %q, want %q", test.dir, test.path, got, test.want)
		}
	}
}

func TestLinkerFindsWhatALinkMeans(t *testing.T) {
	kept := func(id, path string) *plan {
		return &plan{policy: &policy.Policy{ID: id, Path: path}, dir: id + "/"}
	}
	moved := kept("security", "safe/security/index.md")
	moved.versions = []*policy.Version{{Path: "safe/security/index.md"}, {Path: "overview.md"}, {Path: "legal/privacy.md"}}
	l := newLinker([]*plan{kept("privacy", "legal/privacy.md"), kept("terms", "legal/old/terms.md"), kept("a", "x/same.md"), kept("b", "y/same.md"), kept("ipr", "IPR Policy.md"), moved}, "")
	tests := []struct{ file, link, want string }{
		{"legal/terms.md", "privacy.md", siteRoot + "privacy/"},
		{"legal/terms.md", "./privacy.md#sharing", siteRoot + "privacy/"},
		{"legal/terms.md", "/articles/privacy", siteRoot + "privacy/"},
		{"legal/terms.md", "terms.md", siteRoot + "terms/"},
		{"x/z.md", "same.md", siteRoot + "a/"},
		{"legal/z.md", "same.md", ""},
		{"legal/z.md", "../README.md", ""},
		{"legal/z.md", "../safe/security/", siteRoot + "security/"},
		{"legal/z.md", "/about/security", siteRoot + "security/"},
		{"legal/z.md", "/overview.md", siteRoot + "security/"},
		{"legal/z.md", "/about/overview", "/about/overview"},
		{"Pair Policy.md", "./IPR%20Policy.md#two", siteRoot + "ipr/"},
		{"Pair Policy.md", "IPR Policy.md", siteRoot + "ipr/"},
		{"Pair Policy.md", "IPR%2GPolicy.md", ""},
		{"legal/z.md", "#here", "#here"},
		{"legal/z.md", "#there", ""},
		{"legal/z.md", "https://example.com/privacy.md", "https://example.com/privacy.md"},
		{"legal/z.md", "//example.com/privacy.md", "//example.com/privacy.md"},
		{"legal/z.md", "mailto:a@example.com", "mailto:a@example.com"},
	}
	for _, test := range tests {
		d := &policy.Document{Blocks: []policy.Block{{ID: "here", Spans: []policy.Span{{Text: "words", Link: test.link}}}}}
		shown, dead := l.of(test.file, d).shown(d, make(map[link]bool))
		if d.Blocks[0].Spans[0].Link != test.link {
			t.Errorf("%s: what was written changed", test.link)
		}
		if got := shown.Blocks[0].Spans[0].Link; got != test.want || (len(dead) == 1) != (test.want == "") {
			t.Errorf("%s in %s leads to %q, want %q (dead: %v)", test.link, test.file, got, test.want, dead)
		}
	}
}

func TestLinksWithinTheSiteHaveNoRel(t *testing.T) {
	in := `<a href="` + siteRoot + `terms/#a" rel="noopener noreferrer">a</a> <a href="https://example.com/" rel="noopener noreferrer">b</a> <a href="` + siteRoot + `">c</a> <a href="` + siteRoot + `" rel="noopener noreferrer">d</a>`
	want := `<a href="../terms/#a">a</a> <a href="https://example.com/" rel="noopener noreferrer">b</a> <a href="../">c</a> <a href="../">d</a>`
	if got := string(rootedPage([]byte(in), "../")); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestFragmentsOfARedlineStayAlive(t *testing.T) {
	var out bytes.Buffer
	settleFragments(&out, []byte(`<p id="here"><a href="#here">a</a> <a href="#gone">b</a> <a href="#%D8%A7">c</a></p><p id="ا"></p>`), "old/")
	want := `<p id="here"><a href="#here">a</a> <a href="old/#gone">b</a> <a href="#%D8%A7">c</a></p><p id="ا"></p>`
	if out.String() != want {
		t.Errorf("got  %s\nwant %s", out.String(), want)
	}
}

func TestEveryClauseHasALinkToItself(t *testing.T) {
	var out bytes.Buffer
	addAnchors(&out, []byte(`<h2 id="a">A</h2><p>none</p><ol><li value="3" id="b"><span id="alias"></span>B</li></ol><p id="c">C</p>`), "Link to this clause")
	link := func(id string) string {
		return `<a class="anchor" href="#` + id + `" aria-label="Link to this clause"></a>`
	}
	want := `<h2 id="a">A` + link("a") + `</h2><p>none</p><ol><li value="3" id="b">` + link("b") + `<span id="alias"></span>B</li></ol><p id="c">` + link("c") + `C</p>`
	if out.String() != want {
		t.Errorf("got  %s\nwant %s", out.String(), want)
	}
}

func TestClipEndsAtAWord(t *testing.T) {
	tests := []struct {
		text string
		n    int
		want string
	}{
		{"short", 10, "short"}, {"two\n words", 20, "two words"}, {"several words, and more", 16, "several words…"},
		{"Donaudampfschifffahrt", 8, "Donauda…"}, {"", 5, ""},
	}
	for _, test := range tests {
		if got := clip(test.text, test.n); got != test.want {
			t.Errorf("clip(%q, %d) = %q, want %q", test.text, test.n, got, test.want)
		}
	}
}

func TestReadingTime(t *testing.T) {
	tests := []struct {
		text string
		want int
	}{{"", 1}, {strings.Repeat("word ", 238*5), 5}, {strings.Repeat("隐私", 238*3), 3}}
	for _, test := range tests {
		d := &policy.Document{Blocks: []policy.Block{{Spans: []policy.Span{{Text: test.text}}}}}
		if got := readingTime(d); got != test.want {
			t.Errorf("%d bytes take %d minutes, want %d", len(test.text), got, test.want)
		}
	}
}

func TestAssetsAreSmall(t *testing.T) {
	files := allFiles(t, library(t).build(options(t)))
	zipped := func(name string) int {
		var b bytes.Buffer
		w := gzip.NewWriter(&b)
		_, _ = w.Write([]byte(files[name]))
		_ = w.Close()
		return b.Len()
	}
	if n := zipped("embed/v1/notice.js"); n > 3<<10 {
		t.Errorf("the notice takes %d bytes, more than 3 kB", n)
	}
	page := 0
	for _, name := range names(files) {
		if name == "privacy/index.html" || strings.HasPrefix(name, "assets/") && strings.Contains(files["privacy/index.html"], name) {
			page += zipped(name)
		}
	}
	if page > 12<<10 {
		t.Errorf("a short page takes %d bytes, more than 12 kB", page)
	}
	copies := 0
	for _, name := range names(files) {
		if strings.HasPrefix(name, "embed/v1/notice.") && name != "embed/v1/notice.js" && files[name] == files["embed/v1/notice.js"] {
			copies++
		}
	}
	if copies != 1 {
		t.Errorf("%d lasting copies of the notice, want 1", copies)
	}
}
