package site

import (
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"
)

func TestAnyTwoVersionsAreChosenInTwoSelects(t *testing.T) {
	files := allFiles(t, library(t).build(options(t)))
	doc := document(t, files, "privacy/compare/index.html")
	if got := len(all(doc, `form.compare[method="get"] select[name="from"] option`)); got != 3 {
		t.Errorf("%d versions to choose from, want 3", got)
	}
	if got := shownWords(doc, `select[name="to"] option[selected]`); got != "1.1" {
		t.Errorf("compared with %q at first, want the text in force", got)
	}
	for _, ready := range []string{"./1.0...1.1/", "./1.1...2.0/", "./1.0...current/"} {
		if len(all(doc, `.ready a[href="`+ready+`"]`)) != 1 {
			t.Errorf("without script nothing leads to %s", ready)
		}
	}
	if len(all(document(t, files, "privacy/versions/index.html"), `.facts a[href$="/privacy/compare/"]`)) != 1 {
		t.Error("the history does not lead to the comparison of any two")
	}
	if files["terms/compare/index.html"] != "" {
		t.Error("a policy of one version compares it")
	}
	beside := all(document(t, files, "privacy/compare/1.0...1.1/index.html"), `.about a[href*="view=sides"]`)
	if len(beside) != 1 || !strings.HasSuffix(attr(beside[0], "href"), "/privacy/compare/?from=1.0&to=1.1&view=sides") {
		t.Errorf("a redline leads not side by side: %v", beside)
	}
}

func TestTheServerKnowsWhichComparisonIsReady(t *testing.T) {
	h := Handler(os.DirFS(library(t).build(options(t))))
	for query, want := range map[string]string{
		"from=1.0&to=1.1": "./1.0...1.1/", "from=1.0&to=1.1&view=sides": "", "from=2.0&to=1.0": "", "from=../..&to=x": "", "": "",
	} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/privacy/compare/?"+query, nil))
		if got := w.Header().Get("Location"); got != want {
			t.Errorf("?%s leads to %q, want %q", query, got, want)
		}
	}
}

func TestAnyTwoVersionsAreComparedInTheBrowser(t *testing.T) {
	ctx := browser(t)
	server := httptest.NewServer(Handler(os.DirFS(library(t).build(options(t)))))
	defer server.Close()
	open(t, ctx, server.URL+"/privacy/compare/?from=2.0&to=1.0&view=sides")
	for deadline := time.Now().Add(10 * time.Second); evaluate[int](t, ctx, `document.querySelectorAll(".compared ins").length`) == 0; {
		if time.Now().After(deadline) {
			t.Fatal("nothing was compared")
		}
	}
	if got := evaluate[string](t, ctx, `[...document.querySelectorAll(".compared td:first-child del")].map(e => e.lastChild.data).join("|")`); !strings.Contains(got, "may") || !strings.Contains(got, "two years") {
		t.Errorf("deleted on the left: %q", got)
	}
	if got := evaluate[string](t, ctx, `[...document.querySelectorAll(".compared td:last-child ins")].map(e => e.textContent).join("|")`); !strings.Contains(got, "Inserted words: do not") {
		t.Errorf("inserted on the right: %q", got)
	}
	evaluate[bool](t, ctx, `document.querySelector("[name=view]").value = "inline", document.querySelector("[name=from]").value = "1.1", document.querySelector(".compare button").click(), true`)
	for deadline := time.Now().Add(10 * time.Second); evaluate[int](t, ctx, `document.querySelectorAll(".compared table").length`) > 0 || evaluate[int](t, ctx, `document.querySelectorAll(".compared ins").length`) == 0; {
		if time.Now().After(deadline) {
			t.Fatal("the other two were not compared")
		}
	}
	if got := evaluate[string](t, ctx, `location.search + " " + document.querySelector(".compared details summary").textContent`); got != "?from=1.1&to=1.0&view=inline Unchanged passages: 8" && !strings.HasPrefix(got, "?from=1.1&to=1.0&view=inline Unchanged passages: ") {
		t.Errorf("shown: %q", got)
	}
}
