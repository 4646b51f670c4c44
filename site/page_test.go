package site

import (
	"encoding/json"
	"net/url"
	"path"
	"strings"
	"testing"

	"github.com/andybalholm/cascadia"
	"github.com/codicil/codicil/policy"
	"golang.org/x/net/html"
)

// document parses a page.
func document(t testing.TB, files map[string]string, name string) *html.Node {
	t.Helper()
	if files[name] == "" {
		t.Fatalf("no page %s", name)
	}
	n, err := html.Parse(strings.NewReader(files[name]))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func all(n *html.Node, selector string) []*html.Node {
	return cascadia.QueryAll(n, cascadia.MustCompile(selector))
}

// words returns the text of the first match with its white space folded.
func shownWords(n *html.Node, selector string) string {
	found := cascadia.Query(n, cascadia.MustCompile(selector))
	if found == nil {
		return ""
	}
	return allWords(found)
}

// allWords returns the text of an element with its white space folded.
func allWords(found *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(found)
	return strings.Join(strings.Fields(b.String()), " ")
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func TestPagesSayWhatTheyMust(t *testing.T) {
	o := options(t)
	o.BaseURL = "https://example.com/legal/"
	files := allFiles(t, library(t).build(o))
	tests := []struct{ name, page, selector, want string }{
		{"the index lists what is in force", "index.html", `.index li:nth-child(2) .badge`, "in force"},
		{"the index leads to the languages of a policy", "index.html", ".index .what", "Also in العربية, Deutsch"},
		{"the index names what is announced", "index.html", ".index .status", "Version 2.0 will apply from 15 January 2027"},
		{"the index sets the withdrawn apart", "index.html", ".gone summary", "1 policy no longer in force"},
		{"the text in force has its title as heading", "privacy/index.html", "h1", "Privacy Policy"},
		{"and its version and date", "privacy/index.html", ".facts", "Version 1.1 · effective 1 March 2026 · 1 minute to read · All versions · in force"},
		{"and tells of a newer one", "privacy/index.html", ".status", "Version 2.0 (major) will apply from 15 January 2027. See what changes"},
		{"and shows the notice", "privacy/index.html", ".notices h2", "Change to our Privacy Policy"},
		{"with its date and summary", "privacy/index.html", ".notice p", "Will apply from 15 January 2027. We may share data & keep records for two years."},
		{"a version says what took its place", "privacy/1.0/index.html", ".status", "Replaced on 1 March 2026 by version 1.1."},
		{"and carries its digest", "privacy/1.0/index.html", ".about", "SHA-256"},
		{"and a foot for print", "privacy/1.0/index.html", ".foot", "Privacy Policy · Version 1.0 · effective 1 January 2026 · sha256 "},
		{"the upcoming text says so", "privacy/upcoming/index.html", ".status", "Takes effect on 15 January 2027. Until then 1.1 applies."},
		{"the summary stands in front", "privacy/upcoming/index.html", ".summary", "What this version changes We may share data & keep records for two years."},
		{"no upcoming text is said too", "terms/upcoming/index.html", "main", "No later version is announced"},
		{"a withdrawn policy says so", "cookies/index.html", ".status", "This policy is withdrawn since 1 June 2026. This is its last text."},
		{"the contents name the clauses", "privacy/index.html", ".toc ul", "1 Collection 2 Sharing 3 Retention"},
		{"the redline counts its changes", "privacy/compare/1.1...2.0/index.html", ".redline-summary", "changes in"},
		{"the redline marks insertions", "privacy/compare/1.1...2.0/index.html", ".redline", "inserted: may"},
		{"the redline names its severity", "privacy/compare/1.1...2.0/index.html", ".stat", "Major change: rights, duties, risks, prices or the use of data change."},
		{"the history shows the newest first", "privacy/versions/index.html", ".log li h3", "2.0"},
		{"the history says who approved a downgrade or why", "privacy/versions/index.html", ".log li:nth-child(2) .badges", "in force editorial"},
		{"the first version is no change", "privacy/versions/index.html", ".log li:nth-child(3) .badges", "first version"},
		{"the change log tells when", "changes/index.html", ".log .what", "Published 1 November 2026, effective 15 January 2027."},
		{"a text without a heading has its policy's name", "cookies/index.html", "h1", "Cookies"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := shownWords(document(t, files, test.page), test.selector); !strings.Contains(got, test.want) {
				t.Errorf("%s: %s = %q, want %q in it", test.page, test.selector, got, test.want)
			}
		})
	}
}

func TestEveryPageIsWellMade(t *testing.T) {
	files := allFiles(t, library(t).build(options(t)))
	for _, name := range names(files) {
		if !strings.HasSuffix(name, ".html") || strings.HasPrefix(name, embedDir) {
			continue
		}
		page := document(t, files, name)
		for selector, want := range map[string]int{
			"html[lang]": 1, "head title": 1, "main": 1, "h1": 1, `a.skip[href="#site.main"]`: 1, "meta[name=viewport]": 1, `meta[name=description]`: 1,
			"style": 0, "[style]": 0, "script:not([src]):not([type='application/ld+json'])": 0, "img": 0, "iframe": 0, ":not(main) > form": 0,
		} {
			if got := len(all(page, selector)); got != want {
				t.Errorf("%s: %d of %s, want %d", name, got, selector, want)
			}
		}
		level := 1
		for _, h := range all(page, "main h1, main h2, main h3, main h4, main h5, main h6") {
			next := int(h.Data[1] - '0')
			if next > level+1 {
				t.Errorf("%s: heading %q skips from %d to %d", name, shownWords(h, "*"), level, next)
			}
			level = next
		}
		seen := make(map[string]bool)
		for _, n := range all(page, "[id]") {
			if id := attr(n, "id"); seen[id] {
				t.Errorf("%s: two elements have the id %q", name, id)
			} else {
				seen[id] = true
			}
		}
	}
}

func TestEveryInternalLinkLeadsSomewhere(t *testing.T) {
	for _, base := range []string{"", "https://example.com", "https://example.com/legal"} {
		o := options(t)
		o.BaseURL = base
		files := allFiles(t, library(t).build(o))
		checked := 0
		for _, name := range names(files) {
			if strings.HasSuffix(name, ".html") {
				checked += checkLinks(t, files, name, o.BaseURL)
			}
		}
		if checked < 300 {
			t.Errorf("base %q: only %d links were checked", base, checked)
		}
	}
}

// checkLinks follows the links of one page within the tree and returns how many
// there were.
func checkLinks(t *testing.T, files map[string]string, name, base string) int {
	t.Helper()
	root, _ := url.Parse(strings.TrimRight(base, "/") + "/")
	here := root.ResolveReference(&url.URL{Path: "./" + strings.TrimSuffix(name, "index.html")})
	checked := 0
	for _, n := range all(document(t, files, name), "a[href], link[href], script[src]") {
		link := attr(n, "href") + attr(n, "src")
		u, err := here.Parse(link)
		if err != nil {
			t.Errorf("%s: link %q: %v", name, link, err)
			continue
		}
		if u.Host != root.Host {
			t.Errorf("%s: link %q leads to another host", name, link)
			continue
		}
		target := strings.TrimPrefix(u.Path, root.Path)
		if target == "" || strings.HasSuffix(target, "/") {
			target = strings.TrimPrefix(path.Join(target, "index.html"), "/")
		}
		checked++
		if files[target] == "" {
			t.Errorf("%s: link %q leads to no file %s", name, link, target)
		} else if u.Fragment != "" && len(all(document(t, files, target), `[id="`+u.Fragment+`"]`)) != 1 {
			t.Errorf("%s: link %q leads to no anchor", name, link)
		}
	}
	return checked
}

func TestLinksBetweenTextsLeadToPages(t *testing.T) {
	files := allFiles(t, library(t).build(options(t)))
	for name, want := range map[string]string{
		"privacy/index.html": "../terms/", "privacy/1.0/index.html": "../../terms/", "privacy/compare/1.0...1.1/index.html": "../../../terms/",
	} {
		links := all(document(t, files, name), ".text p > a:not(.anchor):not([href^='#'])")
		if len(links) == 0 || attr(links[0], "href") != want {
			t.Errorf("%s: first link is not %s", name, want)
		}
	}
	for name, data := range files {
		if strings.Contains(data, siteRoot) && name != stateName {
			t.Errorf("%s still holds the placeholder of the root", name)
		}
	}
}

func TestLanguagesAndDirections(t *testing.T) {
	files := allFiles(t, library(t).build(options(t)))
	arabic := document(t, files, "ar/privacy/index.html")
	if n := all(arabic, `.text[lang="ar"][dir="rtl"]`); len(n) != 1 {
		t.Error("the Arabic text is not marked as such")
	}
	if n := all(arabic, `link[rel=alternate][hreflang="en"][href="../../privacy/"]`); len(n) != 1 {
		t.Error("the Arabic page does not lead to the English one")
	}
	if n := all(document(t, files, "privacy/index.html"), "link[hreflang]"); len(n) != 3 {
		t.Errorf("the English page names %d languages, want 3", len(n))
	}
}

func TestStructuredDataNamesTheVersion(t *testing.T) {
	o := options(t)
	o.BaseURL = "https://example.com"
	page := document(t, allFiles(t, library(t).build(o)), "privacy/1.1/index.html")
	var data thing
	if err := json.Unmarshal([]byte(shownWords(page, `script[type="application/ld+json"]`)), &data); err != nil {
		t.Fatal(err)
	}
	d := data.MainEntity
	if data.Type != "WebPage" || d.Type != "DigitalDocument" || d.Version != "1.1" || d.IsBasedOn != "https://example.com/privacy/1.0/" || d.DateModified != "2026-03-01" {
		t.Errorf("data = %+v of %+v", d, data)
	}
}

func TestNothingInForceYetShowsTheUpcomingText(t *testing.T) {
	s := newShelf(t)
	s.add("new", draft{label: "1", published: "2026-11-01", effective: "2027-01-01", text: "# New\n\nSoon.\n"})
	files := allFiles(t, s.build(options(t)))
	if got := shownWords(document(t, files, "new/index.html"), ".status"); !strings.Contains(got, "No version is in force yet. This text will apply from 1 January 2027.") {
		t.Errorf("status = %q", got)
	}
}

func TestSilentChangesAndDowngradesAreShown(t *testing.T) {
	s := library(t)
	minor := policy.Minor
	v := s.policies[0].Versions[0]
	v.Front.Change, v.Front.ChangeReason, v.Front.ApprovedBy = &minor, "agreed with all", "A. Counsel"
	v.Silent = []policy.Revision{{Commit: "abcdef0123456789", Published: v.Published}}
	r := &judgement{Severity: policy.Minor, Proposed: policy.Major, Declared: true}
	if !r.Downgraded() {
		t.Error("a lower severity than proposed is no downgrade")
	}
	s.texts[v] = strings.Replace(s.texts[v], "version: \"1.0\"", "version: \"2.0\"\nchange: minor", 1)
	v.SHA256 = ""
	page := document(t, allFiles(t, s.build(options(t))), "privacy/versions/index.html")
	if got := shownWords(page, ".log li .status"); !strings.Contains(got, "Changed again without a new label: 1 November 2026 (abcdef012345)") {
		t.Errorf("silent change = %q", got)
	}
	if got := shownWords(page, ".log li dl"); !strings.Contains(got, "declared minor, proposed major: agreed with all (approved by A. Counsel)") {
		t.Errorf("downgrade = %q", got)
	}
}
