package subscribe

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode"

	"github.com/codicil/codicil/notify"
)

// Hook is another system that is told when a version is announced and when it
// takes effect.
type Hook struct {
	URL  string // https, or http on this machine
	Kind string // slack, mattermost or teams, which take a message; empty for the event itself
	Key  string // of the signature; empty leaves it out
}

// Check refuses an address that must not be told.
func (h Hook) Check() error {
	u, err := url.Parse(h.URL)
	if err != nil || u.Host == "" || u.Scheme != "https" && !(u.Scheme == "http" && (u.Hostname() == "localhost" || isLoopback(u.Hostname()))) {
		return fmt.Errorf("webhooks: %q is not an https address", h.URL)
	}
	switch h.Kind {
	case "", Slack, Mattermost, Teams:
	default:
		return fmt.Errorf("webhooks: %q is not a kind: write slack, mattermost or teams, or leave it out", h.Kind)
	}
	return nil
}

// The types of events.
const (
	Announced = "version.announced"
	Effective = "version.effective"
	Declined  = "version.declined" // by one person
)

// Event is what a webhook is told, as JSON.
type Event struct {
	Schema  int          `json:"schema"` // 1
	ID      string       `json:"id"`     // the same at every attempt: privacy@2.0 version.announced
	Type    string       `json:"type"`
	Time    time.Time    `json:"time"` // when it happened
	Policy  EventPolicy  `json:"policy"`
	Version EventVersion `json:"version"`

	Recipient string `json:"recipient,omitempty"` // who declined: the keyed hash of the address, as proof has it
}

// EventPolicy is the policy of an event.
type EventPolicy struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	URL   string `json:"url,omitempty"`
}

// EventVersion is the version of an event.
type EventVersion struct {
	Label     string `json:"label"`
	Previous  string `json:"previous,omitempty"`
	Severity  string `json:"severity,omitempty"` // not told of a refusal
	Announced string `json:"announced"`          // civil dates
	Effective string `json:"effective"`
	Summary   string `json:"summary,omitempty"`
	SHA256    string `json:"sha256"`
	URL       string `json:"url,omitempty"`
	Changes   string `json:"changes_url,omitempty"`
}

// EventLedger keeps which events were told.
type EventLedger interface {
	// Since returns from when on a target is told: what happened before is no
	// news to it.
	Since(ctx context.Context, target string, now time.Time) (time.Time, error)
	AddEvent(ctx context.Context, e notify.Event, now time.Time) (added bool, err error)
	DueEvents(ctx context.Context, now time.Time) ([]notify.Event, error)
	MarkEvent(ctx context.Context, e notify.Event, reason string, retry time.Time) error
}

// WebhookSender tells hooks of events, each until it has been heard or given up.
type WebhookSender struct {
	Hooks  []Hook
	Ledger EventLedger
	Client *http.Client // nil for one that follows no redirect
	Log    *slog.Logger
	Now    func() time.Time
}

// The waits between attempts double from the first to the longest; after so
// many attempts, some four days, the event is given up.
const (
	firstRetry  = 30 * time.Second
	longestWait = 12 * time.Hour
	maxAttempts = 20
	hookTime    = 15 * time.Second
)

// Tell puts events on record that are news, and delivers what is due.
func (t *WebhookSender) Tell(ctx context.Context, events []Event) error {
	for _, h := range t.Hooks {
		since, err := t.Ledger.Since(ctx, h.URL, t.Now())
		if err != nil {
			return err
		}
		for _, e := range events {
			// A day has no hour: what happened on the day on which the hook was set
			// up is news.
			if e.Time.Before(since.Truncate(24 * time.Hour)) {
				continue
			}
			body, err := h.body(e)
			if err != nil {
				return err
			}
			if _, err := t.Ledger.AddEvent(ctx, notify.Event{ID: e.ID, Target: h.URL, Body: body}, t.Now()); err != nil {
				return err
			}
		}
	}
	return t.deliver(ctx)
}

// The kinds of hooks that people read.
const (
	Slack      = "slack"
	Mattermost = "mattermost"
	Teams      = "teams"
)

