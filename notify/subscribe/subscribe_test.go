package subscribe

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/cascadia"

	"github.com/codicil/codicil/notify"
)

func TestNobodyFollowsBeforeTheyConfirm(t *testing.T) {
	s := newStage(t, nil)
	path := s.subscribed("Ada@Example.ORG", "privacy")
	letter := s.letters(1)[0]
	if letter.to != "Ada@example.org" || letter.Subject != "Example <Shop>: please confirm your address" || strings.Contains(path, "Ada") {
		t.Errorf("the letter: %+v", letter)
	}
	if !strings.Contains(letter.HTML, "<li>Privacy Policy</li>") || !strings.Contains(letter.Text, "- Privacy Policy") {
		t.Errorf("the letter does not say what it is about:\n%s\n%s", letter.Text, letter.HTML)
	}
	page := s.expect(s.get(path), http.StatusOK)
	if s.follower("ada@example.org") != nil {
		t.Fatal("looking at the link has confirmed it")
	}
	if got := text(t, page, "main ul"); got != "Privacy Policy" {
		t.Errorf("the page asks to confirm %q", got)
	}
	page = s.expect(s.submit("/confirm", "t", value(t, page, "input[name=t]", "value")), http.StatusOK)
	if got := text(t, page, "h1"); got != "You are subscribed" {
		t.Errorf("the page says %q", got)
	}
	f := s.follower("ada@example.org")
	if f == nil || f.Email != "Ada@example.org" || !f.Follows("privacy") || f.Follows("terms") || !f.Confirmed.Equal(noon) {
		t.Errorf("on record: %+v", f)
	}
	s.expect(s.submit("/confirm", "t", token(path)), http.StatusOK) // twice, in two tabs
}

func TestLinksAreGoodForTheirPurposeAndTime(t *testing.T) {
	s := newStage(t, nil)
	good := token(s.subscribed("ada@example.org", "privacy"))
	forged := good[:30] + "A" + good[31:]
	if forged == good {
		forged = good[:30] + "B" + good[31:]
	}
	for name, bad := range map[string]string{"forged": forged, "cut": good[:40], "empty": "", "words": "%%%", "long": strings.Repeat("A", 9000)} {
		if w := s.submit("/confirm", "t", bad); w.Code != http.StatusBadRequest {
			t.Errorf("%s: status %d", name, w.Code)
		}
	}
	if w := s.submit("/preferences", "t", good, "do", "export"); w.Code != http.StatusBadRequest {
		t.Errorf("a link to confirm opens a record: status %d", w.Code)
	}
	s.later(confirmFor + time.Second)
	s.expect(s.submit("/confirm", "t", good), http.StatusGone)
	s.later(-10 * 365 * 24 * time.Hour) // the clock is in the wrong year
	s.expect(s.submit("/confirm", "t", good), http.StatusGone)
	if s.follower("ada@example.org") != nil {
		t.Error("a bad link has confirmed something")
	}
}

func TestAnswersDoNotTellWhoFollows(t *testing.T) {
	s := newStage(t, nil)
	s.confirmed("ada@example.org", "privacy")
	for _, path := range []string{"/subscribe", "/link"} {
		known := body(s.submit(path, "email", "ada@example.org", "policy", "privacy", "lang", "en"))
		stranger := body(s.submit(path, "email", "eve@example.org", "policy", "privacy", "lang", "en"))
		if known != stranger {
			t.Errorf("%s answers differ:\n%s\n%s", path, known, stranger)
		}
	}
	s.Close()
	var links []string
	for _, l := range s.box.all() {
		if strings.Contains(l.Text, "/preferences?t=") {
			links = append(links, l.to)
		}
	}
	if !slices.Equal(links, []string{"ada@example.org"}) {
		t.Errorf("links to records went to %v", links)
	}
}

