package main

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/codicil/codicil/policy/needs"
	"github.com/codicil/codicil/policy/workspace"
	"github.com/codicil/codicil/site/desk"
)

const previewed = `---
title: Privacy policy
version: "1.0"
effective_date: 2026-01-01
---

## 1. What we keep {#keep}

1.1 We keep log information for 90 days. {#logs}
`

// announcedChange is the text of the work tree: a major change, to come.
var announcedChange = strings.NewReplacer(`"1.0"`, `"2.0"`, "2026-01-01", "2026-06-01\nsummary: We keep log information for 180 days.", "90 days", "180 days").Replace(previewed)

// previewing serves a repository whose work tree holds a change, on 1 March 2026.
func previewing(t *testing.T) *visitor {
	t.Helper()
	return previewingWith(t, nil)
}

// previewingWith is previewing with another judge than the rule book.
func previewingWith(t *testing.T, judge func(workspace.Book) workspace.Book) *visitor {
	t.Helper()
	t.Chdir(t.TempDir())
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	save(t, "codicil.yaml", "title: Example\nemail: { from: privacy@example.com }\n")
	save(t, "privacy.md", previewed)
	for _, args := range [][]string{{"init", "-q", "-b", "main"}, {"add", "."}, {"config", "user.name", "A. Lawyer"}, {"-c", "user.email=a@example.com", "commit", "-q", "-m", "publish", "--date", "2026-01-01T10:00:00Z"}} {
		cmd := exec.Command("git", args...)
		cmd.Env = append(os.Environ(), "GIT_COMMITTER_DATE=2026-01-01T10:00:00Z")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	save(t, "privacy.md", announcedChange)
	a := &app{stdout: io.Discard, stderr: io.Discard, getenv: os.Getenv, now: time.Now, on: "2026-03-01", judge: judge}
	server := httptest.NewUnstartedServer(nil)
	d := a.newDesk(t.TempDir()+"/site", "http://"+server.Listener.Addr().String())
	server.Config.Handler = d
	server.Start()
	t.Cleanup(server.Close)
	follow, stop, err := d.Watch()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { defer close(ended); follow(ctx) }()
	t.Cleanup(func() { cancel(); <-ended; stop() })
	d.Refresh(ctx)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	v := &visitor{t, server.URL, d.Link("/"), &http.Client{Jar: jar}}
	v.fetch(v.link)
	return v
}

// visitor is a person who has the link to the preview.
type visitor struct {
	t         *testing.T
	URL, link string
	client    *http.Client
}

func (v *visitor) fetch(address string) string {
	v.t.Helper()
	answer, err := v.client.Get(address)
	if err != nil {
		v.t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	return string(text)
}

func save(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func wants(t *testing.T, page string, words ...string) {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(page, w) {
			t.Errorf("the page lacks %q:\n%s", w, page)
		}
	}
}

func TestTheDeskShowsAChangeBeforeItIsPublished(t *testing.T) {
	server := previewing(t)
	wants(t, server.fetch(server.URL+"/privacy/2.0/"), "180 days", `href="/-/"`)
	wants(t, server.fetch(server.URL+desk.Path), "not published yet", ">major</span>", "2026-06-01")
	wants(t, server.fetch(server.URL+desk.Path+"privacy/"),
		`src="/privacy/2.0/"`, "(retention-period)", "Takes effect on 2026-06-01", "Changes to Privacy policy", `class="redline"`)
	wants(t, server.fetch(server.URL+desk.Path+"privacy/email/"), "Alex Reader", "180")
}

func TestThePreviewShowsAnotherDay(t *testing.T) {
	server := previewing(t)
	wants(t, server.fetch(server.URL+"/privacy/"), "90 days")
	if _, err := server.client.PostForm(server.URL+desk.Path+"day", url.Values{"on": {"2026-07-01"}}); err != nil {
		t.Fatal(err)
	}
	wants(t, server.fetch(server.URL+"/privacy/"), "180 days", "on 2026-07-01")
}

func TestThePreviewFollowsASaveAndSurvivesAFault(t *testing.T) {
	server := previewing(t)
	events, err := server.client.Get(server.URL + desk.Path + "events")
	if err != nil {
		t.Fatal(err)
	}
	defer events.Body.Close()
	lines := bufio.NewScanner(events.Body)
	changed := func() {
		for lines.Scan() {
			if lines.Text() == "event: change" {
				return
			}
		}
		t.Fatalf("the stream ended: %v", lines.Err())
	}
	save(t, "privacy.md", strings.Replace(announcedChange, "180", "365", 2))
	changed()
	wants(t, server.fetch(server.URL+"/privacy/2.0/"), "365 days")

	save(t, "privacy.md", "") // as an editor does that empties the file first
	wants(t, server.fetch(server.URL+"/privacy/2.0/"), "365 days")
	save(t, "privacy.md", strings.Replace(announcedChange, `version: "2.0"`, `version: "2.0`, 1))
	changed()
	wants(t, server.fetch(server.URL+"/privacy/2.0/"), `role="alert"`, "privacy.md:3", "365 days")
	wants(t, server.fetch(server.URL+desk.Path), `role="alert"`, "privacy.md:3")

	save(t, "privacy.md", announcedChange)
	changed()
	if page := server.fetch(server.URL + "/privacy/2.0/"); strings.Contains(page, `role="alert"`) {
		t.Error("the fault is still shown after it was mended")
	}
}

func TestThePreviewInABrowser(t *testing.T) {
	program := needs.Program(t, "chromium", "chromium")
	server := previewing(t)
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.DisableGPU)
	ctx, stop := chromedp.NewExecAllocator(context.Background(), options...)
	defer stop()
	ctx, cancel := chromedp.NewContext(ctx)
	defer cancel()
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil { // the browser lives as long as the context of its first page
		t.Fatal(err)
	}
	ctx, end := context.WithTimeout(ctx, 2*time.Minute)
	defer end()
	visit := func(path string) {
		t.Helper()
		if err := chromedp.Do(ctx, chromedp.Navigate(server.URL+path)); err != nil {
			t.Fatal(err)
		}
	}
	until := func(what, expression string) {
		t.Helper()
		wait := `new Promise((done) => { const look = () => (` + expression + `) ? done(true) : setTimeout(look, 20); look(); })`
		for range 3 { // a page that is loaded anew ends what waits on it
			if ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool](wait, chromedp.EvalAwaitPromise)); err == nil && ok {
				return
			}
		}
		t.Fatalf("never seen: %s", what)
	}
	if err := chromedp.Do(ctx, chromedp.Navigate(server.link)); err != nil {
		t.Fatal(err)
	}
	visit("/privacy/2.0/")
	until("the page, scrolled", `document.readyState === "complete" && (document.body.style.minHeight = "4000px", scrollTo({top: 120, behavior: "instant"}), scrollY === 120)`)
	save(t, "privacy.md", strings.Replace(announcedChange, "1.1 We", strings.Repeat("1.0 We delete them.\n\n", 60)+"1.1 We", 1))
	until("the new text where the page stood", `document.body.textContent.includes("1.0 We delete") && scrollY === 120`)
	visit(desk.Path + "privacy/notice/")
	until("the notice", `document.querySelector("policy-notice")`)
	visit(desk.Path + "privacy/")
	until("the keys", `document.readyState === "complete" && document.querySelector("[data-keys]")?.parentElement.hidden === false`)
	until("no key in a field", `(document.querySelector("[name=reason]").dispatchEvent(new KeyboardEvent("keydown", {key: "3", bubbles: true})), !document.body.textContent.includes("Decided:"))`)
	until("the key", `(document.body.dispatchEvent(new KeyboardEvent("keydown", {key: "1", bubbles: true})), true)`)
	until("the record", `document.body.textContent.includes("Decided: major")`)
	until("another day picked", `(document.querySelector("[name=on]").value = "2026-07-02", document.querySelector(".desk-top button").click(), true)`)
	until("another day", `document.readyState === "complete" && document.querySelector("[name=on]").value === "2026-07-02" && document.querySelector("[name=on]").defaultValue === "2026-07-02"`)
}

