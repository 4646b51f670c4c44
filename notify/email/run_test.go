package email_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/policy"
)

func ledgerFile(t testing.TB) string { return filepath.Join(t.TempDir(), "ledger.db") }

// want checks the counts of a report.
func want(t *testing.T, report *notify.Report, err error, counts notify.Counts) {
	t.Helper()
	if err != nil {
		t.Errorf("the run ended with: %v", err)
	}
	if report.Counts != counts {
		t.Errorf("the report is %+v, want %+v", report.Counts, counts)
	}
}

func TestEverybodyIsToldOnce(t *testing.T) {
	relay, addr := newRelay(t, nil, nil)
	path := ledgerFile(t)
	to := people(50)
	r := newRun(t, "smtp://"+addr, path, nil, to...)
	report, err := r.send()
	want(t, report, err, notify.Counts{Accepted: 50})
	if report.Attempts != 50 || len(report.Failures) != 0 || !report.Next.IsZero() {
		t.Errorf("report: %+v", report)
	}
	again, err := r.send()
	want(t, again, err, notify.Counts{Accepted: 50})
	if again.Attempts != 0 {
		t.Errorf("the second run made %d attempts", again.Attempts)
	}
	_ = r.ledger.Close()
	third := newRun(t, "smtp://"+addr, path, nil, append(to, "late@example.org")...)
	report, err = third.send()
	want(t, report, err, notify.Counts{Accepted: 50})
	for _, address := range to {
		if n := relay.copies(address); n != 1 {
			t.Errorf("%s has %d copies", address, n)
		}
	}
	if relay.sessions > 3 {
		t.Errorf("%d sessions were opened; three are enough", relay.sessions)
	}
	proof, err := third.ledger.Proof(context.Background(), "privacy@2.0", true)
	if err != nil || proof.Tries != 50 {
		t.Errorf("proof: %+v, %v", proof, err)
	}
}

