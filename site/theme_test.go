package site

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
)

// dressed builds the library with a theme, and returns its files and warnings.
func dressed(t *testing.T, theme Theme) (map[string]string, []*policy.Diagnostic) {
	t.Helper()
	s, o := library(t), options(t)
	o.Theme = theme
	dst := filepath.Join(t.TempDir(), "out")
	summary, err := Build(context.Background(), dst, s.policies, s.texts, o)
	if err != nil {
		t.Fatal(err)
	}
	return allFiles(t, dst), summary.Warnings
}

// themeWarnings lists what is said about the theme.
func themeWarnings(list []*policy.Diagnostic) []string {
	var found []string
	for _, d := range list {
		if d.Rule == "theme" {
			found = append(found, d.Error())
		}
	}
	return found
}

func TestALookChangesEveryPage(t *testing.T) {
	files, warnings := dressed(t, Theme{
		Logo:      &File{"brand/logo.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`)},
		Links:     []Link{{"Shop & more", "https://example.com/?a=1&b=2"}},
		Style:     &File{"theme.css", []byte(":root { --link: #123456; }")},
		Templates: []File{{"theme/footer.tmpl", []byte(`<p>Ask <a href="mailto:law@example.com">us</a> about {{.Site.Title}}.</p>`)}},
	})
	if found := themeWarnings(warnings); len(found) > 0 {
		t.Errorf("warnings = %q", found)
	}
	css := ""
	for name, data := range files {
		if strings.HasPrefix(name, "assets/site.") && strings.HasSuffix(name, ".css") {
			css = data
		}
	}
	if !strings.Contains(css, "--measure:") || !strings.HasSuffix(strings.TrimSpace(css), "{--link:#123456}") {
		t.Error("the style sheet of the publisher does not follow ours")
	}
	for _, name := range []string{"index.html", "404.html", "privacy/index.html", "privacy/1.0/index.html", "privacy/compare/1.1...2.0/index.html", "changes/index.html"} {
		page := document(t, files, name)
		logo := all(page, "header.site .name img[alt='']")
		if len(logo) != 1 || !strings.Contains(attr(logo[0], "src"), "assets/logo.") {
			t.Errorf("%s: no logo", name)
		}
		if links := all(page, "header.site nav a[href='https://example.com/?a=1&b=2']"); len(links) != 1 {
			t.Errorf("%s: %d links to the shop", name, len(links))
		}
		if got := shownWords(page, "footer.site"); got != "Ask us about Example Inc.." {
			t.Errorf("%s: footer = %q", name, got)
		}
	}
}

func TestAThemeIsWarnedOfWhatItDrops(t *testing.T) {
	layout := strings.NewReplacer("<main id=\"site.main\" tabindex=\"-1\">", "<div>", "</main>", "</div>", "<body>", `<body style="color: red">`).Replace(string(Template("layout.tmpl")))
	_, warnings := dressed(t, Theme{
		Style:     &File{"theme.css", []byte("a{}\n@import url(https://fonts.example/x.css);")},
		Templates: []File{{"layout.tmpl", []byte(layout)}, {"notices.tmpl", []byte("<!-- nothing -->")}},
	})
	said := strings.Join(themeWarnings(warnings), "\n")
	for _, want := range []string{"theme.css:2:1", "no <main>", "drops the notice", "content security policy forbids"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not in the warnings:\n%s", want, said)
		}
	}
}

func TestAFaultInATemplateNamesItsPlace(t *testing.T) {
	for name, text := range map[string]string{
		"syntax":        "<p>\n{{if}}\n",
		"unknown field": "<p>\n{{.Site.Nothing}}\n",
		"bad context":   "<p>\n<a href=\"{{if true}}x\" {{end}}>",
	} {
		t.Run(name, func(t *testing.T) {
			s, o := library(t), options(t)
			o.Theme.Templates = []File{{"theme/footer.tmpl", []byte(text)}}
			_, err := Build(context.Background(), filepath.Join(t.TempDir(), "out"), s.policies, s.texts, o)
			var d *policy.Diagnostic
			if !errors.As(err, &d) || d.File != "theme/footer.tmpl" || d.Line < 1 || d.Hint == "" {
				t.Fatalf("error = %v", err)
			}
			if name != "bad context" && d.Line != 2 {
				t.Errorf("line = %d, want 2", d.Line)
			}
		})
	}
}

func TestALookThatCannotWorkIsRefused(t *testing.T) {
	for name, theme := range map[string]Theme{
		"no such template":  {Templates: []File{{"theme/sidebar.tmpl", nil}}},
		"a logo of no kind": {Logo: &File{"logo.exe", nil}},
		"a link that runs":  {Links: []Link{{"x", "javascript:alert(1)"}}},
		"a nameless link":   {Links: []Link{{"", "/x"}}},
	} {
		t.Run(name, func(t *testing.T) {
			s, o := library(t), options(t)
			o.Theme = theme
			_, err := Build(context.Background(), filepath.Join(t.TempDir(), "out"), s.policies, s.texts, o)
			var fault *policy.Diagnostic
			if !errors.As(err, &fault) || fault.Hint == "" {
				t.Errorf("error = %v", err)
			}
		})
	}
}

func TestANewLookIsShownOnEveryPage(t *testing.T) {
	s, o := library(t), options(t)
	dst := filepath.Join(t.TempDir(), "out")
	s.rebuild(dst, o)
	o.Theme.Links = []Link{{"Shop", "/shop"}}
	s.rebuild(dst, o)
	if page := document(t, allFiles(t, dst), "privacy/1.0/index.html"); len(all(page, "header.site nav a[href='/shop']")) != 1 {
		t.Error("an old page was taken over")
	}
}

func TestPagesSpeakTheLanguageOfTheirPolicy(t *testing.T) {
	s, o := library(t), options(t)
	o.Lang = "fr"
	s.add("sv/privacy", draft{label: "1.0", published: "2026-01-02", effective: "2026-01-02", text: "Vi sparar ditt namn.\n"}).Lang = "sv"
	files := allFiles(t, s.build(o))
	for name, want := range map[string]string{"index.html": "fr", "404.html": "fr", "de/privacy/index.html": "de", "privacy/index.html": "en", "ar/privacy/index.html": "ar rtl", "sv/privacy/index.html": "fr"} {
		html := all(document(t, files, name), "html")[0]
		if got := strings.TrimSpace(attr(html, "lang") + " " + attr(html, "dir")); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	arabic := document(t, files, "ar/privacy/index.html")
	if n := len(all(arabic, ".text[lang=ar][dir=rtl]")); n != 1 {
		t.Error("the Arabic text does not say how it is written")
	}
}
