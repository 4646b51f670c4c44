package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"github.com/codicil/codicil/notify/ledger/ledgertest"
)

// The most that one test of crashes sends and kills: much more on demand.
func crashes() (kills, people int) {
	if os.Getenv("CODICIL_LONG") != "" {
		return 100, 10_000
	}
	return 20, 1200
}

// crashConnections is how many connections each process opens.
const crashConnections = 10

// TestKilledSenderLosesNobody kills the real program with SIGKILL in
// mid-sending, again and again, lets it go on, and counts what arrived.
func TestKilledSenderLosesNobody(t *testing.T) {
	if testing.Short() {
		t.Skip("kills many processes")
	}
	kills, people := crashes()
	c := newCrashing(t, people, filepath.Join(t.TempDir(), "ledger.db"))
	for range kills {
		p := c.start()
		c.inbox.wait(1 + c.random.IntN(people/kills))
		p.kill()
	}
	c.finish()
	c.judge(kills * crashConnections)
}

// TestKilledSendersThatShareALedgerLoseNobody does the same with three
// processes that send one notice from a PostgreSQL ledger.
func TestKilledSendersThatShareALedgerLoseNobody(t *testing.T) {
	if testing.Short() {
		t.Skip("kills many processes")
	}
	kills, people := crashes()
	kills /= 4
	c := newCrashing(t, people, ledgertest.Postgres(t).Address("codicil"))
	running := []*process{c.start(), c.start(), c.start()}
	for range kills {
		c.inbox.wait(1 + c.random.IntN(people/kills/2))
		i := c.random.IntN(len(running))
		running[i].kill()
		running[i] = c.start()
	}
	for _, p := range running {
		p.kill()
	}
	c.finish()
	c.judge((kills + len(running)) * crashConnections)
}

// crashing is a notice that is sent by processes which are killed.
type crashing struct {
	t      *testing.T
	dir    string
	ledger string
	people int
	inbox  *inbox
	random *rand.Rand
}

func newCrashing(t *testing.T, people int, ledger string) *crashing {
	t.Helper()
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	c := &crashing{t: t, dir: t.TempDir(), ledger: ledger, people: people, random: rand.New(rand.NewPCG(seed, 0))}
	c.inbox = newInbox(t)
	var list strings.Builder
	list.WriteString("email,lang,name\n")
	for i := range people {
		fmt.Fprintf(&list, "p%d@example.org,en,Person %d\n", i, i)
	}
	c.write("people.csv", list.String())
	c.write("codicil.yaml", fmt.Sprintf(`title: Example
base_url: https://example.com/legal
email: { from: privacy@example.com, smtp: "smtp://%s", connections: %d }
`, c.inbox.addr, crashConnections))
	text := "---\ntitle: Privacy\nversion: \"%s\"\neffective_date: %s\nsummary: Logs are kept longer.\n---\n\n## 1. Data\n\n1.1 We keep log files for %d days.\n"
	c.publish("2026-01-10", fmt.Sprintf(text, "1.0", "2026-01-10", 30))
	c.publish("2026-04-01", fmt.Sprintf(text, "2.0", "2026-06-01", 90))
	return c
}

func (c *crashing) write(name, text string) {
	c.t.Helper()
	if err := os.WriteFile(filepath.Join(c.dir, name), []byte(text), 0o600); err != nil {
		c.t.Fatal(err)
	}
}