func TestOneClickUnsubscribesByPostAlone(t *testing.T) {
	s := newStage(t, nil)
	s.confirmed("ada@example.org", "privacy", "terms")
	s.later(time.Hour)
	path := "/unsubscribe?t=" + testKey.Token(notify.Unsubscribe, "privacy", testKey.Recipient("ada@example.org"))
	page := s.expect(s.get(path), http.StatusOK)
	if got := text(t, page, "button"); got != "Stop messages about “Privacy Policy”" {
		t.Errorf("the button says %q", got)
	}
	if f := s.follower("ada@example.org"); !f.Follows("privacy") {
		t.Fatal("looking at the link has unsubscribed")
	}
	for range 2 {
		w := s.submit(path, "List-Unsubscribe", "One-Click")
		if w.Code != http.StatusOK || w.Header().Get("Set-Cookie")+w.Header().Get("Location") != "" {
			t.Errorf("status %d, header %v", w.Code, w.Header())
		}
	}
	if f := s.follower("ada@example.org"); f.Follows("privacy") || !f.Follows("terms") {
		t.Errorf("after one click: %+v", f)
	}
	if w := s.submit("/unsubscribe?t="+testKey.Token(notify.Unsubscribe, "other", testKey.Recipient("ada@example.org")), "List-Unsubscribe", "One-Click"); w.Code != http.StatusBadRequest {
		t.Errorf("a token for no policy of ours: status %d", w.Code)
	}
	multipart := httptest.NewRequest("POST", path, strings.NewReader("--x\r\nContent-Disposition: form-data; name=\"from\"\r\n\r\nall\r\n--x--\r\n"))
	multipart.Header.Set("Content-Type", "multipart/form-data; boundary=x")
	s.expect(s.do(multipart), http.StatusOK)
	if f := s.follower("ada@example.org"); f.Email != "" || f.Left.IsZero() {
		t.Errorf("after leaving all: %+v", f)
	}
}

func TestLinksOfAWithdrawnPolicyStillUnsubscribe(t *testing.T) {
	s := newStage(t, nil)
	s.confirmed("ada@example.org", notify.AllPolicies)
	s.later(time.Hour)
	path := "/unsubscribe?t=" + testKey.Token(notify.Unsubscribe, "cookies", testKey.Recipient("ada@example.org"))
	page := s.expect(s.get(path), http.StatusOK)
	if got := text(t, page, "button"); got != "Stop messages about “Cookie Policy”" {
		t.Errorf("the button says %q", got)
	}
	s.expect(s.submit(path, "List-Unsubscribe", "One-Click"), http.StatusOK)
	if f := s.follower("ada@example.org"); !slices.Equal(f.Policies, []string{notify.AllPolicies}) {
		t.Errorf("who follows all follows %v", f.Policies)
	}
	s.expect(s.submit(path, "from", "all"), http.StatusOK)
	if f := s.follower("ada@example.org"); f.Email != "" || f.Left.IsZero() {
		t.Errorf("after leaving all: %+v", f)
	}
	if form := text(t, s.expect(s.get("/"), http.StatusOK), "form"); strings.Contains(form, "Cookie Policy") {
		t.Error("the form offers a policy that was withdrawn")
	}
}

func TestOldLinksBringNobodyBack(t *testing.T) {
	s := newStage(t, nil)
	old := token(s.subscribed("ada@example.org", "privacy"))
	s.expect(s.submit("/confirm", "t", old), http.StatusOK)
	s.later(time.Minute)
	s.expect(s.submit("/unsubscribe", "t", testKey.Token(notify.Unsubscribe, "privacy", testKey.Recipient("ada@example.org")), "from", "all"), http.StatusOK)
	page := s.expect(s.submit("/confirm", "t", old), http.StatusGone)
	if got := text(t, page, "h1"); got != "You have left since then" {
		t.Errorf("the page says %q", got)
	}
	s.later(time.Minute)
	s.confirmed("ada@example.org", "terms")
	if f := s.follower("ada@example.org"); !f.Follows("terms") || f.Follows("privacy") {
		t.Errorf("who asks anew is on record as %+v", f)
	}
}

