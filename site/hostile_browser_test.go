package site

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"golang.org/x/net/html"

	"github.com/codicil/codicil/policy"
)

// payloads reads the texts of testdata/hostile.txt.
func payloads(t *testing.T) []string {
	t.Helper()
	data, err := os.ReadFile("testdata/hostile.txt")
	if err != nil {
		t.Fatal(err)
	}
	_, lines, _ := strings.Cut(strings.TrimSuffix(string(data), "\n"), "\n")
	list := strings.Split(lines, "\n")
	if len(list) < 100 {
		t.Fatalf("only %d payloads", len(list))
	}
	return list
}

// hostileShelf puts each payload into a text of its own, in a version that adds
// it to another, so that it is on a page and in a redline.
func hostileShelf(t *testing.T) *shelf {
	s := newShelf(t)
	for i, p := range payloads(t) {
		p = strings.ReplaceAll(p, `\n`, "\n")
		s.add(fmt.Sprintf("p%03d", i),
			draft{label: "1", published: "2026-01-01", effective: "2026-01-01", text: "# Before\n\nWords before.\n"},
			draft{label: "2", published: "2026-02-01", effective: "2026-02-01", text: "# Before\n\nWords before.\n\n" + p + "\n\nWords after.\n",
				front: policy.FrontMatter{Title: p, Summary: p}})
	}
	return s
}

// The payloads run through a real browser, with no content security policy in
// the way: what is written must be harmless by itself.
func TestHostileTextsDoNothingInABrowser(t *testing.T) {
	t.Parallel()
	s := hostileShelf(t)
	o := options(t)
	o.BaseURL = "http://127.0.0.1/"
	dir := s.build(o)
	site := Handler(os.DirFS(dir))
	var mu sync.Mutex
	asked := make(map[string]bool)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		asked[r.URL.Path] = true
		mu.Unlock()
		switch r.URL.Path {
		case "/bench":
			_, _ = io.WriteString(w, "<!DOCTYPE html><title>Bench</title><body>") // a frame takes over the policy of its page
		case "/control":
			_, _ = io.WriteString(w, "<!DOCTYPE html><main><p onclick='parent.hacked=1'>x</p><a href='javascript:1'>x</a></main>")
		default:
			site.ServeHTTP(unguarded{w}, r)
		}
	}))
	defer server.Close()
	ctx := browser(t)
	open(t, ctx, "about:blank")
	ctx, cancel := context.WithTimeout(ctx, 4*time.Minute)
	defer cancel()
	if err := chromedp.Do(ctx, chromedp.Navigate(server.URL+"/bench")); err != nil {
		t.Fatal(err)
	}
	var pages []string
	for i := range payloads(t) {
		for _, page := range []string{"2/", "compare/1...2/"} {
			pages = append(pages, fmt.Sprintf("%s/p%03d/%s", server.URL, i, page))
		}
	}
	list, _ := json.Marshal(pages)
	for _, fault := range evaluate[[]string](t, ctx, fmt.Sprintf(tryPages, list)) {
		t.Error(fault)
	}
	// A page that does run a script must be found out, or the rest proves nothing.
	if faults := evaluate[[]string](t, ctx, fmt.Sprintf(tryPages, `["/control"]`)); len(faults) != 3 {
		t.Errorf("the control gave %q, want three faults", faults)
	}
	mu.Lock()
	defer mu.Unlock()
	for path := range asked {
		if !strings.HasPrefix(path, "/assets/") && !strings.HasPrefix(path, "/p") && path != "/bench" && path != "/control" && path != "/favicon.ico" {
			t.Errorf("a payload made the browser ask for %s", path)
		}
	}
}

// unguarded takes the content security policy out of an answer.
type unguarded struct{ http.ResponseWriter }

func (w unguarded) WriteHeader(status int) {
	w.Header().Del("Content-Security-Policy")
	w.ResponseWriter.WriteHeader(status)
}

func (w unguarded) Write(data []byte) (int, error) {
	w.Header().Del("Content-Security-Policy")
	return w.ResponseWriter.Write(data)
}

// tryPages opens pages in frames without the policy that they state themselves,
// moves over, clicks and focuses everything that could take it, and lists what
// happened that should not have.
const tryPages = `(async (pages) => {
  const faults = [];
  const allowed = /^(https?|mailto|tel):/;
  const foreign = /^(script|style|iframe|object|embed|form|input|img|svg|math|video|audio|link|meta|base)$/;
  window.hacked = 0;
  const tryPage = async (address) => {
    const text = (await (await fetch(address)).text()).replace(/<meta http-equiv="Content-Security-Policy"[^>]*>|<link [^>]*>|<script src=[^>]*><.script>/g, "");
    const frame = document.createElement("iframe");
    frame.srcdoc = text;
    document.body.append(frame);
    await new Promise((done) => { frame.onload = done; });
    const page = frame.contentDocument, view = frame.contentWindow;
    const fault = (what) => faults.push(address + ": " + what);
    for (const e of page.querySelectorAll("main *")) {
      if (e.localName === "a" && !allowed.test(e.protocol)) fault("a link leads to " + e.href);
      for (const a of e.attributes) if (/^on|^style$|^srcdoc$|^ping$/.test(a.name)) fault(e.localName + " has " + a.name);
      if (foreign.test(e.localName) && !e.matches("main > form.compare")) fault("there is a " + e.localName);
      e.dispatchEvent(new view.MouseEvent("mouseover", {bubbles: true}));
      if (e.localName !== "a") e.click?.();
      e.focus?.();
    }
    await new Promise((done) => setTimeout(done, 1));
    if (window.hacked || view.hacked) fault("a script ran");
    if (page.querySelectorAll("main").length !== 1) fault("there is not one main part");
    frame.remove();
  };
  while (pages.length) await Promise.all(pages.splice(0, 16).map(tryPage));
  return faults;
})(%s)`

func TestHostileTextsStayTexts(t *testing.T) {
	t.Parallel()
	s := hostileShelf(t)
	for name, data := range allFiles(t, s.build(options(t))) {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		harmless(t, name, data)
		if page, err := html.Parse(strings.NewReader(data)); err != nil || strings.HasPrefix(name, "p") && len(all(page, "main")) != 1 {
			t.Errorf("%s: not one main part", name)
		}
	}
}
