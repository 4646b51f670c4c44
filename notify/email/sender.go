package email

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/mail"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"

	"github.com/codicil/codicil/notify"
)

// Options say where and how messages are handed over.
type Options struct {
	// Server is smtp://host:port, where TLS is begun by STARTTLS (RFC 3207;
	// port 587 unless given), or smtps://host:port (RFC 8314; port 465). TLS
	// with a verified certificate is required unless the host is the machine
	// itself.
	Server   string
	From     string // its address is the return path, unless ReturnPath is set
	Username string // for AUTH (RFC 4954); empty to send without
	Password string
	Messages []*Message // one for each language; the first is for all others
	Timeouts Timeouts

	// ReturnPath is the mailbox for reports of what could not be delivered. A
	// signed token after a plus sign is added to its left side, so the mailbox
	// must take such addresses. Empty for none of it.
	ReturnPath string
	Sign       *Signer // signs each message with DKIM; nil when the server does

	// Now is the clock of the messages; time.Now when nil.
	Now func() time.Time

	// Dial and Roots replace the network and the known authorities; nil for
	// those of the system.
	Dial  func(ctx context.Context, network, address string) (net.Conn, error)
	Roots *x509.CertPool
}

// Timeouts bound how long a server may keep us waiting. The zero value of a
// field stands for its default, that of RFC 5321, section 4.5.3.2, where there
// is one.
type Timeouts struct {
	Connect time.Duration // to the end of the greeting, TLS and AUTH, each; default 1 minute
	Command time.Duration // for the reply to a command; default 5 minutes
	Body    time.Duration // to take the message; default 3 minutes
	End     time.Duration // for the reply to the end of the message; default 10 minutes
}

func (t Timeouts) withDefaults() Timeouts {
	set := func(d *time.Duration, value time.Duration) {
		if *d <= 0 {
			*d = value
		}
	}
	set(&t.Connect, time.Minute)
	set(&t.Command, 5*time.Minute)
	set(&t.Body, 3*time.Minute)
	set(&t.End, 10*time.Minute)
	return t
}

// Sender opens sessions with one server. It implements notify.Sender.
type Sender struct {
	Options
	host     string
	port     int
	implicit bool   // TLS from the first octet
	loopback bool   // the server is this machine
	from     string // return path of all, or base of those with a token
}

// NewSender checks the options. It opens no connection.
func NewSender(o Options) (*Sender, error) {
	o.Timeouts = o.Timeouts.withDefaults()
	if o.Now == nil {
		o.Now = time.Now
	}
	s := &Sender{Options: o}
	from, err := mail.ParseAddress(o.From)
	if err != nil {
		return nil, fmt.Errorf("email.from: %q is not an address: %w", o.From, err)
	}
	s.from = from.Address
	if o.ReturnPath != "" {
		if s.from, err = notify.Normalise(o.ReturnPath); err != nil {
			return nil, fmt.Errorf("email.return_path: %w", err)
		}
		if strings.IndexByte(s.from, '@') > maxReturn {
			return nil, fmt.Errorf("email.return_path: its left side may have %d octets, to leave room for a token", maxReturn)
		}
	}
	if err := s.server(o.Server); err != nil {
		return nil, err
	}
	if len(o.Messages) == 0 {
		return nil, errors.New("there is no message to send")
	}
	return s, nil
}

// maxReturn is what RFC 5321 leaves of a left side beside a plus sign and a
// token.
const maxReturn = 64 - 1 - 42

// server takes the address of the server apart. Its errors do not repeat the
// address: it may hold a password.
func (s *Sender) server(address string) error {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" {
		return errors.New("email.smtp is not of the form smtp://host:port or smtps://host:port")
	}
	switch {
	case u.User != nil:
		return errors.New("email.smtp holds a user name; set CODICIL_SMTP_USER and CODICIL_SMTP_PASSWORD instead")
	case u.Scheme == "smtps":
		s.implicit, s.port = true, 465
	case u.Scheme == "smtp":
		s.port = 587
	default:
		return errors.New("email.smtp begins neither with smtp:// nor with smtps://")
	}
	s.host = u.Hostname()
	s.loopback = isLoopback(s.host)
	if port := u.Port(); port != "" {
		if s.port, err = strconv.Atoi(port); err != nil || s.port < 1 || s.port > 65535 {
			return errors.New("email.smtp names a port that does not exist")
		}
	}
	return nil
}

// isLoopback reports whether a host can only be this machine.
func isLoopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}

