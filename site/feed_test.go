package site

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
	"github.com/google/go-cmp/cmp"
	"github.com/mmcdole/gofeed"
)

func parseFeed(t *testing.T, data string) *gofeed.Feed {
	t.Helper()
	f, err := gofeed.NewParser().ParseString(data)
	if err != nil {
		t.Fatalf("%v in:\n%s", err, data)
	}
	return f
}

func TestFeedsCanBeRead(t *testing.T) {
	o := options(t)
	o.BaseURL = "https://example.com/legal"
	files := allFiles(t, library(t).build(o))
	for _, name := range []string{"privacy/feed.atom", "privacy/feed.json"} {
		f := parseFeed(t, files[name])
		if f.Title != "Privacy Policy" || len(f.Items) != 3 {
			t.Fatalf("%s: title %q, %d items", name, f.Title, len(f.Items))
		}
		first := f.Items[0]
		if first.GUID != "tag:example.com,2026-11-01:privacy@2.0" || first.Link != "https://example.com/legal/privacy/2.0/" {
			t.Errorf("%s: first item is %s at %s", name, first.GUID, first.Link)
		}
		if first.Title != "Privacy Policy, version 2.0: major change" || !strings.Contains(first.Content, "2 Sharing") || !strings.Contains(first.Content, "share data &amp; keep") {
			t.Errorf("%s: first item is %q:\n%s", name, first.Title, first.Content)
		}
		if first.PublishedParsed == nil || policy.DateOf(*first.PublishedParsed) != day(t, "2026-11-01") {
			t.Errorf("%s: published %v", name, first.PublishedParsed)
		}
	}
	f := parseFeed(t, files["feed.atom"])
	if len(f.Items) != 7 || f.FeedLink != "https://example.com/legal/feed.atom" {
		t.Errorf("the feed of all policies has %d items and stands at %s", len(f.Items), f.FeedLink)
	}
}

func TestFeedsWithoutABaseURLStayReadable(t *testing.T) {
	files := allFiles(t, library(t).build(options(t)))
	f := parseFeed(t, files["privacy/feed.atom"])
	if f.Items[0].GUID != "tag:codicil.invalid,2026-11-01:privacy@2.0" || f.Items[0].Link != "./2.0/" {
		t.Errorf("first item is %s at %s", f.Items[0].GUID, f.Items[0].Link)
	}
	if files["sitemap.xml"] != "" {
		t.Error("a sitemap without full addresses was written")
	}
}

func TestSitemapNamesTheDayOfTheText(t *testing.T) {
	o := options(t)
	o.BaseURL = "https://example.com/legal"
	files := allFiles(t, library(t).build(o))
	want := "<loc>https://example.com/legal/privacy/</loc>\n  <lastmod>2026-03-01</lastmod>"
	if !strings.Contains(files["sitemap.xml"], want) {
		t.Errorf("no %s in:\n%s", want, files["sitemap.xml"])
	}
	if !strings.Contains(files["robots.txt"], "Sitemap: https://example.com/legal/sitemap.xml") {
		t.Errorf("robots.txt:\n%s", files["robots.txt"])
	}
}

func TestAPITellsTheHistory(t *testing.T) {
	files := allFiles(t, library(t).build(options(t)))
	var index struct {
		On       string
		Policies []struct {
			ID       string
			InForce  string `json:"in_force"`
			Upcoming []string
			Versions int
		}
	}
	if err := json.Unmarshal([]byte(files["api/v1/index.json"]), &index); err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, p := range index.Policies {
		ids = append(ids, p.ID)
	}
	if diff := cmp.Diff([]string{"ar/privacy", "cookies", "de/privacy", "privacy", "terms"}, ids); diff != "" {
		t.Errorf("ids (-want +got):\n%s", diff)
	}
	if p := index.Policies[3]; p.InForce != "1.1" || p.Versions != 3 || len(p.Upcoming) != 1 || p.Upcoming[0] != "2.0" || index.On != "2026-11-22" {
		t.Errorf("index = %+v", index)
	}
	var history struct {
		ID       string
		Versions []map[string]any
	}
	if err := json.Unmarshal([]byte(files["api/v1/privacy.json"]), &history); err != nil {
		t.Fatal(err)
	}
	newest, oldest := history.Versions[0], history.Versions[2]
	if newest["severity"] != "major" || newest["status"] != "upcoming" || newest["effective"] != "2027-01-15" || newest["certainty"] != "stated" || newest["sha256"] == "" {
		t.Errorf("newest = %v", newest)
	}
	if oldest["severity"] != nil || oldest["status"] != "superseded" {
		t.Errorf("oldest = %v", oldest)
	}
}

func TestSumsNameEveryVersion(t *testing.T) {
	s := library(t)
	lines := strings.Split(strings.TrimSpace(allFiles(t, s.build(options(t)))["versions.sum"]), "\n")
	if len(lines) != 4+8 || !strings.HasPrefix(lines[3], "#") || strings.HasPrefix(lines[4], "#") {
		t.Fatalf("lines:\n%s", strings.Join(lines, "\n"))
	}
	v := s.policies[0].Versions[2]
	want := "privacy@1.0 " + v.SHA256 + " 2026-01-01 " + v.Commit + " legal/privacy.md /privacy/1.0/index.md"
	if !strings.Contains(strings.Join(lines, "\n"), want) {
		t.Errorf("no line %q in:\n%s", want, strings.Join(lines, "\n"))
	}
}

