package email

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net/textproto"
	"regexp"
	"time"

	gomail "github.com/wneessen/go-mail/smtp"

	"github.com/codicil/codicil/notify"
)

// session is one connection to the server. It implements notify.Session.
type session struct {
	sender *Sender
	client *gomail.Client
	broken bool
}

// Send hands over one message for one recipient.
func (s *session) Send(_ context.Context, r notify.Recipient) (notify.Receipt, error) {
	eml, receipt, err := s.sender.message(r.Lang).For(r)
	if err != nil {
		return receipt, &notify.SendError{Class: notify.Permanent, Stage: notify.StageCompose, Err: err}
	}
	if failed := s.transact(r.Email, eml, &receipt); failed != nil {
		s.recover(failed)
		return receipt, failed
	}
	return receipt, nil
}

// transact runs one mail transaction (RFC 5321, section 3.3).
func (s *session) transact(to string, eml []byte, receipt *notify.Receipt) *notify.SendError {
	if failed := s.international(to); failed != nil {
		return failed
	}
	t := s.sender.Timeouts
	if failed := s.step(notify.StageMail, t.Command, func() error { return s.client.Mail("<" + s.sender.from + ">") }); failed != nil {
		return failed
	}
	if failed := s.step(notify.StageRcpt, t.Command, func() error { return s.client.Rcpt("<" + to + ">") }); failed != nil {
		return failed
	}
	var body *gomail.DataCloser
	failed := s.step(notify.StageData, t.Command, func() error {
		w, err := s.client.Data()
		body, _ = w.(*gomail.DataCloser)
		return err
	})
	if failed != nil {
		return failed
	}
	failed = s.step(notify.StageBody, t.Body, func() error {
		if _, err := body.Write(eml); err != nil {
			return err
		}
		return s.client.Text.W.Flush()
	})
	if failed != nil {
		return failed
	}
	if failed := s.step(notify.StageEnd, t.End, body.Close); failed != nil {
		return failed
	}
	receipt.Reply = "250 " + body.ServerResponse()
	return nil
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

// international announces an address beyond ASCII (RFC 6531), and refuses it
// where the server cannot take it.
func (s *session) international(to string) *notify.SendError {
	ascii := true
	for i := range len(to) {
		ascii = ascii && to[i] < 0x80
	}
	s.client.SkipSMTPUTF8(ascii)
	if offered, _ := s.client.Extension("SMTPUTF8"); ascii || offered {
		return nil
	}
	return &notify.SendError{
		Class: notify.Permanent, Stage: notify.StageCompose,
		Err: errors.New("the server takes no address with letters beyond ASCII (SMTPUTF8)"),
	}
}

// recover makes the session ready for the next message, or marks it as broken.
func (s *session) recover(failed *notify.SendError) {
	switch {
	case failed.Stage == notify.StageCompose:
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
			e.Class = notify.Permanent
		}
	case stage == notify.StageEnd:
		e.Class = notify.Doubtful
	case errors.Is(err, errNoAuth), untrusted(err):
		e.Class = notify.Permanent
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