// Connect opens a session. Its error is a *notify.SendError.
func (s *Sender) Connect(ctx context.Context) (notify.Session, error) {
	d := &dialer{Sender: s}
	client, err := gomail.NewClient(s.host,
		gomail.WithPort(s.port),
		gomail.WithTimeout(s.Timeouts.Connect),
		gomail.WithTLSPolicy(gomail.NoTLS), // secure begins TLS, so that a fault names its step
		gomail.WithDialContextFunc(d.dial))
	if err != nil {
		return nil, fault(notify.StageConnect, err)
	}
	c, err := client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		d.close()
		return nil, fault(d.stage, err)
	}
	failed := s.secure(c)
	if failed == nil {
		failed = s.authenticate(c)
	}
	if failed == nil {
		failed = s.fits(c)
	}
	if failed != nil {
		d.close()
		return nil, failed
	}
	return newSession(s, c), nil
}

// dialer opens the connection below a session, and keeps hold of it: go-mail
// leaves it open when the greeting fails.
type dialer struct {
	*Sender
	conn  net.Conn
	stage notify.Stage
}

func (d *dialer) dial(ctx context.Context, network, address string) (net.Conn, error) {
	d.stage = notify.StageConnect
	dial := d.Dial
	if dial == nil {
		dial = (&net.Dialer{}).DialContext
	}
	conn, err := dial(ctx, network, address)
	if err != nil || !d.implicit {
		d.conn = conn
		return conn, err
	}
	d.stage = notify.StageTLS
	secure := tls.Client(conn, d.tlsConfig())
	if err := secure.HandshakeContext(ctx); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	d.conn, d.stage = secure, notify.StageConnect
	return secure, nil
}

func (d *dialer) close() {
	if d.conn != nil {
		_ = d.conn.Close() // it has failed already
	}
}

func (s *Sender) tlsConfig() *tls.Config {
	return &tls.Config{
		ServerName: s.host, RootCAs: s.Roots, MinVersion: tls.VersionTLS12,
		// Nobody is between this machine and itself.
		InsecureSkipVerify: s.loopback,
	}
}

// secure begins TLS on a connection that has none.
func (s *Sender) secure(c *smtp.Client) *notify.SendError {
	if s.implicit {
		return nil
	}
	if offered, _ := c.Extension("STARTTLS"); !offered {
		if s.loopback {
			return nil
		}
		return &notify.SendError{
			Kind: notify.Permanent, Stage: notify.StageTLS,
			Err: fmt.Errorf("%s does not offer STARTTLS, and notices are not sent in clear", s.host),
		}
	}
	if err := c.UpdateDeadline(s.Timeouts.Connect); err != nil {
		return fault(notify.StageTLS, err)
	}
	clear := c.Text
	if err := c.StartTLS(s.tlsConfig()); err != nil {
		return fault(notify.StageTLS, err)
	}
	// Words in clear behind the server's answer are not the server's.
	if clear.R.Buffered() > 0 {
		return &notify.SendError{Stage: notify.StageTLS, Err: errors.New("somebody spoke between STARTTLS and TLS")}
	}
	return nil
}

// authenticate proves who we are, if the options say so.
func (s *Sender) authenticate(c *smtp.Client) *notify.SendError {
	if s.Username == "" {
		return nil
	}
	if err := c.UpdateDeadline(s.Timeouts.Connect); err != nil {
		return fault(notify.StageAuth, err)
	}
	if err := c.Auth(&login{sender: s}); err != nil {
		return fault(notify.StageAuth, err)
	}
	return nil
}

// spare is how many octets the fields of one recipient may add to a message.
const spare = 4 << 10

// fits checks the messages against the size that the server takes (RFC 1870).
func (s *Sender) fits(c *smtp.Client) *notify.SendError {
	_, value := c.Extension("SIZE")
	limit, err := strconv.Atoi(value)
	if err != nil || limit == 0 {
		return nil
	}
	for _, m := range s.Messages {
		if m.size+spare > limit {
			return &notify.SendError{
				Kind: notify.Permanent, Stage: notify.StageMail,
				Err: fmt.Errorf("the message has %d octets and %s takes %d", m.size, s.host, limit),
			}
		}
	}
	return nil
}

// ForLanguage returns the message for a person who asked for a language: the nearest, or
// the first.
func ForLanguage(messages []*Message, lang string) *Message {
	if len(messages) == 1 {
		return messages[0]
	}
	langs := make([]string, len(messages))
	for i, m := range messages {
		langs[i] = m.Lang
	}
	match := notify.MatchLanguage(langs, lang)
	for _, m := range messages {
		if m.Lang == match {
			return m
		}
	}
	return messages[0]
}
