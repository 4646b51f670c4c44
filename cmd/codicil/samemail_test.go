package main

import (
	"bytes"
	"html"
	"io"
	"mime"
	"mime/multipart"
	"net/http/httptest"
	"net/mail"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	rendered "github.com/codicil/codicil/render/email"
	"github.com/codicil/codicil/site/desk"
)

// publishing makes a repository with one version of a policy whose label needs
// care in addresses, and the next one in the work tree.
func publishing(t *testing.T) {
	t.Helper()
	t.Chdir(t.TempDir())
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	save(t, "codicil.yaml", "title: Example Shop\nbase_url: https://example.com/legal\nrecipients: people.csv\nemail:\n"+
		"  from: Example Shop <privacy@example.com>\n  templates: mine\n  actions:\n    en: [You can close your account.]\n")
	if err := os.Mkdir("mine", 0o700); err != nil {
		t.Fatal(err)
	}
	save(t, "mine/email.txt.tmpl", "OUR OWN WORDS{{.Greeting}}\n{{.Lead}}\n{{range .Actions}}{{.}}\n{{end}}{{.Compare}}\n{{.Policy}}\n{{.ReplyTo}} {{.Reason}}\n")
	save(t, "people.csv", "email,name\nalex@example.com,Alex Reader\nbo@example.com,\n")
	save(t, "privacy.md", strings.Replace(previewed, `"1.0"`, `"1 (first) 100%"`, 1))
	commitOn(t, "2026-01-01T10:00:00Z")
	save(t, "privacy.md", strings.Replace(announcedChange, `"2.0"`, `"2/0 %20"`, 1))
}

func commitOn(t *testing.T, at string) {
	t.Helper()
	for _, args := range [][]string{{"init", "-q", "-b", "main"}, {"add", "."}, {"-c", "user.name=A", "-c", "user.email=a@example.com", "commit", "-q", "-m", "publish", "--date", at}} {
		cmd := exec.Command("git", args...)
		cmd.Env = append(os.Environ(), "GIT_COMMITTER_DATE="+at)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
}

// runOn runs the command as on a day and returns what it prints.
func runOn(t *testing.T, day string, args ...string) string {
	t.Helper()
	var out, faults bytes.Buffer
	a := &app{stdin: strings.NewReader(""), stdout: &out, stderr: &faults, getenv: func(string) string { return "" }, now: time.Now}
	if code := a.run(t.Context(), append([]string{"--on", day}, args...)); code != exitOK && code != exitFindings {
		t.Fatalf("codicil %v: exit code %d\n%s", args, code, &faults)
	}
	return out.String()
}

// readMessage reads the subject and both parts of a message.
func readMessage(t *testing.T, file string) rendered.Body {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	message, err := mail.ReadMessage(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	_, params, err := mime.ParseMediaType(message.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	var body rendered.Body
	if body.Subject, err = new(mime.WordDecoder).DecodeHeader(message.Header.Get("Subject")); err != nil {
		t.Fatal(err)
	}
	parts := multipart.NewReader(message.Body, params["boundary"])
	for _, into := range []*string{&body.Text, &body.HTML} {
		part, err := parts.NextPart() // which undoes quoted-printable
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(part)
		if err != nil {
			t.Fatal(err)
		}
		*into = strings.ReplaceAll(string(text), "\r\n", "\n")
	}
	return body
}

func TestEveryMessageShownIsTheOneThatIsSent(t *testing.T) {
	publishing(t)
	const day = "2026-03-01"
	comment := runOn(t, day, "check", "--format", "markdown")
	shown := shownAtDesk(t, day)
	commitOn(t, "2026-03-01T09:00:00Z")
	commented := commentedMail(t, comment)
	runOn(t, day, "notify", "privacy", "--out", "mail")
	files, _ := filepath.Glob("mail/*.eml")
	if len(files) != 2 {
		t.Fatalf("written: %q", files)
	}
	named, nameless := readMessage(t, files[0]), readMessage(t, files[1])
	if diff := cmp.Diff(strings.TrimSpace(nameless.Text), strings.TrimSpace(commented.Text)); diff != "" || nameless.Subject != commented.Subject {
		t.Errorf("the comment shows another message (-sent +shown):\n%s", diff)
	}
	if diff := cmp.Diff(named, shown); diff != "" {
		t.Errorf("the desk shows another message (-sent +shown):\n%s", diff)
	}
	if !strings.HasPrefix(named.Text, "OUR OWN WORDS Alex Reader\n") {
		t.Errorf("the message is not made from the publisher's template:\n%s", named.Text)
	}
	runOn(t, day, "build", "-d", "public")
	linked := regexp.MustCompile(`https://example\.com/legal/[^\s"<>]*`).FindAllString(named.Text+named.HTML, -1)
	if len(linked) < 4 {
		t.Errorf("the message links to %q", linked)
	}
	for _, link := range linked {
		if !servedFrom(t, "public", link) {
			t.Errorf("the message links to %s, which the site does not have", link)
		}
	}
}

// shownAtDesk returns the message that the desk shows for the work tree.
func shownAtDesk(t *testing.T, day string) rendered.Body {
	t.Helper()
	a := &app{stdout: io.Discard, stderr: io.Discard, getenv: os.Getenv, now: time.Now, on: day}
	d := a.newDesk(t.TempDir()+"/site", "http://127.0.0.1:8080")
	d.Refresh(t.Context())
	if err := d.Fault(); err != nil {
		t.Fatal(err)
	}
	get := func(path string) string {
		w := httptest.NewRecorder()
		r := httptest.NewRequest("GET", "http://127.0.0.1:8080"+path, nil)
		d.ServeHTTP(w, httptest.NewRequest("GET", d.Link("/"), nil))
		for _, c := range w.Result().Cookies() {
			r.AddCookie(c)
		}
		w = httptest.NewRecorder()
		d.ServeHTTP(w, r)
		return w.Body.String()
	}
	page := get(desk.Path + "privacy/")
	part := func(before, after string) string {
		_, rest, found := strings.Cut(page, before)
		text, _, closed := strings.Cut(rest, after)
		if !found || !closed {
			t.Fatalf("the desk shows no message:\n%s", page)
		}
		return html.UnescapeString(text)
	}
	return rendered.Body{
		Subject: part("<p>Subject: <strong>", "</strong>"), Text: part("<summary>As plain text</summary><pre>", "</pre>"), HTML: get(desk.Path + "privacy/email/"),
	}
}

// commentedMail returns the message in a comment on a pull request.
func commentedMail(t *testing.T, comment string) rendered.Body {
	t.Helper()
	_, rest, found := strings.Cut(comment, "**Email**")
	_, rest, opened := strings.Cut(rest, "```\nSubject: ")
	text, _, closed := strings.Cut(rest, "\n```\n")
	subject, text, parted := strings.Cut(text, "\n\n")
	if !found || !opened || !closed || !parted {
		t.Fatalf("the comment shows no message:\n%s", comment)
	}
	return rendered.Body{Subject: subject, Text: text}
}

// servedFrom reports whether a built site has a page.
func servedFrom(t *testing.T, dir, link string) bool {
	t.Helper()
	path, err := url.PathUnescape(strings.TrimPrefix(link, "https://example.com/legal/"))
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(filepath.Join(dir, filepath.FromSlash(path), "index.html"))
	return err == nil && info.Mode().IsRegular()
}
