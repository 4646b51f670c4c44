package email_test

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"math/big"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/notify/email"
	"github.com/codicil/codicil/policy/notice"
)

// certificate makes a certificate for relay.example that ends at the given time.
func certificate(t *testing.T, host string, end time.Time) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: host}, DNSNames: []string{host},
		NotBefore: time.Unix(0, 0), NotAfter: end, IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &private.PublicKey, private)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(parsed)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: private}, roots
}

// to lets every name lead to one address.
func to(addr string) func(context.Context, string, string) (net.Conn, error) {
	return func(ctx context.Context, network, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, network, addr)
	}
}

// sender returns a sender for one message.
func sender(t *testing.T, o email.Options) *email.Sender {
	t.Helper()
	o.From, o.Messages = "privacy@example.com", []*email.Message{composed(t, changed(t, notice.ServiceClass))}
	s, err := email.NewSender(o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestNothingIsSentInClearToAnotherMachine(t *testing.T) {
	relay, addr := newRelay(t, nil, nil)
	r := newRun(t, "smtp://relay.example:587", ledgerFile(t), func(o *email.Options) { o.Dial = to(addr) }, "anna@example.org")
	report, err := r.send()
	var failed *notify.SendError
	if !errors.As(err, &failed) || failed.Stage != notify.StageTLS || !strings.Contains(err.Error(), "STARTTLS") {
		t.Errorf("the run ended with %v", err)
	}
	if report.Counts.Due != 1 || len(relay.accepted) != 0 {
		t.Errorf("somebody was told: %+v", report.Counts)
	}
}

func TestCertificateMustBeTheServersOwn(t *testing.T) {
	good := time.Now().Add(24 * time.Hour)
	for name, test := range map[string]struct {
		host  string
		end   time.Time
		trust bool
		words string // of the error; empty when the notice goes out
	}{
		"trusted":           {"relay.example", good, true, ""},
		"unknown authority": {"relay.example", good, false, "unknown authority"},
		"another host":      {"other.example", good, true, "other.example"},
		"expired":           {"relay.example", time.Unix(1e9, 0), true, "expired"},
	} {
		for _, scheme := range []string{"smtp", "smtps"} {
			t.Run(name+" "+scheme, func(t *testing.T) {
				cert, roots := certificate(t, test.host, test.end)
				if !test.trust {
					roots = x509.NewCertPool()
				}
				config := &tls.Config{Certificates: []tls.Certificate{cert}}
				relay, addr := newRelay(t, nil, func(s *smtp.Server) { s.TLSConfig = config })
				if scheme == "smtps" {
					addr = implicit(t, relay, config)
				}
				r := newRun(t, scheme+"://relay.example", ledgerFile(t), func(o *email.Options) {
					o.Dial, o.Roots, o.Username, o.Password = to(addr), roots, "codicil", "secret"
				}, "anna@example.org")
				report, err := r.send()
				if test.words == "" {
					want(t, report, err, notify.Counts{Accepted: 1})
					return
				}
				var failed *notify.SendError
				if !errors.As(err, &failed) || failed.Stage != notify.StageTLS || failed.Kind != notify.Permanent || !strings.Contains(err.Error(), test.words) {
					t.Errorf("the run ended with %v, want %q", err, test.words)
				}
				if len(relay.accepted) != 0 {
					t.Error("somebody was told")
				}
			})
		}
	}
}

// implicit serves a relay with TLS from the first octet.
func implicit(t *testing.T, r *relay, config *tls.Config) string {
	t.Helper()
	l, err := tls.Listen("tcp", "127.0.0.1:0", config)
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = r.Serve(l) }()
	return l.Addr().String()
}

func TestPasswordIsCheckedAndNeverTold(t *testing.T) {
	relay, addr := newRelay(t, nil, nil)
	for password, good := range map[string]bool{"secret": true, "hunter2": false} {
		s := sender(t, email.Options{Server: "smtp://" + addr, Username: "codicil", Password: password})
		session, err := s.Connect(t.Context())
		if good {
			if err != nil {
				t.Errorf("the right password: %v", err)
			} else if _, err := session.Send(t.Context(), notify.Recipient{Email: "anna@example.org"}); err != nil {
				t.Error(err)
			}
			continue
		}
		var failed *notify.SendError
		if !errors.As(err, &failed) || failed.Stage != notify.StageAuth || failed.Code == 0 || failed.Kind == notify.Doubtful {
			t.Errorf("a wrong password: %#v", err)
		}
		if strings.Contains(err.Error(), password) {
			t.Errorf("the error tells the password: %v", err)
		}
	}
	if n := relay.copies("anna@example.org"); n != 1 {
		t.Errorf("Anna has %d copies", n)
	}
}

// script is a server that says exactly what it is told to: it sends the
// greeting, and then, for each line it reads, the next answer; one that begins
// with END it gives after a whole message. An empty answer closes the connection.
func script(t *testing.T, greeting string, answers ...string) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go play(conn, greeting, answers)
		}
	}()
	return l.Addr().String()
}

