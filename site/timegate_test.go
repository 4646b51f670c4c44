package site

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
)

func TestATimeGateLeadsToTheVersionOfAMoment(t *testing.T) {
	s := library(t)
	gate, err := TimeGate("https://example.com/legal", func() *[]*policy.Policy { return &s.policies }, func() policy.Date { return day(t, "2026-11-22") })
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ path, at, want string }{
		{"privacy/", "", "1.1"},
		{"privacy/", "Thu, 15 Jan 2026 10:00:00 GMT", "1.0"},
		{"privacy", "Thu, 15 Jan 2026 10:00:00 GMT", "1.0"},
		{"https://example.com/legal/privacy/", "Sun, 01 Mar 2026 00:00:00 GMT", "1.1"},
		{"https:/example.com/legal/privacy/", "Sun, 01 Mar 2026 00:00:00 GMT", "1.1"}, // as a proxy may write it
		{"privacy/", "Mon, 01 Jan 2001 00:00:00 GMT", "1.0"},
		{"privacy/", "Mon, 01 Mar 2027 00:00:00 GMT", "1.1"}, // what is announced is no memento
	} {
		w, r := httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "https://notices.example.com"+TimeGatePath, nil)
		r.URL.Path = TimeGatePath + test.path
		r.Header.Set("Accept-Datetime", test.at)
		gate.ServeHTTP(w, r)
		if got, want := w.Header().Get("Location"), "https://example.com/legal/privacy/"+test.want+"/"; w.Code != http.StatusFound || got != want {
			t.Errorf("%s at %q: %d %s, want %s", test.path, test.at, w.Code, got, want)
		}
		link := w.Header().Get("Link")
		for _, rel := range []string{`<https://example.com/legal/privacy/>; rel="original"`, `<https://example.com/legal/privacy/timemap>; rel="timemap"`, `<https://example.com/legal/privacy/1.0/>; rel="first memento"; datetime="Thu, 01 Jan 2026 00:00:00 GMT"`} {
			if !strings.Contains(link, rel) {
				t.Errorf("%s: the links %s lack %s", test.path, link, rel)
			}
		}
		if w.Header().Get("Vary") != "accept-datetime" {
			t.Error("caches are not told that the answer depends on the moment")
		}
	}
	for path, want := range map[string]int{"lost/": http.StatusNotFound, "https://other.example/privacy/": http.StatusNotFound, "privacy/": http.StatusBadRequest} {
		w, r := httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, TimeGatePath, nil)
		r.URL.Path = TimeGatePath + path
		r.Header.Set("Accept-Datetime", "yesterday")
		if gate.ServeHTTP(w, r); w.Code != want {
			t.Errorf("%s: %d, want %d", path, w.Code, want)
		}
	}
}

func TestTheMapOfTheSiteTellsOfLanguages(t *testing.T) {
	o := options(t)
	o.BaseURL, o.Follow = "https://example.com/legal", "https://notices.example.com"
	files := allFiles(t, library(t).build(o))
	for _, want := range []string{
		`<xhtml:link rel="alternate" hreflang="de" href="https://example.com/legal/de/privacy/"></xhtml:link>`,
		`<xhtml:link rel="alternate" hreflang="x-default" href="https://example.com/legal/privacy/"></xhtml:link>`,
	} {
		if strings.Count(files["sitemap.xml"], want) != 3 {
			t.Errorf("sitemap.xml has %s %d times, want it in each of three languages:\n%s", want, strings.Count(files["sitemap.xml"], want), files["sitemap.xml"])
		}
	}
	if !strings.Contains(files["privacy/timemap"], `<https://notices.example.com/timegate/privacy/>;rel="timegate"`) {
		t.Errorf("the map of versions does not tell of the gate: %s", files["privacy/timemap"])
	}
}

func TestADeclarationForTheArchiveNamesEachTextOnce(t *testing.T) {
	s := library(t)
	s.add("cookie-policy", draft{label: "1", published: "2026-02-01", effective: "2026-02-01", text: "# Cookies\n\nOne.\n"})
	s.add("terms-of-the-shop", draft{label: "1", published: "2026-02-01", effective: "2026-02-01", text: "# Terms\n\nOne.\n"})
	s.add("recipes", draft{label: "1", published: "2026-02-01", effective: "2026-02-01", text: "# Recipes\n\nOne.\n"})
	d, left, err := declare("Example Inc.", "https://example.com/legal", s.policies, day(t, "2026-11-22"))
	if err != nil {
		t.Fatal(err)
	}
	for kind, path := range map[string]string{"Privacy Policy": "privacy/", "Terms of Service": "terms/", "Trackers Policy": "cookie-policy/"} {
		if got := d.Terms[kind].Fetch; got != "https://example.com/legal/"+path {
			t.Errorf("%s is at %q", kind, got)
		}
	}
	if got := strings.Join(left, " "); got != "recipes terms-of-the-shop" || len(d.Terms) != 3 {
		t.Errorf("left out: %s; %v", got, d.Terms)
	}
}
