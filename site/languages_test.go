package site

import (
	"strings"
	"testing"
)

func TestEveryPageOfATranslatedPolicyLeadsToItsLanguages(t *testing.T) {
	files := allFiles(t, library(t).build(options(t)))
	for page, want := range map[string]string{
		"privacy/index.html":                       "../de/privacy/",
		"privacy/1.0/index.html":                   "../../de/privacy/1.0/",
		"privacy/1.1/index.html":                   "../../de/privacy/",
		"privacy/versions/index.html":              "../../de/privacy/versions/",
		"privacy/clauses/index.html":               "../../de/privacy/clauses/",
		"privacy/upcoming/index.html":              "../../de/privacy/upcoming/",
		"privacy/compare/1.0...1.1/index.html":     "../../../de/privacy/",
		"privacy/compare/1.0...current/index.html": "../../../de/privacy/",
	} {
		doc := document(t, files, page)
		to := all(doc, `.languages a[hreflang="de"][lang="de"]`)
		if len(to) != 1 || attr(to[0], "href") != want {
			t.Errorf("%s does not lead to %s", page, want)
		}
		if got := shownWords(doc, `.languages [aria-current="true"]`); got != "English" {
			t.Errorf("%s is in %q", page, got)
		}
	}
	if len(all(document(t, files, "terms/index.html"), ".languages")) != 0 {
		t.Error("a policy in one language has a choice of languages")
	}
}

func TestNoTextIsSaidToPrevailUnlessItsAuthorSaysSo(t *testing.T) {
	s := library(t)
	german := s.policies[3]
	page := func() string {
		return shownWords(document(t, allFiles(t, s.build(options(t))), "de/privacy/index.html"), ".head")
	}
	if got := page(); !strings.Contains(got, "Dies ist eine Übersetzung") || strings.Contains(got, "Maßgeblich") {
		t.Errorf("unsaid: %q", got)
	}
	german.Versions[0].Front.Prevails = "de"
	if got := page(); strings.Contains(got, "Maßgeblich") {
		t.Errorf("the translation prevails: %q", got)
	}
	german.Versions[0].Front.Prevails = "en"
	if got := page(); !strings.Contains(got, "Maßgeblich ist der Text auf Englisch.") {
		t.Errorf("the original prevails: %q", got)
	}
}

func TestAWithdrawnTranslationIsNotThePolicy(t *testing.T) {
	s := library(t)
	s.policies[3].Withdrawn = day(t, "2026-06-01")
	files := allFiles(t, s.build(options(t)))
	for _, page := range []string{"de/privacy/index.html", "de/privacy/1.0/index.html"} {
		if got := shownWords(document(t, files, page), ".head .status"); !strings.Contains(got, "Diese Übersetzung ist zurückgezogen seit dem 1. Juni 2026, nicht aber der Text selbst.") {
			t.Errorf("%s says %q", page, got)
		}
	}
	doc := document(t, files, "privacy/index.html")
	if len(all(doc, `.languages a[hreflang="de"], head link[hreflang="de"]`)) != 0 || len(all(doc, `.languages a[hreflang="ar"]`)) != 1 {
		t.Error("the page leads to a translation that is withdrawn")
	}
}

func TestALinkFromTheRootOfTheHostStays(t *testing.T) {
	for root, want := range map[string]string{"": "/help?topic=1#top", "https://www.example.com/": "https://www.example.com/help?topic=1#top"} {
		s := newShelf(t)
		s.add("terms", draft{label: "1", published: "2026-01-01", effective: "2026-01-01",
			text: "# Terms\n\nSee [help](/help?topic=1#top), [here](/terms) and [gone](gone.md).\n"})
		o := options(t)
		o.SiteRoot = root
		links := all(document(t, allFiles(t, s.build(o)), "terms/1/index.html"), ".text p a:not(.anchor)")
		if len(links) != 2 || attr(links[0], "href") != want || attr(links[1], "href") != "../../terms/" {
			t.Errorf("root %q: the page has the links %v", root, links)
		}
	}
}
