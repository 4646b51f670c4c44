package mailing

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/notify/ledger"
)

// report is what a server elsewhere writes about a message to somebody.
func report(to, action, status string) string {
	return "From: MAILER-DAEMON@mx.example\r\nTo: <" + to + ">\r\nSubject: failed\r\n" +
		"Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n" +
		"--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n" +
		"Final-Recipient: rfc822; x@example.org\r\nAction: " + action + "\r\nStatus: " + status + "\r\n\r\n--b--\r\n"
}

func complaint(from string) string {
	return "From: fbl@example.net\r\nTo: abuse@example.com\r\n" +
		"Content-Type: multipart/report; report-type=feedback-report; boundary=\"b\"\r\n\r\n" +
		"--b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nUser-Agent: x/1\r\nVersion: 1\r\nOriginal-Mail-From: <" + from + ">\r\n\r\n--b--\r\n"
}

func TestReportsAreTakenIntoTheLedger(t *testing.T) {
	o := newOffice(t)
	if _, err := o.send(Options{Recipients: o.write("list.csv", people)}); err != nil {
		t.Fatal(err)
	}
	l, err := o.UseLedger(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	of := func(id, name string) string {
		return "policies+" + l.Key().Token(notify.ReturnPath, id, l.Recipient(name+"@example.org")) + "@example.org"
	}
	box := t.TempDir()
	for name, text := range map[string]string{
		"new/1": report(of("lease@2.0", "ann"), "failed", "5.1.1"),
		"new/2": report(of("lease@2.0", "ann"), "failed", "5.1.1"),
		"cur/3": complaint(of("lease@2.0", "bo")),
		"4":     report(of("lease@2.0", "cy"), "delayed", "4.4.1"),
		"5":     report(of("other@1.0", "cy"), "failed", "5.1.1"),
		"6":     "Subject: hello\r\n\r\nHow are you?\r\n",
		"tmp/7": report(of("lease@2.0", "cy"), "failed", "5.1.1"),
	} {
		file := filepath.Join(box, name)
		_ = os.MkdirAll(filepath.Dir(file), 0o700)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	counts, err := ReadBounces(t.Context(), l, []string{box}, nil, o.now)
	if want := (BounceCounts{Messages: 6, Failed: 1, Complaints: 1, Passing: 1, Known: 1, Others: 2}); counts != want || err != nil {
		t.Errorf("%+v, %v, want %+v", counts, err, want)
	}
	counts, err = ReadBounces(t.Context(), l, nil, strings.NewReader(report(of("lease@2.0", "cy"), "failed", "5.1.1")), o.now)
	if counts.Failed != 1 || err != nil {
		t.Errorf("from standard input: %+v, %v", counts, err)
	}
	_, err = ReadBounces(t.Context(), l, []string{filepath.Join(box, "none")}, nil, o.now)
	wantError(t, err, "read the reports")
	list, err := Suppressions(t.Context(), []*ledger.Ledger{l, l}, notify.SuppressionFilter{})
	if err != nil || len(list) != 3 {
		t.Errorf("suppressed, each once: %+v, %v", list, err)
	}
}

func TestSuppressionsGoOutAndComeIn(t *testing.T) {
	o := newOffice(t)
	l, err := o.OpenLedger(t.Context(), "", ToMake)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	list := "email,reason\nann@example.org,asked by phone\nbo@example.org\n"
	for _, want := range [][2]int{{2, 0}, {0, 2}} {
		if added, known, err := ImportSuppressions(t.Context(), l, strings.NewReader(list), "list.csv", o.now); added != want[0] || known != want[1] || err != nil {
			t.Errorf("%d added, %d known, %v, want %v", added, known, err, want)
		}
	}
	if m := o.mailing(Options{Recipients: o.write("list.csv", people)}); m.Plan.To != 1 || len(m.Plan.Skipped) != 2 {
		t.Errorf("who must not be mailed is: %+v", m.Plan)
	}
	found, err := Suppressions(t.Context(), []*ledger.Ledger{l}, notify.SuppressionFilter{})
	if err != nil || len(found) != 2 {
		t.Fatalf("%+v, %v", found, err)
	}
	var out strings.Builder
	if err := WriteSuppressions(&out, found); err != nil {
		t.Fatal(err)
	}
	if again, err := ReadSuppressions(strings.NewReader(out.String()), "export.csv", l, o.now); err != nil || len(again) != 2 || again[0].Source != notify.FromOperator || again[0].Reason != found[0].Reason {
		t.Errorf("an export is read as %+v, %v", again, err)
	}
	lifted, _, err := LiftSuppressions(t.Context(), []*ledger.Ledger{l, l}, notify.SuppressionFilter{Recipient: l.Recipient("ann@example.org")}, "they asked back", o.now)
	if left, _ := Suppressions(t.Context(), []*ledger.Ledger{l}, notify.SuppressionFilter{}); lifted != 1 || err != nil || len(left) != 1 {
		t.Errorf("%d lifted, %v, left %+v", lifted, err, left)
	}
}

func TestPeopleAreErased(t *testing.T) {
	o := newOffice(t)
	if _, err := o.send(Options{Recipients: o.write("list.csv", people)}); err != nil {
		t.Fatal(err)
	}
	list, closed, err := o.Ledgers(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer closed()
	addresses, err := ReadAddresses(strings.NewReader(" ann@example.org \n\nstranger@example.org\n"))
	if err != nil || len(addresses) != 2 {
		t.Fatalf("%q, %v", addresses, err)
	}
	e := Eraser{Policies: []string{"lease"}, At: o.now.Add(time.Minute), Ledgers: list}
	if err := e.Erase(t.Context(), addresses); err != nil || e.Erased != 1 || e.Strangers != 1 {
		t.Errorf("%d erased, %d strangers, %v", e.Erased, e.Strangers, err)
	}
	bytes, _ := os.ReadFile(o.LedgerName(""))
	if strings.Contains(string(bytes), "ann@example.org") {
		t.Error("the file still holds the address")
	}
	for text, want := range map[string]string{"": ErrNoAddress.Error(), "\n \n": ErrNoAddress.Error(), "ann@example.org\nnobody\n": "line 2 of the addresses"} {
		_, err := ReadAddresses(strings.NewReader(text))
		wantError(t, err, want)
	}
}
