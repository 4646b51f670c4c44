//go:build unix

package email_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/notify/email"
	"github.com/codicil/codicil/notify/ledger"
	"github.com/codicil/codicil/policy/needs"
)

// TestPostfixDeliversTheBytesOnRecord sends by a real Postfix of its own, on the
// loopback address, into maildirs, and reads back what arrived: below the fields
// that Postfix adds it is, octet for octet, what the ledger has the digest of.
func TestPostfixDeliversTheBytesOnRecord(t *testing.T) {
	t.Parallel()
	people := map[string]string{"ada@example.org": "", "bea@example.org": "Bea Müller-Łukasiewicz", "o'hara+policy@example.org": ". leading dot"}
	p := startPostfix(t, people)
	to := []string{"nobody@example.org", "stranger@elsewhere.example"}
	for address := range people {
		to = append(to, address)
	}
	r := newRun(t, "smtp://"+p.addr, ledgerFile(t), func(o *email.Options) { o.ReturnPath = "bounces@example.org" }, to...)
	report, err := r.send()
	if err != nil || report.Counts != (notify.Counts{Accepted: 3, Refused: 1, Due: 1}) && report.Counts != (notify.Counts{Accepted: 3, Refused: 2}) {
		t.Errorf("%+v, %v", report.Counts, err)
	}
	records := map[string]string{} // digest by recipient
	err = r.ledger.Attempts(context.Background(), "privacy@2.0", func(a ledger.Attempt) error {
		if a.State == notify.Accepted {
			records[hex.EncodeToString(a.Recipient)] = a.SHA256
			if !strings.Contains(a.Reply, "queued as") {
				t.Errorf("the reply on record is %q", a.Reply)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for address := range people {
		file := p.arrived(address)
		if !bytes.Contains(file, []byte("Return-Path: <bounces+")) {
			t.Errorf("%s: the return path carries no token", address)
		}
		message := bytes.ReplaceAll(file[max(0, bytes.Index(file, []byte("\nFrom: "))+1):], []byte("\n"), []byte("\r\n"))
		sum := sha256.Sum256(message)
		if got, want := hex.EncodeToString(sum[:]), records[hex.EncodeToString(r.ledger.Recipient(address))]; got != want {
			t.Errorf("%s: what arrived has the digest %s, and on record is %s:\n%s", address, got, want, message)
		}
		if got := open(t, message).header.Get("To"); !strings.Contains(got, address) {
			t.Errorf("%s got a message to %q", address, got)
		}
	}
}

// postfix is a running Postfix.
type postfix struct {
	t    *testing.T
	addr string
	mail string // folder of the maildirs
	log  string
}

// startPostfix starts one that takes mail for the given people.
func startPostfix(t *testing.T, people map[string]string) *postfix {
	t.Helper()
	needs.Program(t, "postfix", "postfix")
	without := func(why string) { t.Helper(); needs.Missing(t, "postfix", why) }
	if os.Geteuid() != 0 {
		without("postfix starts as root alone")
	}
	nobody, err := user.Lookup("nobody")
	if err != nil {
		without("there is no user nobody")
	}
	uid, _ := strconv.Atoi(nobody.Uid)
	dir := t.TempDir()
	for folder := dir; folder != filepath.Clean(os.TempDir()) && folder != "/"; folder = filepath.Dir(folder) {
		if err := os.Chmod(folder, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	p := &postfix{t: t, mail: filepath.Join(dir, "mail"), log: filepath.Join(dir, "log")}
	for _, name := range []string{"etc", "queue", "data", "mail"} {
		if err := os.Mkdir(filepath.Join(dir, name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	daemon, err := user.Lookup("postfix")
	if err != nil {
		without("there is no user postfix")
	}
	owner, _ := strconv.Atoi(daemon.Uid)
	for name, id := range map[string]int{"mail": uid, "data": owner} {
		if err := os.Chown(filepath.Join(dir, name), id, -1); err != nil {
			t.Fatal(err)
		}
	}
	var boxes strings.Builder
	for address := range people {
		fmt.Fprintf(&boxes, " { %s = %s/ }", address, maildir(address))
	}
	p.addr = freeAddress(t)
	p.write(filepath.Join(dir, "etc", "main.cf"), fmt.Sprintf(`compatibility_level = 3.6
queue_directory = %[1]s/queue
data_directory = %[1]s/data
maillog_file = %[1]s/log
maillog_file_prefixes = /
myhostname = relay.example
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
smtpd_relay_restrictions = reject_unauth_destination
virtual_mailbox_domains = example.org
virtual_mailbox_base = %[1]s/mail
virtual_mailbox_maps = inline:{%[2]s }
virtual_uid_maps = static:%[3]d
virtual_gid_maps = static:%[4]s
virtual_minimum_uid = 1
`, dir, boxes.String(), uid, nobody.Gid))
	p.write(filepath.Join(dir, "etc", "master.cf"), p.addr+` inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
anvil unix - - n - 1 anvil
tlsmgr unix - - n 1000? 1 tlsmgr
proxymap unix - - n - - proxymap
error unix - - n - - error
virtual unix - n n - - virtual
postlog unix-dgram n - n - 1 postlogd
`)
	config := filepath.Join(dir, "etc")
	if out, err := exec.Command("postfix", "-c", config, "start").CombinedOutput(); err != nil {
		t.Fatalf("start postfix: %v\n%s\n%s", err, out, p.logged())
	}
	t.Cleanup(func() { _ = exec.Command("postfix", "-c", config, "stop").Run() })
	for range 100 {
		if conn, err := net.Dial("tcp", p.addr); err == nil {
			_ = conn.Close()
			return p
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatalf("postfix does not listen:\n%s", p.logged())
	return nil
}

func maildir(address string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			return r
		}
		return '-'
	}, address)
}

func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func (p *postfix) write(name, text string) {
	p.t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		p.t.Fatal(err)
	}
}

func (p *postfix) logged() string {
	text, _ := os.ReadFile(p.log)
	return string(text)
}

// arrived waits for the one message in a maildir and returns it.
func (p *postfix) arrived(address string) []byte {
	p.t.Helper()
	for range 200 {
		files, _ := filepath.Glob(filepath.Join(p.mail, maildir(address), "new", "*"))
		if len(files) > 1 {
			p.t.Errorf("%s has %d messages", address, len(files))
		}
		if len(files) > 0 {
			data, err := os.ReadFile(files[0])
			if err != nil {
				p.t.Fatal(err)
			}
			return data
		}
		time.Sleep(50 * time.Millisecond)
	}
	p.t.Fatalf("nothing arrived for %s:\n%s", address, p.logged())
	return nil
}
