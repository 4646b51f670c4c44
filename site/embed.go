package site

import (
	"cmp"
	"slices"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/notice"
)

// banner is a notice as the site's own pages show it.
type banner struct {
	ID       string // of the notice: the same version is told once
	Title    string
	When     string
	Summary  string
	Policy   string // path of the text
	Compare  string // path of the redline
	Severity policy.Severity
}

// What a notice may hold, so that it takes little of a small screen.
const (
	maxNoticeTitle   = 60  // characters
	maxNoticeSummary = 200 // characters
)

// banners lists the notices that are shown on the day of the build, the next to
// take effect first.
func (b *builder) banners(records []*record) []*banner {
	var list []*banner
	for _, r := range b.told(records) {
		list = append(list, &banner{
			ID: r.notice.ID(), Title: noticeTitle(r), When: b.when(r.notice, b.On), Summary: clip(r.notice.Summary, maxNoticeSummary),
			Policy: r.Dir, Compare: r.Compare, Severity: r.Severity,
		})
	}
	return list
}

// told returns the records whose notice is shown, the gravest first, then the
// next to take effect.
func (b *builder) told(records []*record) []*record {
	var list []*record
	for _, r := range records {
		if r.notice != nil {
			list = append(list, r)
		}
	}
	slices.SortStableFunc(list, func(x, y *record) int {
		return cmp.Or(cmp.Compare(y.Severity, x.Severity), x.notice.Effective.Compare(y.notice.Effective), cmp.Compare(x.notice.ID(), y.notice.ID()))
	})
	return list
}

func noticeTitle(r *record) string { return clip("Change to our "+r.Title, maxNoticeTitle) }

// when says from or since when a version binds.
func (b *builder) when(n *notice.Notice, on policy.Date) string {
	if n.InForce(on) {
		return "Applies since " + longDate(n.Effective) + "."
	}
	return "Will apply from " + longDate(n.Effective) + "."
}

// noticesFile is embed/v1/notices.json: the notices that other sites show, as
// text only. The reader's own day decides which of the two sentences about the
// date holds.
type noticesFile struct {
	Schema  int          `json:"schema"`
	On      policy.Date  `json:"on"`
	Notices []noticeData `json:"notices"`
}

type noticeData struct {
	ID          string                `json:"id"`
	Document    string                `json:"document"`
	Version     string                `json:"version"`
	Previous    string                `json:"previous"`
	Severity    policy.Severity       `json:"severity"`
	Display     string                `json:"display"` // banner or dialog
	From        policy.Date           `json:"from"`
	Effective   policy.Date           `json:"effective"`
	Until       policy.Date           `json:"until"`
	DefaultLang string                `json:"default_lang"`
	Text        map[string]noticeText `json:"text"` // by language
}

type noticeText struct {
	Title         string       `json:"title"`
	Summary       string       `json:"summary"`
	EffectiveText string       `json:"effective_text"` // before it takes effect
	SinceText     string       `json:"since_text"`     // from the day it takes effect
	Dismiss       string       `json:"dismiss"`
	Dir           string       `json:"dir"`
	Links         []noticeLink `json:"links"`
}

type noticeLink struct {
	Rel  string `json:"rel"`
	URL  string `json:"url"`
	Text string `json:"text"`
}

// embedDir is where the files for other sites lie.
const embedDir = "embed/v1/"

// writeNotices writes the notices for other sites. Translations have no notice
// of their own: the original's names the change.
func (b *builder) writeNotices(histories []*history) error {
	var records []*record
	for _, h := range histories {
		if h.policy.TranslationOf == "" {
			records = append(records, h.Records...)
		}
	}
	file := noticesFile{Schema: 1, On: b.On, Notices: []noticeData{}}
	for _, r := range b.told(records) {
		file.Notices = append(file.Notices, b.noticeData(r))
	}
	b.summary.Notices = len(file.Notices)
	return b.writeJSON(embedDir+"notices.json", file)
}

func (b *builder) noticeData(r *record) noticeData {
	n := r.notice
	d := noticeData{
		ID: n.ID(), Document: n.PolicyID, Version: n.Label, Previous: r.Previous, Severity: r.Severity, Display: "banner",
		From: n.Announced, Effective: n.Effective, Until: n.Until, DefaultLang: "en",
	}
	if n.Shows(notice.Popup, b.On) {
		d.Display = "dialog"
	}
	d.Text = map[string]noticeText{"en": {
		Title: noticeTitle(r), Summary: clip(n.Summary, maxNoticeSummary),
		EffectiveText: b.when(n, n.Effective.AddDays(-1)), SinceText: b.when(n, n.Effective),
		Dismiss: "Close", Dir: "ltr",
		Links: []noticeLink{
			{"changes", b.feedLink(embedDir, r.Compare), "See what changed"},
			{"policy", b.feedLink(embedDir, r.Dir), "Read the policy"},
		},
	}}
	return d
}
