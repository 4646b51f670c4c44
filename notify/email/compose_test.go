package email_test

import (
	"bytes"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/notify/email"
	"github.com/codicil/codicil/policy/notice"
	rendered "github.com/codicil/codicil/render/email"
)

// opened is a message as a mail program reads it.
type opened struct {
	header     mail.Header
	text, html string
}

// open reads a message back, and checks what every message must keep to.
func open(t interface {
	Helper()
	Fatalf(string, ...any)
}, eml []byte) opened {
	t.Helper()
	for i, line := range bytes.Split(eml, []byte("\r\n")) {
		if len(line) > 998 || bytes.ContainsAny(line, "\r\n\x00") {
			t.Fatalf("line %d is too long or holds a bare CR, LF or NUL: %q", i+1, line)
		}
	}
	m, err := mail.ReadMessage(bytes.NewReader(eml))
	if err != nil {
		t.Fatalf("the message cannot be read: %v", err)
	}
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		t.Fatalf("Content-Type: %v", err)
	}
	parts := multipart.NewReader(m.Body, params["boundary"])
	read := func(kind string) string {
		p, err := parts.NextRawPart()
		if err != nil {
			t.Fatalf("no part of kind %s: %v", kind, err)
		}
		if got := p.Header.Get("Content-Type"); got != kind+"; charset=utf-8" {
			t.Fatalf("a part is %q, not %s", got, kind)
		}
		raw, err := io.ReadAll(p)
		if err != nil {
			t.Fatalf("%v", err)
		}
		for line := range bytes.SplitSeq(raw, []byte("\r\n")) {
			if len(line) > 76 {
				t.Fatalf("a line of the %s part has %d octets: %q", kind, len(line), line)
			}
		}
		content, err := io.ReadAll(quotedprintable.NewReader(bytes.NewReader(raw)))
		if err != nil {
			t.Fatalf("%v", err)
		}
		return strings.ReplaceAll(string(content), "\r\n", "\n")
	}
	o := opened{header: m.Header, text: read("text/plain"), html: read("text/html")}
	if _, err := parts.NextRawPart(); err != io.EOF {
		t.Fatalf("the message has a third part")
	}
	return o
}

func TestMessageReadsBackWhole(t *testing.T) {
	n := changed(t, notice.ServiceClass)
	eml, receipt, err := composed(t, n).For(notify.Recipient{Email: "anna@example.org", Name: "Anna"}, noon)
	if err != nil {
		t.Fatal(err)
	}
	o := open(t, eml)
	want := map[string]string{
		"From":             `"Example Inc." <privacy@example.com>`,
		"Reply-To":         `"Example Inc." <privacy@example.com>`,
		"To":               `"Anna" <anna@example.org>`,
		"Subject":          "Example Inc.: Changes to Privacy policy from 1 March 2027",
		"Date":             "Sun, 22 Nov 2026 12:00:00 +0000",
		"Message-Id":       "<" + receipt.MessageID + ">",
		"Auto-Submitted":   "auto-generated",
		"List-Id":          "<privacy.notices.example.com>",
		"X-Codicil-Notice": "privacy@2.0",
		"Mime-Version":     "1.0",
	}
	for name, value := range want {
		if got := o.header[name]; len(got) != 1 || got[0] != value {
			t.Errorf("%s is %q, want %q once", name, got, value)
		}
	}
	for _, name := range []string{"List-Unsubscribe", "List-Unsubscribe-Post", "Bcc"} {
		if got := o.header[mailHeader(name)]; got != nil {
			t.Errorf("a service notice has %s: %q", name, got)
		}
	}
	for _, words := range []string{
		"Hello Anna,", "Refunds may take longer.", "\n.We name a new recipient.", "[-10 business-]{+15+} days",
		"{+.We share it with Zoë & <Sons> under \"contract\".+}", "1 March 2027", "privacy@example.com",
		"https://example.com/legal/privacy/compare/1.0...2.0/", "https://example.com/legal/privacy/2.0/", "because you have an account",
	} {
		if !strings.Contains(o.text, words) {
			t.Errorf("the text part lacks %q:\n%s", words, o.text)
		}
	}
	for _, words := range []string{"Hello Anna,", "<del>", "<ins>", "Zoë &amp; &lt;Sons&gt;", `lang="en"`} {
		if !strings.Contains(o.html, words) {
			t.Errorf("the HTML part lacks %q:\n%s", words, o.html)
		}
	}
}

