package email_test

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/notify/email"
	"github.com/codicil/codicil/policy/notice"
)

// grouped serves one connection that takes commands in groups: it reads three
// lines, then gives the replies, then reads the message. It counts how often
// it had to wait for the client.
func grouped(t *testing.T, trips *atomic.Int32, replies ...string) string {
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
			go playGrouped(conn, trips, replies)
		}
	}()
	return l.Addr().String()
}

func playGrouped(conn net.Conn, trips *atomic.Int32, replies []string) {
	defer conn.Close()
	in := bufio.NewReader(conn)
	line := func() string {
		if in.Buffered() == 0 {
			trips.Add(1)
		}
		text, _ := in.ReadString('\n')
		return text
	}
	say := func(text string) { _, _ = conn.Write([]byte(text)) }
	say("220 relay.example\r\n")
	line()
	say("250-relay.example\r\n250-PIPELINING\r\n250-SIZE 1000000\r\n250 ENHANCEDSTATUSCODES\r\n")
	trips.Store(0)
	for _, reply := range replies {
		for range 3 {
			line()
		}
		say(reply)
		if !strings.HasSuffix(reply, "354 go on\r\n") {
			_, _ = conn.Write(nil)
			continue
		}
		for {
			// The message comes in more than one packet; it is one trip.
			text, err := in.ReadString('\n')
			if err != nil {
				return
			}
			if text == ".\r\n" {
				break
			}
		}
		trips.Add(1)
		say("250 2.0.0 taken\r\n")
	}
	_, _ = in.ReadString('\n')
}

func TestTwoRoundTripsAMessageWhereCommandsGoInGroups(t *testing.T) {
	var trips atomic.Int32
	ok := "250 ok\r\n250 ok\r\n354 go on\r\n"
	s := sender(t, email.Options{Server: "smtp://" + grouped(t, &trips, ok, ok, ok)})
	session, err := s.Connect(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		receipt, err := session.Send(t.Context(), notify.Recipient{Email: fmt.Sprintf("p%d@example.org", i)})
		if err != nil || receipt.Reply != "250 2.0.0 taken" {
			t.Fatalf("message %d: %+v, %v", i, receipt, err)
		}
	}
	if got := trips.Load(); got != 6 {
		t.Errorf("3 messages took %d round trips, want 6", got)
	}
}

// TestRepliesOfAGroupAreMatchedInOrder is fault 18 of the list.
func TestRepliesOfAGroupAreMatchedInOrder(t *testing.T) {
	for name, test := range map[string]struct {
		replies string
		stage   notify.Stage
		code    int
	}{
		"sender refused":                     {"553 5.1.8 no\r\n503 first MAIL\r\n503 first MAIL\r\n", notify.StageMail, 553},
		"recipient refused":                  {"250 ok\r\n550 5.1.1 no\r\n554 no recipients\r\n", notify.StageRcpt, 550},
		"recipient greylisted":               {"250 ok\r\n450 4.2.0 later\r\n503 no recipients\r\n", notify.StageRcpt, 450},
		"recipient refused, message awaited": {"250 ok\r\n550 5.1.1 no\r\n354 go on\r\n", notify.StageRcpt, 550},
		"message refused":                    {"250 ok\r\n250 ok\r\n451 4.3.0 later\r\n", notify.StageData, 451},
		"421 in between":                     {"250 ok\r\n421 4.7.0 bye\r\n", notify.StageRcpt, 421},
		"garbage in between":                 {"250 ok\r\nwhat?\r\n354 go on\r\n", notify.StageRcpt, 0},
		"a reply too many":                   {"250 ok\r\n250 ok\r\n354 go on\r\n250 taken\r\n", notify.StageBody, 0},
	} {
		t.Run(name, func(t *testing.T) {
			var trips atomic.Int32
			s := sender(t, email.Options{Server: "smtp://" + grouped(t, &trips, test.replies)})
			session, err := s.Connect(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			_, err = session.Send(t.Context(), notify.Recipient{Email: "anna@example.org"})
			var got *notify.SendError
			if !errors.As(err, &got) || got.Stage != test.stage || got.Code != test.code {
				t.Errorf("got %v, want %s %d", err, test.stage, test.code)
			}
			if got != nil && got.Kind == notify.Doubtful {
				t.Error("what was never sent is in doubt")
			}
		})
	}
}

func TestDotsAtTheStartOfLinesSurvive(t *testing.T) {
	relay, addr := newRelay(t, nil, nil)
	n := changed(t, notice.ServiceClass)
	n.Summary = ".\n\n..\n\n.two\n\n" + strings.Repeat("....... ", 60)
	m := composed(t, n)
	s, err := email.NewSender(email.Options{Server: "smtp://" + addr, From: "privacy@example.com", Messages: []*email.Message{m}, Now: func() time.Time { return noon }})
	if err != nil {
		t.Fatal(err)
	}
	session, err := s.Connect(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	anna := notify.Recipient{Email: "anna@example.org", Name: ".Anna"}
	if _, err := session.Send(t.Context(), anna); err != nil {
		t.Fatal(err)
	}
	want, _, err := m.For(anna, noon)
	if err != nil || !bytes.Equal(relay.accepted[anna.Email][0], want) {
		t.Error("the message arrived with other bytes")
	}
}

func TestReturnPathNamesNoticeAndRecipient(t *testing.T) {
	relay, addr := newRelay(t, nil, nil)
	s := sender(t, email.Options{Server: "smtp://" + addr, ReturnPath: "bounces@Example.com"})
	session, err := s.Connect(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := session.Send(t.Context(), notify.Recipient{Email: "anna@example.org"}); err != nil {
		t.Fatal(err)
	}
	local, domain, _ := strings.Cut(relay.from["anna@example.org"], "@")
	mailbox, token, _ := strings.Cut(local, "+")
	who, ours := key.ReadToken(notify.ReturnPath, "privacy@2.0", token)
	if mailbox != "bounces" || domain != "example.com" || len(local) > 64 || !ours || !bytes.Equal(who, key.Recipient("anna@example.org")) {
		t.Errorf("the return path is %s@%s", local, domain)
	}
	for _, bad := range []string{"bounces", "b\r\n@example.com", strings.Repeat("b", 30) + "@example.com"} {
		_, err := email.NewSender(email.Options{Server: "smtp://" + addr, From: "a@example.com", ReturnPath: bad, Messages: []*email.Message{composed(t, changed(t, notice.ServiceClass))}})
		if err == nil {
			t.Errorf("the return path %q is accepted", bad)
		}
	}
}
