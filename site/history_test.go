package site

import (
	"strings"
	"testing"
)

// long is a policy with a history of three years, its words before the first
// clause and a clause without a heading among what changed.
func long(t *testing.T) *shelf {
	s := newShelf(t)
	one := "---\ntitle: Rules\n---\nThese rules hold for the shop at the corner.\n\n## 1. Data\n\n1. We keep your name for thirty days.\n2. We keep nothing else.\n\n## 2. Fees\n\nThere are no fees.\n"
	two := strings.Replace(one, "thirty days", "two years", 1)
	three := strings.Replace(two, "the shop at the corner", "the shop at the corner and every branch of it", 1)
	four := three + "\n"
	s.add("rules",
		draft{label: "1", published: "2024-01-01", effective: "2024-01-01", text: one},
		draft{label: "2", published: "2025-02-01", effective: "2025-02-01", text: two},
		draft{label: "3", published: "2026-03-01", effective: "2026-03-01", text: three},
		draft{label: "4", published: "2026-04-01", effective: "2026-04-01", text: four})
	german := s.add("de/rules",
		draft{label: "1", published: "2024-01-01", effective: "2024-01-01", text: "## 1. Daten\n\nWir behalten Ihren Namen dreißig Tage.\n"},
		draft{label: "2", published: "2025-02-01", effective: "2025-02-01", text: "## 1. Daten\n\nWir behalten Ihren Namen zwei Jahre.\n"})
	german.Lang, german.TranslationOf = "de", "rules"
	return s
}

func TestAHistoryIsToldByYearWithItsBestReason(t *testing.T) {
	files := allFiles(t, long(t).build(options(t)))
	page := document(t, files, "rules/versions/index.html")
	var years []string
	for _, y := range all(page, "h2.year") {
		years = append(years, allWords(y))
	}
	if got := strings.Join(years, " "); got != "2026 2025 2024" {
		t.Errorf("years = %s", got)
	}
	second := all(page, ".log > li")[2]
	if got := shownWords(second, ".said"); !strings.Contains(got, "two years") {
		t.Errorf("version 2 says %q, want its reason", got)
	}
	for _, quiet := range []string{"SHA-256", "Commit", "insertion"} {
		plain := allWords(second)
		hidden := shownWords(second, "details")
		if strings.Contains(strings.Replace(plain, hidden, "", 1), quiet) || !strings.Contains(hidden, quiet) {
			t.Errorf("%s does not stand behind the details of %q", quiet, plain)
		}
	}
	for name := range files {
		if strings.HasSuffix(name, ".html") && len(all(document(t, files, name), ".badge.none")) > 0 {
			t.Errorf("%s has a pill that says none", name)
		}
	}
}

func TestTheWordsBeforeTheFirstClauseAreNamed(t *testing.T) {
	s := long(t)
	files := allFiles(t, s.build(options(t)))
	if got := shownWords(all(document(t, files, "rules/versions/index.html"), ".log > li")[1], "details"); !strings.Contains(got, "Clauses Preamble") && !strings.Contains(got, "ClausesPreamble") {
		t.Errorf("version 3 says %q", got)
	}
	clauses := document(t, files, "rules/clauses/index.html")
	if got := shownWords(clauses, ".log > li"); !strings.HasPrefix(got, "Preamble") || !strings.Contains(got, "changed in version 3") {
		t.Errorf("the first clause is %q", got)
	}
	if got := allWords(all(clauses, ".log > li")[1]); !strings.Contains(got, "changed in version 2 · published 1 February 2025: 1(1)") && !strings.Contains(got, ": 1.1") {
		t.Errorf("the clause without a heading is not named: %q", got)
	}
	if !strings.Contains(files["api/v1/rules.json"], `"Preamble"`) {
		t.Error("the JSON does not name the preamble")
	}
}

func TestOneChangeInManyLanguagesIsOneEntry(t *testing.T) {
	page := document(t, allFiles(t, long(t).build(options(t))), "changes/index.html")
	entries := all(page, ".log > li")
	if len(entries) != 4 {
		t.Fatalf("%d entries, want 4", len(entries))
	}
	if got := allWords(entries[2]); !strings.HasPrefix(got, "Rules, version 2") || !strings.HasSuffix(got, "Also in Deutsch") {
		t.Errorf("the entry says %q", got)
	}
	if to := all(entries[2], `a[hreflang="de"]`); len(to) != 1 || attr(to[0], "href") != "../de/rules/compare/1...2/" {
		t.Errorf("the German change is not led to")
	}
}
