package subscribe

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/policy"
)

func date(t testing.TB, s string) policy.Date {
	t.Helper()
	d, err := policy.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// offering is a server of a version that may be declined until the end of the day
// after noon.
func offering(t *testing.T) (*stage, string) {
	t.Helper()
	s := newStage(t, func(o *Options) {
		offers := []Offer{{
			Version: "privacy@2.0", Title: "Privacy <Policy>", Label: "2.0", Effective: date(t, "2026-04-03"), Until: date(t, "2026-04-02"),
			End: time.Date(2026, 4, 3, 0, 0, 0, 0, time.UTC), Means: "Your account then ends & we refund you.", Lang: "en", URL: "https://example.com/legal/privacy/2.0/",
			Compare: "https://example.com/legal/privacy/compare/1.0...2.0/", Since: "https://example.com/legal/privacy/compare/1.0...current/",
		}, {
			Version: "terms@5", Title: "Terms", Label: "5", Effective: date(t, "2026-01-02"), Until: date(t, "2026-01-01"), End: time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC),
		}}
		o.Offers = func() []Offer { return offers }
	})
	return s, testKey.Token(notify.Decline, "privacy@2.0", testKey.Recipient("ada@example.com"))
}

// refused returns how many have declined a version.
func (s *stage) refused(version string) int {
	s.t.Helper()
	list, _, err := s.ledger.Refusals(s.t.Context(), version, 0)
	if err != nil {
		s.t.Fatal(err)
	}
	return len(list)
}

func TestOnlyTheButtonDeclines(t *testing.T) {
	s, token := offering(t)
	for range 3 { // as programs do that look at links
		page := s.expect(s.get("/decline?t="+token), 200)
		if got := text(t, page, "main"); !strings.Contains(got, "Privacy <Policy>") || !strings.Contains(got, "Your account then ends & we refund you.") || !strings.Contains(got, "until 2 April 2026") {
			t.Errorf("the page says %q", got)
		}
		if value(t, page, "form", "method") != "post" {
			t.Error("the button is no POST")
		}
	}
	if s.refused("privacy@2.0") != 0 {
		t.Fatal("looking at the link declined")
	}
	if got := text(t, s.expect(s.submit("/decline", "t", token), 200), "h1"); got != "You have declined the change" {
		t.Errorf("%q", got)
	}
	s.later(2 * time.Hour)
	if got := text(t, s.expect(s.submit("/decline", "t", token), 200), "main"); !strings.Contains(got, "on 1 April 2026") {
		t.Errorf("the second time: %q", got)
	}
	at, err := s.ledger.Declined(t.Context(), "privacy@2.0", testKey.Recipient("ada@example.com"))
	if err != nil || !at.Equal(noon) || s.refused("privacy@2.0") != 1 {
		t.Errorf("declined at %v, %d on record, %v", at, s.refused("privacy@2.0"), err)
	}
	if _, err := s.ledger.Verify(t.Context()); err != nil {
		t.Error(err)
	}
	s.later(72 * time.Hour)
	if got := text(t, s.expect(s.get("/decline?t="+token), 200), "h1"); got != "You have declined the change" {
		t.Errorf("after the last day: %q", got)
	}
}

func TestAfterTheLastDayNobodyDeclines(t *testing.T) {
	s, token := offering(t)
	s.later(36*time.Hour - time.Second) // one second before the day is over
	s.expect(s.get("/decline?t="+token), 200)
	s.later(time.Second)
	for _, w := range []string{text(t, s.expect(s.get("/decline?t="+token), 410), "main"), text(t, s.expect(s.submit("/decline", "t", token), 410), "main")} {
		if !strings.Contains(w, "could be declined until 2 April 2026") {
			t.Errorf("%q", w)
		}
	}
	if s.refused("") != 0 {
		t.Error("it was recorded all the same")
	}
}

func TestNobodyDeclinesForAnother(t *testing.T) {
	s, token := offering(t)
	other := notify.Key("another key of another ledger...")
	for name, forged := range map[string]string{
		"none": "", "cut short": token[:len(token)-1], "of another key": other.Token(notify.Decline, "privacy@2.0", testKey.Recipient("ada@example.com")),
		"to unsubscribe": testKey.Token(notify.Unsubscribe, "privacy", testKey.Recipient("ada@example.com")), "of a version that is not offered": testKey.Token(notify.Decline, "privacy@3.0", testKey.Recipient("ada@example.com")),
	} {
		if w := s.submit("/decline", "t", forged); w.Code != 400 {
			t.Errorf("%s: status %d", name, w.Code)
		}
	}
	r := form("/decline", "t", token)
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	if w := s.do(r); w.Code != 403 {
		t.Errorf("a form of another site: status %d", w.Code)
	}
	if s.refused("") != 0 {
		t.Error("somebody declined")
	}
}

func TestWhoHasNoLinkAnyMoreGetsItByMail(t *testing.T) {
	s, token := offering(t)
	page := s.expect(s.get("/decline?v=privacy@2.0"), 200)
	if got := text(t, page, "fieldset"); !strings.Contains(got, "until 2 April 2026") || strings.Contains(got, "Terms") {
		t.Errorf("to choose: %q", got)
	}
	s.expect(s.submit("/decline/link", "v", "privacy@2.0", "email", "no address"), 422)
	s.expect(s.submit("/decline/link", "v", "terms@5", "email", "ada@example.com"), 404)
	if got := text(t, s.expect(s.submit("/decline/link", "v", "privacy@2.0", "email", "Ada@Example.com"), 200), "h1"); got != "Look into your mailbox" {
		t.Errorf("%q", got)
	}
	letter := s.letters(1)[0]
	if !strings.Contains(letter.Text, "https://notices.example.com/decline?t="+url.QueryEscape(token)+"\n") || !strings.Contains(letter.HTML, "Privacy &lt;Policy&gt;, 2.0") {
		t.Errorf("the letter:\n%s\n%s", letter.Text, letter.HTML)
	}
	if s.refused("") != 0 {
		t.Error("asking for the link declined")
	}
}

func TestWebhooksLearnOfARefusalAndOfNoAddress(t *testing.T) {
	s, token := offering(t)
	r := newReceiver(t, s.Now)
	hooks := webhookSender(s, Hook{URL: r.URL, Key: "hook-key"}, Hook{URL: r.URL + "/chat", Kind: Slack, Key: "hook-key"})
	s.expect(s.submit("/decline", "t", token), 200)
	list, last, err := s.ledger.Refusals(t.Context(), "", 0)
	if err != nil || last == 0 {
		t.Fatal(last, err)
	}
	for range 2 {
		if err := hooks.Tell(t.Context(), Refusals(list, s.offers(), policy.DateOf(noon))); err != nil {
			t.Fatal(err)
		}
	}
	all := strings.Join(r.bodies, "\n")
	if len(r.bodies) != 2 || !strings.Contains(all, `"type":"version.declined"`) || !strings.Contains(all, `"recipient":"`) || !strings.Contains(all, "Somebody declined Privacy \\u0026lt;Policy\\u0026gt;, version 2.0") || strings.Contains(all, "ada@") {
		t.Errorf("told %d times:\n%s", len(r.bodies), all)
	}
	if again, _, err := s.ledger.Refusals(t.Context(), "", last); err != nil || len(again) != 0 {
		t.Errorf("%d are told again, %v", len(again), err)
	}
}
