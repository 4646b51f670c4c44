package subscribe

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/codicil/codicil/notify"
)

func TestMailIsBoundedByAddressAndNetwork(t *testing.T) {
	s := newStage(t, func(o *Options) {
		o.PerAddress, o.PerNetwork = notify.Rate{Count: 2, Per: 24 * time.Hour}, notify.Rate{Count: 5, Per: time.Hour}
		o.Proxies = []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}
	})
	from := func(peer, forwarded, email string) int {
		r := form("/subscribe", "email", email, "policy", "privacy")
		r.RemoteAddr = peer
		if forwarded != "" {
			r.Header.Set("X-Forwarded-For", forwarded)
		}
		return s.do(r).Code
	}
	for i := range 5 {
		if code := from("192.0.2.1:1", "", "ada@example.org"); code != http.StatusOK {
			t.Errorf("request %d: status %d", i, code)
		}
	}
	for _, c := range []struct {
		peer, forwarded string
		want            int
	}{
		{"192.0.2.77:1", "", 429}, // the same network
		{"192.0.2.1:1", "198.51.100.1", 429},
		{"10.1.1.1:1", "203.0.113.9, 192.0.2.5", 429}, // the last is the proxy's own word
		{"10.1.1.1:1", "192.0.2.5, 203.0.113.9", 200},
		{"198.51.100.1:1", "", 200},
		{"[2001:db8:1::1]:1", "", 200},
		{"nonsense", "", 200},
	} {
		if code := from(c.peer, c.forwarded, "bob@example.org"); code != c.want {
			t.Errorf("from %s for %s: status %d, want %d", c.peer, c.forwarded, code, c.want)
		}
	}
	s.later(time.Hour)
	if code := from("192.0.2.1:1", "", "cyd@example.org"); code != http.StatusOK {
		t.Errorf("an hour later: status %d", code)
	}
	s.Close()
	count := map[string]int{}
	for _, l := range s.box.all() {
		count[l.to]++
	}
	if count["ada@example.org"] != 2 || count["bob@example.org"] != 2 {
		t.Errorf("letters: %v", count)
	}
}

func TestLimiterForgetsRatherThanGrow(t *testing.T) {
	now := noon
	l := newLimiter(notify.Rate{Count: 1, Per: time.Hour}, func() time.Time { return now })
	for i := range maxNames + 10 {
		l.take(string(rune(i)) + "x")
	}
	if len(l.used) > maxNames {
		t.Errorf("%d names are remembered", len(l.used))
	}
	l.take("y")
	now = now.Add(-10 * 365 * 24 * time.Hour)
	if l.take("y") {
		t.Error("a clock that was set back has emptied the bucket")
	}
}

func TestWhoComplainedGetsNoLetter(t *testing.T) {
	s := newStage(t, nil)
	_, err := s.ledger.Suppress(context.Background(), notify.Suppression{Recipient: testKey.Recipient("ada@example.org"), Reason: "complaint", Time: noon})
	if err != nil {
		t.Fatal(err)
	}
	s.expect(s.submit("/subscribe", "email", "ada@example.org", "policy", "privacy"), http.StatusOK)
	s.Close()
	if n := len(s.box.all()); n != 0 {
		t.Errorf("%d letters went out", n)
	}
}

func TestLettersAreTriedAgainWhenThatMayHelp(t *testing.T) {
	s := newStage(t, nil)
	s.box.faults = []error{&notify.SendError{Kind: notify.Temporary, Stage: notify.StageConnect}}
	s.expect(s.submit("/subscribe", "email", "ada@example.org", "policy", "privacy"), http.StatusOK)
	s.letters(1)
	s.box.mu.Lock()
	s.box.faults = []error{&notify.SendError{Kind: notify.Permanent, Stage: notify.StageRcpt, Code: 550, Reply: "no bob@example.org here"}}
	s.box.mu.Unlock()
	s.expect(s.submit("/subscribe", "email", "bob@example.org", "policy", "privacy"), http.StatusOK)
	s.Close()
	if n := len(s.box.all()); n != 1 {
		t.Errorf("%d letters arrived", n)
	}
	if got := s.log.String(); !strings.Contains(got, "rcpt, code 550") || strings.Contains(got, "@") {
		t.Errorf("the log: %s", got)
	}
	if w := s.submit("/subscribe", "email", "cyd@example.org", "policy", "privacy"); w.Code != http.StatusTooManyRequests {
		t.Errorf("after the end: status %d", w.Code)
	}
}

func TestLogHoldsNoAddress(t *testing.T) {
	s := newStage(t, nil)
	path := s.subscribed("ada@example.org", "privacy")
	s.get(path)
	s.get("/ada@example.org/192.0.2.1?email=ada@example.org")
	s.submit("/confirm", "t", token(path))
	s.do(httptest.NewRequest("ADA.EXAMPLE.ORG", "/", nil))
	got := s.log.String()
	for _, secret := range []string{"ada", "ADA", "192.0.2", token(path)[:20]} {
		if strings.Contains(got, secret) {
			t.Errorf("%q stands in the log:\n%s", secret, got)
		}
	}
	if !strings.Contains(got, `route="POST /confirm" status=200`) {
		t.Errorf("the log:\n%s", got)
	}
}

func TestAnswersAreKeptToThemselves(t *testing.T) {
	s := newStage(t, nil)
	for _, path := range []string{"/", "/confirm?t=x", "/unsubscribe?t=x", "/link", "/missing"} {
		h := s.get(path).Header()
		if !strings.HasPrefix(h.Get("Content-Security-Policy"), "default-src 'none'") || h.Get("Referrer-Policy") != "no-referrer" ||
			h.Get("Cache-Control") != "no-store" || h.Get("Set-Cookie") != "" || h.Get("Strict-Transport-Security") == "" {
			t.Errorf("%s: %v", path, h)
		}
	}
	if w := s.get("/style.css"); w.Code != 200 || !strings.HasPrefix(w.Body.String(), "body { margin: 0 }") || w.Header().Get("Content-Type") != "text/css; charset=utf-8" {
		t.Errorf("the style sheet: %d %s", w.Code, w.Body)
	}
}

func TestBigBodiesAreRefused(t *testing.T) {
	s := newStage(t, nil)
	for _, path := range []string{"/subscribe", "/confirm", "/unsubscribe", "/link", "/preferences", "/v1/returns/ses", "/v1/acknowledgements"} {
		r := httptest.NewRequest("POST", path, strings.NewReader(strings.Repeat("a=b&", 10<<18)))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		if w := s.do(r); w.Code != http.StatusRequestEntityTooLarge {
			t.Errorf("%s: status %d", path, w.Code)
		}
	}
}
