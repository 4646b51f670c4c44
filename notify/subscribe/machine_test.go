package subscribe

import (
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/policy"
)

// machine sends a body as a machine with a key does.
func (s *stage) machine(path, key, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest("POST", path, strings.NewReader(body))
	if key != "" {
		r.Header.Set("Authorization", "Bearer "+key)
	}
	return s.do(r)
}

// withheld reports why an address gets no mail; empty when it does.
func (s *stage) withheld(email string) string {
	s.t.Helper()
	list, err := s.ledger.Suppressions(s.t.Context(), notify.SuppressionFilter{Recipient: testKey.Recipient(email)})
	if err != nil {
		s.t.Fatal(err)
	}
	if len(list) == 0 {
		return ""
	}
	return list[0].Reason
}

// The bodies below were written by hand from the documentation of the relays:
// the bounce and complaint objects of Amazon SES in the envelope of SNS, and
// the bounce and spam complaint webhooks of Postmark.
const (
	sesComplaint = `{"Type":"Notification","Message":"{\"notificationType\":\"Complaint\",\"complaint\":{\"complainedRecipients\":[{\"emailAddress\":\"ada@example.org\"}],\"complaintFeedbackType\":\"abuse\"}}"}`
	sesTransient = `{"Type":"Notification","Message":"{\"notificationType\":\"Bounce\",\"bounce\":{\"bounceType\":\"Transient\",\"bouncedRecipients\":[{\"emailAddress\":\"ada@example.org\",\"status\":\"4.2.2\"}]}}"}`
	sesConfirm   = `{"Type":"SubscriptionConfirmation","SubscribeURL":"https://sns.example.com/confirm?Token=1","Message":"You have chosen to subscribe"}`

	postmarkSpam = `{"RecordType":"SpamComplaint","Type":"SpamComplaint","Email":"ada@example.org","Details":"abuse"}`
	postmarkSoft = `{"RecordType":"Bounce","Type":"SoftBounce","Email":"ada@example.org","Details":"mailbox full"}`
)

func TestComplaintsOfRelaysEndAllMail(t *testing.T) {
	for name, body := range map[string]string{
		"generic": `{"reports":[{"email":"ada@example.org","kind":"complaint"}]}`, "ses": sesComplaint, "postmark": postmarkSpam,
	} {
		t.Run(name, func(t *testing.T) {
			s := newStage(t, nil)
			if w := s.machine("/v1/returns/"+name, "intake-key", body); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), `"taken":1`) {
				t.Fatalf("%d %s", w.Code, w.Body)
			}
			if why := s.withheld("ada@example.org"); why != "complaint" {
				t.Errorf("withheld for %q", why)
			}
			if strings.Contains(s.log.String(), "ada@") {
				t.Errorf("the log names the address:\n%s", s.log)
			}
		})
	}
}

