package desk

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
)

// secret is a word of a text that is not published yet.
const secret = "not-to-be-read"

// guarded makes a preview of a site with the secret in pages and data.
func guarded(t *testing.T) *Server {
	t.Helper()
	dir := t.TempDir()
	s := New(Options{
		Root: t.TempDir(), Dir: dir, Address: "http://127.0.0.1:8080", Today: func() policy.Date { return policy.Date{Year: 2026, Month: 3, Day: 1} },
		Build: func(context.Context, policy.Date) ([]*Change, error) {
			for name, text := range map[string]string{"index.html": "<head></head><body>" + secret, "api/v1/index.json": secret, "embed/v1/notices.json": secret, "privacy/index.md": secret} {
				file := filepath.Join(dir, filepath.FromSlash(name))
				if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
					return nil, err
				}
				if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
					return nil, err
				}
			}
			return []*Change{{Policy: &policy.Policy{ID: "privacy", Title: secret}, Pending: true, Redline: redline.Compare(nil, nil)}}, nil
		},
		Decide: func(_ context.Context, id, seen string, d policy.Decision) error {
			text, err := d.Record(id, []byte(seen))
			if err == nil {
				err = os.WriteFile(filepath.Join(dir, "decided"), text, 0o600)
			}
			return err
		},
	})
	s.state = "none"
	s.Refresh(t.Context())
	return s
}

