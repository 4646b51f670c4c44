package mailing

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/codicil/codicil/policy/config"
	"github.com/codicil/codicil/policy/review"
)

func TestWhereTheProofIsKept(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ flag, ledger, want, register string }{
		{"", "", "/repo/.codicil/ledger.db", "/repo/.codicil/register.db"},
		{"", "proof.db", "/repo/legal/proof.db", "/repo/legal/register.db"},
		{"", "postgres://host/db", "postgres://host/db", "postgres://host/db"},
		{"here.db", "postgres://host/db", "here.db", "register.db"},
	} {
		r := &Room{Root: "/repo", Config: &config.Config{Dir: "/repo/legal", Ledger: c.ledger}}
		if got := r.LedgerName(c.flag); got != c.want {
			t.Errorf("%q, %q: %s", c.flag, c.ledger, got)
		}
		if got := r.RegisterName(c.flag); got != c.register {
			t.Errorf("%q, %q: register %s", c.flag, c.ledger, got)
		}
	}
}

func TestALedgerIsMadeOnlyToSend(t *testing.T) {
	o := newOffice(t)
	_, err := o.UseLedger(t.Context(), "")
	wantError(t, err, "nothing was sent yet")
	_, _, err = o.Ledgers(t.Context(), "")
	wantError(t, err, "there is no ledger")
	if l, err := o.OpenRegister("", nil, true); l != nil || err != nil {
		t.Errorf("a register that is not there: %v, %v", l, err)
	}
	o.env["CODICIL_LEDGER_LEASE"] = "soon"
	_, err = o.OpenLedger(t.Context(), "", ToMake)
	wantError(t, err, "write it as 2m or 30s")
	o.env["CODICIL_LEDGER_LEASE"] = "30s"
	l, err := o.OpenLedger(t.Context(), "", ToMake)
	if err != nil {
		t.Fatal(err)
	}
	key := string(l.Key())
	_ = l.Close()
	if got, err := o.LedgerKey(t.Context(), ""); string(got) != key || err != nil {
		t.Errorf("the key of the ledger: %q, %v", got, err)
	}
	register, err := o.OpenRegister("", []byte(key), false)
	if err != nil {
		t.Fatal(err)
	}
	_ = register.Close()
	list, closed, err := o.Ledgers(t.Context(), "")
	if err != nil || len(list) != 2 {
		t.Fatalf("%d ledgers, %v", len(list), err)
	}
	closed()
	o.env["CODICIL_LEDGER_KEY"] = "of the environment"
	if got, err := o.LedgerKey(t.Context(), "elsewhere.db"); string(got) != "of the environment" || err != nil {
		t.Errorf("the key of the environment: %q, %v", got, err)
	}
	if _, err := os.Stat("elsewhere.db"); err == nil {
		t.Error("a ledger was made for a key that the environment gives")
	}
}

// found are the states of findings by their subjects.
func found(list []review.Finding) string {
	var words []string
	for _, f := range list {
		words = append(words, f.Subject+":"+string(f.State))
	}
	return strings.Join(words, " ")
}

func TestWhetherNoticesCanBeMailed(t *testing.T) {
	o := newOffice(t)
	if got := found(o.Examine(t.Context())); got != "email:ok SPF:note DMARC:note DKIM:note ledger:note" {
		t.Errorf("before anything was sent: %s", got)
	}
	l, err := o.OpenLedger(t.Context(), "", ToMake)
	if err != nil {
		t.Fatal(err)
	}
	_ = l.Close()
	if got := o.ledgerState(t.Context()); got.State != review.Note || !strings.Contains(got.Says, "its key lies in it") {
		t.Errorf("a ledger with its key: %+v", got)
	}
	if err := os.Chmod(o.LedgerName(""), 0o640); err != nil {
		t.Fatal(err)
	}
	if got := o.ledgerState(t.Context()); got.State != review.Amiss || !strings.Contains(got.Hint, "chmod 600") {
		t.Errorf("a ledger that others can read: %+v", got)
	}
	o.Config.Email.DKIM = config.DKIM{Domain: "example.org", Selector: "s", Key: "gone.pem"}
	o.Config.Email.SMTP = "smtp://127.0.0.1:1"
	if got := found(o.Examine(t.Context())); !strings.HasPrefix(got, "email:fault SPF:note DMARC:note DKIM:fault") {
		t.Errorf("with no server and no key: %s", got)
	}
	o.Config.Email.From = "nobody"
	if got := found(o.dns()); got != "email.from:fault" {
		t.Errorf("with no address: %s", got)
	}
	o.Config.Email.From = ""
	if got := found(o.mail(t.Context())); got != "email:note" {
		t.Errorf("with nothing set: %s", got)
	}
	_, err = o.sender()
	wantError(t, err, "there is no server to send through")
	_, err = o.Mailer(nil)
	wantError(t, err, "there is no server to send confirmations through")
}

