package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/codicil/codicil/notify/ledger/ledgertest"
)

// crashes tells how often the tests kill, and how many people they tell: much
// more on demand (make soak).
func crashes() (kills, people int) {
	if os.Getenv("CODICIL_LONG") != "" {
		return 100, 10_000
	}
	return 20, 1200
}

// crashConnections is how many connections each process opens.
const crashConnections = 10

// TestKilledSenderLosesNobody kills the real program with SIGKILL in
// mid-sending, again and again, lets it go on, and counts what arrived: at a
// server that is well, and at one that has nine kinds of fault.
func TestKilledSenderLosesNobody(t *testing.T) {
	if testing.Short() {
		t.Skip("kills many processes")
	}
	for _, mishaps := range []string{"", "testdata/mixed.json"} {
		t.Run(cmp.Or(mishaps, "no faults"), func(t *testing.T) {
			kills, people := crashes()
			c := newCrashing(t, people, filepath.Join(t.TempDir(), "ledger.db"), mishaps)
			for range kills {
				p := c.start()
				c.inbox.wait(1 + c.random.IntN(people/kills))
				p.kill()
			}
			c.finish()
			c.judge(kills * crashConnections)
		})
	}
}

// TestKilledSendersThatShareALedgerLoseNobody does the same with three
// processes that send one notice from a PostgreSQL ledger.
func TestKilledSendersThatShareALedgerLoseNobody(t *testing.T) {
	if testing.Short() {
		t.Skip("kills many processes")
	}
	server := ledgertest.Postgres(t)
	for i, mishaps := range []string{"", "testdata/mixed.json"} {
		t.Run(cmp.Or(mishaps, "no faults"), func(t *testing.T) {
			kills, people := crashes()
			if kills < 100 {
				kills /= 2 // three processes start slowly
			}
			c := newCrashing(t, people, server.Address(fmt.Sprintf("codicil%d", i)), mishaps)
			running := []*process{c.start(), c.start(), c.start()}
			for range kills {
				c.inbox.wait(1 + c.random.IntN(people/kills))
				i := c.random.IntN(len(running))
				running[i].kill()
				running[i] = c.start()
			}
			for _, p := range running {
				p.kill()
			}
			c.finish()
			c.judge((kills + len(running)) * crashConnections)
		})
	}
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

func newCrashing(t *testing.T, people int, ledger, mishaps string) *crashing {
	t.Helper()
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	c := &crashing{t: t, dir: t.TempDir(), ledger: ledger, people: people, random: rand.New(rand.NewPCG(seed, 0))}
	var list []*mishap
	if mishaps != "" {
		list = readMishaps(t, mishaps)
	}
	c.inbox = newInbox(t, list)
	c.prepare()
	return c
}

// prepare makes the repository, the configuration and the list of people.
func (c *crashing) prepare() {
	c.t.Helper()
	var list strings.Builder
	list.WriteString("email,lang,name\n")
	for i := range c.people {
		fmt.Fprintf(&list, "%s,en,Person %d\n", crashAddress(i), i)
	}
	c.write("people.csv", list.String())
	c.write("codicil.yaml", fmt.Sprintf(`title: Example
base_url: https://example.com/legal
email: { from: privacy@example.com, smtp: "smtp://%s", connections: %d, retry: 250ms }
`, c.inbox.addr, crashConnections))
	text := "---\ntitle: Privacy\nversion: \"%s\"\neffective_date: %s\nsummary: Logs are kept longer.\n---\n\n## 1. Data\n\n1.1 We keep log files for %d days.\n"
	c.publish("2026-01-10", fmt.Sprintf(text, "1.0", "2026-01-10", 30))
	c.publish("2026-04-01", fmt.Sprintf(text, "2.0", "2099-06-01", 90))
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
	p.cmd.Args = []string{"codicil", "notify", "privacy@2.0", "--recipients", "people.csv", "--ledger", c.ledger, "--send", "--yes", "--quiet"}
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
	// 554 to the first connection of a process ends it before it sends; 4 says
	// that it had come to the end.
	turned := bytes.Contains(p.out.Bytes(), []byte("554 no service"))
	if err != nil && (!errors.As(err, &exit) || exit.ExitCode() >= 0 && exit.ExitCode() != exitSomeFailed && !turned) {
		p.t.Fatalf("the sender ended by itself with %v:\n%s", err, p.out.Bytes())
	}
}

// finish lets one process go on to the end.
func (c *crashing) finish() {
	c.t.Helper()
	refused := 0
	for i := range c.people {
		if c.inbox.refuses(crashAddress(i)) {
			refused++
		}
	}
	want := fmt.Sprintf("%d accepted, %d refused, 0 suppressed, 0 still due, 0 in doubt", c.people-refused, refused)
	for range 10 {
		p := c.start()
		err := <-p.ended
		if bytes.Contains(p.out.Bytes(), []byte(want)) {
			return
		}
		if !bytes.Contains(p.out.Bytes(), []byte("554 no service")) {
			c.t.Errorf("the last run ended with %v and says\n%s", err, p.out.Bytes())
			return
		}
	}
	c.t.Errorf("the notice never ends with %q", want)
}

// crashAddress is that of the i-th person.
func crashAddress(i int) string { return fmt.Sprintf("p%d@example.org", i) }

// judge counts what arrived: nobody without a copy, at most so many copies too
// many, each of them under the Message-ID of the first.
func (c *crashing) judge(bound int) {
	c.t.Helper()
	lost, extra := 0, 0
	refused := 0
	for i := range c.people {
		ids := c.inbox.got[crashAddress(i)]
		if c.inbox.refuses(crashAddress(i)) {
			refused++
			extra += len(ids) // nobody of them may have one
			continue
		}
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
	bound += c.inbox.lost()
	c.t.Logf("%d people, %d refused, %d lost, %d extra copies (bound %d, %d of it answers that the server lost)", c.people, refused, lost, extra, bound, c.inbox.lost())
	if lost > 0 || extra > bound || len(c.inbox.got) != c.people-refused {
		c.t.Errorf("%d people got a message, %d of %d were lost, %d extra copies (bound %d)", len(c.inbox.got), lost, c.people, extra, bound)
	}
}
