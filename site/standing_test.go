package site

import (
	"strings"
	"testing"
)

// story is a policy with a version in each state on 1 July 2026.
func story(t *testing.T) *shelf {
	t.Helper()
	s := newShelf(t)
	s.add("privacy",
		draft{label: "1", published: "2026-01-01", effective: "2026-01-01", text: "We keep it 1 day.\n"},
		draft{label: "2", published: "2026-02-01", effective: "2026-03-01", text: "We keep it 2 days.\n"},
		draft{label: "2a", published: "2026-02-02", effective: "2026-03-01", text: "We keep it 3 days.\n"},
		draft{label: "4", published: "2026-06-01", effective: "2027-01-15", text: "We keep it 4 days.\n"},
		draft{label: "3", published: "2026-06-02", effective: "2026-12-01", text: "We keep it 5 days.\n"})
	return s
}

func TestEveryVersionSaysFirstWhetherItApplies(t *testing.T) {
	o := options(t)
	o.On = day(t, "2026-07-01")
	s := story(t)
	files := allFiles(t, s.build(o))
	for page, want := range map[string]string{
		"privacy/1/":        "Replaced on 1 March 2026 by version 2a. The text in force.",
		"privacy/2/":        "Never in force: version 2a took its place on the same day. The text in force.",
		"privacy/2a/":       "In force since 1 March 2026. The text in force.",
		"privacy/3/":        "Announced. Takes effect on 1 December 2026. Until then 2a applies. See what changes. The text in force.",
		"privacy/4/":        "Announced. Takes effect on 15 January 2027. Until then 2a applies (3 from 1 December 2026). See what changes. The text in force.",
		"privacy/upcoming/": "Announced. Takes effect on 1 December 2026. Until then 2a applies. See what changes. The text in force.",
	} {
		doc := document(t, files, page+"index.html")
		if got := shownWords(doc, ".head .status"); got != want && !strings.HasPrefix(got, want+" ") {
			t.Errorf("%s says %q, want %q", page, got, want)
		}
		if n := all(doc, `.head .facts a[href$="privacy/versions/"], .head .facts a[href$="../versions/"]`); len(n) != 1 {
			t.Errorf("%s: all versions are not beside the version", page)
		}
	}
	s.policies[0].Withdrawn = day(t, "2026-06-30")
	files = allFiles(t, s.build(o))
	for page, want := range map[string]string{
		"privacy/1/":  "Replaced on 1 March 2026 by version 2a. This policy is withdrawn since 30 June 2026.",
		"privacy/2a/": "This policy is withdrawn since 30 June 2026.",
		"privacy/4/":  "This policy is withdrawn since 30 June 2026.",
	} {
		if got := shownWords(document(t, files, page+"index.html"), ".head .status"); got != want {
			t.Errorf("withdrawn: %s says %q, want %q", page, got, want)
		}
	}
}

func TestOnlyAVersionOfThePastLeadsToWhatChangedSince(t *testing.T) {
	o := options(t)
	o.On = day(t, "2026-07-01")
	list := document(t, allFiles(t, story(t).build(o)), "privacy/versions/index.html")
	for version, want := range map[string]int{"1": 1, "2": 1, "2a": 0, "3": 0, "4": 0} {
		if n := all(list, `.log .links a[href$="/compare/`+version+`...current/"]`); len(n) != want {
			t.Errorf("version %s leads to what changed since %d times, want %d", version, len(n), want)
		}
	}
	if n := all(list, ".log .links"); len(n) != 5 {
		t.Errorf("%d versions have ways to go on, want 5", len(n))
	}
}

func TestTheChangedClausesAddUpToTheirNumber(t *testing.T) {
	s := newShelf(t)
	s.add("privacy",
		draft{label: "1", published: "2026-01-01", effective: "2026-01-01", text: "We run a web site.\n\n## 1. Storage\n\nWe keep it 1 day.\n"},
		draft{label: "2", published: "2026-02-01", effective: "2026-02-01", text: "We run a website.\n\n## 1. Storage\n\nWe keep it 2 days.\n"})
	o := options(t)
	o.On = day(t, "2026-07-01")
	list := document(t, allFiles(t, s.build(o)), "privacy/versions/index.html")
	got := shownWords(list, ".log li:nth-child(1) dl")
	for _, want := range []string{"2 changes in 2 clauses: 2 insertions, 2 deletions", "Preamble; 1 Storage"} {
		if !strings.Contains(got, want) {
			t.Errorf("the list of versions says %q, want %q in it", got, want)
		}
	}
}
