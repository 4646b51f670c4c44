package mailing

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/config"
)

func TestEverybodyIsToldOnce(t *testing.T) {
	o := newOffice(t)
	o.in.unknown = []string{"bo@example.org"}
	failed := filepath.Join(t.TempDir(), "failed.csv")
	options := Options{Recipients: o.write("list.csv", people), Failed: failed}
	got, err := o.send(options)
	if got != "2 accepted, 1 refused, 0 due" || err != nil || o.in.people() != "ann cy" {
		t.Fatalf("%s, %v, told %s", got, err, o.in.people())
	}
	if !strings.Contains(o.said, "last hash") {
		t.Errorf("the end of the chain is not told: %s", o.said)
	}
	text, err := os.ReadFile(failed)
	if want := "line,email,lang,name,state,reason\n3,bo@example.org,en,,refused,550 5.1.1 no such user\n"; string(text) != want || err != nil {
		t.Errorf("not reached: %q, %v", text, err)
	}
	if info, err := os.Stat(failed); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others can read who was not reached: %v, %v", info.Mode(), err)
	}
	if got, err := o.send(options); got != "2 accepted, 1 refused, 0 due" || err != nil || o.in.people() != "ann cy" {
		t.Errorf("once more: %s, %v, told %s", got, err, o.in.people())
	}
	if !strings.Contains(o.said, "going on with lease@2.0") {
		t.Errorf("says %s", o.said)
	}
}

func TestNothingIsSentWithoutAWord(t *testing.T) {
	o := newOffice(t)
	m := o.mailing(Options{Recipients: o.write("list.csv", people)})
	no := errors.New("no")
	if _, err := m.Send(t.Context(), Run{Confirm: func() error { return no }, Mode: ToSend}); !errors.Is(err, no) || o.in.people() != "" {
		t.Errorf("%v, told %s", err, o.in.people())
	}
	if _, err := os.Stat(o.LedgerName("")); err == nil {
		t.Error("a ledger was made for what was not sent")
	}
}

func TestWhatMayNotBeSent(t *testing.T) {
	for name, c := range map[string]struct {
		change func(o *office)
		also   func(m *Mailing)
		late   string
		want   string
	}{
		"in order":                {nil, nil, "", ""},
		"the first version":       {func(o *office) { o.policy.Versions = o.policy.Versions[:1] }, nil, "", "is the first version"},
		"not by email":            {func(o *office) { o.version.Front.Notice = policy.Channels{"banner"} }, nil, "", "is not told by email"},
		"nobody to tell":          {func(o *office) { o.write("list.csv", "email\n") }, nil, "", "there is nobody to tell"},
		"a row that is no good":   {func(o *office) { o.write("list.csv", people+"nobody at home\n") }, nil, "", "there is no @ in the address"},
		"too late":                {func(o *office) { o.now = o.now.AddDate(0, 3, 0) }, nil, "", "set `effective_date: "},
		"too late, and said so":   {func(o *office) { o.now = o.now.AddDate(0, 3, 0) }, nil, "the server burnt down", ""},
		"called late, and is not": {nil, nil, "it feels late", ErrInTime.Error()},
		"what the gate refuses": {nil, func(m *Mailing) {
			m.Found = []*policy.Diagnostic{{Level: policy.Error, Rule: "any", Message: "no summary"}}
		}, "", "no summary"},
		"what the gate warns of": {nil, func(m *Mailing) {
			m.Found = []*policy.Diagnostic{{Level: policy.Warning, Rule: "any", Message: "no summary"}}
		}, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t)
			list := o.write("list.csv", people)
			if c.change != nil {
				c.change(o)
			}
			m := o.mailing(Options{Recipients: list, Late: c.late})
			if c.also != nil {
				c.also(m)
			}
			_, err := m.Send(t.Context(), Run{Confirm: func() error { return nil }, Mode: ToSend})
			wantError(t, err, c.want)
			if got := o.in.people(); (got == "ann bo cy") != (c.want == "") {
				t.Errorf("told %q", got)
			}
		})
	}
}

func TestACancelledVersionIsToldToNobodyAnew(t *testing.T) {
	o := newOffice(t)
	list := o.write("list.csv", people)
	o.version.Announcements = []policy.Announcement{{Published: o.now, Status: policy.Cancelled}}
	m := o.mailing(Options{Recipients: list})
	_, err := m.Send(t.Context(), Run{Confirm: func() error { return nil }, Mode: ToSend})
	wantError(t, err, "was cancelled on 2031-03-01")
	wantError(t, err, "take `status: cancelled` out")
	if got := m.Missing(); len(got) == 0 || !strings.Contains(got[0], "a version to tell of") || o.in.people() != "" {
		t.Errorf("missing %q, told %s", got, o.in.people())
	}
}

func TestWhoCameToTheListIsToldIfAsked(t *testing.T) {
	o := newOffice(t)
	list := o.write("list.csv", people)
	if _, err := o.send(Options{Recipients: list}); err != nil {
		t.Fatal(err)
	}
	o.write("list.csv", "email,lang\nann@example.org,en\ncy@example.org,de\ndee@example.org,en\nema@example.org,en\n")
	m := o.mailing(Options{Recipients: list})
	if m.Change.Added.Count != 2 || m.Change.Removed.Count != 1 || LinesOf(m.Change.Added) != "lines 4, 5" {
		t.Errorf("the list changed by %+v", m.Change)
	}
	if got, err := o.send(Options{Recipients: list}); got != "3 accepted, 0 refused, 0 due" || err != nil {
		t.Errorf("not asked: %s, %v", got, err)
	}
	for _, want := range []string{"2 people came to the list since lease@2.0 was begun and are not told: lines 4, 5", "1 person left the list since lease@2.0 was begun and is still told: line 3"} {
		if !strings.Contains(o.said, want) {
			t.Errorf("does not say %q:\n%s", want, o.said)
		}
	}
	if got, err := o.send(Options{Recipients: list, TopUp: true}); got != "5 accepted, 0 refused, 0 due" || err != nil || o.in.people() != "ann bo cy dee ema" {
		t.Errorf("asked: %s, %v, told %s", got, err, o.in.people())
	}
}

