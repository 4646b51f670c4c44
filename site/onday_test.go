package site

import (
	"context"
	"encoding/json"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/codicil/codicil/policy"
)

func TestAPageSaysWhichTextWasInForceOnADay(t *testing.T) {
	s := library(t)
	s.policies[0].Absences = []policy.Absence{{From: day(t, "2026-02-01"), Until: day(t, "2026-02-10")}}
	files := allFiles(t, s.build(options(t)))
	doc := document(t, files, "on/index.html")
	sum := s.policies[0].Versions[1].SHA256[:12]
	if got := shownWords(doc, `tr[data-policy="privacy"]`); got != "Privacy Policy 1.1 since 1 March 2026 2.0 from 15 January 2027 · what changes Proof in the log "+sum {
		t.Errorf("privacy: %q", got)
	}
	if got := shownWords(doc, `tr[data-policy="cookies"]`); got != "Cookies none" {
		t.Errorf("a withdrawn policy: %q", got)
	}
	var file struct{ Policies []onPolicy }
	if err := json.Unmarshal([]byte(files["on/index.json"]), &file); err != nil {
		t.Fatal(err)
	}
	var told []string
	for _, p := range file.Policies {
		for _, s := range p.Spells {
			if s.Label != "" && files[s.Proof] == "" {
				t.Errorf("%s %s has no proof at %s", p.ID, s.Label, s.Proof)
			}
			if p.ID == "privacy" {
				told = append(told, s.From.String()+"="+s.Label)
			}
		}
	}
	if got := strings.Join(told, " "); got != "2026-01-01=1.0 2026-02-01= 2026-02-10=1.0 2026-03-01=1.1 2027-01-15=2.0" {
		t.Errorf("spells: %s", got)
	}
}

// A version is shown with the day that people were told on the day that is asked for.
func TestOfADayThatPassedTheAnnouncementsOfThatDayAreTold(t *testing.T) {
	s := library(t)
	v := s.policies[0].Versions[0]
	announce := func(on, effective string, status policy.Status) policy.Announcement {
		return policy.Announcement{Published: day(t, on).Time(), Effective: day(t, effective), Status: status}
	}
	v.Announcements = []policy.Announcement{announce("2026-11-01", "2026-12-15", ""), announce("2026-11-10", "2027-01-15", ""), announce("2026-11-20", "2027-01-15", policy.Cancelled)}
	files := allFiles(t, s.build(options(t)))
	var file struct{ Policies []onPolicy }
	if err := json.Unmarshal([]byte(files["on/index.json"]), &file); err != nil {
		t.Fatal(err)
	}
	var told []string
	for _, p := range file.Policies {
		if p.ID == "privacy" {
			for _, c := range p.Coming {
				told = append(told, c.Label+" from "+c.From.String()+" until "+c.Until.String()+" for "+c.Effective.String())
			}
		}
	}
	want := "2.0 from 2026-11-01 until 2026-11-10 for 2026-12-15, 2.0 from 2026-11-10 until 2026-11-20 for 2027-01-15"
	if got := strings.Join(told, ", "); got != want {
		t.Errorf("announced:\n%s\nwant\n%s", got, want)
	}
}

func TestAnotherDayIsShownInABrowser(t *testing.T) {
	server := httptest.NewServer(Handler(os.DirFS(library(t).build(options(t)))))
	defer server.Close()
	ctx := browser(t)
	open(t, ctx, "about:blank")
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	row := `[...document.querySelectorAll("tr[data-policy=privacy] > *")].map((cell) => cell.textContent.trim()).join(" | ")`
	for asked, want := range map[string]string{
		"2025-12-31": "Privacy Policy | none |  | ",
		"2026-02-01": "Privacy Policy | 1.0 since 1 January 2026 · what changed since then |  | Proof in the log",
		"2026-11-01": "Privacy Policy | 1.1 since 1 March 2026 | 2.0 from 15 January 2027 · what changes | Proof in the log",
		"2027-01-15": "Privacy Policy | 2.0 since 15 January 2027 · what changes |  | Proof in the log",
	} {
		open(t, ctx, server.URL+"/on/?day="+asked)
		appears(t, ctx, `document.querySelector("p.day time").dateTime === "`+asked+`"`)
		if got := evaluate[string](t, ctx, row); !strings.HasPrefix(got, want) {
			t.Errorf("on %s:\n%q\nwant\n%q", asked, got, want)
		}
	}
}
