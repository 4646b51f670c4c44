package email

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net/textproto"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	gomail "github.com/wneessen/go-mail/smtp"

	"github.com/codicil/codicil/notify"
)

// session is one connection to the server. It implements notify.Session.
type session struct {
	sender    *Sender
	client    *gomail.Client
	pipelines bool // the server takes commands in groups (RFC 2920)
	sizes     bool // it wants to know the size (RFC 1870)
	utf8      bool // it takes addresses beyond ASCII (RFC 6531)
	broken    bool
	eml       []byte // of the last message: its memory serves the next
}

func newSession(s *Sender, c *gomail.Client) *session {
	n := &session{sender: s, client: c}
	n.pipelines, _ = c.Extension("PIPELINING")
	n.sizes, _ = c.Extension("SIZE")
	n.utf8, _ = c.Extension("SMTPUTF8")
	return n
}

// Send hands over one message for one recipient.
func (s *session) Send(_ context.Context, r notify.Recipient) (notify.Receipt, error) {
	m := ForLanguage(s.sender.Messages, r.Lang)
	eml, receipt, err := m.appendFor(s.eml[:0], r, s.sender.Now())
	s.eml = eml
	if err == nil && s.sender.Sign != nil {
		if eml, err = s.sender.Sign.sign(eml); err == nil {
			receipt.SHA256 = digest(eml)
		}
	}
	if err != nil {
		return receipt, &notify.SendError{Kind: notify.Permanent, Stage: notify.StageCompose, Err: err}
	}
	from := s.sender.from
	if s.sender.ReturnPath != "" {
		from = m.returnPath(from, r.Email)
	}
	reply, failed := s.transact(from, r.Email, eml)
	if failed != nil {
		s.recover(failed)
		return receipt, failed
	}
	receipt.Reply = reply
	return receipt, nil
}

// transact runs one mail transaction (RFC 5321, section 3.3) and returns the
// last reply. Where the server takes commands in groups, it has two round trips.
func (s *session) transact(from, to string, eml []byte) (string, *notify.SendError) {
	mail, failed := s.mailCommand(from, to, len(eml))
	if failed != nil {
		return "", failed
	}
	commands := []command{
		{notify.StageMail, mail, 250},
		{notify.StageRcpt, "RCPT TO:<" + to + ">", 25},
		{notify.StageData, "DATA", 354},
	}
	if failed := s.begin(commands); failed != nil {
		return "", failed
	}
	failed = s.step(notify.StageBody, s.sender.Timeouts.Body, func() error { return s.write(eml) })
	if failed != nil {
		return "", failed
	}
	var reply string
	failed = s.step(notify.StageEnd, s.sender.Timeouts.End, func() error {
		code, text, err := s.client.Text.ReadResponse(250)
		reply = fmt.Sprintf("%d %s", code, text)
		return err
	})
	return reply, failed
}

// command is one line to the server, and the code that lets it go on; 25
// stands for 250 to 259.
type command struct {
	stage notify.Stage
	line  string
	code  int
}

// mailCommand writes the first command. It refuses an address beyond ASCII
// where the server takes none. The body is ASCII always, so that 8BITMIME is
// never needed.
func (s *session) mailCommand(from, to string, size int) (string, *notify.SendError) {
	line := "MAIL FROM:<" + from + ">"
	if s.sizes {
		line += " SIZE=" + strconv.Itoa(size)
	}
	if isASCII(to) && isASCII(from) {
		return line, nil
	}
	if !s.utf8 {
		return "", &notify.SendError{
			Kind: notify.Permanent, Stage: notify.StageCompose,
			Err: errors.New("the server takes no address with letters beyond ASCII (SMTPUTF8)"),
		}
	}
	return line + " SMTPUTF8", nil
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}

// begin sends the commands before the message: all at once, or each after the
// reply to the one before.
func (s *session) begin(commands []command) *notify.SendError {
	if s.pipelines {
		return s.beginAtOnce(commands)
	}
	for _, c := range commands {
		failed := s.step(c.stage, s.sender.Timeouts.Command, func() error {
			if err := s.client.Text.PrintfLine("%s", c.line); err != nil {
				return err
			}
			return s.reply(c)
		})
		if failed != nil {
			return failed
		}
	}
	return nil
}