// body writes an event as the hook reads it.
func (h Hook) body(e Event) ([]byte, error) {
	says := func(escape func(string) string) string {
		v := e.Version
		text := fmt.Sprintf("%s, version %s (%s) was announced and takes effect on %s.", escape(e.Policy.Title), escape(v.Label), v.Severity, v.Effective)
		if e.Type == Effective {
			text = fmt.Sprintf("%s, version %s (%s) is in force since %s.", escape(e.Policy.Title), escape(v.Label), v.Severity, v.Effective)
		}
		if e.Type == Declined {
			return fmt.Sprintf("Somebody declined %s, version %s, which takes effect on %s.", escape(e.Policy.Title), escape(v.Label), v.Effective)
		}
		if v.Summary != "" {
			text += "\n" + escape(v.Summary)
		}
		return text
	}
	link := e.Version.Changes
	switch h.Kind {
	case Slack:
		text := says(escapeSlack)
		if link != "" {
			text += "\n<" + link + "|What changed>"
		}
		return json.Marshal(map[string]string{"text": text})
	case Mattermost:
		text := says(escapeMarkdown)
		if link != "" {
			text += "\n[What changed](" + link + ")"
		}
		return json.Marshal(map[string]string{"text": text})
	case Teams:
		return teamsCard(says(escapeMarkdown), link)
	}
	return json.Marshal(e)
}

// teamsCard writes a message as Microsoft Teams takes it: an adaptive card.
func teamsCard(text, link string) ([]byte, error) {
	card := map[string]any{
		"type": "AdaptiveCard", "$schema": "http://adaptivecards.io/schemas/adaptive-card.json", "version": "1.4",
		"body": []any{map[string]any{"type": "TextBlock", "wrap": true, "text": text}},
	}
	if link != "" {
		card["actions"] = []any{map[string]string{"type": "Action.OpenUrl", "title": "What changed", "url": link}}
	}
	return json.Marshal(map[string]any{
		"type":        "message",
		"attachments": []any{map[string]any{"contentType": "application/vnd.microsoft.card.adaptive", "content": card}},
	})
}

// escapeMarkdown writes a text so that it makes no link, mention or mark-up.
func escapeMarkdown(s string) string {
	var b strings.Builder
	for _, r := range harmless(s) {
		if strings.ContainsRune("\\`*_{}[]()<>#+!|~&", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// escapeSlack writes a text so that it makes no link or mention.
func escapeSlack(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(harmless(s))
}

// harmless is a text on one line, in which a chat finds nobody to call and no address
// to link to: what it looks for is parted by a space that has no width. Letters
// that command or turn the line around are gone.
func harmless(s string) string {
	s = strings.Map(func(r rune) rune {
		if !unicode.IsSpace(r) && unicode.In(r, unicode.Cc, unicode.Bidi_Control) {
			return -1
		}
		return r
	}, s)
	const nothing = "\u200b"
	return strings.NewReplacer("@", "@"+nothing, "://", ":"+nothing+"//", "www.", "www"+nothing+".", "WWW.", "WWW"+nothing+".").Replace(strings.Join(strings.Fields(s), " "))
}

// deliver makes one attempt for each event that is due.
func (t *WebhookSender) deliver(ctx context.Context) error {
	due, err := t.Ledger.DueEvents(ctx, t.Now())
	if err != nil {
		return err
	}
	for _, e := range due {
		var retry time.Time
		reason := t.send(ctx, e)
		if ctx.Err() != nil {
			return ctx.Err() // it was cut short by us: it stays due
		}
		if reason != "" && e.Attempts+1 < maxAttempts {
			retry = t.Now().Add(min(firstRetry<<min(e.Attempts, 12), longestWait))
		}
		if reason == "" {
			t.Log.Info("webhook told", "event", e.ID)
		} else {
			t.Log.Warn("webhook not told", "event", e.ID, "why", reason, "again", moment(retry))
		}
		if err := t.Ledger.MarkEvent(ctx, e, reason, retry); err != nil {
			return err
		}
	}
	return nil
}

// send makes one attempt, and returns why it failed. Addresses of hooks may
// hold secrets: the reason leaves them out.
func (t *WebhookSender) send(ctx context.Context, e notify.Event) string {
	i := t.hook(e.Target)
	if i < 0 {
		return "the webhook is not configured any more"
	}
	ctx, cancel := context.WithTimeout(ctx, hookTime)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, e.Target, bytes.NewReader(e.Body))
	if err != nil {
		return "its address is not good"
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("User-Agent", "Codicil")
	if key := t.Hooks[i].Key; key != "" {
		Sign(key, request.Header, e.ID, t.Now(), e.Body)
	}
	response, err := t.client().Do(request)
	if err != nil {
		if ctx.Err() != nil {
			return "it did not answer in time"
		}
		return "it cannot be reached"
	}
	defer response.Body.Close()
	_, _ = io.CopyN(io.Discard, response.Body, 64<<10) // so that the connection serves again
	if response.StatusCode/100 != 2 {
		return fmt.Sprintf("it answered %d", response.StatusCode)
	}
	return ""
}

func (t *WebhookSender) hook(target string) int {
	for i, h := range t.Hooks {
		if h.URL == target {
			return i
		}
	}
	return -1
}

// client does not follow redirects: a signed event goes where it was meant to.
func (t *WebhookSender) client() *http.Client {
	if t.Client != nil {
		return t.Client
	}
	return &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}
