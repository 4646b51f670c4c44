package site

import (
	"regexp"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
)

// unlabelled is a shelf of policies as repositories keep them that state nothing.
func unlabelled(t *testing.T) *shelf {
	s := newShelf(t)
	text := func(n string) string { return "We keep what you give us for " + n + " days, and then we delete it.\n" }
	for _, id := range []string{"refund", "refund-hey"} {
		p := s.add(id,
			draft{label: "2026-04-01", published: "2026-04-01", effective: "2026-04-01", text: text("10")},
			draft{label: "2026-04-10", published: "2026-04-10", effective: "2026-04-20", text: text("20")},
			draft{label: "2026-04-10.2", published: "2026-04-10", effective: "2026-04-21", text: text("30")})
		p.Title, p.Lang, p.Starts, p.Path = "Refund policy", "", policy.StartCommit, strings.ReplaceAll(id, "-", "/")+".md"
	}
	p := s.add("fristen", draft{label: "2026-05-01", published: "2026-05-01", effective: "2026-05-01", text: "# **Fristen** für [Daten](x.md)\n\nWir löschen die Daten, die Sie uns gegeben haben, und die wir nicht mehr brauchen.\n"})
	p.Lang, p.TextLang = "", "de"
	return s
}

func TestAVersionWithoutALabelIsNamedByOneDay(t *testing.T) {
	files := allFiles(t, unlabelled(t).build(options(t)))
	for _, test := range []struct{ page, selector, want string }{
		{"refund/2026-04-01/index.html", ".facts", "Version of 1 April 2026 · 1 minute to read · All versions"},
		{"refund/index.html", ".facts", "Version of 10 April 2026 (2) · effective 21 April 2026 · 1 minute"},
		{"refund/versions/index.html", ".log h3", "10 April 2026 (2)"},
		{"refund/compare/2026-04-01...2026-04-10/index.html", "h1", "Refund policy: changes from 1 April 2026 to 10 April 2026"},
		{"refund/compare/2026-04-01...2026-04-10/index.html", ".facts", "Version of 1 April 2026 → Version of 10 April 2026 · effective 20 April 2026"},
		{"refund/2026-04-01/index.html", ".status", "Replaced on 20 April 2026 by version of 10 April 2026."},
		{"fristen/index.html", ".facts", "Fassung vom 1. Mai 2026 · "},
		{"index.html", ".index", "Version of 10 April 2026 (2) · effective 21 April 2026 · 3 versions"},
	} {
		if got := shownWords(document(t, files, test.page), test.selector); !strings.Contains(got, test.want) {
			t.Errorf("%s %s says %q, want %q", test.page, test.selector, got, test.want)
		}
	}
	twice := regexp.MustCompile(`\d{4}-\d\d-\d\d(\.\d)?`)
	for name := range files {
		if !strings.HasSuffix(name, ".html") || strings.HasPrefix(name, "embed/") {
			continue
		}
		doc := document(t, files, name)
		for _, part := range []string{".head", ".log", ".index", ".legend", ".foot", "title"} {
			if got := shownWords(doc, part); twice.MatchString(got) {
				t.Errorf("%s %s shows a label of digits: %s", name, part, got)
			}
		}
	}
}

func TestTwoPoliciesOfOneTitleAreToldApartByTheirFiles(t *testing.T) {
	files := allFiles(t, unlabelled(t).build(options(t)))
	index := shownWords(document(t, files, "index.html"), ".index")
	for _, want := range []string{"Refund policy refund/hey", "Refund policy refund in force"} {
		if !strings.Contains(index, want) {
			t.Errorf("the index says %q, want %q", index, want)
		}
	}
	if strings.Contains(index, "legal/fristen") {
		t.Errorf("a title of its own has a file beside it: %q", index)
	}
}

func TestAPageIsInTheLanguageOfItsWordsWhereNobodyStatedOne(t *testing.T) {
	for stated, want := range map[string]string{"": "de", "fr": "fr"} {
		o := options(t)
		o.Lang = stated
		doc := document(t, allFiles(t, unlabelled(t).build(o)), "fristen/index.html")
		if got := attr(all(doc, ".text")[0], "lang"); got != want {
			t.Errorf("with %q stated the text is in %q, want %q", stated, got, want)
		}
		if got := shownWords(doc, "h1"); got != "Fristen für Daten" {
			t.Errorf("the title is %q", got)
		}
	}
}