func TestTheTemplateOfALanguageIsTheNearest(t *testing.T) {
	o := newOffice(t)
	o.Config.Email.Templates = "mail"
	_, err := o.templates("de")
	wantError(t, err, "email.templates")
	o.write("mail/email.txt.tmpl", "any")
	o.write("mail/email.de.txt.tmpl", "deutsch")
	o.write("mail/email.html.tmpl", "<p>any</p>")
	for lang, want := range map[string]string{"de": "mail/email.de.txt.tmpl: a notice must tell", "en": "mail/email.txt.tmpl: a notice must tell"} {
		m := o.mailing(Options{Recipients: o.write("list.csv", people)})
		m.texts[0].Lang = lang
		_, err := m.compose(unrecorded()) // it names the file that it was written with
		wantError(t, err, want)
	}
	o.write("mail/email.de.txt.tmpl", "{{.Nothing}}")
	_, err = o.templates("de")
	wantError(t, err, "lists the fields")
	o.Config.Email.Templates = ""
	if got, err := o.templates("de"); got != nil || err != nil {
		t.Errorf("with none of one's own: %v, %v", got, err)
	}
}

func TestWhoTheListHolds(t *testing.T) {
	o := newOffice(t)
	if got := o.Audience(); got != "to the list of recipients that is named when it is sent" {
		t.Error(got)
	}
	o.Config.Recipients, o.Config.Email.Rate = "list.csv", "60/min"
	for list, want := range map[string]string{"": "to the configured list of recipients, which is not here", "email\nann@example.org\n": "to 1 recipient", people: "to 3 recipients"} {
		if list != "" {
			o.write("list.csv", list)
		} else {
			_ = os.Remove(filepath.Join(o.Root, "list.csv"))
		}
		if got := o.Audience(); got != want {
			t.Errorf("%q: %s", list, got)
		}
	}
	o.write("list.csv", people)
	if got := o.Lasts(); got != 3*time.Second {
		t.Errorf("it lasts %v", got)
	}
	o.Config.Email.Rate = "fast"
	if got := o.Lasts(); got != 0 {
		t.Errorf("at no rate it lasts %v", got)
	}
}

func TestAListFromStandardInputIsKept(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	name, err := SaveList(strings.NewReader(people))
	text, _ := os.ReadFile(name)
	if err != nil || string(text) != people {
		t.Errorf("%q, %v", text, err)
	}
	_, err = openList(os.DevNull)
	wantError(t, err, "is not a regular file")
	_, err = openList(filepath.Join(t.TempDir(), "none"))
	wantError(t, err, "no such file")
}

// A list that changes between the plan and the sending is not the one that was agreed.
func TestAListThatChangesWhileItIsReadIsNoList(t *testing.T) {
	o := newOffice(t)
	m := o.mailing(Options{Recipients: o.write("list.csv", people)})
	o.write("list.csv", people+"dee@example.org,en\n")
	_, err := m.Send(t.Context(), Run{Confirm: func() error { return nil }, Mode: ToSend})
	wantError(t, err, "the list of recipients changed while it was read")
	if o.in.people() != "" {
		t.Errorf("told %s", o.in.people())
	}
}
