package email_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/notify/email"
	"github.com/codicil/codicil/policy/notice"
)

func TestConnectionsThatAreResetLoseNobody(t *testing.T) {
	for stage, copies := range map[notify.Stage]int{notify.StageMail: 1, notify.StageRcpt: 1, notify.StageEnd: 1} {
		t.Run(string(stage), func(t *testing.T) {
			var resets atomic.Int32
			relay, addr := newRelay(t, func(step notify.Stage, to string) error {
				if step == stage && (to == "anna@example.org" || step == notify.StageMail) && resets.Add(1) <= 2 {
					return errReset
				}
				return nil
			}, nil)
			r := newRun(t, "smtp://"+addr, ledgerFile(t), nil, "anna@example.org", "bea@example.org")
			report, err := r.send()
			want(t, report, err, notify.Counts{Accepted: 2})
			if n := relay.copies("anna@example.org"); n != copies || resets.Load() < 3 {
				t.Errorf("Anna has %d copies after %d connections", n, resets.Load())
			}
		})
	}
	t.Run("before the greeting", func(t *testing.T) {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		go func() {
			for {
				conn, err := l.Accept()
				if err != nil {
					return
				}
				_ = conn.(*net.TCPConn).SetLinger(0)
				_ = conn.Close()
			}
		}()
		report, err := newRun(t, "smtp://"+l.Addr().String(), ledgerFile(t), nil, "anna@example.org").send()
		if err == nil || report.Counts.Due != 1 || report.Attempts != 0 {
			t.Errorf("%+v, %v", report, err)
		}
	})
}

// stuck is a server that takes commands, and then no octet of the message.
func stuck(t *testing.T) string {
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
			_ = conn.(*net.TCPConn).SetReadBuffer(4 << 10)
			t.Cleanup(func() { _ = conn.Close() })
			go func() {
				in := bufio.NewReaderSize(conn, 16) // small, so that nothing is read ahead
				_, _ = conn.Write([]byte("220 relay.example\r\n"))
				for _, answer := range []string{hello, ok, ok, start} {
					if _, err := in.ReadString('\n'); err != nil {
						return
					}
					_, _ = conn.Write([]byte(answer))
				}
			}()
		}
	}()
	return l.Addr().String()
}

func TestServerThatTakesNoBodyIsLeftAfterItsTime(t *testing.T) {
	n := changed(t, notice.ServiceClass)
	n.Summary = strings.Repeat("More than the buffers between here and there can hold. ", 100_000)
	addr := stuck(t)
	s, err := email.NewSender(email.Options{
		Server: "smtp://" + addr, From: "privacy@example.com", Messages: []*email.Message{composed(t, n)},
		Timeouts: email.Timeouts{Body: 300 * time.Millisecond, End: time.Minute},
	})
	if err != nil {
		t.Fatal(err)
	}
	session, err := s.Connect(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	_, err = session.Send(t.Context(), notify.Recipient{Email: "anna@example.org"})
	var got *notify.SendError
	if !errors.As(err, &got) || got.Stage != notify.StageBody || got.Kind != notify.Temporary {
		t.Errorf("got %v", err)
	}
}

func TestServerThatAnswersByTheOctetIsLeftAfterItsTime(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	go func() {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		defer conn.Close()
		_, _ = conn.Write([]byte("220 relay.example\r\n"))
		in := bufio.NewReader(conn)
		_, _ = in.ReadString('\n')
		_, _ = conn.Write([]byte(hello))
		_, _ = in.ReadString('\n')
		for {
			if _, err := conn.Write([]byte("2")); err != nil {
				return
			}
			time.Sleep(20 * time.Millisecond)
		}
	}()
	s := sender(t, email.Options{Server: "smtp://" + l.Addr().String(), Timeouts: email.Timeouts{Command: 300 * time.Millisecond}})
	session, err := s.Connect(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	_, err = session.Send(t.Context(), notify.Recipient{Email: "anna@example.org"})
	var got *notify.SendError
	if !errors.As(err, &got) || got.Stage != notify.StageMail || got.Kind != notify.Temporary {
		t.Errorf("got %v", err)
	}
}

// TestWordsBeforeTLSAreNotHeard sends an answer in clear right behind that to
// STARTTLS, as somebody on the line can (CVE-2011-0411).
func TestWordsBeforeTLSAreNotHeard(t *testing.T) {
	cert, roots := certificate(t, "relay.example", time.Now().Add(time.Hour))
	for injected, good := range map[string]bool{"": true, "250 evil.example\r\n": false} {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		go func() {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			defer conn.Close()
			in := bufio.NewReader(conn)
			_, _ = conn.Write([]byte("220 relay.example\r\n"))
			_, _ = in.ReadString('\n')
			_, _ = conn.Write([]byte("250-relay.example\r\n250 STARTTLS\r\n"))
			_, _ = in.ReadString('\n')
			_, _ = conn.Write([]byte("220 go on\r\n" + injected))
			secure := tls.Server(conn, &tls.Config{Certificates: []tls.Certificate{cert}})
			if secure.Handshake() != nil {
				return
			}
			in = bufio.NewReader(secure)
			_, _ = in.ReadString('\n')
			_, _ = secure.Write([]byte("250 relay.example\r\n"))
			_, _ = io.Copy(io.Discard, in)
		}()
		s := sender(t, email.Options{Server: "smtp://relay.example", Dial: to(l.Addr().String()), Roots: roots})
		_, err = s.Connect(context.Background())
		if good {
			if err != nil {
				t.Errorf("without anything injected: %v", err)
			}
			continue
		}
		var got *notify.SendError
		if !errors.As(err, &got) || got.Stage != notify.StageTLS {
			t.Errorf("an answer in clear was heard: %v", err)
		}
	}
}
