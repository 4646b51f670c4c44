package site

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
)

func TestAnApplicationAsksAgainOnlyAfterAMajorChange(t *testing.T) {
	s := library(t)
	s.policies[0].Versions[0].EffectiveNew = day(t, "2026-11-10")
	files := allFiles(t, s.build(options(t)))
	var got struct{ Policies []required }
	if err := json.Unmarshal([]byte(files[requiredName]), &got); err != nil {
		t.Fatal(err)
	}
	var privacy *required
	for i := range got.Policies {
		if got.Policies[i].ID == "privacy" {
			privacy = &got.Policies[i]
		}
	}
	if privacy == nil || len(got.Policies) != 2 {
		t.Fatalf("policies: %+v", got.Policies)
	}
	if c := privacy.Existing; c.Version != "1.1" || c.Required != "1.0" || strings.Join(c.Accepted, " ") != "2.0 1.1 1.0" || c.Changes == nil || c.Changes.On != day(t, "2027-01-15") || c.Changes.Required != "2.0" {
		t.Errorf("existing accounts: %+v %+v", c, c.Changes)
	}
	if c := privacy.New; c.Version != "2.0" || c.Required != "2.0" || strings.Join(c.Accepted, " ") != "2.0" || c.Changes != nil {
		t.Errorf("new accounts: %+v", c)
	}
}

func TestPagesSayWhatTheyAreToProgramsThatKeepVersions(t *testing.T) {
	o := options(t)
	o.BaseURL, o.Follow = "https://example.com/legal", "https://notices.example.com"
	files := allFiles(t, library(t).build(o))
	if rule := "\n/privacy/1.1/\n  Memento-Datetime: Sun, 01 Mar 2026 00:00:00 GMT\n  Link: <https://example.com/legal/privacy/>; rel=\"original\", <https://example.com/legal/privacy/timemap>; rel=\"timemap\"; type=\"application/link-format\", <https://notices.example.com/timegate/privacy/>; rel=\"timegate\"\n"; !strings.Contains(files["_headers"], rule) {
		t.Errorf("no memento in\n%s", files["_headers"])
	}
	if strings.Contains(files["_headers"], "/privacy/2.0/\n") {
		t.Error("a version that was never in force is called a memento")
	}
	doc := document(t, files, "privacy/1.1/index.html")
	for rel, want := range map[string]string{"latest-version": "privacy/", "version-history": "privacy/versions/", "predecessor-version": "privacy/1.0/", "timemap": "privacy/timemap", "original": "privacy/", "timegate": "https://notices.example.com/timegate/privacy/"} {
		if to := all(doc, `head link[rel="`+rel+`"]`); len(to) != 1 || !strings.HasSuffix(attr(to[0], "href"), want) {
			t.Errorf("%s does not lead to %s", rel, want)
		}
	}
	for _, want := range []string{`<https://example.com/legal/privacy/>;rel="original"`, `<https://example.com/legal/privacy/1.0/>;rel="memento";datetime="Thu, 01 Jan 2026 00:00:00 GMT"`} {
		if !strings.Contains(files["privacy/timemap"], want) {
			t.Errorf("no %s in the time map:\n%s", want, files["privacy/timemap"])
		}
	}
	if strings.Contains(files["privacy/timemap"], "/2.0/") {
		t.Error("the time map holds what is not in force yet")
	}
	if !strings.Contains(files[".well-known/legal-context.json"], `"terms": "https://example.com/legal/terms/1/index.md"`) || !strings.Contains(files["llms.txt"], "(https://example.com/legal/privacy/index.md)") {
		t.Errorf("programs are not told: %s", files["llms.txt"])
	}
}

func TestAProgramGetsTheMarkdownItAsksFor(t *testing.T) {
	h := Handler(os.DirFS(library(t).build(options(t))))
	for accept, want := range map[string]string{"text/markdown": "text/markdown; charset=utf-8", "text/html,text/markdown;q=0.5": "text/html; charset=utf-8", "*/*": "text/html; charset=utf-8"} {
		w, r := httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/privacy/", nil)
		r.Header.Set("Accept", accept)
		h.ServeHTTP(w, r)
		if got := w.Header().Get("Content-Type"); got != want || !strings.Contains(w.Header().Get("Vary"), "Accept") {
			t.Errorf("%s gets %s", accept, got)
		}
	}
}

func TestADialogShowsTheWholeSummary(t *testing.T) {
	s := library(t)
	whole := strings.TrimSpace(strings.Repeat("We may share what you give us. ", 20))
	s.policies[0].Versions[0].Front.Summary = whole
	files := allFiles(t, s.build(options(t)))
	if !strings.Contains(files["embed/v1/notices.json"], whole) {
		t.Error("the summary of a major change is cut short")
	}
}
