package site

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// hostOf serves pages of another publisher under a strict content security policy
// that lets in nothing but the scripts, data and frames of the policy site.
func hostOf(t *testing.T, origin string, pages map[string]string) *httptest.Server {
	t.Helper()
	host := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, known := pages[strings.TrimPrefix(r.URL.Path, "/")]
		if !known {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		w.Header().Set("Content-Security-Policy", fmt.Sprintf("default-src 'none'; script-src %[1]s; connect-src %[1]s; frame-src %[1]s; require-trusted-types-for 'script'", origin))
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, "<!doctype html><html lang=de><title>x</title><body>%s</body></html>", body)
	}))
	host.URL = strings.Replace(host.URL, "127.0.0.1", "localhost", 1) // another site too
	t.Cleanup(host.Close)
	return host
}

func TestThePolicyOnPagesOfOthers(t *testing.T) {
	s := library(t)
	policies := httptest.NewServer(Handler(os.DirFS(s.build(options(t)))))
	defer policies.Close()
	e, err := EmbedPolicy(policies.URL, s.policies[0])
	if err != nil {
		t.Fatal(err)
	}
	unknown := strings.Replace(e.Tag, `data-policy="privacy" data-title="Privacy"`, `data-policy="lost" data-title="Our policy"`, 1)
	climbing := strings.Replace(e.Tag, `data-policy="privacy"`, `data-policy="../policy/privacy"`, 1)
	auto := strings.Replace(e.Tag, `data-policy="privacy"`, `data-policy="privacy" data-lang="auto"`, 1)
	host := hostOf(t, policies.URL, map[string]string{
		"plain":    `<h1>Shop</h1>` + e.Tag,
		"place":    `<div data-policy-text="privacy"><p>old words</p></div><div data-policy-text="terms"></div>` + e.Sizer,
		"twice":    e.Tag + `<p id="sharing">Ours</p>` + e.Tag,
		"lost":     unknown,
		"climbing": climbing,
		"auto":     auto,
		"clobber":  `<img name="currentScript"><img name="querySelectorAll"><img name="getElementById"><img name="createElement"><form name="dispatchEvent"></form>` + e.Tag,
		"module":   strings.Replace(e.Tag, "<script async", `<script type="module"`, 1),
		"frame":    `<p>above</p>` + e.Frame + e.Sizer,
	})
	ctx := browser(t)
	open(t, ctx, "about:blank")
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	messages := chromedp.Console(ctx)
	const text = `Document.prototype.querySelector.call(document, ".policy-text")`
	for page, holds := range map[string]string{
		"plain": text + `?.textContent.includes("We keep records for 30 days") && document.querySelector("h1").textContent === "Shop" && document.querySelectorAll("h1").length === 1 &&
			document.querySelector(".policy-state").textContent.includes("In force since") && document.querySelector(".policy-links a").href === "` + policies.URL + `/privacy/1.1/" &&
			document.querySelector(".policy-words a").href === "` + policies.URL + `/terms/"`,
		"place":    `document.querySelectorAll("[data-policy-text] .policy-text").length === 2 && !document.body.textContent.includes("old words")`,
		"twice":    `document.querySelectorAll(".policy-text").length === 2 && document.getElementById("privacy.sharing") && [...document.querySelectorAll("[id]")].every((e, _, all) => all.filter((f) => f.id === e.id).length === 1)`,
		"lost":     `document.querySelector(".policy-box > a")?.href === "` + policies.URL + `/lost/" && document.querySelector(".policy-box").textContent === "Our policy"`,
		"climbing": `document.querySelector(".policy-box > a") && !` + text,
		"auto":     text + `?.lang === "de" && ` + text + `.textContent.includes("Wir sammeln")`,
		"clobber":  text + `?.textContent.includes("We keep records")`,
		"module":   text + `?.textContent.includes("We keep records")`,
		"frame":    `document.querySelector("iframe").offsetHeight > 700`,
	} {
		open(t, ctx, host.URL+"/"+page)
		appears(t, ctx, holds)
	}

	open(t, ctx, host.URL+"/plain#retention")
	appears(t, ctx, `document.getElementById("retention")`)
	// A router puts another page in the place of this one, and the reader comes back.
	evaluate[bool](t, ctx, `document.body.innerHTML === "" || (document.body.replaceChildren(document.createElement("main")), true)`)
	evaluate[bool](t, ctx, `(() => { const place = document.createElement("div"); place.dataset.policyText = "privacy"; document.querySelector("main").append(place); return true })()`)
	appears(t, ctx, text+`?.textContent.includes("We keep records")`)
	evaluate[bool](t, ctx, `document.querySelector("[data-policy-text]").replaceChildren(), true`)
	appears(t, ctx, text+`?.textContent.includes("We keep records")`)

	printed := evaluate[string](t, ctx, `(() => {
		const rules = []; const made = CSSStyleSheet.prototype.replaceSync;
		CSSStyleSheet.prototype.replaceSync = function (css) { rules.push(css); return made.call(this, css) };
		window.print = () => {};
		document.querySelector(".policy-print").click();
		const during = document.querySelector(".policy-printed") ? rules.join() + document.adoptedStyleSheets.length : "";
		dispatchEvent(new Event("afterprint"));
		return during + document.adoptedStyleSheets.length + document.querySelectorAll(".policy-printed").length;
	})()`)
	if !strings.HasPrefix(printed, "@media print{") || !strings.HasSuffix(printed, "100") {
		t.Errorf("printing sets %q", printed)
	}
	for _, complaint := range complaints(t, ctx, messages) {
		if !strings.Contains(complaint, "404") && !strings.Contains(complaint, "plain#") && !strings.Contains(complaint, "TrustedHTML") {
			t.Errorf("the pages complain: %s", complaint)
		}
	}
}
