package site

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
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
		{"hugo", "content/policies/privacy/2.0.md", []string{"title: \"Privacy Policy\"\n", "url: \"/policies/privacy/2.0/\"\n", "severity: \"major\"\n", "redline: \"privacy/1.1...2.0\"\n", "summary: \"We may share data \\u0026 keep", "[the terms](/policies/terms/)"}},
		{"hugo", "content/policies/privacy/_index.md", []string{"version: \"1.1\"\n", "status: \"in force\"\n"}},
		{"hugo", "assets/codicil/redlines/privacy/1.1...2.0.html", []string{"<ins>"}},
		{"hugo", "layouts/shortcodes/policy-redline.html", []string{"resources.Get"}},
		{"hugo", "data/codicil/privacy.json", []string{`"reasons"`}},
		{"jekyll", "_policies/privacy/1.0.md", []string{"permalink: \"/policies/privacy/1.0/\"\n", "render_with_liquid: false\n"}},
		{"jekyll", "_data/codicil/policies.json", []string{`"de/privacy"`}},
		{"docusaurus", "docs/policies/privacy/index.md", []string{"slug: \"/policies/privacy/\"\n", "mdx:\n  format: md\n", "[the terms](/docs/policies/terms/)"}},
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

func TestExportRefusesWhatItDoesNotKnow(t *testing.T) {
	var fault *policy.Diagnostic
	if _, err := Export(t.Context(), t.TempDir(), "gatsby", nil, texts{}, options(t)); !errors.As(err, &fault) || fault.Hint == "" {
		t.Errorf("error = %v, want a fault with a hint", err)
	}
}

// generator finds a generator of sites. Without it the test is skipped, unless
// CODICIL_REQUIRE asks for it.
func generator(t *testing.T, name string) string {
	t.Helper()
	program, err := exec.LookPath(name)
	if err != nil {
		if strings.Contains(os.Getenv("CODICIL_REQUIRE"), name) {
			t.Fatalf("CODICIL_REQUIRE asks for %s, but there is none in PATH", name)
		}
		t.Skipf("no %s in PATH", name)
	}
	return program
}

// TestJekyllBuildsItsExport builds the export with Jekyll itself, if it is
// there.
func TestJekyllBuildsItsExport(t *testing.T) {
	t.Parallel()
	jekyll := generator(t, "jekyll")
	s := library(t)
	for _, v := range []*policy.Version{s.policies[1].Versions[0], s.policies[0].Versions[0]} { // in a text, and in a redline
		s.texts[v] += "\nNot a command: {{ secret }} and {% secret %}.\n"
		v.SHA256 = ""
	}
	dir := export(t, s, "jekyll")
	put(t, filepath.Join(dir, "_config.yml"), "title: x\ncollections:\n  policies:\n    output: true\ndefaults:\n- scope: {path: '', type: policies}\n  values: {layout: policy}\n")
	put(t, filepath.Join(dir, "_layouts/policy.html"), "<!DOCTYPE html><title>{{ page.title }}</title><p class=version>{{ page.version }}</p>{{ content }}"+
		"{% if page.redline %}{% assign piece = 'codicil/redlines/' | append: page.redline | append: '.html' %}{% include {{ piece }} %}{% endif %}")
	put(t, filepath.Join(dir, "index.html"), "---\n---\n{% for p in site.data.codicil.policies %}<b>{{ p.id }}</b>{% endfor %}")
	out, err := exec.Command(jekyll, "build", "--quiet", "--source", dir, "--destination", filepath.Join(dir, "_site")).CombinedOutput()
	if err != nil {
		t.Fatalf("jekyll: %v\n%s", err, out)
	}
	files := allFiles(t, filepath.Join(dir, "_site"))
	for name, want := range map[string]string{
		"policies/privacy/2.0/index.html": "&#123;{ secret }} and &#123;% secret %}", "policies/privacy/index.html": "1.1", "policies/terms/1/index.html": "{{ secret }}",
		"policies/de/privacy/1.0/index.html": "Datenschutz", "index.html": "<b>de/privacy</b>",
	} {
		if !strings.Contains(files[name], want) {
			t.Errorf("%s lacks %q:\n%.500s", name, want, files[name])
		}
	}
}

// TestHugoBuildsItsExport builds the export with Hugo itself, if it is there.
func TestHugoBuildsItsExport(t *testing.T) {
	hugo := generator(t, "hugo")
	s := library(t)
	s.texts[s.policies[1].Versions[0]] += "\nNot a command: {{< secret >}} and {{% secret %}}.\n"
	s.policies[1].Versions[0].SHA256 = ""
	dir := export(t, s, "hugo")
	put(t, filepath.Join(dir, "config.toml"), "baseURL = 'https://example.com/'\ntitle = 'x'\ndisableKinds = ['taxonomy', 'term', 'RSS', 'sitemap']\n")
	page := "<!DOCTYPE html><title>{{ .Title }}</title><p class=version>{{ .Params.version }}</p>{{ .Content }}{{ with .Params.redline }}{{ with resources.Get (printf \"codicil/redlines/%s.html\" .) }}{{ .Content | safeHTML }}{{ end }}{{ end }}"
	put(t, filepath.Join(dir, "layouts/_default/single.html"), page)
	put(t, filepath.Join(dir, "layouts/_default/list.html"), page+"{{ range $.Site.Data.codicil.policies }}<b>{{ .id }}</b>{{ end }}")
	put(t, filepath.Join(dir, "content/shown.md"), "---\ntitle: shown\n---\n{{< policy-redline \"privacy/1.1...2.0\" >}}\n")
	if out, err := exec.Command(hugo, "--source", dir, "--destination", filepath.Join(dir, "public")).CombinedOutput(); err != nil {
		t.Fatalf("hugo: %v\n%s", err, out)
	}
	files := allFiles(t, filepath.Join(dir, "public"))
	for name, want := range map[string]string{
		"policies/privacy/2.0/index.html": "<ins>", "policies/privacy/index.html": "1.1", "policies/terms/1/index.html": "secret",
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