func play(conn net.Conn, greeting string, answers []string) {
	defer conn.Close()
	in := bufio.NewReader(conn)
	_, _ = conn.Write([]byte(greeting))
	for _, answer := range answers {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		said, afterMessage := strings.CutPrefix(answer, "END ")
		// A message ends with a line of its own.
		for afterMessage && line != ".\r\n" {
			if line, err = in.ReadString('\n'); err != nil {
				return
			}
		}
		if said == "" {
			return
		}
		_, _ = conn.Write([]byte(said))
	}
	_, _ = in.ReadString('\n') // leave the closing to the client, or to QUIT
}

const (
	hello = "250-relay.example\r\n250 ENHANCEDSTATUSCODES\r\n"
	ok    = "250 2.0.0 ok\r\n"
	start = "354 go on\r\n"
)

func TestOddServersAreReadRightly(t *testing.T) {
	greeting := "220 relay.example\r\n"
	tests := map[string]struct {
		greeting string
		answers  []string
		want     notify.SendError // with an empty stage for success
	}{
		"all is well":                          {greeting, []string{hello, ok, ok, start, "END 250 2.0.0 queued as 7\r\n"}, notify.SendError{}},
		"reply in many lines":                  {greeting, []string{hello, ok, ok, start, "END 250-2.0.0 thank\r\n250-2.0.0 you\r\n250 2.0.0 bye\r\n"}, notify.SendError{}},
		"reply without text":                   {greeting, []string{hello, ok, ok, "354 \r\n", "END 250 \r\n"}, notify.SendError{}},
		"554 in greeting":                      {"554 5.7.1 go away\r\n", nil, notify.SendError{Kind: notify.Permanent, Stage: notify.StageConnect, Code: 554, Enhanced: "5.7.1"}},
		"421 in greeting":                      {"421 busy\r\n", nil, notify.SendError{Stage: notify.StageConnect, Code: 421}},
		"garbage in greeting":                  {"hello there\r\n", nil, notify.SendError{Stage: notify.StageConnect}},
		"closed after greeting":                {greeting, []string{""}, notify.SendError{Stage: notify.StageConnect}},
		"garbage at MAIL":                      {greeting, []string{hello, "what?\r\n"}, notify.SendError{Stage: notify.StageMail}},
		"closed at RCPT":                       {greeting, []string{hello, ok, ""}, notify.SendError{Stage: notify.StageRcpt}},
		"450 at RCPT":                          {greeting, []string{hello, ok, "450 4.2.0 grey\r\n", ok}, notify.SendError{Stage: notify.StageRcpt, Code: 450, Enhanced: "4.2.0"}},
		"550 in many lines":                    {greeting, []string{hello, ok, "550-5.1.1 no\r\n550 5.1.1 such user\r\n", ok}, notify.SendError{Kind: notify.Permanent, Stage: notify.StageRcpt, Code: 550, Enhanced: "5.1.1"}},
		"554 at DATA":                          {greeting, []string{hello, ok, ok, "554 no valid recipients\r\n", ok}, notify.SendError{Kind: notify.Permanent, Stage: notify.StageData, Code: 554}},
		"a reply too many":                     {greeting, []string{hello, ok, "250 ok\r\n250 ok\r\n"}, notify.SendError{Stage: notify.StageData}},
		"451 after message":                    {greeting, []string{hello, ok, ok, start, "END 451 4.3.0 later\r\n", ok}, notify.SendError{Stage: notify.StageEnd, Code: 451, Enhanced: "4.3.0"}},
		"closed after message":                 {greeting, []string{hello, ok, ok, start, "END "}, notify.SendError{Kind: notify.Doubtful, Stage: notify.StageEnd}},
		"garbage after message":                {greeting, []string{hello, ok, ok, start, "END yes\r\n"}, notify.SendError{Kind: notify.Doubtful, Stage: notify.StageEnd}},
		"message larger than the server takes": {greeting, []string{"250-relay.example\r\n250 SIZE 3000\r\n"}, notify.SendError{Kind: notify.Permanent, Stage: notify.StageMail}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := sender(t, email.Options{Server: "smtp://" + script(t, test.greeting, test.answers...)})
			session, err := s.Connect(t.Context())
			var receipt notify.Receipt
			if err == nil {
				receipt, err = session.Send(t.Context(), notify.Recipient{Email: "anna@example.org"})
				_ = session.Close()
				if receipt.MessageID == "" || len(receipt.SHA256) != 64 {
					t.Errorf("the receipt is %+v", receipt)
				}
			}
			if test.want.Stage == "" {
				if err != nil || !strings.HasPrefix(receipt.Reply, "250 ") {
					t.Errorf("got %v, %+v", err, receipt)
				}
				return
			}
			var got *notify.SendError
			if !errors.As(err, &got) {
				t.Fatalf("got %v", err)
			}
			if got.Kind != test.want.Kind || got.Stage != test.want.Stage || got.Code != test.want.Code || got.Enhanced != test.want.Enhanced {
				t.Errorf("got %+v, want %+v", *got, test.want)
			}
		})
	}
}

