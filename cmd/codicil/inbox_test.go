package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net"
	"os"
	"regexp"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
)

// mishap is one kind of fault of the server. The first of a list that fits
// happens; each keeps to its own counts.
type mishap struct {
	Name  string `json:"name"`
	Stage string `json:"stage"` // connect, mail, rcpt, body, eod, or accepted: after the message was kept
	Rcpt  string `json:"rcpt"`  // expression for the recipients that it befalls; all when empty
	Every int    `json:"every"` // only each so manieth time; each time when 0

	Delay int    `json:"delay_ms"`
	Grey  int    `json:"grey_ms"` // 451 for so long after a recipient was first named
	Bytes int64  `json:"bytes"`   // of the body that are read before
	Drop  bool   `json:"drop"`    // the connection is closed without an answer
	Reset bool   `json:"rst"`     // it is reset
	Code  int    `json:"code"`
	Enh   [3]int `json:"enh"`
	Text  string `json:"text"`

	rcpt  *regexp.Regexp
	seen  int
	fired int
}

// loses reports whether the sender is left without an answer.
func (m *mishap) loses() bool { return m.Drop || m.Reset }

// readMishaps reads a list of faults.
func readMishaps(t *testing.T, file string) []*mishap {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var list []*mishap
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&list); err != nil {
		t.Fatal(err)
	}
	for _, m := range list {
		m.rcpt = regexp.MustCompile(m.Rcpt)
	}
	return list
}

// inbox is a server that notes the Message-ID of what it takes, whatever
// befalls the connection after.
type inbox struct {
	addr    string
	mishaps []*mishap

	mu    sync.Mutex
	more  *sync.Cond
	got   map[string][]string
	first map[string]time.Time // that a recipient was named
	all   int
}

func newInbox(t *testing.T, mishaps []*mishap) *inbox {
	t.Helper()
	b := &inbox{mishaps: mishaps, got: map[string][]string{}, first: map[string]time.Time{}}
	b.more = sync.NewCond(&b.mu)
	s := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) {
		return &letter{inbox: b, conn: c.Conn()}, nil
	}))
	s.ErrorLog = log.New(io.Discard, "", 0) // killed clients are no news
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	b.addr = l.Addr().String()
	go func() { _ = s.Serve(&door{l, b}) }()
	t.Cleanup(func() { _ = s.Close() })
	return b
}

// door is where connections come in, and some are turned away.
type door struct {
	net.Listener
	inbox *inbox
}

func (d *door) Accept() (net.Conn, error) {
	for {
		conn, err := d.Listener.Accept()
		if err != nil {
			return nil, err
		}
		m := d.inbox.befalls("connect", "")
		if m == nil {
			return conn, nil
		}
		_, _ = fmt.Fprintf(conn, "%d %s\r\n", m.Code, m.Text)
		_ = conn.Close()
	}
}

// befalls returns what happens at a stage, or nil.
func (b *inbox) befalls(stage, to string) *mishap {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, m := range b.mishaps {
		if m.Stage != stage || !m.rcpt.MatchString(to) {
			continue
		}
		m.seen++
		if m.Every > 0 && m.seen%m.Every != 0 {
			continue
		}
		if m.Grey > 0 {
			if b.first[to].IsZero() {
				b.first[to] = time.Now()
			}
			if time.Since(b.first[to]) > time.Duration(m.Grey)*time.Millisecond {
				continue
			}
		}
		m.fired++
		return m
	}
	return nil
}

// lost tells how many answers were lost after the message was kept: each may
// be sent again.
func (b *inbox) lost() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	n := 0
	for _, m := range b.mishaps {
		if m.Stage == "accepted" {
			n += m.fired
		}
	}
	return n
}

// refuses reports whether a recipient is refused for good.
func (b *inbox) refuses(to string) bool {
	for _, m := range b.mishaps {
		if m.Stage == "rcpt" && m.Code >= 500 && m.rcpt.MatchString(to) {
			return true
		}
	}
	return false
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
	conn net.Conn
	to   string
}

func (l *letter) Reset()                               {}
func (l *letter) Logout() error                        { return nil }
func (l *letter) Mail(string, *smtp.MailOptions) error { return l.meet("mail", "") }
func (l *letter) Rcpt(to string, _ *smtp.RcptOptions) error {
	l.to = to
	return l.meet("rcpt", to)
}

// meet lets happen what befalls the connection at a stage.
func (l *letter) meet(stage, to string) error { return l.suffer(l.befalls(stage, to)) }

func (l *letter) suffer(m *mishap) error {
	if m == nil {
		return nil
	}
	time.Sleep(time.Duration(m.Delay) * time.Millisecond)
	switch {
	case m.loses():
		if tcp, ok := l.conn.(*net.TCPConn); ok && m.Reset {
			_ = tcp.SetLinger(0)
		}
		_ = l.conn.Close()
		return net.ErrClosed
	case m.Grey > 0:
		return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 7, 1}, Message: "try again later"}
	case m.Code > 0:
		return &smtp.SMTPError{Code: m.Code, EnhancedCode: smtp.EnhancedCode(m.Enh), Message: m.Text}
	}
	return nil
}

func (l *letter) Data(r io.Reader) error {
	if m := l.befalls("body", l.to); m != nil {
		_, _ = io.CopyN(io.Discard, r, m.Bytes)
		return l.suffer(m)
	}
	data, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if err := l.meet("eod", l.to); err != nil {
		return err
	}
	_, rest, _ := bytes.Cut(data, []byte("Message-ID: "))
	id, _, _ := bytes.Cut(rest, []byte("\r\n"))
	l.mu.Lock()
	l.got[l.to] = append(l.got[l.to], string(id))
	l.all++
	l.more.Broadcast()
	l.mu.Unlock()
	return l.meet("accepted", l.to)
}