func mailHeader(name string) string {
	return regexp.MustCompile(`-[a-z]|^[a-z]`).ReplaceAllStringFunc(strings.ToLower(name), strings.ToUpper)
}

func TestFollowersCanLeaveWithOneClick(t *testing.T) {
	m := composed(t, changed(t, notice.Follower))
	tokens := map[string]bool{}
	for _, to := range []string{"anna@example.org", "bea@example.org"} {
		eml, _, err := m.For(notify.Recipient{Email: to}, noon)
		if err != nil {
			t.Fatal(err)
		}
		o := open(t, eml)
		address := strings.Trim(o.header.Get("List-Unsubscribe"), "<>")
		if !regexp.MustCompile(`^https://example\.com/leave\?t=[a-z2-7]{42}$`).MatchString(address) {
			t.Errorf("List-Unsubscribe is %q", address)
		}
		if got := o.header.Get("List-Unsubscribe-Post"); got != "List-Unsubscribe=One-Click" {
			t.Errorf("List-Unsubscribe-Post is %q", got)
		}
		if !strings.Contains(o.text, address) || !strings.Contains(o.html, `href="`+address+`"`) {
			t.Errorf("the address to leave is not in both parts")
		}
		tokens[address] = true
	}
	if len(tokens) != 2 {
		t.Error("two followers have one token")
	}
}

func TestNamesArriveAsTheyAre(t *testing.T) {
	m := composed(t, changed(t, notice.ServiceClass))
	for _, name := range []string{
		"", "Anna", "Müller, Jörg", `O"Brien \ Sons`, "<script>alert(1)</script>", "{{.Lead}} %s =41 =", "🦊 Reynard",
		"山田太郎", "=?utf-8?q?spoof?=", ".", "a&amp;b", strings.Repeat("long ", 50), strings.Repeat("é", 128), "From here",
	} {
		eml, _, err := m.For(notify.Recipient{Email: "anna@example.org", Name: name}, noon)
		if err != nil {
			t.Errorf("%q: %v", name, err)
			continue
		}
		o := open(t, eml)
		greeting := "Hello"
		if name != "" {
			greeting += " " + name
		}
		if !strings.HasPrefix(o.text, greeting+",\n") {
			t.Errorf("%q: the text begins %q", name, firstLine(o.text))
		}
		if strings.Contains(o.html, "<script") {
			t.Errorf("%q: its HTML reaches the message", name)
		}
		to, err := (&mail.AddressParser{WordDecoder: &mime.WordDecoder{}}).Parse(o.header.Get("To"))
		if err != nil || to.Address != "anna@example.org" || strings.TrimSpace(to.Name) != strings.TrimSpace(name) && name != "=?utf-8?q?spoof?=" {
			t.Errorf("%q: To reads as %v (%v)", name, to, err)
		}
	}
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}

