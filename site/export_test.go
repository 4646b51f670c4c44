package site

import (
	"encoding/json"
	"errors"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/needs"
)

// export writes the library for a generator into a new folder.
func export(t *testing.T, s *shelf, format string) string {
	t.Helper()
	dst := filepath.Join(t.TempDir(), "out")
	sum, err := Export(t.Context(), dst, format, s.policies, s.texts, options(t))
	if err != nil {
		t.Fatal(err)
	}
	if sum.Versions != 8 || sum.Redlines != 3 || sum.Files == 0 {
		t.Errorf("summary = %+v", sum)
	}
	return dst
}

func TestExportsHaveTheFormOfTheirGenerator(t *testing.T) {
	tests := []struct {
		format, file string
		holds        []string
	}{
		{"hugo", "content/policies/privacy/2.0.md", []string{
			"title: \"Privacy Policy, version 2.0\"\n", "url: \"/policies/privacy/2.0/\"\n", "linkTitle: \"Privacy Policy: Version 2.0 · upcoming · effective 15 January 2027\"\n",
			"severity: \"major\"\n", "redline: \"privacy/1.1...2.0\"\n", "summary: \"We may share data \\u0026 keep", "[the terms](../../terms/)",
			"> **Announced.** Takes effect on 15 January 2027. Until then [1.1](../1.1/) applies.", "## 2. Sharing {#sharing}\n",
		}},
		{"hugo", "content/policies/privacy/_index.md", []string{"version: \"1.1\"\n", "status: \"in force\"\n", "> **A new version is announced.** [Version 2.0](2.0/) (major) will apply from 15 January 2027."}},
		{"hugo", "content/policies/privacy/versions.md", []string{"- **[Version 2.0](../2.0/)** · upcoming · effective 15 January 2027 · major change · [Compare with 1.1](../compare/1.1...2.0/)"}},
		{"hugo", "content/policies/privacy/compare/1.1...2.0.md", []string{"{{< policy-redline \"privacy/1.1...2.0\" >}}"}},
		{"hugo", "content/policies/cookies/_index.md", []string{"> **This policy is withdrawn** since 1 June 2026."}},
		{"hugo", "content/policies/_index.md", []string{"[Cookies](cookies/) · Version ", "withdrawn"}},
		{"hugo", "static/codicil/redline.css", []string{".codicil-redline .visually-hidden"}},
		{"hugo", "assets/codicil/redlines/privacy/1.1...2.0.html", []string{`<div class="codicil-redline" lang="en" dir="ltr">`, "<ins>", `href="/policies/terms/"`}},
		{"hugo", "layouts/shortcodes/policy-redline.html", []string{"resources.Get", "codicil/redline.css"}},
		{"hugo", "data/codicil/privacy.json", []string{`"reasons"`}},
		{"jekyll", "_policies/privacy/1.0.md", []string{"permalink: \"/policies/privacy/1.0/\"\n", "render_with_liquid: false\n"}},
		{"jekyll", "_data/codicil/policies.json", []string{`"de/privacy"`}},
		{"jekyll", "_policies/privacy/compare/1.1-to-2.0.md", []string{"{% include codicil/redlines/privacy/1.1-to-2.0.html %}"}},
		{"jekyll", "_includes/codicil/redlines/privacy/1.1-to-2.0.html", []string{"{{ '/policies/' | relative_url }}terms/"}},
		{"jekyll", "_config.policies.yml", []string{"output: true"}},
		{"docusaurus", "docs/policies/privacy/index.md", []string{"slug: \"/policies/privacy/\"\n", "mdx: {\"format\":\"md\"}\n", "[the terms](../terms/index.md)"}},
		{"docusaurus", "docs/policies/privacy/2.0.md", []string{"sidebar_label: \"Version 2.0 · upcoming · effective 15 January 2027\"\n"}},
		{"docusaurus", "docs/policies/privacy/_category_.json", []string{`"label": "Privacy Policy"`}},
		{"docusaurus", "docs/policies/privacy/compare/1.1...2.0.mdx", []string{"<Redline {...piece} />", "[Version 1.1](../1.1.md)"}},
		{"docusaurus", "src/codicil/redlines/privacy/1.1...2.0.json", []string{`\u003cins\u003e`}},
		{"json", "privacy/1.0.json", []string{`"clauses":[`}},
		{"json", "redlines/privacy/1.0...1.1.json", []string{`"changes": [`}},
	}
	made := make(map[string]map[string]string)
	for _, test := range tests {
		if made[test.format] == nil {
			made[test.format] = allFiles(t, export(t, library(t), test.format))
		}
		data := made[test.format][test.file]
		for _, want := range test.holds {
			if !strings.Contains(data, want) {
				t.Errorf("%s: %s lacks %q:\n%.600s", test.format, test.file, want, data)
			}
		}
	}
	for format, files := range made {
		for name, data := range files {
			if strings.Contains(data, siteRoot) {
				t.Errorf("%s: %s holds the placeholder of the root", format, name)
			}
			if strings.HasSuffix(name, ".json") && !json.Valid([]byte(data)) {
				t.Errorf("%s: %s is no JSON", format, name)
			}
		}
	}
}

