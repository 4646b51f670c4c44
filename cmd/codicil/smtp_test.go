package main

import (
	"io"
	"net"
	"os"
	"strings"
	"sync"

	"github.com/emersion/go-smtp"
	"github.com/rogpeppe/go-internal/testscript"
)

// startSMTP runs a mail server on the loopback address for the rest of a
// script: smtp FILE [REFUSED]. It writes the messages it accepts to FILE, and
// refuses those to an address that begins with REFUSED. $SMTP is its address.
func startSMTP(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 || len(args) > 2 {
		ts.Fatalf("usage: smtp FILE [REFUSED]")
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	b := &mailbox{file: ts.MkAbs(args[0])}
	if len(args) == 2 {
		b.refused = args[1]
	}
	server := smtp.NewServer(b)
	server.Domain = "localhost"
	go server.Serve(listener)
	ts.Defer(func() { server.Close() })
	ts.Setenv("SMTP", listener.Addr().String())
}

// mailbox keeps the messages that the server accepts in one file.
type mailbox struct {
	file    string
	refused string
	mu      sync.Mutex
}

func (b *mailbox) NewSession(*smtp.Conn) (smtp.Session, error) { return &delivery{mailbox: b}, nil }

// delivery is one connection.
type delivery struct {
	*mailbox
	from, to string
}

func (d *delivery) Mail(from string, _ *smtp.MailOptions) error {
	d.from = from
	return nil
}

func (d *delivery) Rcpt(to string, _ *smtp.RcptOptions) error {
	if d.refused != "" && strings.HasPrefix(to, d.refused) {
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such mailbox"}
	}
	d.to = to
	return nil
}

func (d *delivery) Data(r io.Reader) error {
	message, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	f, err := os.OpenFile(d.file, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.WriteString("ACCEPTED " + d.to + "\nFROM " + d.from + " TO " + d.to + "\n" + strings.ReplaceAll(string(message), "\r\n", "\n") + "\n")
	return err
}

func (d *delivery) Reset()        {}
func (d *delivery) Logout() error { return nil }