func TestNothingCanAddAHeader(t *testing.T) {
	evil := []string{"a\r\nBcc: x@example.net", "a\nBcc: x@example.net", "a\rBcc: x@example.net", "a\x00b", "a\u2028Bcc: x", "\u202egnp"}
	body := func(n *notice.Notice) *rendered.Body {
		b, err := rendered.Compose(n, options())
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	for _, bad := range evil {
		n := changed(t, notice.Follower)
		for field, set := range map[string]func(*notice.Notice, *rendered.Body, *email.Envelope){
			"subject": func(_ *notice.Notice, b *rendered.Body, _ *email.Envelope) { b.Subject = bad },
			"from":    func(_ *notice.Notice, _ *rendered.Body, e *email.Envelope) { e.From = bad + " <a@example.com>" },
			"from quoted": func(_ *notice.Notice, _ *rendered.Body, e *email.Envelope) {
				e.From = `"` + bad + `" <a@example.com>`
			},
			"reply-to": func(_ *notice.Notice, _ *rendered.Body, e *email.Envelope) { e.ReplyTo = bad },
			"label":    func(n *notice.Notice, _ *rendered.Body, _ *email.Envelope) { n.Label = bad },
			"unsubscribe": func(_ *notice.Notice, _ *rendered.Body, e *email.Envelope) {
				e.Unsubscribe = "https://example.com/" + bad
			},
		} {
			copied, b, e := *n, body(n), envelope()
			set(&copied, b, &e)
			m, err := email.Compose(&copied, b, e)
			if err == nil {
				eml, _, _ := m.For(notify.Recipient{Email: "anna@example.org"}, noon)
				t.Errorf("%s %q: composed as\n%s", field, bad, eml[:400])
			}
		}
		m := composed(t, n)
		for _, r := range []notify.Recipient{{Email: "anna@example.org", Name: bad}, {Email: bad + "@example.org"}} {
			if _, _, err := m.For(r, noon); err == nil {
				t.Errorf("recipient %+q was accepted", []string{r.Email, r.Name})
			}
		}
		n.Title, n.Summary = "Title "+bad, bad
		eml, _, err := composed(t, n).For(notify.Recipient{Email: "anna@example.org"}, noon)
		if err != nil {
			t.Fatal(err)
		}
		if o := open(t, eml); o.header["Bcc"] != nil {
			t.Errorf("title %q adds a header", bad)
		}
	}
}

func TestMessageIDDependsOnNoticeAndAddressAlone(t *testing.T) {
	n := changed(t, notice.ServiceClass)
	id := func(m *email.Message, to string) string {
		_, receipt, err := m.For(notify.Recipient{Email: to, Name: "Anna"}, noon)
		if err != nil {
			t.Fatal(err)
		}
		return receipt.MessageID
	}
	first := id(composed(t, n), "anna@example.org")
	if again := id(composed(t, n), "Anna@example.org"); again != first {
		t.Errorf("the second attempt has %q, the first %q", again, first)
	}
	if other := id(composed(t, n), "bea@example.org"); other == first {
		t.Error("two recipients have one Message-ID")
	}
	n.Label = "3.0"
	if other := id(composed(t, n), "anna@example.org"); other == first {
		t.Error("two notices have one Message-ID")
	}
}

func TestMessageSurvivesTheLedger(t *testing.T) {
	m := composed(t, changed(t, notice.Follower))
	loaded, err := email.Load("privacy@2.0+follower", "en", m.Bytes(), key)
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		r := notify.Recipient{Email: "anna@example.org", Name: rapid.StringOfN(rapid.Rune(), 0, 40, 256).Draw(t, "name")}
		a, receiptA, errA := m.For(r, noon)
		b, receiptB, errB := loaded.For(r, noon)
		if !bytes.Equal(a, b) || receiptA != receiptB || (errA == nil) != (errB == nil) {
			t.Fatalf("the message differs after loading")
		}
		if errA == nil && utf8.ValidString(r.Name) {
			open(t, a)
		}
	})
	if _, err := email.Load("privacy@2.0", "en", append(m.Bytes(), 0), key); err == nil {
		t.Error("a message cut inside a slot was loaded")
	}
	if _, err := email.Load("privacy@2.0", "en", m.Bytes(), nil); err == nil {
		t.Error("a message was loaded without a key")
	}
}

func TestComposingTwiceGivesTheSameBytes(t *testing.T) {
	a := composed(t, changed(t, notice.Follower)).Bytes()
	b := composed(t, changed(t, notice.Follower)).Bytes()
	if !bytes.Equal(a, b) {
		t.Error("the bytes differ")
	}
}