func TestFollowersChooseGetACopyAndAreErased(t *testing.T) {
	s := newStage(t, nil)
	s.confirmed("ada@example.org", "privacy")
	s.expect(s.submit("/link", "email", "ada@example.org"), http.StatusOK)
	path := link.FindStringSubmatch(s.letters(2)[1].Text)[1]
	page := s.expect(s.get(path), http.StatusOK)
	tok := value(t, page, "input[name=t]", "value")
	if cascadia.Query(page, cascadia.MustCompile("input[value=privacy][checked]")) == nil || cascadia.Query(page, cascadia.MustCompile("input[value=terms][checked]")) != nil {
		t.Error("the page does not show what is followed")
	}
	s.later(time.Minute)
	page = s.expect(s.submit("/preferences", "t", tok, "do", "save", "policy", "terms", "lang", "de"), http.StatusOK)
	if got := text(t, page, "h1"); got != "Ihre Wahl ist gespeichert" {
		t.Errorf("the page says %q", got)
	}
	if f := s.follower("ada@example.org"); f.Lang != "de" || !slices.Equal(f.Policies, []string{"terms"}) {
		t.Errorf("chosen: %+v", f)
	}
	s.expect(s.submit("/preferences", "t", tok, "do", "save"), http.StatusUnprocessableEntity)
	w := s.submit("/preferences", "t", tok, "do", "export")
	var copied record
	if err := json.Unmarshal(w.Body.Bytes(), &copied); err != nil || copied.Email != "ada@example.org" || copied.Confirmed == "" || !slices.Equal(copied.Policies, []string{"terms"}) {
		t.Errorf("the copy: %s, %v", w.Body, err)
	}
	page = s.expect(s.submit("/preferences", "t", tok, "do", "erase"), http.StatusOK)
	if got := text(t, page, "h1"); got != "Your record is erased" {
		t.Errorf("the page says %q", got)
	}
	if f := s.follower("ada@example.org"); f.Email != "" || len(f.Policies) != 0 {
		t.Errorf("after erasure: %+v", f)
	}
	s.expect(s.get(path), http.StatusGone)
}

func TestFormsOfOtherSitesDoNothing(t *testing.T) {
	s := newStage(t, nil)
	tok := token(s.subscribed("ada@example.org", "privacy"))
	r := form("/confirm", "t", tok)
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	r.Header.Set("Origin", "https://evil.example")
	s.expect(s.do(r), http.StatusForbidden)
	if s.follower("ada@example.org") != nil {
		t.Error("another site has confirmed")
	}
}

func TestFaultyFormsSayWhatIsWrongAndKeepTheRest(t *testing.T) {
	s := newStage(t, nil)
	for _, email := range []string{"", "ada", "ada@", "a@b", "ada@example.org\r\nBcc: eve@example.org", "<script>@example.org", strings.Repeat("a", 70) + "@example.org"} {
		page := s.expect(s.submit("/subscribe", "email", email, "policy", "privacy"), http.StatusUnprocessableEntity)
		if got := text(t, page, "[role=alert] li"); !strings.HasPrefix(got, "This is not an email address") {
			t.Errorf("%q: %q", email, got)
		}
		if value(t, page, "#email", "aria-describedby") != "email-fault" || cascadia.Query(page, cascadia.MustCompile("input[value=privacy][checked]")) == nil {
			t.Error("the form has forgotten what was chosen, or does not point at the fault")
		}
	}
	page := s.expect(s.submit("/subscribe", "email", "ada@example.org"), http.StatusUnprocessableEntity)
	if got := value(t, page, "#email", "value"); got != "ada@example.org" {
		t.Errorf("the form shows %q again", got)
	}
	s.expect(s.submit("/subscribe", "email", "ada@example.org", "policy", "nothing"), http.StatusUnprocessableEntity)
	s.Close()
	if n := len(s.box.all()); n != 0 {
		t.Errorf("%d letters went out", n)
	}
}

