package email_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/notify/email"
)

// bounced is a return path of ours.
func bounced(to string) string {
	return "bounces+" + key.Token(notify.ReturnPath, "privacy@2.0", key.Recipient(to)) + "@example.com"
}

func dsn(to, action, status, diagnostic string) string {
	return "From: MAILER-DAEMON@mx.example\r\nTo: <" + to + ">\r\nSubject: failed\r\n" +
		"Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n" +
		"--b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n" +
		"--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n" +
		"Final-Recipient: rfc822; victim@example.org\r\nAction: " + action + "\r\nStatus: " + status + "\r\nDiagnostic-Code: smtp; " + diagnostic + "\r\n\r\n" +
		"--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: yours\r\n\r\nbody\r\n--b--\r\n"
}

func complaint(kind, mailFrom string) string {
	return "From: fbl@example.net\r\nTo: abuse@example.com\r\n" +
		"Content-Type: multipart/report; report-type=feedback-report; boundary=\"b\"\r\n\r\n" +
		"--b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: " + kind + "\r\nUser-Agent: x/1\r\nVersion: 1\r\nOriginal-Mail-From: <" + mailFrom + ">\r\n\r\n" +
		"--b\r\nContent-Type: message/rfc822\r\n\r\nReturn-Path: <" + mailFrom + ">\r\nSubject: yours\r\n\r\nbody\r\n--b--\r\n"
}

func TestReportsAreReadByTheirStructure(t *testing.T) {
	anna := bounced("anna@example.org")
	for name, test := range map[string]struct {
		message          string
		final, complaint bool
		tokens           int
	}{
		"unknown mailbox":           {dsn(anna, "failed", "5.1.1", "550 no such user"), true, false, 1},
		"in capitals":               {dsn(strings.ToUpper(anna), "Failed", "5.1.1", "550 no"), true, false, 1},
		"mailbox full":              {dsn(anna, "failed", "5.2.2", "552 full"), false, false, 1},
		"about us":                  {dsn(anna, "failed", "5.7.26", "550 unauthenticated"), false, false, 1},
		"delayed":                   {dsn(anna, "delayed", "4.4.1", "no answer"), false, false, 1},
		"to another address":        {dsn("bounces@example.com", "failed", "5.1.1", "550 no"), true, false, 0},
		"complaint":                 {complaint("abuse", anna), false, true, 1},
		"not spam":                  {complaint("not-spam", anna), false, false, 1},
		"complaint without a token": {complaint("abuse", "privacy@example.com"), false, true, 0},
	} {
		r, err := email.ReadReport(strings.NewReader(test.message))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if r.NoMailbox() != test.final || r.Complaint != test.complaint || len(r.Tokens) != test.tokens {
			t.Errorf("%s: %+v", name, r)
		}
	}
}

func TestOtherMailIsNoReport(t *testing.T) {
	nested := strings.Repeat("Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\n", 5000)
	for name, message := range map[string]string{
		"empty":           "",
		"an answer":       "From: a@example.org\r\nTo: " + bounced("a@example.org") + "\r\n\r\n550 5.1.1 failed\r\n",
		"out of office":   "From: a@example.org\r\nContent-Type: text/plain\r\nAuto-Submitted: auto-replied\r\n\r\nAway.\r\n",
		"no such part":    "Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nAction: failed\r\n--b--\r\n",
		"no boundary":     "Content-Type: multipart/report\r\n\r\nAction: failed\r\n",
		"deep nesting":    nested,
		"a million parts": "Content-Type: multipart/report; boundary=b\r\n\r\n" + strings.Repeat("--b\r\n\r\nx\r\n", 50_000),
		"a bomb":          dsn("x@example.com", "failed", "5.1.1", "550")[:300] + strings.Repeat("A", 3<<20),
	} {
		if r, err := email.ReadReport(strings.NewReader(message)); !errors.Is(err, email.ErrNoReport) {
			t.Errorf("%s: %+v, %v", name, r, err)
		}
	}
}

func TestMailboxesAreSplit(t *testing.T) {
	box := "From a Mon Jan  1\nSubject: one\n\nOn\nFrom the start\n>From here\n\nFrom b Mon Jan  1\nSubject: two\n\n" + strings.Repeat("long ", 5000) + "\n\nFrom c\nSubject: three\n"
	for text, want := range map[string]int{box: 3, "": 0, "Subject: one\n\nFrom here\n": 1} {
		n := 0
		err := email.SplitMailbox(strings.NewReader(text), func(m io.Reader) error {
			data, _ := io.ReadAll(m)
			if n++; !strings.HasPrefix(string(data), "Subject: ") {
				t.Errorf("message %d begins %.20q", n, data)
			}
			return nil
		})
		if err != nil || want != n {
			t.Errorf("%d messages, want %d, %v", n, want, err)
		}
	}
	stop := errors.New("stop")
	if err := email.SplitMailbox(strings.NewReader(box), func(io.Reader) error { return stop }); !errors.Is(err, stop) {
		t.Error(err)
	}
}

func FuzzReadReport(f *testing.F) {
	f.Add(dsn(bounced("anna@example.org"), "failed", "5.1.1", "550 no"))
	f.Add(complaint("abuse", bounced("anna@example.org")))
	f.Fuzz(func(t *testing.T, message string) {
		r, err := email.ReadReport(strings.NewReader(message))
		if err != nil {
			return
		}
		for _, token := range r.Tokens {
			if _, ours := key.ReadToken(notify.ReturnPath, "privacy@2.0", token); ours && !strings.Contains(strings.ToLower(message), token) {
				t.Error(fmt.Sprint("a token out of nowhere: ", token))
			}
		}
	})
}