// TestExportLeavesOnlyWhatItLists exports over an export of another form: what the
// first one wrote is gone, and the folder around it holds nothing more.
func TestExportLeavesOnlyWhatItLists(t *testing.T) {
	s := library(t)
	around := t.TempDir()
	dst := filepath.Join(around, "out")
	for _, format := range Formats() {
		if _, err := Export(t.Context(), dst, format, s.policies, s.texts, options(t)); err != nil {
			t.Fatal(err)
		}
		files := allFiles(t, around)
		listed := map[string]bool{"out/" + ManifestName: true}
		for line := range strings.Lines(files["out/"+ManifestName]) {
			if _, name, found := strings.Cut(strings.TrimSpace(line), "  "); found && !strings.HasPrefix(line, "#") {
				listed["out/"+name] = true
			}
		}
		for _, name := range names(files) {
			if !listed[name] {
				t.Errorf("%s: %s is not in the list", format, name)
			}
			delete(listed, name)
		}
		if len(listed) > 0 {
			t.Errorf("%s: listed, but not there: %v", format, listed)
		}
	}
}

// TestExportNamesWhatWasCalledOff exports a version that was cancelled.
func TestExportNamesWhatWasCalledOff(t *testing.T) {
	s := newShelf(t)
	p := s.add("privacy",
		draft{label: "1", published: "2026-01-01", effective: "2026-01-01", text: "We keep logs.\n"},
		draft{label: "2", published: "2026-09-01", effective: "2027-01-15", text: "We keep no logs.\n"})
	p.Versions[0].Announcements = []policy.Announcement{
		{Published: p.Versions[0].Published, Effective: p.Versions[0].Effective},
		{Published: day(t, "2026-10-01").Time(), Effective: p.Versions[0].Effective, Status: policy.Cancelled, Reason: "a mistake"},
	}
	dst := filepath.Join(t.TempDir(), "out")
	if _, err := Export(t.Context(), dst, "docusaurus", s.policies, s.texts, options(t)); err != nil {
		t.Fatal(err)
	}
	page := allFiles(t, dst)["docs/policies/privacy/2.md"]
	for _, want := range []string{"sidebar_label: \"Version 2 · cancelled\"\n", ":::warning\n\n**Cancelled** on 1 October 2026", "status_reason: \"a mistake\"\n"} {
		if !strings.Contains(page, want) {
			t.Errorf("lacks %q:\n%s", want, page)
		}
	}
}

func TestExportRefusesWhatItDoesNotKnow(t *testing.T) {
	var fault *policy.Diagnostic
	if _, err := Export(t.Context(), t.TempDir(), "gatsby", nil, texts{}, options(t)); !errors.As(err, &fault) || fault.Hint == "" {
		t.Errorf("error = %v, want a fault with a hint", err)
	}
}