// beginAtOnce reads the replies in the order of the commands. The first that
// refuses is the outcome; when the server is ready for the message all the
// same, the connection is given up: an empty message ends in nobody's mailbox.
func (s *session) beginAtOnce(commands []command) *notify.SendError {
	first := s.step(commands[0].stage, s.sender.Timeouts.Command, func() error {
		for _, c := range commands {
			if _, err := s.client.Text.W.WriteString(c.line + "\r\n"); err != nil {
				return err
			}
		}
		return s.client.Text.W.Flush()
	})
	if first != nil {
		return first
	}
	for _, c := range commands {
		if err := s.client.UpdateDeadline(s.sender.Timeouts.Command); err != nil {
			return fault(c.stage, err)
		}
		err := s.reply(c)
		switch {
		case err != nil && first == nil:
			first = fault(c.stage, err)
			if first.Lost() {
				return first
			}
		case err != nil && !answered(err):
			return s.giveUp(first)
		case err == nil && first != nil && c.stage == notify.StageData:
			return s.giveUp(first)
		}
	}
	return first
}

// giveUp closes the connection after a refusal that stands.
func (s *session) giveUp(refusal *notify.SendError) *notify.SendError {
	s.broken = true
	_ = s.client.Close() // the next message then finds it closed
	return refusal
}

func (s *session) reply(c command) error {
	_, _, err := s.client.Text.ReadResponse(c.code)
	return err
}

func answered(err error) bool {
	var reply *textproto.Error
	return errors.As(err, &reply)
}

// end is the line that ends a message.
const end = ".\r\n"

// write sends the message with the dots at the start of lines doubled (RFC
// 5321, section 4.5.2), and the line that ends it. The lines of eml end in
// CRLF, the last one too. A message without such dots goes out in one piece.
func (s *session) write(eml []byte) error {
	w := s.client.Text.W
	for {
		at := bytes.Index(eml, []byte("\r\n."))
		if at < 0 {
			break
		}
		if _, err := w.Write(eml[:at+3]); err != nil {
			return err
		}
		_ = w.WriteByte('.') // reported by the next write
		eml = eml[at+3:]
	}
	if _, err := w.Write(append(eml, end...)); err != nil {
		return err
	}
	return w.Flush()
}

// step runs one phase under its own deadline.
func (s *session) step(stage notify.Stage, limit time.Duration, f func() error) *notify.SendError {
	// A reply that nobody asked for would be taken for the answer to what
	// comes next, and credited to another recipient.
	if n := s.client.Text.R.Buffered(); n > 0 {
		return &notify.SendError{Stage: stage, Err: errors.New("the server sent a reply too many")}
	}
	if err := s.client.UpdateDeadline(limit); err != nil {
		return fault(stage, err)
	}
	if err := f(); err != nil {
		return fault(stage, err)
	}
	return nil
}

// recover makes the session ready for the next message, or marks it as broken.
func (s *session) recover(failed *notify.SendError) {
	switch {
	case failed.Stage == notify.StageCompose || s.broken:
	case failed.Lost():
		s.broken = true
	case s.step(failed.Stage, s.sender.Timeouts.Command, s.client.Reset) != nil:
		s.broken = true
		_ = s.client.Close() // the next message then finds the connection closed
	}
}

// goodbye is how long a server may take to answer QUIT.
const goodbye = 5 * time.Second

// Close ends the session. What was accepted stays accepted, whatever becomes
// of QUIT.
func (s *session) Close() error {
	if !s.broken && s.client.UpdateDeadline(goodbye) == nil && s.client.Quit() == nil {
		return nil
	}
	return s.client.Close()
}

// enhancedCode is a status code of RFC 3463 at the start of a reply.
var enhancedCode = regexp.MustCompile(`^[245]\.\d{1,3}\.\d{1,3}\b`)

// fault turns an error of the session into what notify decides by.
func fault(stage notify.Stage, err error) *notify.SendError {
	e := &notify.SendError{Stage: stage, Err: err}
	var reply *textproto.Error
	switch {
	case errors.As(err, &reply):
		e.Code, e.Reply, e.Enhanced = reply.Code, reply.Msg, enhancedCode.FindString(reply.Msg)
		if reply.Code >= 500 {
			e.Kind = notify.Permanent
		}
	case stage == notify.StageEnd:
		e.Kind = notify.Doubtful
	case errors.Is(err, errNoAuth), untrusted(err):
		e.Kind = notify.Permanent
	}
	return e
}

// untrusted reports whether TLS failed in a way that trying again cannot mend.
func untrusted(err error) bool {
	var (
		certificate *tls.CertificateVerificationError
		authority   x509.UnknownAuthorityError
		host        x509.HostnameError
		invalid     x509.CertificateInvalidError
		record      tls.RecordHeaderError
		alert       tls.AlertError
	)
	return errors.As(err, &certificate) || errors.As(err, &authority) || errors.As(err, &host) ||
		errors.As(err, &invalid) || errors.As(err, &record) || errors.As(err, &alert)
}
