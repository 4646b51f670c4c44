package site

import (
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
)

func TestWhatWasCalledOffIsToldEverywhere(t *testing.T) {
	s := library(t)
	v := s.policies[0].Versions[0]
	announced := policy.Announcement{Published: v.Published, Effective: v.Effective}
	called := policy.Announcement{Published: day(t, "2026-11-10").Time(), Effective: v.Effective, Status: policy.Cancelled, Reason: "Readers objected."}
	v.Announcements = []policy.Announcement{announced, called}
	files := allFiles(t, s.build(options(t)))
	life := "Announced on 1 November 2026 for 15 January 2027, cancelled on 10 November 2026 (Readers objected)."
	for _, test := range []struct{ page, selector, want string }{
		{"privacy/2.0/index.html", ".facts", "Version 2.0 · 1 minute to read"},
		{"privacy/2.0/index.html", ".life", life},
		{"privacy/2.0/index.html", ".summary h2", "What this version would have changed"},
		{"changes/index.html", ".log > li:nth-child(1)", "Privacy Policy, version 2.0 cancelled major " + life},
		{"changes/2026/index.html", ".log > li:nth-child(1)", "Privacy Policy, version 2.0 cancelled major " + life},
		{"privacy/versions/index.html", ".log > li:nth-child(1)", "2.0 cancelled major We may share"},
	} {
		if got := shownWords(document(t, files, test.page), test.selector); !strings.HasPrefix(got, test.want) {
			t.Errorf("%s: %s = %q, want %q", test.page, test.selector, got, test.want)
		}
	}
}

func TestATranslationTellsWhatItsOriginalAnnounces(t *testing.T) {
	s := library(t)
	page := document(t, allFiles(t, s.build(options(t))), "de/privacy/index.html")
	to := all(page, `.status a[href$="privacy/2.0/"]`)
	if len(to) != 1 || !strings.Contains(shownWords(page, ".head"), "(Englisch)") {
		t.Errorf("the head says %q", shownWords(page, ".head"))
	}
	german := s.policies[3]
	s.texts[german.Versions[0]] = "# Datenschutz\n\nWir sammeln Ihren Namen.\n"
	german.Versions[0].Label = "2.0"
	page = document(t, allFiles(t, s.build(options(t))), "de/privacy/index.html")
	if got := all(page, `.status a[href$="../privacy/2.0/"]`); len(got) != 0 {
		t.Errorf("what is translated already is announced as not: %q", shownWords(page, ".head"))
	}
}

func TestAWithdrawalTellsItsReason(t *testing.T) {
	s := library(t)
	s.policies[2].Absences = []policy.Absence{{From: s.policies[2].Withdrawn, Reason: "We use no cookies any more."}}
	files := allFiles(t, s.build(options(t)))
	if got := shownWords(document(t, files, "cookies/index.html"), ".status"); !strings.HasSuffix(got, "This is its last text. We use no cookies any more.") {
		t.Errorf("the page says %q", got)
	}
	if got := shownWords(document(t, files, "index.html"), ".gone"); !strings.Contains(got, "Withdrawn since 1 June 2026. We use no cookies any more.") {
		t.Errorf("the list says %q", got)
	}
}