// TestJekyllBuildsItsExport builds the export with Jekyll itself, if it is
// there.
func TestJekyllBuildsItsExport(t *testing.T) {
	t.Parallel()
	jekyll := needs.Program(t, "jekyll", "jekyll")
	s := library(t)
	for _, v := range []*policy.Version{s.policies[1].Versions[0], s.policies[0].Versions[0]} { // in a text, and in a redline
		s.texts[v] += "\nNot a command: {{ secret }} and {% secret %}.\n"
		v.SHA256 = ""
	}
	dir := export(t, s, "jekyll")
	put(t, filepath.Join(dir, "_config.yml"), "title: x\nbaseurl: /legal\n")
	put(t, filepath.Join(dir, "_layouts/page.html"), "<!DOCTYPE html><title>{{ page.title }}</title><p class=version>{{ page.version }}</p>{{ content }}"+
		"{% if page.redline %}{% assign piece = 'codicil/redlines/' | append: page.redline | append: '.html' %}{% include {{ piece }} %}{% endif %}")
	put(t, filepath.Join(dir, "index.html"), "---\n---\n{% for p in site.data.codicil.policies %}<b>{{ p.id }}</b>{% endfor %}")
	out, err := exec.Command(jekyll, "build", "--quiet", "--config", filepath.Join(dir, "_config.yml")+","+filepath.Join(dir, "_config.policies.yml"), "--source", dir, "--destination", filepath.Join(dir, "_site")).CombinedOutput()
	if err != nil {
		t.Fatalf("jekyll: %v\n%s", err, out)
	}
	files := allFiles(t, filepath.Join(dir, "_site"))
	for name, want := range map[string]string{
		"policies/privacy/compare/1.1-to-2.0/index.html": "href=\"/legal/policies/terms/\"", "policies/privacy/2.0/index.html": "<h2 id=\"sharing\">2. Sharing</h2>", "policies/privacy/index.html": "1.1", "policies/terms/1/index.html": "{{ secret }}",
		"policies/de/privacy/1.0/index.html": "Datenschutz", "index.html": "<b>de/privacy</b>",
	} {
		if !strings.Contains(files[name], want) {
			t.Errorf("%s lacks %q:\n%.500s", name, want, files[name])
		}
	}
}

// TestHugoBuildsItsExport builds the export with Hugo itself, if it is there.
func TestHugoBuildsItsExport(t *testing.T) {
	hugo := needs.Program(t, "hugo", "hugo")
	s := library(t)
	s.texts[s.policies[1].Versions[0]] += "\nNot a command: {{< secret >}} and {{% secret %}}.\n"
	s.policies[1].Versions[0].SHA256 = ""
	dir := export(t, s, "hugo")
	put(t, filepath.Join(dir, "config.toml"), "baseURL = 'https://example.com/legal/'\ntitle = 'x'\ndisableKinds = ['taxonomy', 'term', 'RSS', 'sitemap']\n")
	page := "<!DOCTYPE html><title>{{ .Title }}</title><p class=version>{{ .Params.version }}</p>{{ .Content }}{{ with .Params.redline }}{{ with resources.Get (printf \"codicil/redlines/%s.html\" .) }}{{ .Content | safeHTML }}{{ end }}{{ end }}"
	put(t, filepath.Join(dir, "layouts/_default/single.html"), page)
	put(t, filepath.Join(dir, "layouts/_default/list.html"), page+"{{ range $.Site.Data.codicil.policies }}<b>{{ .id }}</b>{{ end }}")
	put(t, filepath.Join(dir, "content/shown.md"), "---\ntitle: shown\n---\n{{< policy-redline \"privacy/1.1...2.0\" >}}\n")
	if out, err := exec.Command(hugo, "--source", dir, "--destination", filepath.Join(dir, "public")).CombinedOutput(); err != nil {
		t.Fatalf("hugo: %v\n%s", err, out)
	}
	files := allFiles(t, filepath.Join(dir, "public"))
	for name, want := range map[string]string{
		"policies/privacy/compare/1.1...2.0/index.html": "href=\"/legal/policies/terms/\"", "policies/privacy/2.0/index.html": "<ins>", "policies/privacy/index.html": "<h2 id=\"sharing\">", "policies/terms/1/index.html": "secret",
		"shown/index.html": "<ins>", "policies/de/privacy/1.0/index.html": "Datenschutz", "index.html": "de/privacy",
	} {
		if !strings.Contains(files[name], want) {
			t.Errorf("%s lacks %q:\n%.500s", name, want, files[name])
		}
	}
}

func TestEmbeddingNamesTheCopyThatStays(t *testing.T) {
	files := allFiles(t, library(t).build(options(t)))
	e, err := Embed("https://example.com/legal")
	if err != nil {
		t.Fatal(err)
	}
	name := strings.TrimPrefix(e.Script, "https://example.com/legal/")
	if files[name] == "" || e.Origin != "https://example.com" || !strings.Contains(e.Tag, `integrity="sha384-`) {
		t.Errorf("embedding = %+v", e)
	}
	if files[strings.TrimPrefix(e.Contained, "https://example.com/legal/")] == "" {
		t.Error("no self-contained copy")
	}
	var fault *policy.Diagnostic
	if _, err := Embed(""); !errors.As(err, &fault) {
		t.Errorf("no address: %v, want a fault", err)
	}
}