// TestAPersonDecidesByOneKey: the sentences that decide are on the page; one
// key puts the word, the reason and the name into the text, and can be undone.
func TestAPersonDecidesByOneKey(t *testing.T) {
	server := previewing(t)
	page := server.fetch(server.URL + desk.Path + "privacy/")
	wants(t, page, `<button name="change" value="minor" data-key="2"`, "now: <q>We keep log information for 180 days", `name="by" value="A. Lawyer"`)
	wants(t, server.fetch(server.URL+desk.Path+"assets/decide.js"), "event.repeat")
	seen := regexp.MustCompile(`name="seen" value="([0-9a-f]{64})"`).FindStringSubmatch(page)
	if seen == nil {
		t.Fatal("the page names no text that it shows")
	}
	decide := func(seen string) string {
		answer, err := server.client.PostForm(server.URL+desk.Path+"privacy/decide", url.Values{"seen": {seen}, "change": {"minor"}, "by": {"A. Lawyer"}, "reason": {"nobody is worse off"}})
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		text, err := io.ReadAll(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	wants(t, decide("00"), "has changed since the page showed it")
	wants(t, decide(seen[1]), "Decided: minor", "Take it back")
	want := strings.Replace(announcedChange, "\n---\n", "\nchange: minor\nchange_reason: \"nobody is worse off\"\napproved_by: \"A. Lawyer\"\n---\n", 1)
	if text, err := os.ReadFile("privacy.md"); err != nil || string(text) != want {
		t.Errorf("%v\n%s", err, text)
	}
}

// A policy that is made of a source is written anew when that is saved, and not
// while the source is empty, nor over words that somebody wrote into it.
func TestPreviewFollowsSources(t *testing.T) {
	v := previewing(t)
	head, _, _ := strings.Cut(announcedChange, "---\n\n")
	head = strings.Replace(head, "title:", "source: logs.md\nvariables: {days: 120}\ntitle:", 1) + "---\n"
	body := func() string {
		text, err := os.ReadFile("privacy.md")
		if err != nil {
			t.Fatal(err)
		}
		_, below, _ := strings.Cut(string(text), "---\n\n")
		return below
	}
	save(t, "logs.md", "## 1. What we keep {#keep}\n\n1.1 We keep log information for {{days}} days. {#logs}\n")
	save(t, "privacy.md", head)
	wants(t, v.fetch(v.URL+desk.Path+"privacy/"), "120")
	if want := "## 1. What we keep {#keep}\n\n1.1 We keep log information for 120 days. {#logs}\n"; body() != want {
		t.Fatalf("the text is %q", body())
	}
	save(t, "logs.md", "## 1. What we keep {#keep}\n\n1.1 We keep log files for {{days}} days. {#logs}\n")
	wants(t, v.fetch(v.URL+desk.Path+"privacy/"), "log files")
	if !strings.Contains(body(), "log files for 120 days") {
		t.Errorf("a second save left the text %q", body())
	}
	save(t, "logs.md", "")
	v.fetch(v.URL + desk.Path + "privacy/")
	if !strings.Contains(body(), "log files") {
		t.Error("an empty source emptied the text")
	}
	edited := strings.Replace(body(), "120", "130", 1)
	save(t, "privacy.md", head+"\n"+edited)
	save(t, "logs.md", "1.1 We keep nothing for {{days}} days. {#logs}\n")
	wants(t, v.fetch(v.URL+desk.Path+"privacy/"), "not-expanded")
	if body() != edited {
		t.Errorf("words of a person were written over: %q", body())
	}
}