func (c *crashing) publish(day, text string) {
	c.t.Helper()
	c.write("privacy.md", text)
	for _, args := range [][]string{{"init", "--quiet", "--initial-branch=main"}, {"add", "privacy.md"}, {"commit", "--quiet", "--message", day}} {
		cmd := exec.Command("git", args...)
		cmd.Dir = c.dir
		cmd.Env = append(os.Environ(), "GIT_CONFIG_NOSYSTEM=1", "HOME="+c.dir,
			"GIT_AUTHOR_NAME=A", "GIT_AUTHOR_EMAIL=a@example.com", "GIT_AUTHOR_DATE="+day+"T10:00:00Z",
			"GIT_COMMITTER_NAME=A", "GIT_COMMITTER_EMAIL=a@example.com", "GIT_COMMITTER_DATE="+day+"T10:00:00Z")
		if out, err := cmd.CombinedOutput(); err != nil {
			c.t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
}

// process is a running sender.
type process struct {
	t     *testing.T
	cmd   *exec.Cmd
	out   bytes.Buffer
	ended chan error
}

// start runs this test's own binary as the program.
func (c *crashing) start() *process {
	c.t.Helper()
	p := &process{t: c.t, ended: make(chan error, 1)}
	p.cmd = exec.Command(os.Args[0])
	p.cmd.Args = []string{"codicil", "notify", "privacy@2.0", "--on", "2026-04-02", "--recipients", "people.csv", "--ledger", c.ledger, "--send", "--yes", "--quiet"}
	p.cmd.Dir = c.dir
	p.cmd.Env = append(os.Environ(), "HOME="+c.dir, "CODICIL_LEDGER_KEY=a key for tests only", "CODICIL_LEDGER_LEASE=2s")
	p.cmd.Stdout, p.cmd.Stderr = &p.out, &p.out
	if err := p.cmd.Start(); err != nil {
		c.t.Fatal(err)
	}
	go func() { p.ended <- p.cmd.Wait() }()
	return p
}

// kill ends a process as a crash does. One that has ended by itself ended well.
func (p *process) kill() {
	p.t.Helper()
	_ = p.cmd.Process.Kill()
	err := <-p.ended
	var exit *exec.ExitError
	if err != nil && (!errors.As(err, &exit) || exit.ExitCode() >= 0) {
		p.t.Fatalf("the sender ended by itself with %v:\n%s", err, p.out.Bytes())
	}
}

// finish lets one process go on to the end.
func (c *crashing) finish() {
	c.t.Helper()
	p := c.start()
	if err := <-p.ended; err != nil {
		c.t.Fatalf("the last run ended with %v:\n%s", err, p.out.Bytes())
	}
	if want := fmt.Sprintf("%d accepted, 0 refused, 0 suppressed, 0 still due, 0 in doubt", c.people); !bytes.Contains(p.out.Bytes(), []byte(want)) {
		c.t.Errorf("the last run says\n%s", p.out.Bytes())
	}
}

// judge counts what arrived: nobody without a copy, at most so many copies too
// many, each of them under the Message-ID of the first.
func (c *crashing) judge(bound int) {
	c.t.Helper()
	lost, extra := 0, 0
	for i := range c.people {
		ids := c.inbox.got[fmt.Sprintf("p%d@example.org", i)]
		if len(ids) == 0 {
			lost++
			continue
		}
		extra += len(ids) - 1
		for _, id := range ids {
			if id != ids[0] {
				c.t.Errorf("two copies for one person have different Message-IDs")
			}
		}
	}
	c.t.Logf("%d people, %d lost, %d extra copies (bound %d)", c.people, lost, extra, bound)
	if lost > 0 || extra > bound || len(c.inbox.got) != c.people {
		c.t.Errorf("%d people got a message, %d of %d were lost, %d extra copies (bound %d)", len(c.inbox.got), lost, c.people, extra, bound)
	}
}

// inbox is a server that notes the Message-ID of what it takes.
type inbox struct {
	addr string
	mu   sync.Mutex
	more *sync.Cond
	got  map[string][]string
	all  int
}

func newInbox(t *testing.T) *inbox {
	t.Helper()
	b := &inbox{got: map[string][]string{}}
	b.more = sync.NewCond(&b.mu)
	s := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return &letter{inbox: b}, nil }))
	s.ErrorLog = log.New(io.Discard, "", 0) // killed clients are no news
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	b.addr = l.Addr().String()
	go func() { _ = s.Serve(l) }()
	t.Cleanup(func() { _ = s.Close() })
	return b
}

// wait returns when so many more messages have come, or none did for long: the
// notice may be sent already.
func (b *inbox) wait(n int) {
	ctx, stop := context.WithTimeout(context.Background(), 3*time.Second)
	defer stop()
	context.AfterFunc(ctx, b.more.Broadcast)
	b.mu.Lock()
	defer b.mu.Unlock()
	for until := b.all + n; b.all < until && ctx.Err() == nil; {
		b.more.Wait()
	}
}

// letter is one message on its way into the inbox.
type letter struct {
	*inbox
	to string
}

func (l *letter) Reset()                                    {}
func (l *letter) Logout() error                             { return nil }
func (l *letter) Mail(string, *smtp.MailOptions) error      { return nil }
func (l *letter) Rcpt(to string, _ *smtp.RcptOptions) error { l.to = to; return nil }
func (l *letter) Data(r io.Reader) error {
	data, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	_, rest, _ := bytes.Cut(data, []byte("Message-ID: "))
	id, _, _ := bytes.Cut(rest, []byte("\r\n"))
	l.mu.Lock()
	defer l.mu.Unlock()
	l.got[l.to] = append(l.got[l.to], string(id))
	l.all++
	l.more.Broadcast()
	return nil
}
