package email_test

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/notify/email"
	"github.com/codicil/codicil/notify/ledger"
	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/notice"
	"github.com/codicil/codicil/policy/redline"
	rendered "github.com/codicil/codicil/render/email"
)

// key stands for CODICIL_LEDGER_KEY.
var key = notify.Key("a key for tests only")

const oldText = `# Privacy

## 1 Refunds {#refunds}

We answer a request for a refund within 10 business days. We may contact you by letter.

## 2 Sharing {#sharing}

We do not sell your data.
`

const newText = `# Privacy

## 1 Refunds {#refunds}

We answer a request for a refund within 15 days. We may contact you by letter.

## 2 Sharing {#sharing}

We do not sell your data.

.We share it with Zoë & \<Sons> under "contract".
`

// changed returns the notice about a change of the privacy policy.
func changed(t testing.TB, class notice.Class) *notice.Notice {
	t.Helper()
	before, err := policy.Parse("privacy.md", []byte(oldText))
	if err != nil {
		t.Fatal(err)
	}
	after, err := policy.Parse("privacy.md", []byte(newText))
	if err != nil {
		t.Fatal(err)
	}
	return &notice.Notice{
		PolicyID: "privacy", Title: "Privacy policy", Lang: "en", Label: "2.0", Previous: "1.0",
		Severity: policy.Major, Class: class, Channels: []notice.Channel{notice.Email},
		Effective: policy.Date{Year: 2027, Month: time.March, Day: 1},
		Deadline:  policy.Date{Year: 2027, Month: time.January, Day: 30},
		Summary:   "Refunds may take longer.\n\n.We name a new recipient.",
		Redline:   redline.Compare(before, after),
	}
}

func options() rendered.Options {
	return rendered.Options{
		Policy: "https://example.com/legal/privacy/2.0/", Compare: "https://example.com/legal/privacy/compare/1.0...2.0/",
		Sender: "Example Inc.", ReplyTo: "privacy@example.com", Unsubscribe: "https://example.com/leave",
	}
}

// noon is the moment of the messages.
var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func envelope() email.Envelope {
	return email.Envelope{
		From: "Example Inc. <privacy@example.com>", Key: key, Unsubscribe: "https://example.com/leave",
	}
}

// composed returns the message about a change.
func composed(t testing.TB, n *notice.Notice) *email.Message {
	t.Helper()
	body, err := rendered.Compose(n, options())
	if err != nil {
		t.Fatal(err)
	}
	m, err := email.Compose(n, body, envelope())
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// relay is a server in this process. Its hook can refuse each step.
type relay struct {
	*smtp.Server
	hook func(step notify.Stage, to string) error

	mu       sync.Mutex
	accepted map[string][][]byte // messages by recipient
	from     map[string]string   // return path by recipient
	sessions int
}

// newRelay starts a relay on the loopback and returns its address.
func newRelay(t testing.TB, hook func(step notify.Stage, to string) error, set func(*smtp.Server)) (*relay, string) {
	t.Helper()
	r := &relay{hook: hook, accepted: map[string][][]byte{}, from: map[string]string{}}
	r.Server = smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) {
		r.mu.Lock()
		r.sessions++
		r.mu.Unlock()
		return &relaySession{relay: r, conn: c.Conn()}, nil
	}))
	r.Domain = "relay.example"
	r.AllowInsecureAuth = true
	r.ErrorLog = silent{}
	if set != nil {
		set(r.Server)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = r.Serve(l) }()
	t.Cleanup(func() { _ = r.Server.Close() })
	return r, l.Addr().String()
}

type silent struct{}

func (silent) Printf(string, ...any) {}
func (silent) Println(...any)        {}

// copies tells how many messages a recipient has.
func (r *relay) copies(to string) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.accepted[to])
}

type relaySession struct {
	*relay
	conn net.Conn
	from string
	to   string
}

// A hook returns errDrop to close the connection without an answer, errReset to
// do so in mid-packet, and errKeep to do so after the message was taken.
var (
	errDrop  = errors.New("drop")
	errReset = errors.New("reset")
	errKeep  = errors.New("keep, then drop")
)

func (s *relaySession) step(stage notify.Stage) error {
	if s.hook == nil {
		return nil
	}
	err := s.hook(stage, s.to)
	if errors.Is(err, errReset) {
		_ = s.conn.(*net.TCPConn).SetLinger(0)
	}
	if errors.Is(err, errDrop) || errors.Is(err, errReset) || errors.Is(err, errKeep) {
		_ = s.conn.Close()
	}
	return err
}

func (s *relaySession) Reset()        { s.to = "" }
func (s *relaySession) Logout() error { return nil }
func (s *relaySession) Mail(from string, _ *smtp.MailOptions) error {
	s.from = from
	return s.step(notify.StageMail)
}
func (s *relaySession) AuthMechanisms() []string { return []string{sasl.Plain} }
func (s *relaySession) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != "codicil" || password != "secret" {
			return errors.New("wrong user name or password")
		}
		return nil
	}), nil
}

func (s *relaySession) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.to = to
	return s.step(notify.StageRcpt)
}

func (s *relaySession) Data(r io.Reader) error {
	data, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	err = s.step(notify.StageEnd)
	if err == nil || errors.Is(err, errKeep) {
		s.mu.Lock()
		s.accepted[s.to] = append(s.accepted[s.to], data)
		s.relay.from[s.to] = s.from
		s.mu.Unlock()
	}
	return err
}

func reply(code int, enhanced smtp.EnhancedCode, text string) error {
	return &smtp.SMTPError{Code: code, EnhancedCode: enhanced, Message: text}
}

// run sends the notice privacy@2.0 from a ledger by way of a server.
type run struct {
	t       testing.TB
	ledger  *ledger.Ledger
	sender  *email.Sender
	options notify.Options
	now     time.Time
	mu      sync.Mutex
}

// newRun starts the notice for the recipients.
func newRun(t testing.TB, server string, path string, set func(*email.Options), to ...string) *run {
	t.Helper()
	r := &run{t: t, now: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)}
	var err error
	if r.ledger, err = ledger.Open(path, ledger.Options{Key: key}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.ledger.Close() })
	m := composed(t, changed(t, notice.ServiceClass))
	_, err = r.ledger.Start(context.Background(), ledger.Notice{
		ID: "privacy@2.0", Policy: "privacy", Label: "2.0", Created: r.now, Texts: []ledger.Text{{Lang: "en", Message: m.Bytes()}},
	}, func(yield func(notify.Recipient, error) bool) {
		for i, address := range to {
			if !yield(notify.Recipient{Email: address, Lang: "en", Line: i + 2}, nil) {
				return
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	o := email.Options{Server: server, From: "privacy@example.com", Messages: []*email.Message{m}, Now: r.clock}
	if set != nil {
		set(&o)
	}
	if r.sender, err = email.NewSender(o); err != nil {
		t.Fatal(err)
	}
	r.options = notify.Options{Connections: 3, Now: r.clock, Sleep: r.sleep}
	return r
}

func (r *run) clock() time.Time {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.now
}

// sleep lets time pass at once.
func (r *run) sleep(ctx context.Context, d time.Duration) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.now = r.now.Add(d)
	return ctx.Err()
}

func (r *run) send() (*notify.Report, error) {
	r.t.Helper()
	return notify.Run(context.Background(), "privacy@2.0", r.sender, r.ledger, r.options)
}

func people(n int) []string {
	to := make([]string, n)
	for i := range to {
		to[i] = "p" + strings.Repeat("x", i%3) + string(rune('a'+i%26)) + string(rune('a'+i/26%26)) + "@example.org"
	}
	return to
}