func TestReportsThatArePassingWithholdNothing(t *testing.T) {
	for name, body := range map[string]string{"ses": sesTransient, "postmark": postmarkSoft} {
		s := newStage(t, nil)
		if w := s.machine("/v1/returns/"+name, "intake-key", body); w.Code != http.StatusOK {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
		if why := s.withheld("ada@example.org"); why != "" {
			t.Errorf("%s: withheld for %q", name, why)
		}
	}
}

func TestTheServerOpensNoAddressThatARequestNames(t *testing.T) {
	s := newStage(t, nil)
	if w := s.machine("/v1/returns/ses", "intake-key", sesConfirm); w.Code != http.StatusOK {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if !strings.Contains(s.log.String(), "https://sns.example.com/confirm") {
		t.Error("nobody is told to confirm")
	}
}

func TestMachinesMustHaveTheKey(t *testing.T) {
	const body = `{"reports":[{"email":"ada@example.org","kind":"complaint"}]}`
	s := newStage(t, nil)
	signed := func(key string, at time.Time, change func(*http.Request)) int {
		r := httptest.NewRequest("POST", "/v1/returns/generic", strings.NewReader(body))
		Sign(key, r.Header, "1", at, []byte(body))
		if change != nil {
			change(r)
		}
		return s.do(r).Code
	}
	for name, got := range map[string]int{
		"no key":        s.machine("/v1/returns/generic", "", body).Code,
		"another key":   s.machine("/v1/returns/generic", "acknowledge-key", body).Code,
		"forged":        signed("guess", noon, nil),
		"old":           signed("intake-key", noon.Add(-time.Hour), nil),
		"of the future": signed("intake-key", noon.Add(time.Hour), nil),
		"another body":  signed("intake-key", noon, func(r *http.Request) { r.Body = io.NopCloser(strings.NewReader(body + " ")) }),
		"another id":    signed("intake-key", noon, func(r *http.Request) { r.Header.Set(headerID, "2") }),
	} {
		if got != http.StatusUnauthorized {
			t.Errorf("%s: status %d", name, got)
		}
	}
	if s.withheld("ada@example.org") != "" {
		t.Error("a report without the key was believed")
	}
	if got := signed("intake-key", noon, nil); got != http.StatusOK {
		t.Errorf("a good signature: status %d", got)
	}
	r := httptest.NewRequest("POST", "/v1/returns/generic", strings.NewReader(body))
	r.SetBasicAuth("relay", "intake-key")
	if got := s.do(r).Code; got != http.StatusOK {
		t.Errorf("the key as password: status %d", got)
	}
	none := newStage(t, func(o *Options) { o.IntakeKey = "" })
	if got := none.machine("/v1/returns/generic", "", body).Code; got != http.StatusUnauthorized {
		t.Errorf("without a configured key: status %d", got)
	}
}

func TestReportsThatCannotBeReadAreRefused(t *testing.T) {
	s := newStage(t, nil)
	for body, code := range map[string]int{
		"":   http.StatusUnprocessableEntity,
		"[]": http.StatusOK, // nothing is reported
		"{":  http.StatusUnprocessableEntity,
		`{"reports":[{"email":"not an address","kind":"complaint"}]}`: http.StatusOK,
	} {
		if got := s.machine("/v1/returns/generic", "intake-key", body); got.Code != code {
			t.Errorf("%q: %d %s", body, got.Code, got.Body)
		}
	}
	if got := s.machine("/v1/returns/unheard-of", "intake-key", "{}"); got.Code != http.StatusNotFound {
		t.Errorf("an unknown relay: %d", got.Code)
	}
	if got := s.machine("/v1/returns/generic", "intake-key", strings.Repeat(" ", maxReport+1)); got.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("a huge body: %d", got.Code)
	}
}

func TestAnOwnMappingReadsAnotherRelay(t *testing.T) {
	s := newStage(t, func(o *Options) {
		o.Relays = []Mapping{{Name: "own", List: "events", Kind: []string{"what"}, Complaint: []string{"angry"}, Failed: []string{"gone"}, Email: []string{"who.address"}}}
	})
	if w := s.machine("/v1/returns/own", "intake-key", `{"events":[{"what":"angry","who":{"address":"ada@example.org"}},{"what":"glad","who":{"address":"bob@example.org"}}]}`); w.Code != http.StatusOK {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	if s.withheld("ada@example.org") == "" || s.withheld("bob@example.org") != "" {
		t.Error("the mapping was not followed")
	}
}

func TestTheAnswerToAnAcknowledgementLeadsToWhatChangedSince(t *testing.T) {
	versions := []*policy.Version{{Label: "2.0"}, {Label: "1.0"}}
	all := []*policy.Policy{{ID: "privacy", Versions: versions}}
	s := newStage(t, func(o *Options) {
		o.Since = SinceLinks("https://example.com/legal", func() *[]*policy.Policy { return &all })
	})
	body := `{"subject": "user-1", "policy": "privacy", "version": "2.0", "sha256": "` + strings.Repeat("ab", 32) + `", "shown": "page"}`
	for _, want := range []string{`{"first":true,"since":"https://example.com/legal/privacy/compare/2.0...current/"}`, `{"first":false,"since":"https://example.com/legal/privacy/compare/2.0...current/"}`} {
		if got := strings.TrimSpace(s.machine("/v1/acknowledgements", "acknowledge-key", body).Body.String()); got != want {
			t.Errorf("the answer is %s, want %s", got, want)
		}
	}
}

func TestAcknowledgementsAreOfTextsThatWerePublished(t *testing.T) {
	digest := strings.Repeat("ab", 32)
	good := map[string]any{"subject": "user-1", "policy": "privacy", "version": "2.0", "sha256": digest, "shown": "popup"}
	s := newStage(t, nil)
	send := func(key, field string, value any) int {
		body := map[string]any{}
		for k, v := range good {
			body[k] = v
		}
		if field != "" {
			body[field] = value
		}
		data, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		return s.machine("/v1/acknowledgements", key, string(data)).Code
	}
	for field, value := range map[string]any{
		"subject": "", "policy": "terms", "version": "9", "sha256": strings.Repeat("cd", 32), "shown": "letter", "time": noon.Add(time.Hour),
	} {
		if got := send("acknowledge-key", field, value); got != http.StatusUnprocessableEntity {
			t.Errorf("a wrong %s: status %d", field, got)
		}
	}
	if got := send("intake-key", "", nil); got != http.StatusUnauthorized {
		t.Errorf("another key: status %d", got)
	}
	if got := s.machine("/v1/acknowledgements", "acknowledge-key", "no JSON").Code; got != http.StatusBadRequest {
		t.Errorf("no JSON: status %d", got)
	}
	for i, want := range []int{http.StatusCreated, http.StatusOK} {
		if got := send("acknowledge-key", "", nil); got != want {
			t.Errorf("time %d: status %d", i+1, got)
		}
	}
	list, err := s.ledger.Acknowledged(t.Context(), testKey.Subject("user-1"), "privacy")
	if err != nil || len(list) != 1 || list[0].Digest != digest || !list[0].Time.Equal(noon) {
		t.Errorf("%+v, %v", list, err)
	}
}

// receiver is another system that is told.
type receiver struct {
	*httptest.Server
	mu     sync.Mutex
	code   int
	bodies []string
	faults []error
}

func newReceiver(t *testing.T, now func() time.Time) *receiver {
	r := &receiver{code: http.StatusOK}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		body, _ := io.ReadAll(q.Body)
		r.mu.Lock()
		defer r.mu.Unlock()
		if err := Verify("hook-key", q.Header, body, now()); err != nil {
			r.faults = append(r.faults, err)
		}
		r.bodies = append(r.bodies, string(body))
		w.WriteHeader(r.code)
	}))
	t.Cleanup(r.Close)
	return r
}

