package mailing

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/textproto"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/config"
	"github.com/codicil/codicil/policy/materiality"
	"github.com/codicil/codicil/policy/notice"
	"github.com/codicil/codicil/policy/redline"
)

// inbox is a mail server that takes every message but those to addresses that it
// does not know.
type inbox struct {
	address string
	unknown []string

	mu   sync.Mutex
	told []string // in order
	text []string // of each message
}

func newInbox(t *testing.T) *inbox {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	in := &inbox{address: l.Addr().String()}
	var open sync.WaitGroup
	open.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			open.Go(func() { in.serve(c) })
		}
	})
	t.Cleanup(func() {
		_ = l.Close()
		open.Wait()
	})
	return in
}

func (in *inbox) serve(c net.Conn) {
	defer c.Close()
	_ = c.SetDeadline(time.Now().Add(time.Minute))
	lines := textproto.NewReader(bufio.NewReader(c))
	fmt.Fprint(c, "220 inbox ESMTP\r\n")
	to := ""
	for {
		line, err := lines.ReadLine()
		verb, rest, _ := strings.Cut(strings.ToUpper(line), " ")
		switch {
		case err != nil || verb == "QUIT":
			return
		case verb == "EHLO":
			fmt.Fprint(c, "250-inbox\r\n250 8BITMIME\r\n")
		case verb == "RCPT":
			to = strings.ToLower(strings.TrimSuffix(strings.TrimPrefix(strings.Fields(rest)[0], "TO:<"), ">"))
			if slices.Contains(in.unknown, to) {
				fmt.Fprint(c, "550 5.1.1 no such user\r\n")
				continue
			}
			fmt.Fprint(c, "250 ok\r\n")
		case verb == "DATA":
			fmt.Fprint(c, "354 go on\r\n")
			text, _ := io.ReadAll(lines.DotReader())
			in.mu.Lock()
			in.told, in.text = append(in.told, to), append(in.text, string(text))
			in.mu.Unlock()
			fmt.Fprint(c, "250 taken\r\n")
		default:
			fmt.Fprint(c, "250 ok\r\n")
		}
	}
}

// people are those who were told, in order of their addresses.
func (in *inbox) people() string {
	in.mu.Lock()
	defer in.mu.Unlock()
	var names []string
	for _, to := range in.told {
		name, _, _ := strings.Cut(to, "@")
		names = append(names, name)
	}
	slices.Sort(names)
	return strings.Join(names, " ")
}

// office is where a test mails from.
type office struct {
	*Room
	t    *testing.T
	in   *inbox
	now  time.Time
	said string            // what the operator was told
	env  map[string]string // the environment
	text string            // of the newest version

	policy  *policy.Policy
	version *policy.Version
}

func newOffice(t *testing.T) *office {
	t.Helper()
	o := &office{t: t, in: newInbox(t), now: time.Date(2031, 3, 1, 12, 0, 0, 0, time.UTC), env: map[string]string{}}
	dir := t.TempDir()
	cfg := &config.Config{Title: "Wheels", BaseURL: "https://example.org", Dir: dir}
	cfg.Email.From, cfg.Email.SMTP, cfg.Email.Connections = "policies@example.org", "smtp://"+o.in.address, 1
	o.Room = &Room{
		Config: cfg, Root: dir, Now: func() time.Time { return o.now }, Getenv: func(name string) string { return o.env[name] },
		Say: func(format string, args ...any) { o.said += fmt.Sprintf(format, args...) + "\n" },
	}
	published := time.Date(2031, 3, 1, 9, 0, 0, 0, time.UTC)
	o.text = "# Lease\n\nYou bring the bicycle back by six.\n"
	o.version = &policy.Version{
		Label: "2.0", Commit: strings.Repeat("b", 40), Path: "lease.md", SHA256: strings.Repeat("2", 64), Published: published, Committed: published,
		Effective: policy.Date{Year: 2031, Month: 6, Day: 1}, Certainty: policy.Stated, Front: policy.FrontMatter{Version: "2.0", Summary: "You have until six.", EffectiveDate: policy.Date{Year: 2031, Month: 6, Day: 1}},
	}
	first := &policy.Version{Label: "1.0", Commit: strings.Repeat("a", 40), Path: "lease.md", Published: published.AddDate(-1, 0, 0), Effective: policy.Date{Year: 2030, Month: 3, Day: 1}}
	o.policy = &policy.Policy{ID: "lease", Title: "Bicycle lease", Path: "lease.md", Lang: "en", Starts: policy.StartLabel, Versions: []*policy.Version{o.version, first}}
	return o
}

// ReadAt gives the text of the newest version.
func (o *office) ReadAt(string, string) ([]byte, error) { return []byte(o.text), nil }

func (o *office) redline() *redline.Redline {
	o.t.Helper()
	parse := func(text string) *policy.Document {
		doc, err := policy.Parse("lease.md", []byte(text))
		if err != nil {
			o.t.Fatal(err)
		}
		return doc
	}
	return redline.Compare(parse("# Lease\n\nYou bring the bicycle back by noon.\n"), parse(o.text))
}

// write writes a file beside the configuration and returns its path.
func (o *office) write(name, text string) string {
	o.t.Helper()
	full := filepath.Join(o.Root, name)
	if err := os.MkdirAll(filepath.Dir(full), 0o700); err != nil {
		o.t.Fatal(err)
	}
	if err := os.WriteFile(full, []byte(text), 0o600); err != nil {
		o.t.Fatal(err)
	}
	return full
}

// mailing makes the mailing of the newest version.
func (o *office) mailing(options Options) *Mailing {
	o.t.Helper()
	rules := notice.DefaultRules()
	line := o.redline()
	n := notice.New(o.policy, o.version, line, &materiality.Assessment{Severity: policy.Major}, rules)
	source := Source{
		Policies: []*policy.Policy{o.policy}, Rules: rules, Texts: o,
		Compare: func(*policy.Policy, *policy.Version) (*redline.Redline, error) { return line, nil },
	}
	if options.Class == "" {
		options.Class = string(notice.ServiceClass)
	}
	m, err := o.New(source, o.policy, o.version, n, policy.DateOf(o.now), options)
	if err != nil {
		o.t.Fatal(err)
	}
	if err := m.Amend(o.t.Context()); err != nil {
		o.t.Fatal(err)
	}
	if err := m.Prepare(o.t.Context(), o.now); err != nil {
		o.t.Fatal(err)
	}
	o.t.Cleanup(m.Close)
	return m
}

// send sends the notice about the newest version, and returns its counts.
func (o *office) send(options Options) (string, error) {
	o.t.Helper()
	m := o.mailing(options)
	report, err := m.Send(o.t.Context(), Run{Confirm: func() error { return nil }, Mode: ToSend})
	if report == nil {
		return "", err
	}
	c := report.Counts
	return fmt.Sprintf("%d accepted, %d refused, %d due", c.Accepted, c.Refused, c.Due), err
}

// wantError fails unless an error, or its hint, says what is wanted; an empty want is
// no error.
func wantError(t *testing.T, err error, want string) {
	t.Helper()
	switch {
	case want == "" && err != nil:
		t.Errorf("got the error %q", err)
	case want != "" && (err == nil || !strings.Contains(err.Error()+"\n"+policy.Hint(err), want)):
		t.Errorf("got the error %v with the hint %q, want %q", err, policy.Hint(err), want)
	}
}

const people = "email,lang\nann@example.org,en\nbo@example.org,en\ncy@example.org,de\n"
