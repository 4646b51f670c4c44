package site

import (
	"context"
	"html/template"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// hosts serves the example pages of testdata/host, from another origin than the
// policies, with the tag that Embed prints.
func hosts(t *testing.T, policies string) *httptest.Server {
	e, err := Embed(policies)
	if err != nil {
		t.Fatal(err)
	}
	pages := template.Must(template.ParseGlob("testdata/host/*.html"))
	data := map[string]template.HTML{
		"Tag":  template.HTML(e.Tag),
		"Slot": template.HTML(strings.Replace(e.Tag, " async", ` async data-placement="slot" data-max="banner"`, 1)),
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(r.URL.Path, "/")
		if pages.Lookup(name) == nil {
			w.WriteHeader(http.StatusNoContent) // the icon that a browser asks for
			return
		}
		if name == "strict.html" {
			w.Header().Set("Content-Security-Policy", "default-src 'none'; script-src "+e.Origin+"; connect-src "+e.Origin)
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if err := pages.ExecuteTemplate(w, name, data); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}))
	server.URL = strings.Replace(server.URL, "127.0.0.1", "localhost", 1) // another site too
	return server
}

// shadow is the root of the notice in a page.
const shadow = `document.querySelector("policy-notice")?.shadowRoot`

// appears waits until an expression holds in the page.
func appears(t *testing.T, ctx context.Context, expression string) {
	t.Helper()
	script := `new Promise((done) => { const look = (n) => (` + expression + `) ? done(true) : n ? setTimeout(look, 50, n - 1) : done(false); look(100) })`
	if !evaluate[bool](t, ctx, script) {
		t.Fatalf("%s does not come true", expression)
	}
}

// TestTheNoticeOnPagesOfOthers shows it on every example of a host.
func TestTheNoticeOnPagesOfOthers(t *testing.T) {
	policies := httptest.NewServer(Handler(os.DirFS(library(t).build(options(t)))))
	defer policies.Close()
	host := hosts(t, policies.URL)
	defer host.Close()
	ctx := browser(t)
	open(t, ctx, "about:blank")
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	messages := chromedp.Console(ctx)

	open(t, ctx, host.URL+"/strict.html")
	appears(t, ctx, shadow)
	if title := evaluate[string](t, ctx, shadow+`.querySelector("[part=title]").textContent`); title != "Änderung: Datenschutz" {
		t.Errorf("a page in Austrian German has the title %q", title)
	}
	forget := `localStorage.clear(), true`
	evaluate[bool](t, ctx, forget)

	open(t, ctx, host.URL+"/rtl.html")
	appears(t, ctx, shadow)
	if wide := evaluate[int](t, ctx, `document.scrollingElement.scrollWidth - innerWidth`); wide > 0 {
		t.Errorf("a page from right to left is %d px too wide", wide)
	}
	evaluate[bool](t, ctx, forget)

	open(t, ctx, host.URL+"/busy.html")
	time.Sleep(500 * time.Millisecond)
	if evaluate[bool](t, ctx, `!!`+shadow) {
		t.Error("the notice interrupts another modal")
	}
	evaluate[bool](t, ctx, `document.getElementById("old").click(), true`)
	appears(t, ctx, shadow)
	evaluate[bool](t, ctx, forget)

	open(t, ctx, host.URL+"/slot.html")
	appears(t, ctx, shadow)
	if !evaluate[bool](t, ctx, `!!document.querySelector("[data-policy-notice] policy-notice") && !`+shadow+`.querySelector(".over,.bottom")`) {
		t.Error("the notice is not in the flow of its slot")
	}
	evaluate[bool](t, ctx, forget)

	open(t, ctx, host.URL+"/plain.html")
	appears(t, ctx, shadow)
	closeAndComeBack(t, ctx)
	if list := complaints(t, ctx, messages); len(list) > 0 {
		t.Errorf("the pages complain:\n%s", strings.Join(list, "\n"))
	}
}

// closeAndComeBack closes the notice by its button: it stays away, keeps one
// entry and no cookie, and returns when the browser forgets.
func closeAndComeBack(t *testing.T, ctx context.Context) {
	t.Helper()
	evaluate[bool](t, ctx, shadow+`.querySelector("[part=close]").click(), true`)
	appears(t, ctx, `!document.querySelector("policy-notice")`)
	if stored := evaluate[string](t, ctx, `document.cookie + JSON.stringify({...localStorage})`); stored != `{"policy-notice":"privacy%402.0"}` {
		t.Errorf("the browser keeps %s", stored)
	}
	if err := chromedp.Do(ctx, chromedp.Reload()); err != nil {
		t.Fatal(err)
	}
	evaluate[bool](t, ctx, `policyNotice.check().then(() => true)`)
	if evaluate[bool](t, ctx, `!!`+shadow) {
		t.Error("the notice came back after it was closed")
	}
	evaluate[bool](t, ctx, `policyNotice.reset(), policyNotice.check().then(() => true)`)
	appears(t, ctx, shadow)
	// Closed in another tab, it is closed here too.
	evaluate[bool](t, ctx, `localStorage.setItem("policy-notice", "privacy%402.0"), dispatchEvent(new StorageEvent("storage", {key: "policy-notice"}))`)
	if evaluate[bool](t, ctx, `!!`+shadow) {
		t.Error("it stays open though it was closed in another tab")
	}
}
