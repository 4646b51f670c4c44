package site

import (
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
)

func TestHandlerServesTheSite(t *testing.T) {
	h := Handler(os.DirFS(library(t).build(options(t))))
	tests := []struct {
		method, path string
		status       int
		kind, body   string
	}{
		{"GET", "/", 200, "text/html; charset=utf-8", "Example Inc."},
		{"GET", "/privacy/", 200, "text/html; charset=utf-8", "<h1"},
		{"HEAD", "/privacy/", 200, "text/html; charset=utf-8", ""},
		{"GET", "/privacy", 301, "", ""},
		{"GET", "/privacy/compare/1.1...2.0/", 200, "text/html; charset=utf-8", "<ins"},
		{"GET", "/privacy/1.0/index.md", 200, "text/markdown; charset=utf-8", "# Privacy Policy"},
		{"GET", "/privacy/1.0/index.txt", 200, "text/plain; charset=utf-8", "Privacy Policy"},
		{"GET", "/feed.atom", 200, "application/atom+xml; charset=utf-8", "<feed"},
		{"GET", "/embed/v1/notices.json", 200, "application/json; charset=utf-8", "privacy@2.0"},
		{"GET", "/embed/v1/notice.js", 200, "text/javascript; charset=utf-8", "policyNotice"},
		{"GET", "/nowhere/", 404, "text/html; charset=utf-8", "Page not found"},
		{"GET", "/../../etc/passwd", 404, "text/html; charset=utf-8", "Page not found"},
		{"GET", "/" + ManifestName, 404, "text/html; charset=utf-8", "Page not found"},
		{"POST", "/", 405, "text/plain; charset=utf-8", "method not allowed"},
	}
	for _, test := range tests {
		w := httptest.NewRecorder()
		r := httptest.NewRequest(test.method, "/", nil)
		r.URL.Path = test.path
		h.ServeHTTP(w, r)
		if w.Code != test.status || test.kind != "" && w.Header().Get("Content-Type") != test.kind || !strings.Contains(w.Body.String(), test.body) {
			t.Errorf("%s %s = %d %s, want %d %s with %q", test.method, test.path, w.Code, w.Header().Get("Content-Type"), test.status, test.kind, test.body)
		}
		if w.Header().Get("Content-Security-Policy") == "" && test.status == 200 {
			t.Errorf("%s has no content security policy", test.path)
		}
	}
}

func TestRedirectStaysOnTheSite(t *testing.T) {
	h := Handler(os.DirFS(library(t).build(options(t))))
	for path, want := range map[string]string{"/privacy": "./privacy/", "//privacy": "./privacy/", "/privacy?a=b": "./privacy/?a=b"} {
		w := httptest.NewRecorder()
		r := httptest.NewRequest("GET", "http://example.com"+path, nil)
		h.ServeHTTP(w, r)
		if got := w.Header().Get("Location"); w.Code != http.StatusMovedPermanently || got != want {
			t.Errorf("%s: %d to %q, want %q", path, w.Code, got, want)
		}
	}
}

func TestOtherSitesMayLoadTheNotices(t *testing.T) {
	h := Handler(os.DirFS(library(t).build(options(t))))
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", "/embed/v1/notices.json", nil))
	if w.Header().Get("Access-Control-Allow-Origin") != "*" {
		t.Error("another site cannot read the notices")
	}
	w = httptest.NewRecorder()
	Handler(os.DirFS(t.TempDir())).ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
	if w.Code != http.StatusNotFound {
		t.Errorf("an empty folder: %d, want 404", w.Code)
	}
}