func event(id string, at time.Time) Event {
	return Event{
		Schema: 1, ID: "privacy@2.0 " + id, Type: id, Time: at, Policy: EventPolicy{ID: "privacy", Title: "Privacy <Policy>"},
		Version: EventVersion{Label: "2.0", Severity: "major", Effective: "2026-05-01", Summary: "We keep <it> & more.", Changes: "https://example.com/legal/privacy/compare/1.0...2.0/"},
	}
}

func webhookSender(s *stage, hooks ...Hook) *WebhookSender {
	return &WebhookSender{Hooks: hooks, Ledger: s.ledger, Log: slog.New(slog.NewTextHandler(s.log, nil)), Now: s.Now}
}

func TestWebhooksAreToldOnceAndSigned(t *testing.T) {
	s := newStage(t, nil)
	r := newReceiver(t, s.Now)
	told := webhookSender(s, Hook{URL: r.URL + "/secret-path", Key: "hook-key"})
	past, news := event(Effective, noon.AddDate(0, 0, -2)), event(Announced, noon)
	for range 3 {
		if err := told.Tell(t.Context(), []Event{past, news}); err != nil {
			t.Fatal(err)
		}
	}
	if len(r.bodies) != 1 || len(r.faults) != 0 || !strings.Contains(r.bodies[0], `"type":"version.announced"`) {
		t.Errorf("bodies %v, faults %v", r.bodies, r.faults)
	}
	if strings.Contains(s.log.String(), "secret-path") {
		t.Error("the log holds the address of the webhook")
	}
}

func TestWebhooksAreTriedAgainWithGrowingPauses(t *testing.T) {
	s := newStage(t, nil)
	r := newReceiver(t, s.Now)
	r.code = http.StatusServiceUnavailable
	told := webhookSender(s, Hook{URL: r.URL, Key: "hook-key"})
	tell := func() int {
		t.Helper()
		before := len(r.bodies)
		if err := told.Tell(t.Context(), []Event{event(Announced, noon)}); err != nil {
			t.Fatal(err)
		}
		return len(r.bodies) - before
	}
	if tell() != 1 || tell() != 0 {
		t.Error("it is tried before its time")
	}
	s.later(firstRetry)
	if tell() != 1 {
		t.Error("it is not tried at its time")
	}
	s.later(firstRetry)
	if tell() != 0 {
		t.Error("the pause did not grow")
	}
	for range maxAttempts {
		s.later(longestWait)
		tell()
	}
	if len(r.bodies) != maxAttempts {
		t.Errorf("%d attempts", len(r.bodies))
	}
}