func TestPagesSpeakTheReadersLanguage(t *testing.T) {
	s := newStage(t, nil)
	for header, want := range map[string]string{
		"": "en", "de-AT,de;q=0.9,en;q=0.8": "de", "pl, fr;q=0.5": "fr", "zh-CN,zh;q=0.9": "zh-Hans", "zh-TW, es": "es", "xx": "en", ";;,,": "en",
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.Header.Set("Accept-Language", header)
		if got := value(t, s.expect(s.do(r), http.StatusOK), "html", "lang"); got != want {
			t.Errorf("Accept-Language %q gets %s, want %s", header, got, want)
		}
	}
	if got := text(t, s.expect(s.get("/subscribe?lang=fr"), http.StatusOK), "h1"); got != "Suivre nos règles" {
		t.Errorf("lang=fr says %q", got)
	}
}

func TestEveryLanguageHasEveryWord(t *testing.T) {
	p, err := newPages()
	if err != nil {
		t.Fatal(err)
	}
	for lang, w := range p.words {
		for key, english := range p.words["en"] {
			if w[key] == "" || strings.Count(w[key], "%s") != strings.Count(english, "%s") {
				t.Errorf("%s: %s is %q", lang, key, w[key])
			}
		}
		if len(w) != len(p.words["en"]) {
			t.Errorf("%s has words that English has not", lang)
		}
	}
}

func TestServerBelowAPathLinksThere(t *testing.T) {
	s := newStage(t, func(o *Options) { o.URL = "https://example.com/notices/" })
	page := s.expect(s.get("/"), http.StatusOK)
	if got := value(t, page, "form", "action"); got != "/notices/subscribe" {
		t.Errorf("the form goes to %s", got)
	}
	if got := value(t, page, "link", "href"); !strings.HasPrefix(got, "/notices/style.css?") {
		t.Errorf("the style sheet is at %s", got)
	}
}

func TestLedgerThatFailsLosesNothingQuietly(t *testing.T) {
	s := newStage(t, func(o *Options) { o.Ledger = brokenLedger{o.Ledger} })
	tok, err := s.seal.token(toConfirm, grant{Email: "ada@example.org", Lang: "en", Policies: []string{"privacy"}})
	if err != nil {
		t.Fatal(err)
	}
	w := s.submit("/confirm", "t", tok)
	if w.Header().Get("Retry-After") == "" {
		t.Error("nobody is told to try again")
	}
	if got := text(t, s.expect(w, http.StatusServiceUnavailable), "h1"); got != "This did not work" {
		t.Errorf("the page says %q", got)
	}
	leave := testKey.Token(notify.Unsubscribe, "privacy", testKey.Recipient("ada@example.org"))
	for name, w := range map[string]*httptest.ResponseRecorder{
		"leave": s.submit("/unsubscribe", "t", leave), "health": s.get("/health"),
	} {
		if w.Code != http.StatusServiceUnavailable {
			t.Errorf("%s: status %d", name, w.Code)
		}
	}
	if w := newStage(t, nil).get("/health"); w.Code != 200 || w.Body.String() != "ok\n" {
		t.Errorf("health of a good one: %d %s", w.Code, w.Body)
	}
}

func TestOptionsThatCannotWorkAreRefused(t *testing.T) {
	good := newStage(t, nil).Options
	for name, change := range map[string]func(*Options){
		"no address":   func(o *Options) { o.URL = "" },
		"no TLS":       func(o *Options) { o.URL = "http://example.com" },
		"a query":      func(o *Options) { o.URL = "https://example.com/?a=b" },
		"no policies":  func(o *Options) { o.Policies = nil },
		"no key":       func(o *Options) { o.Key = nil },
		"a bad relay":  func(o *Options) { o.Relays = []Mapping{{Name: "a b"}} },
		"an odd relay": func(o *Options) { o.Relays = []Mapping{{Name: "x", Kind: []string{"k"}}} },
	} {
		o := good
		change(&o)
		if s, err := New(o); err == nil {
			s.Close()
			t.Errorf("%s: taken", name)
		}
	}
}
