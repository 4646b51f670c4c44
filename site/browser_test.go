package site

import (
	"context"
	"iter"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/codicil/codicil/policy/needs"
)

// browser starts headless Chromium. Without one the test is skipped, unless
// CODICIL_REQUIRE asks for it.
func browser(t *testing.T) context.Context {
	t.Helper()
	program := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil && program == "" {
			program = path
		}
	}
	if program == "" {
		needs.Missing(t, "chromium", "there is no chromium in PATH (Debian package chromium)")
	}
	profile, err := os.MkdirTemp("", "codicil-site-test")
	if err != nil {
		t.Fatal(err)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(program), chromedp.UserDataDir(profile), chromedp.NoSandbox, chromedp.DisableGPU)
	ctx, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, cancel := chromedp.NewContext(ctx)
	t.Cleanup(func() {
		cancel()
		stop()
		_ = os.RemoveAll(profile) // the browser may still be writing its last files
	})
	return ctx
}

// complaints reads what the pages wrote to the console until now and returns
// errors, exceptions and violations of the content security policy.
func complaints(t *testing.T, ctx context.Context, messages iter.Seq2[chromedp.ConsoleMessage, error]) []string {
	t.Helper()
	const end = "that is all"
	evaluate[bool](t, ctx, `console.info("`+end+`"), true`)
	var list []string
	for m, err := range messages {
		if err != nil {
			t.Fatal(err)
		}
		if m.Text == end {
			break
		}
		if m.Type == chromedp.ConsoleError || m.Type == chromedp.ConsoleException || m.Type == chromedp.ConsoleWarning {
			list = append(list, m.String())
		}
	}
	return list
}

// evaluate runs an expression in the page.
func evaluate[T any](t *testing.T, ctx context.Context, expression string) T {
	t.Helper()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	return value
}

func open(t *testing.T, ctx context.Context, address string) {
	t.Helper()
	if err := chromedp.Do(ctx, chromedp.Navigate(address)); err != nil {
		t.Fatalf("opening %s: %v", address, err)
	}
}

func TestPagesInABrowser(t *testing.T) {
	files := os.DirFS(library(t).build(options(t)))
	server := httptest.NewServer(Handler(files))
	defer server.Close()
	ctx := browser(t)
	open(t, ctx, "about:blank") // the browser lives as long as the context of its first page
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	messages := chromedp.Console(ctx)

	open(t, ctx, server.URL+"/privacy/compare/1.1...2.0/")
	line := evaluate[string](t, ctx, `getComputedStyle(document.querySelector(".redline ins")).textDecorationLine + " " + getComputedStyle(document.querySelector(".redline del")).textDecorationLine`)
	if line != "underline line-through" {
		t.Errorf("marks are drawn as %q", line)
	}

	open(t, ctx, server.URL+"/privacy/")
	if data := evaluate[string](t, ctx, `JSON.parse(document.querySelector("script[type='application/ld+json']").textContent)["@type"]`); data != "WebPage" {
		t.Errorf("structured data = %q", data)
	}
	if !evaluate[bool](t, ctx, `document.querySelector(".notices").checkVisibility()`) {
		t.Fatal("the notice is not shown")
	}
	// Tab goes by the skip link and the two links of the notice to its button.
	if err := chromedp.Do(ctx, chromedp.KeyEvent("\t\t\t\t")); err != nil {
		t.Fatal(err)
	}
	if focus := evaluate[string](t, ctx, `document.activeElement.className`); focus != "close" {
		t.Fatalf("the focus is on %q, want the button", focus)
	}
	if err := chromedp.Do(ctx, chromedp.KeyEvent("\r")); err != nil {
		t.Fatal(err)
	}
	if evaluate[bool](t, ctx, `!!document.querySelector(".notices")`) {
		t.Error("Enter did not close the notice")
	}
	if focus := evaluate[string](t, ctx, `document.activeElement.tagName`); focus != "MAIN" {
		t.Errorf("the focus went to %s, want MAIN", focus)
	}
	if cookies := evaluate[string](t, ctx, `document.cookie`); cookies != "" {
		t.Errorf("cookies = %q", cookies)
	}
	if err := chromedp.Do(ctx, chromedp.Reload()); err != nil {
		t.Fatal(err)
	}
	if evaluate[bool](t, ctx, `!!document.querySelector(".notices")`) {
		t.Error("the notice came back after it was closed")
	}
	if list := complaints(t, ctx, messages); len(list) > 0 {
		t.Errorf("the pages complain:\n%s", strings.Join(list, "\n"))
	}
}