// The head of versions.sum says how a reader checks the chain: by a line for a
// shell, which must do what it says.
func TestTheChainCanBeCheckedWithAShell(t *testing.T) {
	dir := library(t).build(options(t))
	sums, err := os.ReadFile(filepath.Join(dir, "versions.sum"))
	if err != nil {
		t.Fatal(err)
	}
	_, command, _ := strings.Cut(strings.Split(string(sums), "\n")[3], "policy:")
	check := func(data []byte) string {
		t.Helper()
		where := t.TempDir()
		if err := os.WriteFile(filepath.Join(where, "versions.sum"), data, 0o644); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command("sh", "-c", command)
		cmd.Dir = where
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		return string(out)
	}
	if out := check(sums); out != "" {
		t.Errorf("the chain is called broken: %s", out)
	}
	altered := bytes.Replace(sums, []byte("2026-03-01"), []byte("2026-03-02"), 1)
	if out := check(altered); !strings.Contains(out, "privacy@1.1 is not what followed") || strings.Contains(out, "privacy@1.0") {
		t.Errorf("an altered date: %q", out)
	}
}

func TestLegalContextNamesWhatBinds(t *testing.T) {
	s := library(t)
	var c legalContext
	if err := json.Unmarshal([]byte(allFiles(t, s.build(options(t)))[".well-known/legal-context.json"]), &c); err != nil {
		t.Fatal(err)
	}
	got := make(map[string]legalDocument)
	for _, d := range c.Documents {
		got[d.ID] = d
	}
	privacy := got["privacy"]
	if privacy.InForce == nil || privacy.InForce.Version != "1.1" || privacy.InForce.SHA256 != s.policies[0].Versions[1].SHA256 || privacy.InForce.Text != "/privacy/1.1/index.md" {
		t.Errorf("in force: %+v", privacy.InForce)
	}
	if len(privacy.Upcoming) != 1 || privacy.Upcoming[0].Version != "2.0" {
		t.Errorf("upcoming: %+v", privacy.Upcoming)
	}
	if _, told := got["cookies"]; told || got["de/privacy"].TranslationOf != "privacy" {
		t.Errorf("documents = %+v", got)
	}
}

func TestVersionJSONHoldsTheClauses(t *testing.T) {
	files := allFiles(t, library(t).build(options(t)))
	var v struct {
		versionData
		Clauses []clauseData `json:"clauses"`
	}
	if err := json.Unmarshal([]byte(files["privacy/1.0/index.json"]), &v); err != nil {
		t.Fatal(err)
	}
	found := false
	for _, c := range v.Clauses {
		if c.ID == "sharing" {
			found = c.Number == "2" && c.Title == "Sharing" && strings.Contains(c.Text, "We do not share")
		}
	}
	if v.Policy != "privacy" || v.Label != "1.0" || !found {
		t.Errorf("version = %+v", v)
	}
}

func TestNoticesForOtherSites(t *testing.T) {
	tests := []struct {
		on      string
		notices int
	}{{"2026-10-31", 0}, {"2026-11-01", 1}, {"2027-01-15", 1}, {"2027-02-14", 1}, {"2027-02-15", 0}}
	for _, test := range tests {
		o := options(t)
		o.On = day(t, test.on)
		files := allFiles(t, library(t).build(o))
		var f noticesFile
		if err := json.Unmarshal([]byte(files["embed/v1/notices.json"]), &f); err != nil {
			t.Fatal(err)
		}
		if f.Schema != 1 || len(f.Notices) != test.notices {
			t.Errorf("on %s: %d notices, want %d", test.on, len(f.Notices), test.notices)
		}
		for _, n := range f.Notices {
			text := n.Text[n.DefaultLang]
			if n.ID != "privacy@2.0" || n.Display != "dialog" || text.Dismiss != "Close" || text.Links[0].URL != "../../privacy/compare/1.1...2.0/" {
				t.Errorf("on %s: notice = %+v", test.on, n)
			}
			if text.EffectiveText != "Will apply from 15 January 2027." || text.SinceText != "Applies since 15 January 2027." {
				t.Errorf("on %s: %q, %q", test.on, text.EffectiveText, text.SinceText)
			}
		}
	}
}

func TestNoticesSpeakTheLanguagesOfThePolicy(t *testing.T) {
	s, o := library(t), options(t)
	o.Remind = true
	files := allFiles(t, s.build(o))
	var file noticesFile
	if err := json.Unmarshal([]byte(files[embedDir+"notices.json"]), &file); err != nil {
		t.Fatal(err)
	}
	n := file.Notices[0]
	if !n.Remind || n.DefaultLang != "en" {
		t.Errorf("notice = %+v", n)
	}
	german := n.Text["de"]
	if german.Title != "Änderung: Datenschutz" || german.EffectiveText != "Gilt ab dem 15. Januar 2027." || german.SinceText != "Gilt seit dem 15. Januar 2027." || !strings.HasSuffix(german.Links[1].URL, "de/privacy/") {
		t.Errorf("in German: %+v", german)
	}
	if !strings.HasPrefix(files[embedDir+containedName], `self.policyNotices={"schema":1,`) || !strings.HasSuffix(files[embedDir+containedName], files[embedDir+"notice.js"]) {
		t.Error("the self-contained script is not the notices and the script")
	}
	if !strings.Contains(files[embedDir+"notice.html"], "<h2>Change to our Privacy Policy</h2>") {
		t.Errorf("for pages without script: %s", files[embedDir+"notice.html"])
	}
	for lang, title := range map[string]string{"en": "Change to our Privacy Policy", "de": "Änderung: Datenschutz"} {
		if name := embedDir + "notice." + lang + ".html"; !strings.Contains(files[name], "<h2>"+title+"</h2>") {
			t.Errorf("%s: %s", name, files[name])
		}
	}
}