func TestFaultsOfTheServer(t *testing.T) {
	const anna, bea = "anna@example.org", "bea@example.org"
	// once fires at one step for Anna, so many times.
	once := func(at notify.Stage, times int32, err error) func(notify.Stage, string) error {
		var left atomic.Int32
		left.Store(times)
		return func(step notify.Stage, to string) error {
			if step == at && (to == anna || step == notify.StageMail) && left.Add(-1) >= 0 {
				return err
			}
			return nil
		}
	}
	tests := map[string]struct {
		hook     func(notify.Stage, string) error
		counts   notify.Counts
		copies   int // that Anna has
		attempts int
		reason   string // why Anna was not reached
	}{
		"greylisted, then accepted": {
			hook:   once(notify.StageRcpt, 1, reply(451, smtp.EnhancedCode{4, 7, 1}, "try later")),
			counts: notify.Counts{Accepted: 2}, copies: 1, attempts: 3,
		},
		"mailbox full for days": {
			hook:   once(notify.StageRcpt, 1000, reply(552, smtp.EnhancedCode{5, 2, 2}, "mailbox full")),
			counts: notify.Counts{Accepted: 1, Due: 1}, copies: 0, attempts: 6, reason: "552 5.2.2 mailbox full",
		},
		"unknown mailbox": {
			hook:   once(notify.StageRcpt, 1, reply(550, smtp.EnhancedCode{5, 1, 1}, "unknown")),
			counts: notify.Counts{Accepted: 1, Refused: 1}, copies: 0, attempts: 2, reason: "550 5.1.1 unknown",
		},
		"451 at the end of the message": {
			hook:   once(notify.StageEnd, 1, reply(451, smtp.EnhancedCode{4, 3, 0}, "try later")),
			counts: notify.Counts{Accepted: 2}, copies: 1, attempts: 3,
		},
		"content refused once": {
			hook:   once(notify.StageEnd, 1, reply(554, smtp.EnhancedCode{5, 6, 0}, "no")),
			counts: notify.Counts{Accepted: 2}, copies: 1, attempts: 3,
		},
		"content refused twice": {
			hook:   once(notify.StageEnd, 2, reply(554, smtp.EnhancedCode{5, 6, 0}, "no")),
			counts: notify.Counts{Accepted: 1, Refused: 1}, copies: 0, attempts: 3, reason: "554 5.6.0 no",
		},
		"dropped at RCPT": {
			hook:   once(notify.StageRcpt, 1, errDrop),
			counts: notify.Counts{Accepted: 2}, copies: 1, attempts: 3,
		},
		"message taken, answer lost": {
			hook:   once(notify.StageEnd, 1, errKeep),
			counts: notify.Counts{Accepted: 2}, copies: 2, attempts: 3,
		},
		"answer lost twice": {
			hook:   once(notify.StageEnd, 2, errKeep),
			counts: notify.Counts{Accepted: 2}, copies: 3, attempts: 4,
		},
		"answer lost each time": {
			hook:   once(notify.StageEnd, 100, errKeep),
			counts: notify.Counts{Accepted: 1, InDoubt: 1}, copies: 4, attempts: 5, reason: "EOF",
		},
		"dropped in mid-message twice": {
			hook:   once(notify.StageEnd, 2, errDrop),
			counts: notify.Counts{Accepted: 2}, copies: 1, attempts: 4,
		},
		"answer lost, then unknown mailbox": {
			hook: func() func(notify.Stage, string) error {
				first := once(notify.StageEnd, 1, errKeep)
				var ends atomic.Int32
				return func(step notify.Stage, to string) error {
					if to == anna && step == notify.StageEnd {
						ends.Add(1)
					}
					if to == anna && step == notify.StageRcpt && ends.Load() > 0 {
						return reply(550, smtp.EnhancedCode{5, 1, 1}, "gone")
					}
					return first(step, to)
				}
			}(),
			counts: notify.Counts{Accepted: 1, InDoubt: 1}, copies: 1, attempts: 3, reason: "550 5.1.1 gone",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			relay, addr := newRelay(t, test.hook, nil)
			r := newRun(t, "smtp://"+addr, ledgerFile(t), nil, anna, bea)
			report, err := r.send()
			want(t, report, err, test.counts)
			if n := relay.copies(anna); n != test.copies {
				t.Errorf("Anna has %d copies, want %d", n, test.copies)
			}
			if n := relay.copies(bea); n != 1 {
				t.Errorf("Bea has %d copies", n)
			}
			if report.Attempts != test.attempts {
				t.Errorf("%d attempts, want %d", report.Attempts, test.attempts)
			}
			ids := map[string]bool{}
			for _, eml := range relay.accepted[anna] {
				ids[open(t, eml).header.Get("Message-Id")] = true
			}
			if len(ids) > 1 {
				t.Errorf("the copies have %d Message-IDs", len(ids))
			}
			switch {
			case test.reason == "" && len(report.Failures) > 0:
				t.Errorf("failures: %+v", report.Failures)
			case test.reason != "" && (len(report.Failures) != 1 || !strings.Contains(report.Failures[0].Reason, test.reason)):
				t.Errorf("failures: %+v, want %q", report.Failures, test.reason)
			}
			if _, err := r.ledger.Verify(context.Background()); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestSessionEndedByTheServerCostsNothing(t *testing.T) {
	var mails atomic.Int32
	relay, addr := newRelay(t, func(step notify.Stage, _ string) error {
		if step == notify.StageMail && mails.Add(1)%5 == 0 {
			return reply(421, smtp.EnhancedCode{4, 7, 0}, "enough for this session")
		}
		return nil
	}, nil)
	to := people(40)
	r := newRun(t, "smtp://"+addr, ledgerFile(t), nil, to...)
	r.options.Connections = 1
	report, err := r.send()
	want(t, report, err, notify.Counts{Accepted: 40})
	if report.Attempts != 40 || r.now.After(time.Date(2026, 11, 22, 12, 1, 0, 0, time.UTC)) {
		t.Errorf("%d attempts until %v; the next session serves at once", report.Attempts, r.now)
	}
	for _, address := range to {
		if n := relay.copies(address); n != 1 {
			t.Errorf("%s has %d copies", address, n)
		}
	}
}

func TestRefusalsAboutUsStopTheNotice(t *testing.T) {
	tests := map[string]struct {
		at       notify.Stage
		reply    error
		attempts int // at most: one more for each other connection
		words    string
	}{
		"no proof of the domain": {notify.StageEnd, reply(550, smtp.EnhancedCode{5, 7, 515}, "access denied"), 1, "5.7.515"},
		"no DMARC":               {notify.StageRcpt, reply(550, smtp.EnhancedCode{5, 7, 26}, "unauthenticated"), 1, "5.7.26"},
		"content":                {notify.StageEnd, reply(550, smtp.EnhancedCode{5, 7, 1}, "spam"), 20, "20 messages in a row"},
		"sender":                 {notify.StageMail, reply(553, smtp.EnhancedCode{5, 1, 8}, "unknown sender"), 20, "20 messages in a row"},
		"relaying":               {notify.StageRcpt, reply(554, smtp.EnhancedCode{5, 7, 1}, "relay access denied"), 20, "20 messages in a row"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var refuse atomic.Bool
			refuse.Store(true)
			relay, addr := newRelay(t, func(step notify.Stage, _ string) error {
				if step == test.at && refuse.Load() {
					return test.reply
				}
				return nil
			}, nil)
			r := newRun(t, "smtp://"+addr, ledgerFile(t), nil, people(60)...)
			report, err := r.send()
			var stop *policy.Diagnostic
			if !errors.As(err, &stop) || !strings.Contains(err.Error(), test.words) || stop.Hint == "" {
				t.Fatalf("the run ended with %v", err)
			}
			if test.attempts == 1 && !strings.Contains(stop.Hint, "SPF, DKIM and DMARC") {
				t.Errorf("the hint is %q", stop.Hint)
			}
			if report.Attempts < test.attempts || report.Attempts > test.attempts+r.options.Connections-1 {
				t.Errorf("%d attempts, want %d and at most one more for each other connection", report.Attempts, test.attempts)
			}
			if report.Counts != (notify.Counts{Due: 60}) || report.Next.IsZero() {
				t.Errorf("somebody is lost for good: %+v, next at %v", report.Counts, report.Next)
			}
			refuse.Store(false)
			r.now = r.now.Add(time.Hour)
			report, err = r.send()
			want(t, report, err, notify.Counts{Accepted: 60})
			if len(relay.accepted) != 60 {
				t.Errorf("%d have a copy", len(relay.accepted))
			}
		})
	}
}

// crashing is a ledger whose process is killed: from one moment on no mark
// reaches the disk.
type crashing struct {
	notify.Ledger
	left atomic.Int32
}

var errKilled = errors.New("killed")

func (c *crashing) Mark(ctx context.Context, id string, d notify.Delivery, a notify.Attempt, retry time.Time) error {
	if c.left.Add(-1) < 0 {
		return errKilled
	}
	return c.Ledger.Mark(ctx, id, d, a, retry)
}

func TestCrashBetweenAcceptanceAndMarkRepeatsOneMessageAConnection(t *testing.T) {
	const connections, crashes = 3, 4
	relay, addr := newRelay(t, nil, nil)
	path := ledgerFile(t)
	to := people(80)
	for range crashes {
		r := newRun(t, "smtp://"+addr, path, nil, to...)
		r.options.Connections = connections
		dying := &crashing{Ledger: r.ledger}
		dying.left.Store(15)
		if _, err := notify.Run(context.Background(), "privacy@2.0", r.sender, dying, r.options); !errors.Is(err, errKilled) {
			t.Fatalf("the run ended with %v", err)
		}
		_ = r.ledger.Close()
	}
	report, err := newRun(t, "smtp://"+addr, path, nil, to...).send()
	want(t, report, err, notify.Counts{Accepted: 80})
	extra := 0
	for _, address := range to {
		n := relay.copies(address)
		if n == 0 {
			t.Errorf("%s was lost", address)
		}
		extra += n - 1
	}
	if extra == 0 || extra > crashes*connections {
		t.Errorf("%d extra copies, want at most %d (and some, or nothing was tested)", extra, crashes*connections)
	}
}

func TestInterruptedRunFinishesWhatIsOnItsWay(t *testing.T) {
	ctx, interrupt := context.WithCancel(context.Background())
	var once sync.Once
	relay, addr := newRelay(t, func(step notify.Stage, _ string) error {
		if step == notify.StageEnd {
			once.Do(interrupt)
		}
		return nil
	}, nil)
	r := newRun(t, "smtp://"+addr, ledgerFile(t), nil, people(50)...)
	report, err := notify.Run(ctx, "privacy@2.0", r.sender, r.ledger, r.options)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("the run ended with %v", err)
	}
	if report.Counts.Accepted == 0 || report.Counts.Accepted != len(relay.accepted) || report.Counts.Total() != 50 {
		t.Errorf("the report is %+v; %d were taken", report.Counts, len(relay.accepted))
	}
	report, err = r.send()
	want(t, report, err, notify.Counts{Accepted: 50})
	for _, address := range people(50) {
		if n := relay.copies(address); n != 1 {
			t.Errorf("%s has %d copies", address, n)
		}
	}
}
