package site

import (
	"strings"
	"testing"
)

// clauseShelf is a policy whose clauses change, move, come and are renamed.
func clauseShelf(t *testing.T) *shelf {
	s := newShelf(t)
	one := "# Rules\n\n## Data\n\nWe keep your name and your address for thirty days.\n\n## Fees\n\nThere are no fees for anything you do here.\n"
	two := strings.Replace(one, "thirty days", "two years", 1)
	three := strings.Replace(two, "## Fees", "## What it costs", 1)
	four := three + "\n## Disputes\n\nThe courts of Berne decide every dispute.\n"
	s.add("rules",
		draft{label: "1", published: "2026-01-01", effective: "2026-01-01", text: one},
		draft{label: "2", published: "2026-02-01", effective: "2026-02-01", text: two},
		draft{label: "3", published: "2026-03-01", effective: "2026-03-01", text: three},
		draft{label: "4", published: "2026-04-01", effective: "2026-04-01", text: four})
	return s
}

func TestClausesHaveAHistory(t *testing.T) {
	page := document(t, allFiles(t, clauseShelf(t).build(options(t))), "rules/clauses/index.html")
	tests := []struct{ selector, want string }{
		{".log > li:nth-child(1)", "Data"},
		{".log > li:nth-child(1) li", "changed in version 2 · published 1 February 2026"},
		{".log > li:nth-child(1) .what", "In the text since the first version: version 1"},
		{".log > li:nth-child(2) li", "changed in version 3 · published 1 March 2026"},
		{".log > li:nth-child(2) .what", "In the text since the first version: version 1"},
		{".log > li:nth-child(3) .what", "Added in version 4 · published 1 April 2026"},
	}
	for _, test := range tests {
		if got := shownWords(page, test.selector); !strings.Contains(got, test.want) {
			t.Errorf("%s = %q, want %q; the page says %q", test.selector, got, test.want, shownWords(page, ".log"))
		}
	}
}

func TestATranslationSaysWhichClausesChangedSince(t *testing.T) {
	s := clauseShelf(t)
	german := s.add("de/rules", draft{label: "1", published: "2026-02-15", effective: "2026-02-15", text: "# Regeln\n\nKeine.\n"})
	german.Lang, german.TranslationOf = "de", "rules"
	files := allFiles(t, s.build(options(t)))
	page := document(t, files, "de/rules/index.html")
	if got := shownWords(page, "article .head"); !strings.Contains(got, "Dies ist eine Übersetzung; der Text, den sie übersetzt (Englisch): Rules. Er hat sich seit dieser Übersetzung 2-mal geändert.") {
		t.Errorf("head = %q", got)
	}
	list := shownWords(page, "details.status ul")
	if strings.Contains(list, "Data") || !strings.Contains(list, "What it costs, in Fassung 3") || !strings.Contains(list, "Disputes, in Fassung 4") {
		t.Errorf("clauses = %q", list)
	}
	if strings.Contains(files["de/rules/1/index.html"], "Übersetzung") {
		t.Error("a permanent page tells what moves")
	}
}
