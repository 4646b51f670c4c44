package desk

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/materiality"
	"github.com/codicil/codicil/policy/notice"
	"github.com/codicil/codicil/policy/reading"
	"github.com/codicil/codicil/policy/redline"
	"github.com/codicil/codicil/policy/worktree"
	"github.com/codicil/codicil/render/email"
)

// bench is a desk whose texts lie in a folder, and whose build is that of a test.
type bench struct {
	*Server
	root, dir string
	builds    []policy.Date // the day of each
	shown     []*Change
	fault     error
}

func newBench(t *testing.T) *bench {
	t.Helper()
	b := &bench{root: t.TempDir(), dir: filepath.Join(t.TempDir(), "site")}
	b.Server = New(Options{
		Root: b.root, Dir: b.dir, Address: "http://127.0.0.1:8080", Today: func() policy.Date { return policy.Date{Year: 2027, Month: 3, Day: 1} },
		Build: func(_ context.Context, on policy.Date) ([]*Change, error) {
			b.builds = append(b.builds, on)
			if b.fault != nil {
				return nil, b.fault
			}
			if err := os.MkdirAll(b.dir, 0o700); err != nil {
				return nil, err
			}
			page := fmt.Sprintf("<head></head><body>as on %s", on)
			return b.shown, os.WriteFile(filepath.Join(b.dir, "index.html"), []byte(page), 0o600)
		},
	})
	return b
}

