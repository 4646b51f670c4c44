package channel

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/notify/ledger"
)

// TestMain runs as the program of a channel where a test asks for it.
func TestMain(m *testing.M) {
	does := os.Getenv("CODICIL_CHANNEL_DOES")
	if does == "" {
		os.Exit(m.Run())
	}
	var q request
	if err := json.NewDecoder(os.Stdin).Decode(&q); err != nil {
		os.Exit(1)
	}
	if log := os.Getenv("CODICIL_CHANNEL_LOG"); log != "" {
		f, err := os.OpenFile(log, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
		if err != nil {
			os.Exit(1)
		}
		for _, p := range q.People {
			fmt.Fprintf(f, "%s %s %s %d\n", p.ID, p.Address, q.Messages[p.Lang].Text, len(q.People))
		}
		_ = f.Close() // the test reads it
	}
	program(does, q)
}

// program does what a test asks for.
func program(does string, q request) {
	var a answer
	status := map[string]string{}
	for _, p := range q.People {
		if status[p.ID] = statusSent; strings.HasPrefix(p.Address, "+0") {
			status[p.ID] = statusFailed
		} else if strings.HasPrefix(p.Address, "+9") {
			status[p.ID] = statusRetry
		}
		a.People = append(a.People, verdict{ID: p.ID, Status: status[p.ID], Reference: "ref-" + p.Address, Reason: "no subscriber at " + p.Address})
	}
	switch does {
	case "answers":
		_ = json.NewEncoder(os.Stdout).Encode(a)
	case "forgets one":
		a.People = a.People[1:]
		_ = json.NewEncoder(os.Stdout).Encode(a)
	case "says another word":
		a.People[0].Status = "delivered"
		_ = json.NewEncoder(os.Stdout).Encode(a)
	case "writes a poem":
		fmt.Println("Roses are red")
	case "fails":
		fmt.Fprintln(os.Stderr, "no route to "+q.People[0].Address)
		os.Exit(exitFailed)
	case "is busy":
		os.Exit(exitRetry)
	case "breaks":
		fmt.Fprintln(os.Stderr, "panic: no token")
		os.Exit(2)
	case "sleeps":
		time.Sleep(time.Minute)
	case "never ends":
		for {
			fmt.Print(strings.Repeat("x", 1<<16))
		}
	case "looks for secrets":
		for _, entry := range os.Environ() {
			if strings.Contains(entry, "of-the-ledger") || strings.Contains(entry, "of-the-database") {
				os.Exit(exitFailed)
			}
		}
	}
	os.Exit(0)
}

var testKey = notify.Key("0123456789abcdef0123456789abcdef")

func sender(t *testing.T, does string, batch int) *Sender {
	t.Helper()
	t.Setenv("CODICIL_CHANNEL_DOES", does)
	n := Notice{Channel: "sms", ID: "privacy@2.0+via-sms", Key: testKey, Messages: []*Message{{Lang: "en", Text: "hello"}, {Lang: "de", Text: "hallo"}}}
	s, err := NewSender(n, Options{Command: []string{os.Args[0]}, Timeout: 10 * time.Second, Batch: batch})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// send tells one person and returns what the run would learn.
func send(t *testing.T, s *Sender, address string) (notify.Receipt, *notify.SendError) {
	t.Helper()
	session, err := s.Connect(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	receipt, err := session.Send(context.Background(), notify.Recipient{Email: "ada@example.com", Lang: "de", Address: address})
	var failed *notify.SendError
	if err != nil && !errors.As(err, &failed) {
		t.Fatalf("%v is no SendError", err)
	}
	return receipt, failed
}

func TestAProgramSaysWhatBecameOfAPerson(t *testing.T) {
	for _, tt := range []struct {
		does, address string
		kind          notify.ErrorKind
		ours          bool
		why           string // empty where the person was told
	}{
		{"answers", "+4930123", 0, false, ""},
		{"answers", "+0123456", notify.Permanent, false, "no subscriber at"},
		{"answers", "+9123456", notify.Temporary, false, "no subscriber at"},
		{"does nothing more", "+4930123", 0, false, ""},
		{"looks for secrets", "+4930123", 0, false, ""},
		{"fails", "+4930123", notify.Permanent, false, "no route to +[address]"},
		{"is busy", "+4930123", notify.Temporary, false, "try again"},
		{"breaks", "+4930123", notify.Temporary, true, "code 2: panic: no token"},
		{"forgets one", "+4930123", 0, false, ""}, // an empty answer is none
		{"says another word", "+4930123", notify.Doubtful, true, `"delivered"`},
		{"writes a poem", "+4930123", notify.Doubtful, true, "not the JSON"},
		{"never ends", "+4930123", notify.Doubtful, false, "longer than"},
	} {
		t.Run(tt.does+" "+tt.address, func(t *testing.T) {
			t.Setenv("CODICIL_LEDGER_KEY", "of-the-ledger")
			t.Setenv("PGPASSWORD", "of-the-database")
			receipt, failed := send(t, sender(t, tt.does, 1), tt.address)
			switch {
			case failed == nil && tt.why != "":
				t.Errorf("told, want %s", tt.why)
			case failed == nil:
				if !strings.HasPrefix(receipt.Reply, "sent") || len(receipt.SHA256) != 64 || receipt.Time.IsZero() {
					t.Errorf("receipt %+v", receipt)
				}
			case tt.why == "" || failed.Kind != tt.kind || failed.Ours != tt.ours || !strings.Contains(failed.Reason(), tt.why):
				t.Errorf("%+v: %s", failed, failed.Reason())
			}
		})
	}
}

func TestAProgramThatDoesNotEndLeavesADoubt(t *testing.T) {
	s := sender(t, "sleeps", 1)
	s.Timeout = 30 * time.Millisecond
	for i := range maxSilent {
		_, failed := send(t, s, "+4930123")
		if failed == nil || failed.Kind != notify.Doubtful || failed.Ours != (i == maxSilent-1) {
			t.Errorf("call %d: %+v", i+1, failed)
		}
	}
}

func TestAProgramThatIsNotThereTellsNobody(t *testing.T) {
	s := sender(t, "answers", 1)
	s.Command = []string{filepath.Join(t.TempDir(), "none")}
	var failed *notify.SendError
	if _, err := s.Connect(context.Background()); !errors.As(err, &failed) || !failed.Ours {
		t.Errorf("%v", err)
	}
}

// TestWhatIsOnRecordIsWhatTheProgramGot asserts that the digest is that of the
// request for the person alone, whoever shares the call.
func TestWhatIsOnRecordIsWhatTheProgramGot(t *testing.T) {
	alone, _ := send(t, sender(t, "answers", 1), "+4930123")
	shared, _ := send(t, sender(t, "answers", 50), "+4930123")
	if alone.SHA256 != shared.SHA256 || alone.MessageID != shared.MessageID {
		t.Errorf("alone %+v, shared %+v", alone, shared)
	}
}

// TestARunTellsEverybodyOnceByFewCalls runs a channel on a real ledger: people share
// calls, who cannot be reached is not tried again by this channel, and may be mailed.
func TestARunTellsEverybodyOnceByFewCalls(t *testing.T) {
	log := filepath.Join(t.TempDir(), "calls")
	t.Setenv("CODICIL_CHANNEL_LOG", log)
	l, err := ledger.Open(filepath.Join(t.TempDir(), "ledger.db"), ledger.Options{Key: testKey, Send: true})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	ctx, now := context.Background(), time.Now()
	people := func(yield func(notify.Recipient, error) bool) {
		for i := range 120 {
			r := notify.Recipient{Email: fmt.Sprintf("p%d@example.com", i), Address: fmt.Sprintf("+49%06d", i), Line: i + 2}
			if i < 5 {
				r.Address = fmt.Sprintf("+0%06d", i)
			}
			if !yield(r, nil) {
				return
			}
		}
	}
	record := ledger.Notice{ID: "privacy@2.0+via-sms", Policy: "privacy", Label: "2.0", Class: "service", Channel: "sms", Created: now}
	if _, err := l.Start(ctx, record, people); err != nil {
		t.Fatal(err)
	}
	report, err := notify.Run(ctx, record.ID, sender(t, "answers", 30), l, notify.Options{Connections: 60})
	if err != nil || report.Counts.Accepted != 115 || report.Counts.Refused != 5 {
		t.Fatalf("%+v, %v", report, err)
	}
	text, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	ids := map[string]bool{}
	for _, line := range lines {
		ids[strings.Fields(line)[0]] = true
	}
	if len(lines) != 120 || len(ids) != 120 {
		t.Errorf("%d lines about %d people", len(lines), len(ids))
	}
	if strings.Count(string(text), " 1\n") > 20 {
		t.Error("people do not share calls")
	}
	if _, err := l.Verify(ctx); err != nil {
		t.Error(err)
	}
	gone := l.Recipient("p0@example.com")
	for channel, want := range map[string]bool{"": false, "sms": true, "push": false} {
		list, err := l.Suppressed(ctx, ledger.Notice{Policy: "privacy", Class: "service", Channel: channel})
		if _, held := list[string(gone)]; err != nil || held != want {
			t.Errorf("by %q: held back %v, %v", channel, held, err)
		}
	}
	lifted, due, err := l.Lift(ctx, notify.SuppressionFilter{Source: notify.FromRefusal, Notice: record.ID}, "the gateway was wrong", now)
	if err != nil || lifted != 5 || due != 5 {
		t.Errorf("lifted %d, due again %d, %v", lifted, due, err)
	}
}

// TestAMailboxThatIsNoGoodIsNoReasonNotToCall asserts that what is said of a mailbox
// holds for mail alone, and what a person or the operator wants holds for all.
func TestAMailboxThatIsNoGoodIsNoReasonNotToCall(t *testing.T) {
	ctx := context.Background()
	for source, held := range map[notify.Source]bool{
		notify.FromBounce: false, notify.FromRefusal: false, notify.FromComplaint: false, notify.FromOperator: true,
	} {
		l, err := ledger.Open(filepath.Join(t.TempDir(), "ledger.db"), ledger.Options{Key: testKey})
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		start := func(id, channel string) {
			record := ledger.Notice{ID: id, Policy: "privacy", Label: "2.0", Class: "service", Channel: channel, Created: time.Now()}
			if _, err := l.Start(ctx, record, func(yield func(notify.Recipient, error) bool) {
				yield(notify.Recipient{Email: "ada@example.com", Address: "+4930123"}, nil)
			}); err != nil {
				t.Fatal(err)
			}
		}
		start("privacy@2.0+via-sms", "sms")
		start("privacy@2.0", "")
		if _, err := l.Suppress(ctx, notify.Suppression{Recipient: l.Recipient("ada@example.com"), Source: source, Reason: "why", Time: time.Now()}); err != nil {
			t.Fatal(err)
		}
		start("privacy@3.0+via-sms", "sms")
		for _, id := range []string{"privacy@2.0+via-sms", "privacy@3.0+via-sms"} {
			c, err := l.Counts(ctx, id)
			if err != nil || (c.Suppressed == 1) != held {
				t.Errorf("%s by %s: %+v, %v", id, source, c, err)
			}
		}
		if c, err := l.Counts(ctx, "privacy@2.0"); err != nil || c.Suppressed != 1 {
			t.Errorf("mail after %s: %+v, %v", source, c, err)
		}
	}
}