func TestSilentServerIsLeftAfterItsTime(t *testing.T) {
	greeting := "220 relay.example\r\n"
	for name, test := range map[string]struct {
		greeting string
		answers  []string
		stage    notify.Stage
		kind     notify.ErrorKind
	}{
		"no greeting":              {"", []string{hello}, notify.StageConnect, notify.Temporary},
		"no answer to RCPT":        {greeting, []string{hello, ok}, notify.StageRcpt, notify.Temporary},
		"no answer to the message": {greeting, []string{hello, ok, ok, start}, notify.StageEnd, notify.Doubtful},
	} {
		t.Run(name, func(t *testing.T) {
			const short = 200 * time.Millisecond
			s := sender(t, email.Options{
				Server:   "smtp://" + script(t, test.greeting, append(test.answers, "END never")...),
				Timeouts: email.Timeouts{Connect: short, Command: short, Body: short, End: short},
			})
			session, err := s.Connect(t.Context())
			if err == nil {
				_, err = session.Send(t.Context(), notify.Recipient{Email: "anna@example.org"})
			}
			var got *notify.SendError
			if !errors.As(err, &got) || got.Stage != test.stage || got.Kind != test.kind {
				t.Errorf("got %v, want a failure at %s", err, test.stage)
			}
		})
	}
}

func TestAddressBeyondASCIINeedsAServerThatTakesIt(t *testing.T) {
	for _, able := range []bool{true, false} {
		relay, addr := newRelay(t, nil, func(s *smtp.Server) { s.EnableSMTPUTF8 = able })
		r := newRun(t, "smtp://"+addr, ledgerFile(t), nil, "анна@example.org", "bea@example.org")
		report, err := r.send()
		if able {
			want(t, report, err, notify.Counts{Accepted: 2})
		} else {
			want(t, report, err, notify.Counts{Accepted: 1, Refused: 1})
		}
		if relay.copies("bea@example.org") != 1 {
			t.Error("Bea was not told")
		}
	}
}

func TestEverybodyGetsTheirLanguage(t *testing.T) {
	relay, addr := newRelay(t, nil, nil)
	english, german := changed(t, notice.ServiceClass), changed(t, notice.ServiceClass)
	german.Lang, german.Title = "de", "Datenschutz"
	s, err := email.NewSender(email.Options{
		Server: "smtp://" + addr, From: "privacy@example.com",
		Messages: []*email.Message{composed(t, english), composed(t, german)},
	})
	if err != nil {
		t.Fatal(err)
	}
	session, err := s.Connect(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for lang, subject := range map[string]string{"": "Privacy", "en-gb": "Privacy", "de-at": "Datenschutz", "fr": "Privacy"} {
		address := "x" + lang + "@example.org"
		if _, err := session.Send(t.Context(), notify.Recipient{Email: address, Lang: lang}); err != nil {
			t.Fatal(err)
		}
		if got := open(t, relay.accepted[address][0]).header.Get("Subject"); !strings.Contains(got, subject) {
			t.Errorf("%q got %q", lang, got)
		}
	}
	if err := session.Close(); err != nil {
		t.Error(err)
	}
}

func TestOptionsAreCheckedBeforeAnyConnection(t *testing.T) {
	m := []*email.Message{composed(t, changed(t, notice.ServiceClass))}
	for name, o := range map[string]email.Options{
		"no server":      {From: "a@example.com", Messages: m},
		"no scheme":      {Server: "relay.example:25", From: "a@example.com", Messages: m},
		"another scheme": {Server: "https://relay.example", From: "a@example.com", Messages: m},
		"secret in it":   {Server: "smtp://codicil:hunter2@relay.example", From: "a@example.com", Messages: m},
		"bad port":       {Server: "smtp://relay.example:99999", From: "a@example.com", Messages: m},
		"no sender":      {Server: "smtp://relay.example", Messages: m},
		"no message":     {Server: "smtp://relay.example", From: "a@example.com"},
	} {
		_, err := email.NewSender(o)
		if err == nil {
			t.Errorf("%s: accepted", name)
		} else if strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: the error tells the password", name)
		}
	}
}