// save writes a text of the folder.
func (b *bench) save(t *testing.T, name, text string) {
	t.Helper()
	file := filepath.Join(b.root, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestOnlyATextThatChangedIsBuiltAgain(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for i, step := range []struct {
		file   string
		builds int // so far
	}{
		{"privacy.md", 1}, {"", 1}, {"legal/terms.md", 2}, {"codicil.yaml", 3}, {"mail.tmpl", 4}, {"site.css", 5}, {".git/logs/HEAD", 6},
		{"picture.png", 6}, {".git/index.md", 7}, {".git/objects/aa/note.md", 7}, {".drafts/a.md", 7}, {"node_modules/x/readme.md", 7}, {"notes.txt", 7},
	} {
		if step.file != "" {
			b.save(t, step.file, fmt.Sprint("Words ", i))
		}
		b.Refresh(t.Context())
		if len(b.builds) != step.builds {
			t.Errorf("after %q: %d builds, want %d", step.file, len(b.builds), step.builds)
		}
	}
}

func TestAFaultShowsAboveThePageAsItWas(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.save(t, "privacy.md", "One.")
	b.fault = policy.Hinted(errors.New("privacy.md:2:1: <unclosed> bracket"), "close it")
	first := ask(b.Server, http.MethodGet, "/", nil)
	if text := body(t, first); first.StatusCode != http.StatusInternalServerError || !strings.Contains(text, "&lt;unclosed&gt; bracket") {
		t.Errorf("before there is a site: status %d\n%s", first.StatusCode, text)
	}
	fault := b.fault
	b.fault = nil
	b.save(t, "privacy.md", "Two, mended.")
	if text := body(t, ask(b.Server, http.MethodGet, "/", nil)); !strings.Contains(text, "as on 2027-03-01") || strings.Contains(text, "preview-fault") || b.Fault() != nil {
		t.Errorf("mended: %v\n%s", b.Fault(), text)
	}
	b.fault = fault
	b.save(t, "privacy.md", "Three, broken again.")
	again := ask(b.Server, http.MethodGet, "/", nil)
	if text := body(t, again); again.StatusCode != http.StatusOK || !strings.Contains(text, "as on 2027-03-01") || !strings.Contains(text, "&lt;unclosed&gt; bracket\n\nclose it") || !errors.Is(b.Fault(), fault) {
		t.Errorf("broken again: status %d, %v\n%s", again.StatusCode, b.Fault(), text)
	}
	b.fault = fmt.Errorf("save: %w", worktree.ErrBeingSaved)
	b.save(t, "privacy.md", "Four, half of it.")
	b.Refresh(t.Context())
	if !errors.Is(b.Fault(), fault) {
		t.Errorf("a text that is being saved is a fault: %v", b.Fault())
	}
}

func TestADayIsPickedForAllPages(t *testing.T) {
	t.Parallel()
	for form, want := range map[string]struct {
		status int
		day    string
		to     string
	}{
		"on=2027-07-01&back=" + Path + "privacy/": {http.StatusSeeOther, "2027-07-01", Path + "privacy/"},
		"on=2027-07-01&back=//evil.example":       {http.StatusSeeOther, "2027-07-01", Path},
		"on=2027-07-01":                           {http.StatusSeeOther, "2027-07-01", Path},
		"on=July":                                 {http.StatusBadRequest, "2027-03-01", ""},
	} {
		b := newBench(t)
		b.save(t, "lease.md", "One.")
		answer := ask(b.Server, http.MethodPost, Path+"day", func(r *http.Request) {
			*r = *httptest.NewRequest(http.MethodPost, b.o.Address+Path+"day", strings.NewReader(form))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.AddCookie(&http.Cookie{Name: b.cookie(), Value: b.token})
		})
		if answer.StatusCode != want.status || answer.Header.Get("Location") != want.to {
			t.Errorf("%s: status %d, to %q", form, answer.StatusCode, answer.Header.Get("Location"))
		}
		if text := body(t, ask(b.Server, http.MethodGet, "/", nil)); !strings.Contains(text, "as on "+want.day) || !strings.Contains(text, "what readers see on "+want.day) {
			t.Errorf("%s: the page is\n%s", form, text)
		}
	}
}

// changed is a change of the time that addresses are kept, with its letter.
func changed(t *testing.T, declared *policy.Severity, undecided bool) *Change {
	t.Helper()
	parse := func(days string) *policy.Document {
		doc, err := policy.Parse("lease.md", []byte("# Lease\n\n## 1. Returns\n\nWe keep your address for "+days+" days.\n"))
		if err != nil {
			t.Fatal(err)
		}
		return doc
	}
	old := &policy.Version{Label: "1.0", Path: "lease.md"}
	now := &policy.Version{Label: "2.0", Path: "lease.md", Effective: policy.Date{Year: 2027, Month: 6, Day: 1}, Front: policy.FrontMatter{ApprovedBy: "A. Lawyer"}}
	p := &policy.Policy{ID: "lease", Title: "Bicycle lease", Path: "lease.md", Lang: "en", Versions: []*policy.Version{now, old}}
	line := redline.Compare(parse("30"), parse("60"))
	reason := func(rule string) materiality.Reason {
		return materiality.Reason{Rule: rule, Severity: policy.Major, Clause: "1 Returns", Before: "30 days", After: "60 days", Why: "Kept for longer by " + rule + "."}
	}
	a := &materiality.Assessment{Severity: policy.Major, Undecided: undecided, Declared: declared, Reasons: []materiality.Reason{reason("one"), reason("two"), reason("three"), reason("four")}}
	publisher := &email.Publisher{Name: "Spoke", ReplyTo: "a@example.com", Site: root}
	n := notice.New(p, now, line, a, notice.DefaultRules())
	letter, err := publisher.Compose(email.Original(n, p), policy.Date{Year: 2027, Month: 3, Day: 1})
	if err != nil {
		t.Fatal(err)
	}
	return &Change{Policy: p, Before: "lease@1.0", Pending: true, Notice: n, Redline: line, Assessment: a, Email: letter, Editor: "B. Editor",
		Found: []*policy.Diagnostic{{Level: policy.Error, Rule: "notice-period", Message: "too soon", Line: 4}, {Level: policy.Warning, Rule: "stale-date", Message: "an old day"}}}
}

func TestTheDeskShowsAChangeFromEverySide(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.shown = []*Change{changed(t, nil, true), {Policy: &policy.Policy{ID: "hours", Title: "Opening hours"}, Redline: redline.Compare(nil, nil)}}
	b.save(t, "lease.md", "One.")
	b.Refresh(t.Context())
	for path, want := range map[string][]string{
		Path:                               {"Bicycle lease", "Opening hours", Path + "lease/"},
		Path + "lease/":                    {"lease@1.0 is published; the work tree holds 2.0", "Takes effect on 2027-06-01", "notice-period: too soon", "stale-date: an old day", "deleted: </span>30<", "inserted: </span>60<", "Kept for longer by one."},
		Path + "lease/email/":              {"Bicycle lease", "Alex Reader"},
		Path + "lease/notice/?max=banner":  {embedPath + b.token + "/notice.js", "banner"},
		Path + "hours/":                    {"Opening hours"},
		Path + "nothing/":                  {"404"},
		Path + "assets/preview.js":         {"EventSource"},
		Path + "lease/email/?id=elsewhere": {"Alex Reader"},
	} {
		text := body(t, ask(b.Server, http.MethodGet, path, nil))
		for _, part := range want {
			if !strings.Contains(text, part) {
				t.Errorf("%s: no %q in\n%s", path, part, text)
			}
		}
	}
	letter := ask(b.Server, http.MethodGet, Path+"lease/email/", nil)
	if csp := letter.Header.Get("Content-Security-Policy"); !strings.Contains(csp, "default-src 'none'") || !strings.Contains(csp, "sandbox") {
		t.Errorf("a letter may load or run something: %q", csp)
	}
	if e := b.desk[0]; e.Errors() != 1 || e.Label() != "2.0" || e.Stat() != b.shown[0].Redline.Stat().String() {
		t.Errorf("%d errors, label %s, %s", e.Errors(), e.Label(), e.Stat())
	}
}

func TestAnyPageOfTheDeskMayBeOpenedFirst(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]int{"lease/": http.StatusOK, "lease/email/": http.StatusOK, "lease/notice/": http.StatusOK, "hours/email/": http.StatusNotFound} {
		b := newBench(t)
		b.shown = []*Change{changed(t, nil, true), {Policy: &policy.Policy{ID: "hours", Title: "Opening hours"}, Redline: redline.Compare(nil, nil)}}
		b.save(t, "lease.md", "One.")
		if got := ask(b.Server, http.MethodGet, Path+path, nil).StatusCode; got != want {
			t.Errorf("%s: %d, want %d", path, got, want)
		}
	}
}

func TestWhatWaitsForAPersonIsShownWithItsReasons(t *testing.T) {
	t.Parallel()
	minor := policy.Minor
	for name, tt := range map[string]struct {
		declared           *policy.Severity
		undecided, pending bool
		waits              bool
		decided            string
	}{
		"nobody decided":      {nil, true, true, true, ""},
		"it is clear":         {nil, false, true, false, ""},
		"somebody did":        {&minor, true, true, false, "minor"},
		"it is published now": {nil, true, false, false, ""},
	} {
		c := changed(t, tt.declared, tt.undecided)
		c.Pending = tt.pending
		e := newEntry(c)
		if e.Undecided() != tt.waits || e.Decided() != tt.decided {
			t.Errorf("%s: waits %t, decided %q", name, e.Undecided(), e.Decided())
		}
		if len(e.Deciding()) != deciding || e.SecondDeciding() != nil || e.WhyDecided() != "Read side by side with the text before: 1 Returns." {
			t.Errorf("%s: %d reasons, %v, %s", name, len(e.Deciding()), e.SecondDeciding(), e.WhyDecided())
		}
	}
	c := changed(t, nil, true)
	c.Opinion = reading.NewOpinion("a model", policy.Date{}, c.Assessment, &reading.Reading{Severity: policy.Minor, Reasons: []reading.Reason{{Clause: "2 Bells", Why: "Louder."}}})
	e := newEntry(c)
	if second := e.SecondDeciding(); len(second) != 1 || second[0].Why != "Louder." || e.WhyDecided() != "Read side by side with the text before: 1 Returns, 2 Bells." {
		t.Errorf("%+v, %s", second, e.WhyDecided())
	}
	if e.WhoDecides() != "A. Lawyer" {
		t.Errorf("%s decides", e.WhoDecides())
	}
	front := &c.Policy.Versions[0].Front
	front.ApprovedBy, front.ChangeReason = "", "As agreed."
	if e.WhoDecides() != "B. Editor" || e.WhyDecided() != "As agreed." {
		t.Errorf("%s decides: %s", e.WhoDecides(), e.WhyDecided())
	}
	if first := newEntry(&Change{Policy: &policy.Policy{ID: "new"}}); first.Undecided() || first.Decided() != "" || first.WhoDecides() != "" || first.Page != "/new/" {
		t.Errorf("of a first text: %+v", first)
	}
}

func TestADecisionThatCannotBeWrittenSaysWhy(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.shown = []*Change{changed(t, nil, true)}
	b.Refresh(t.Context())
	b.save(t, "lease.md", "One.")
	b.Refresh(t.Context())
	decide := func() *http.Response {
		return ask(b.Server, http.MethodPost, Path+"lease/decide", func(r *http.Request) {
			*r = *httptest.NewRequest(http.MethodPost, b.o.Address+Path+"lease/decide", strings.NewReader("change=minor&by=A&reason=b&seen=abc"))
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			r.AddCookie(&http.Cookie{Name: b.cookie(), Value: b.token})
		})
	}
	if answer := decide(); answer.StatusCode != http.StatusConflict {
		t.Errorf("at a desk where nothing is decided: status %d", answer.StatusCode)
	}
	var got string
	b.o.Decide = func(_ context.Context, id, seen string, d policy.Decision) error {
		got = fmt.Sprintf("%s %s %s %s %s", id, seen, d.Change, d.By, d.Reason)
		return policy.Hinted(errors.New("the text has changed since"), "read it again")
	}
	answer := decide()
	if text := body(t, answer); answer.StatusCode != http.StatusConflict || !strings.Contains(text, "the text has changed since\n\nread it again") || got != "lease abc minor A b" {
		t.Errorf("status %d, decided %q\n%s", answer.StatusCode, got, text)
	}
}

// A page that is open hears of a text that is saved, also in a folder that is made
// while it is open.
func TestOpenPagesFollowWhatIsSaved(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	b.Refresh(t.Context())
	follow, stop, err := b.Watch()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); follow(ctx) }()
	defer func() {
		cancel()
		<-done
		if err := stop(); err != nil {
			t.Error(err)
		}
	}()
	web := httptest.NewServer(http.HandlerFunc(b.changes.stream))
	defer web.Close()
	response, err := http.Get(web.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	lines := bufio.NewScanner(response.Body)
	heard := func() {
		t.Helper()
		for lines.Scan() {
			if lines.Text() == "event: change" {
				return
			}
		}
		t.Fatalf("the stream ended: %v", lines.Err())
	}
	if lines.Scan(); lines.Text() != "retry: 500" {
		t.Fatalf("the stream begins with %q", lines.Text())
	}
	b.save(t, "lease.md", "One.")
	heard()
	if err := os.Mkdir(filepath.Join(b.root, "more"), 0o700); err != nil {
		t.Fatal(err)
	}
	b.save(t, "more/hours.md", "We open at nine.")
	for built := ""; !strings.Contains(built, filepath.Join("more", "hours.md")); {
		heard()
		b.mu.Lock()
		built = b.state
		b.mu.Unlock()
	}
}
