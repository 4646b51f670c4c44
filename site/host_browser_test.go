package site

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
)

// A page of another publisher may hold what somebody else wrote into it, keep
// dialogs that are closed, and change without being loaded: none of it may take
// the notice away, or another feed be shown in its place.
func TestThePageDoesNotDisarmTheNotice(t *testing.T) {
	policies := httptest.NewServer(Handler(os.DirFS(library(t).build(options(t)))))
	defer policies.Close()
	e, err := Embed(policies.URL)
	if err != nil {
		t.Fatal(err)
	}
	module := strings.Replace(e.Tag, "<script async", `<script type="module"`, 1)
	pages := map[string]string{
		"currentScript":  `<img name="currentScript" src="http://evil.example/embed/v1/x" hidden>` + e.Tag,
		"policyNotice":   `<a id="policyNotice"></a>` + e.Tag,
		"policyNotices":  `<form id="policyNotices"><input name="schema" value="1"><input name="notices"></form>` + e.Tag,
		"body":           `<img name="body">` + e.Tag,
		"document":       `<img name="documentElement"><img name="querySelector"><img name="querySelectorAll"><img name="createElement">` + e.Tag,
		"dispatchEvent":  `<form name="dispatchEvent"></form><form name="activeElement"></form>` + e.Tag,
		"hidden dialog":  `<div role="dialog" aria-modal="true" style="visibility:hidden">Cookies</div>` + e.Tag,
		"empty dialog":   `<div aria-modal="true"></div>` + e.Tag,
		"dialog outside": `<div aria-modal="true" style="position:fixed;left:-500px;width:300px">Menu</div>` + e.Tag,
		"module":         module,
	}
	host := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, "<!doctype html><html lang=en><title>x</title><body><h1>Shop</h1>%s<p>x</p></body></html>", pages[r.URL.Query().Get("p")])
	}))
	defer host.Close()
	for name := range pages {
		t.Run(name, func(t *testing.T) {
			ctx := browser(t)
			open(t, ctx, host.URL+"/?p="+strings.ReplaceAll(name, " ", "%20"))
			find := `Document.prototype.querySelector.call(document, "policy-notice")?.shadowRoot`
			appears(t, ctx, find+`?.textContent.includes("Privacy Policy")`)
			// A router, Turbo or htmx puts another body in its place.
			evaluate[bool](t, ctx, `(() => { const body = document.createElementNS("http://www.w3.org/1999/xhtml", "body"); body.innerHTML = "<main>next</main>"; Document.prototype.querySelector.call(document, "body").replaceWith(body); return true })()`)
			appears(t, ctx, find+`?.textContent.includes("Privacy Policy")`)
			evaluate[bool](t, ctx, `(() => { `+find+`.querySelector("button").click(); Document.prototype.querySelector.call(document, "body").innerHTML = "<p>third</p>"; return true })()`)
			if evaluate[bool](t, ctx, `new Promise((done) => setTimeout(() => done(!!`+find+`), 400))`) {
				t.Error("a notice that was closed comes back")
			}
		})
	}
}