// The seeds are told first, each once for each wording; a seed that is refused keeps
// the notice from everybody else.
func TestSeedsAreToldBeforeAnybodyElse(t *testing.T) {
	o := newOffice(t)
	o.Config.Email.Seeds = []string{"Seed@example.org"}
	list := o.write("list.csv", people)
	o.in.unknown = []string{"seed@example.org"}
	_, err := o.send(Options{Recipients: list})
	wantError(t, err, "because a seed address was not reached")
	if o.in.people() != "" {
		t.Fatalf("told %s", o.in.people())
	}
	o.in.unknown = nil
	for range 2 {
		if _, err := o.send(Options{Recipients: list}); err != nil || o.in.people() != "ann bo cy seed" || o.in.told[0] != "seed@example.org" {
			t.Fatalf("told %s, first %s, %v", o.in.people(), o.in.told[0], err)
		}
	}
	if !strings.Contains(o.in.text[0], "[seed]") && o.in.text[0] == o.in.text[1] {
		t.Error("the message to a seed is not marked")
	}
	if !strings.Contains(o.said, "sent 1 message to the seed addresses") {
		t.Errorf("says %s", o.said)
	}
}

func TestHowANoticeIsSent(t *testing.T) {
	for name, c := range map[string]struct {
		set  func(e *config.Email)
		want string // of the options, or the error
	}{
		"as the defaults are": {func(*config.Email) {}, "rate {0 0s}, backoff 0s, canary {0 0s}, quiet 0-0"},
		"all set": {func(e *config.Email) {
			e.Rate, e.Retry, e.Canary, e.Quiet = "60/min", "2m", config.Canary{First: 5, Pause: "1h"}, config.Quiet{From: "21:00", To: "08:30"}
		}, "rate {60 1m0s}, backoff 2m0s, canary {5 1h0m0s}, quiet 1260-510"},
		"a rate that is none":         {func(e *config.Email) { e.Rate = "fast" }, "email.rate"},
		"a domain's rate":             {func(e *config.Email) { e.PerDomain.Rate = "fast" }, "email.per_domain.rate"},
		"a retry that is none":        {func(e *config.Email) { e.Retry = "soon" }, "email.retry"},
		"a retry at once":             {func(e *config.Email) { e.Retry = "0s" }, "email.retry"},
		"a canary without a pause":    {func(e *config.Email) { e.Canary.First = 5 }, "email.canary"},
		"a canary of nobody":          {func(e *config.Email) { e.Canary.Pause = "1h" }, "email.canary"},
		"a canary that does not wait": {func(e *config.Email) { e.Canary = config.Canary{First: 5, Pause: "0s"} }, "email.canary"},
		"hours that are none":         {func(e *config.Email) { e.Quiet = config.Quiet{From: "9pm", To: "08:00"} }, "9pm"},
	} {
		cfg := &config.Config{}
		c.set(&cfg.Email)
		o, err := (&Mailing{room: &Room{Config: cfg}}).options()
		got := fmt.Sprintf("rate %v, backoff %v, canary %v, quiet %d-%d", o.Rate, o.Backoff, o.Canary, o.Quiet.From, o.Quiet.To)
		if err != nil {
			got = err.Error()
		}
		if !strings.Contains(got, c.want) {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestAClockThatWasSetBackIsTold(t *testing.T) {
	for back, warned := range map[time.Duration]bool{0: false, time.Minute: false, time.Minute + time.Second: true} {
		o := newOffice(t)
		list := o.write("list.csv", people)
		if _, err := o.send(Options{Recipients: list}); err != nil {
			t.Fatal(err)
		}
		l, err := o.UseLedger(t.Context(), "")
		if err != nil {
			t.Fatal(err)
		}
		latest, _ := l.Latest(t.Context())
		o.now = latest.Add(-back)
		if err := o.sayClock(t.Context(), l); err != nil || strings.Contains(o.said, "it was set back") != warned {
			t.Errorf("%v back: %s, %v", back, o.said, err)
		}
		_ = l.Close()
	}
}

func TestAPreviewSendsNothing(t *testing.T) {
	o := newOffice(t)
	dir := filepath.Join(t.TempDir(), "preview")
	m := o.mailing(Options{Recipients: o.write("list.csv", people+"bo@example.org,en\n")})
	n, err := m.Preview(dir)
	files, _ := filepath.Glob(filepath.Join(dir, "lease@2.0-*.eml"))
	if n != 3 || err != nil || len(files) != 3 || filepath.Base(files[0]) != "lease@2.0-000002.eml" || o.in.people() != "" {
		t.Fatalf("%d messages, %v, files %v, told %s", n, err, files, o.in.people())
	}
	text, _ := os.ReadFile(files[0])
	if !strings.Contains(string(text), "ann@example.org") {
		t.Errorf("the first message is\n%s", text)
	}
	if n, err := m.SendTest(t.Context(), "me@example.org"); n != 1 || err != nil || o.in.people() != "me" {
		t.Errorf("a test: %d, %v, told %s", n, err, o.in.people())
	}
	if _, err := os.Stat(o.LedgerName("")); err == nil {
		t.Error("a preview is on record")
	}
}