func TestSlackHooksGetAText(t *testing.T) {
	s := newStage(t, nil)
	r := newReceiver(t, s.Now)
	if err := webhookSender(s, Hook{URL: r.URL, Kind: Slack, Key: "hook-key"}).Tell(t.Context(), []Event{event(Announced, noon)}); err != nil {
		t.Fatal(err)
	}
	var body struct{ Text string }
	if len(r.bodies) != 1 || json.Unmarshal([]byte(r.bodies[0]), &body) != nil {
		t.Fatalf("bodies %v", r.bodies)
	}
	if !strings.Contains(body.Text, "Privacy &lt;Policy&gt;, version 2.0 (major) was announced") || !strings.Contains(body.Text, "|What changed>") {
		t.Errorf("text %q", body.Text)
	}
}

// Whoever writes a title or a summary calls nobody in a chat and links to nothing there.
func TestNoWordCommandsAChat(t *testing.T) {
	for _, words := range []string{
		"@channel", "@all", "<!channel>", "<@U123>", "<https://evil.example|click>", "https://evil.example", "www.evil.example", "me@evil.example", "[a](https://evil.example)",
		"![p](https://evil.example/p.png)", "\n# heading", "\n\n- Terms, version 9 (major) is in force", "\r\nx", "*b*", "`x`", "> quote", "|a|b|", "\u202eevil", "\x1b[2J", "&lt;!here&gt;", "&commat;all",
	} {
		e := event(Announced, noon)
		e.Policy.Title, e.Version.Label, e.Version.Summary = "T"+words, "2"+words, "S"+words
		for _, kind := range []string{"", Slack, Mattermost, Teams} {
			raw, err := Hook{Kind: kind}.body(e)
			if err != nil || !json.Valid(raw) {
				t.Fatalf("%s: %v", kind, err)
			}
			if kind == "" {
				continue // a program reads the fields one by one
			}
			var body struct {
				Text        string
				Attachments []struct {
					Content struct{ Body []struct{ Text string } }
				}
			}
			_ = json.Unmarshal(raw, &body)
			text := body.Text
			if kind == Teams {
				text = body.Attachments[0].Content.Body[0].Text
			}
			said, _, _ := strings.Cut(text, "What changed")
			for _, bad := range []string{"@channel", "@all", "@U123", "@evil", "<!", "://evil", "www.evil", "](https://", "\u202e", "\x1b", "\r", "T&commat;"} {
				if strings.Contains(said, bad) {
					t.Errorf("%s: %q says %q:\n%s", kind, words, bad, text)
				}
			}
			if lines := strings.Split(text, "\n"); len(lines) > 3 || !strings.HasPrefix(lines[1], "S") {
				t.Errorf("%s: %q makes %d lines:\n%s", kind, words, len(lines), text)
			}
		}
	}
}

func TestHooksAreReachedByHTTPSAlone(t *testing.T) {
	for url, good := range map[string]bool{
		"https://hooks.example.com/1": true, "http://127.0.0.1:8080/": true, "http://hooks.example.com/": false, "file:///etc/passwd": false, "": false,
	} {
		if err := (Hook{URL: url}).Check(); (err == nil) != good {
			t.Errorf("%q: %v", url, err)
		}
	}
}

// FuzzEndpoints sends anything anywhere: no answer may be a fault of ours.
func FuzzEndpoints(f *testing.F) {
	f.Add("POST", "/subscribe", "email=ada%40example.org&policy=*", "application/x-www-form-urlencoded", "en")
	f.Add("GET", "/confirm?t=x", "", "", "de")
	f.Add("POST", "/unsubscribe?t=x", "List-Unsubscribe=One-Click", "multipart/form-data; boundary=x", "zh")
	f.Add("POST", "/preferences", "do=erase&t=", "text/plain", "fr;q=0.1,es")
	f.Add("POST", "/v1/returns/ses", sesTransient, "application/json", "")
	f.Add("POST", "/v1/acknowledgements", `{"time":"2026-01-01T00:00:00Z"}`, "application/json", "")
	f.Add("PUT", "/../%2e%2e/health", "\x00", "\xff", "\x00")
	s := newStage(f, nil)
	f.Fuzz(func(t *testing.T, method, target, body, kind, accept string) {
		r, err := http.NewRequest(method, "http://notices.example.com", strings.NewReader(body))
		if err != nil || !strings.HasPrefix(target, "/") {
			return
		}
		if r.URL, err = r.URL.Parse(target); err != nil {
			return
		}
		r.RemoteAddr = "192.0.2.1:1234"
		r.Header.Set("Content-Type", kind)
		r.Header.Set("Accept-Language", accept)
		r.Header.Set("Authorization", "Bearer intake-key")
		if w := s.do(r); w.Code >= 500 {
			t.Errorf("%s %s: %d\n%s", method, target, w.Code, w.Body)
		}
	})
}