// ask sends a request, with the cookie of the person who started the preview.
func ask(s *Server, method, path string, change func(*http.Request)) *http.Response {
	r := httptest.NewRequest(method, s.o.Address+path, strings.NewReader("on=2026-07-01"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.AddCookie(&http.Cookie{Name: s.cookie(), Value: s.token})
	if change != nil {
		change(r)
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w.Result()
}

// paths are places of the preview that show the secret.
func paths() []string {
	return []string{"/", Path, Path + "privacy/", "/api/v1/index.json", "/embed/v1/notices.json", "/privacy/index.md"}
}

func TestThePreviewAnswersOnlyWhoHasTheLink(t *testing.T) {
	s := guarded(t)
	for name, change := range map[string]func(*http.Request){
		"a name that was made to lead here":  func(r *http.Request) { r.Host = "evil.example" },
		"such a name with the right port":    func(r *http.Request) { r.Host = "evil.example:8080" },
		"a name that begins like ours":       func(r *http.Request) { r.Host = "127.0.0.1.evil.example:8080" },
		"no name":                            func(r *http.Request) { r.Host = "" },
		"another user of the machine":        func(r *http.Request) { r.Header.Del("Cookie") },
		"a guessed token":                    func(r *http.Request) { r.Header.Set("Cookie", s.cookie()+"=A") },
		"an empty token":                     func(r *http.Request) { r.Header.Set("Cookie", s.cookie()+"=") },
		"the cookie of another preview":      func(r *http.Request) { r.Header.Set("Cookie", "codicil-preview-9090="+s.token) },
		"a script of another site":           func(r *http.Request) { r.Header.Set("Origin", "https://evil.example") },
		"a script of another port":           func(r *http.Request) { r.Header.Set("Origin", "http://127.0.0.1:9000") },
		"a page without an origin":           func(r *http.Request) { r.Header.Set("Origin", "null") },
		"a picture or frame of another site": func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") },
		"a frame of another site": func(r *http.Request) {
			r.Header.Set("Sec-Fetch-Site", "cross-site")
			r.Header.Set("Sec-Fetch-Mode", "navigate")
			r.Header.Set("Sec-Fetch-Dest", "iframe")
		},
	} {
		for _, path := range paths() {
			answer := ask(s, http.MethodGet, path, change)
			if text := body(t, answer); answer.StatusCode != http.StatusForbidden || strings.Contains(text, secret) {
				t.Errorf("%s: %s: status %d\n%s", name, path, answer.StatusCode, text)
			}
		}
		if answer := ask(s, http.MethodPost, Path+"day", change); answer.StatusCode != http.StatusForbidden || s.day().Month != 3 {
			t.Errorf("%s changed the day: status %d", name, answer.StatusCode)
		}
		if answer := ask(s, http.MethodPost, Path+"privacy/decide", change); answer.StatusCode != http.StatusForbidden || len(decisions(s)) > 0 {
			t.Errorf("%s decided: status %d", name, answer.StatusCode)
		}
	}
}

func TestThePreviewIsReadByNobodyElse(t *testing.T) {
	s := guarded(t)
	for _, path := range paths() {
		answer := ask(s, http.MethodGet, path, nil)
		if text := body(t, answer); answer.StatusCode != http.StatusOK || !strings.Contains(text, secret) {
			t.Fatalf("%s: status %d\n%s", path, answer.StatusCode, text)
		}
		for header, want := range map[string]string{
			"Access-Control-Allow-Origin": "", "Cross-Origin-Resource-Policy": "same-origin", "Cache-Control": "no-store",
		} {
			if got := answer.Header.Get(header); got != want {
				t.Errorf("%s: %s is %q, want %q", path, header, got, want)
			}
		}
		if got := answer.Header.Get("Referrer-Policy"); got != "no-referrer" && got != "same-origin" {
			t.Errorf("%s: another site learns where a visitor comes from: %q", path, got)
		}
	}
	followed := ask(s, http.MethodGet, Path, func(r *http.Request) {
		r.Header.Set("Sec-Fetch-Site", "cross-site")
		r.Header.Set("Sec-Fetch-Mode", "navigate")
		r.Header.Set("Sec-Fetch-Dest", "document")
	})
	if followed.StatusCode != http.StatusOK {
		t.Errorf("a link that a person follows: status %d", followed.StatusCode)
	}
}

func TestTheNoticeFindsItsDataWithoutACookie(t *testing.T) {
	s := guarded(t)
	page := body(t, ask(s, http.MethodGet, Path+"privacy/notice/", nil))
	if !strings.Contains(page, `src="`+embedPath+s.token+`/notice.js"`) {
		t.Errorf("the page is\n%s", page)
	}
	without := func(r *http.Request) { r.Header.Del("Cookie") }
	for path, want := range map[string]int{
		embedPath + s.token + "/notices.json": http.StatusOK, embedPath + "A/notices.json": http.StatusForbidden, embedPath + "notices.json": http.StatusForbidden,
		embedPath + s.token + "/../../privacy/": http.StatusForbidden, embedPath + s.token + "/%2e%2e/%2e%2e/privacy/index.md": http.StatusForbidden,
	} {
		answer := ask(s, http.MethodGet, path, without)
		if text := body(t, answer); want == http.StatusOK && answer.StatusCode != want || want != http.StatusOK && strings.Contains(text, secret) {
			t.Errorf("%s: status %d\n%s", path, answer.StatusCode, text)
		}
	}
}

func TestTheLinkIsExchangedForACookie(t *testing.T) {
	s := guarded(t)
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest(http.MethodGet, s.Link("//evil.example/"), nil))
	answer := w.Result()
	if to := answer.Header.Get("Location"); answer.StatusCode != http.StatusSeeOther || to != "/evil.example/" {
		t.Errorf("status %d, to %q", answer.StatusCode, to)
	}
	cookies := answer.Cookies()
	if len(cookies) != 1 || !cookies[0].HttpOnly || cookies[0].SameSite != http.SameSiteLaxMode || cookies[0].Name != "codicil-preview-8080" {
		t.Errorf("cookies are %v", cookies)
	}
	if other := guarded(t); other.token == s.token || len(s.token) < 20 {
		t.Errorf("tokens are %q and %q", s.token, other.token)
	}
}

func body(t *testing.T, answer *http.Response) string {
	t.Helper()
	var b strings.Builder
	if err := answer.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// decisions is what was put on record.
func decisions(s *Server) string {
	text, err := os.ReadFile(filepath.Join(s.o.Dir, "decided"))
	if err != nil {
		return ""
	}
	return string(text)
}

func TestADecisionNamesWhoAndWhy(t *testing.T) {
	s := guarded(t)
	for form, want := range map[string]int{
		"change=minor&by=A.+Lawyer&reason=as+before":                   http.StatusSeeOther,
		"change=minor&by=A.+Lawyer":                                    http.StatusBadRequest,
		"change=minor&reason=as+before&by=+%0a":                        http.StatusBadRequest,
		"change=none&by=A&reason=b":                                    http.StatusBadRequest,
		"change=x&by=A&reason=b":                                       http.StatusBadRequest,
		"change=back":                                                  http.StatusSeeOther,
		"change=minor&by=A&reason=" + strings.Repeat("b", maxDecision): http.StatusBadRequest,
	} {
		answer := ask(s, http.MethodPost, Path+"privacy/decide", func(r *http.Request) { r.Body = io.NopCloser(strings.NewReader(form)); r.ContentLength = -1 })
		if answer.StatusCode != want {
			t.Errorf("%.60s: status %d, want %d", form, answer.StatusCode, want)
		}
	}
	if answer := ask(s, http.MethodPost, Path+"other/decide", func(r *http.Request) { r.Body = io.NopCloser(strings.NewReader("change=back")) }); answer.StatusCode != http.StatusConflict {
		t.Errorf("a policy that has no change: status %d", answer.StatusCode)
	}
}
