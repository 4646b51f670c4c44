package site

import (
	"strings"
	"testing"
)

// renamed gives the first policy of the library another id, with the old one as alias.
func renamed(s *shelf) {
	p := s.policies[0]
	p.ID, p.Aliases = "legal/data", []string{p.ID}
	for _, other := range s.policies {
		if other.TranslationOf == "privacy" {
			other.TranslationOf = p.ID
		}
	}
}

func TestARenamedPolicyKeepsWhatItPublished(t *testing.T) {
	s, o := library(t), options(t)
	o.BaseURL = "https://example.com/legal"
	dst := s.build(o)
	old := allFiles(t, dst)
	renamed(s)
	s.rebuild(dst, o) // which no address is lost in
	now := allFiles(t, dst)
	for name := range old {
		own := strings.HasPrefix(strings.TrimPrefix(name, "embed/v1/frame/"), "privacy/") || name == "api/v1/privacy.json" || name == "embed/v1/policy/privacy.html"
		switch page, isPage := strings.CutSuffix(name, "index.html"); {
		case !own:
		case now[name] == "":
			t.Errorf("%s is gone", name)
		case isPage && !strings.Contains(now[name], `<meta http-equiv="refresh" content="0; url=../`):
			t.Errorf("%s leads nowhere: %s", name, now[name])
		case isPage:
			to := strings.TrimPrefix(strings.Replace(page, "privacy/", "legal/data/", 1), "/")
			if now[to+"index.html"] == "" || !strings.Contains(now[name], `<link rel="canonical" href="https://example.com/legal/`+to+`">`) && !strings.Contains(to, "...") {
				t.Errorf("%s leads to another page than %s: %s", name, to, now[name])
			}
		case strings.HasSuffix(name, ".md") && now[name] != old[name]:
			t.Errorf("%s has another text", name)
		}
	}
	if want := "/privacy/* https://example.com/legal/legal/data/:splat 301\n"; now["_redirects"] != want {
		t.Errorf("_redirects = %q", now["_redirects"])
	}
	if !strings.Contains(now["_headers"], "/privacy/*\n  Content-Security-Policy: frame") {
		t.Error("the former pages may be shown in frames")
	}
	if strings.Contains(now["sitemap.xml"], "legal/privacy/") {
		t.Error("a search engine is sent to a former address")
	}
	if want := allFiles(t, s.build(o)); !same(want, now) {
		t.Error("a new build makes another site")
	}
	s.rebuild(dst, o)
	s.publish("3.0", "2026-11-20", func(text string) string { return strings.Replace(text, "name and address", "name", 1) })
	s.rebuild(dst, o)
	if got, want := allFiles(t, dst), allFiles(t, s.build(o)); !same(want, got) || got["privacy/3.0/index.html"] == "" {
		t.Error("one more version makes another site than a new build")
	}
	s.policies[0].Aliases = nil
	if _, err := Build(t.Context(), dst, s.policies, s.texts, o); err == nil || !strings.Contains(err.Error(), "/privacy/") {
		t.Errorf("without the alias: %v", err)
	}
	o.Withdrawn = []string{"privacy/", "api/v1/privacy.json"}
	s.rebuild(dst, o)
	if files := allFiles(t, dst); files["privacy/index.html"] != "" || files["_redirects"] != "" {
		t.Error("what was withdrawn is there")
	}
}

func TestAPolicyOfThatNameHasItsAddress(t *testing.T) {
	s := library(t)
	renamed(s)
	s.policies[0].Aliases = []string{"Terms", "search", "privacy"}
	files := allFiles(t, s.build(options(t)))
	if strings.Contains(files["terms/index.html"], "refresh") || files["_redirects"] != "/privacy/* /legal/data/:splat 301\n" {
		t.Errorf("%s%.300s", files["_redirects"], files["terms/index.html"])
	}
}

// same reports whether two sites have the same files.
func same(a, b map[string]string) bool {
	for name, text := range a {
		if b[name] != text && name != stateName && name != ManifestName {
			return false
		}
	}
	return len(a) == len(b)
}
