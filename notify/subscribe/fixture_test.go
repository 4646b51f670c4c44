package subscribe

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/notify/ledger"
)

// stage is a server with a real ledger, a mailbox and a clock of the test.
type stage struct {
	t testing.TB
	*Server
	ledger *ledger.Ledger
	log    *locked
	box    *box
	mu     sync.Mutex
	now    time.Time
}

// box is where letters arrive.
type box struct {
	mu      sync.Mutex
	letters []sentLetter
	faults  []error // of the next letters
}

type sentLetter struct {
	to string
	notify.Letter
}

func (b *box) Mail(_ context.Context, to notify.Recipient, l notify.Letter) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.faults) > 0 {
		err := b.faults[0]
		b.faults = b.faults[1:]
		return err
	}
	b.letters = append(b.letters, sentLetter{to.Email, l})
	return nil
}

func (b *box) all() []sentLetter {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]sentLetter{}, b.letters...)
}

var testKey = notify.Key("0123456789abcdef0123456789abcdef")

var noon = time.Date(2026, 4, 1, 12, 0, 0, 0, time.UTC)

// locked lets a log be read while it is written.
type locked struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *locked) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *locked) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func newStage(t testing.TB, change func(*Options)) *stage {
	t.Helper()
	l, err := ledger.Open(filepath.Join(t.TempDir(), "ledger.db"), ledger.Options{Key: testKey})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	s := &stage{t: t, ledger: l, log: &locked{}, box: &box{}, now: noon}
	o := Options{
		Title: "Example <Shop>", URL: "https://notices.example.com", Site: "https://example.com/legal/",
		Policies: []Policy{{"privacy", "Privacy Policy"}, {"terms", "Terms & Conditions"}},
		Former:   []Policy{{"cookies", "Cookie Policy"}},
		Style:    []byte("body { margin: 0 }"), Key: testKey, Ledger: l, Mailer: s.box,
		Log: slog.New(slog.NewTextHandler(s.log, nil)),
		Now: func() time.Time {
			s.mu.Lock()
			defer s.mu.Unlock()
			return s.now
		},
		PerNetwork: notify.Rate{Count: -1}, PerAddress: notify.Rate{Count: -1},
		IntakeKey: "intake-key", AcknowledgeKey: "acknowledge-key",
		Digest: func(policy, label string) (string, bool) {
			return strings.Repeat("ab", 32), policy == "privacy" && label == "2.0"
		},
	}
	if change != nil {
		change(&o)
	}
	if s.Server, err = New(o); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

func (s *stage) later(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now = s.now.Add(d)
}

func (s *stage) do(r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

func (s *stage) get(path string) *httptest.ResponseRecorder {
	return s.do(httptest.NewRequest("GET", path, nil))
}

func form(path string, fields ...string) *http.Request {
	values := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		values.Add(fields[i], fields[i+1])
	}
	r := httptest.NewRequest("POST", path, strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return r
}

func (s *stage) submit(path string, fields ...string) *httptest.ResponseRecorder {
	return s.do(form(path, fields...))
}

// expect checks the status of an answer, and returns its page.
func (s *stage) expect(w *httptest.ResponseRecorder, code int) *html.Node {
	s.t.Helper()
	if w.Code != code {
		s.t.Fatalf("status %d, want %d:\n%s", w.Code, code, w.Body)
	}
	page, err := html.Parse(w.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return page
}

// text returns the words of what a selector finds first.
func text(t testing.TB, page *html.Node, selector string) string {
	t.Helper()
	n := cascadia.Query(page, cascadia.MustCompile(selector))
	if n == nil {
		t.Fatalf("there is no %s", selector)
	}
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func value(t testing.TB, page *html.Node, selector, name string) string {
	t.Helper()
	n := cascadia.Query(page, cascadia.MustCompile(selector))
	if n == nil {
		t.Fatalf("there is no %s", selector)
	}
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// letters waits until so many letters have arrived.
func (s *stage) letters(n int) []sentLetter {
	s.t.Helper()
	for range 500 {
		if all := s.box.all(); len(all) >= n {
			return all
		}
		time.Sleep(10 * time.Millisecond)
	}
	s.t.Fatalf("%d letters came, want %d", len(s.box.all()), n)
	return nil
}

var link = regexp.MustCompile(`https://notices\.example\.com(/\S+)`)

// subscribed lets somebody subscribe, and returns the link that they get.
func (s *stage) subscribed(email string, policies ...string) string {
	s.t.Helper()
	before := len(s.box.all())
	fields := []string{"email", email, "lang", "en"}
	for _, id := range policies {
		fields = append(fields, "policy", id)
	}
	s.expect(s.submit("/subscribe", fields...), http.StatusOK)
	return link.FindStringSubmatch(s.letters(before + 1)[before].Text)[1]
}

func token(path string) string {
	u, _ := url.Parse(path)
	return u.Query().Get("t")
}

// confirmed lets somebody subscribe and confirm, and returns the page they see.
func (s *stage) confirmed(email string, policies ...string) *html.Node {
	s.t.Helper()
	return s.expect(s.submit("/confirm", "t", token(s.subscribed(email, policies...))), http.StatusOK)
}

func (s *stage) follower(email string) *notify.Follower {
	s.t.Helper()
	f, err := s.ledger.Follower(context.Background(), testKey.Recipient(email))
	if err != nil {
		s.t.Fatal(err)
	}
	return f
}

// broken is a ledger that fails.
type brokenLedger struct{ Ledger }

var errBroken = errors.New("disk full")

func (brokenLedger) Follow(context.Context, notify.Follower, time.Time) error { return errBroken }
func (brokenLedger) Follower(context.Context, []byte) (*notify.Follower, error) {
	return nil, errBroken
}
func (brokenLedger) Leave(context.Context, []byte, string, []string, time.Time) error {
	return errBroken
}
func (brokenLedger) RecordBounce(context.Context, notify.Bounce) (bool, error) {
	return false, errBroken
}
func (brokenLedger) KeepLetter(context.Context, notify.Recipient, notify.Letter, time.Time) error {
	return errBroken
}
func (brokenLedger) DueLetters(context.Context, time.Time) ([]notify.KeptLetter, error) {
	return nil, errBroken
}
func (brokenLedger) MarkLetter(context.Context, int64, time.Time) error { return errBroken }
func (brokenLedger) Acknowledge(context.Context, notify.Acknowledgement) (bool, error) {
	return false, errBroken
}

func body(w *httptest.ResponseRecorder) string {
	data, _ := io.ReadAll(w.Body)
	return string(data)
}
