package site

import (
	"cmp"
	"encoding/json"
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
	maxNoticeTitle   = 60   // characters
	maxNoticeSummary = 200  // characters of it, in a bar
	maxDialogSummary = 4000 // in a dialog, which can be scrolled
)

// banners lists the notices that are shown on the day of the build, the next to
// take effect first.
func (b *builder) banners(w *words, records []*record) []*banner {
	var list []*banner
	for _, r := range b.told(records) {
		list = append(list, &banner{
			ID: r.notice.ID(), Title: w.noticeTitle(r.Title), When: w.when(r.notice, b.On), Summary: clip(r.notice.Summary, maxNoticeSummary),
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
	Remind      bool                  `json:"remind,omitempty"` // it comes back once, on the day it takes effect
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

// containedName is the script with the notices in it.
const containedName = "self-contained.js"

// fragmentName is the piece of HTML with the notices in the languages of their
// originals; notice.LANG.html has them in one.
const fragmentName = "notice.html"

// writeNotices writes the notices for other sites: as data, as a script that
// holds them, and as words for pages without script. Translations have no
// notice of their own: the original's names the change in their languages.
func (b *builder) writeNotices(histories []*policyBuild) error {
	of := make(map[*record]*policyBuild)
	var records []*record
	for _, h := range histories {
		if h.Original == nil && h.policy.TranslationOf == "" {
			records = append(records, h.Records...)
			for _, r := range h.Records {
				of[r] = h
			}
		}
	}
	file := noticesFile{Schema: 1, On: b.On, Notices: []noticeData{}}
	for _, r := range b.told(records) {
		file.Notices = append(file.Notices, b.noticeData(of[r], r, histories))
	}
	b.summary.Notices = len(file.Notices)
	if err := b.writeJSON(embedDir+"notices.json", file); err != nil {
		return err
	}
	if err := b.writeSelfContained(file); err != nil {
		return err
	}
	return b.writeNoticeWords(file)
}

// writeSelfContained writes the script with the notices in it, for a host that
// lets its pages load nothing from elsewhere. It stays as it is until the host
// takes a newer copy.
func (b *builder) writeSelfContained(file noticesFile) error {
	data, err := json.Marshal(file)
	if err != nil {
		return err
	}
	return b.stage.Write(embedDir+containedName, slices.Concat([]byte("self.policyNotices="), data, []byte(";\n"), b.noticeScript))
}

// writeNoticeWords writes the notices as pieces of HTML, for hosts that include
// them in their pages: one in the language of each original, and one for each
// language that there are words in. A host that includes one goes on to tell its
// readers when a policy takes another language.
func (b *builder) writeNoticeWords(file noticesFile) error {
	names := map[string]string{"": fragmentName}
	for lang := range b.languages {
		names[lang] = "notice." + lang + ".html"
	}
	buf := b.buffer()
	defer b.release(buf)
	for lang, name := range names {
		buf.Reset()
		w := b.words(b.Lang) // our own template has no message: the templates of one language do for all
		if len(b.Theme.Templates) > 0 {
			w = b.words(lang)
		}
		if err := b.execute(buf, "notice.tmpl", w, file.inLanguage(lang)); err != nil {
			return err
		}
		if err := b.stage.Write(embedDir+name, buf.Bytes()); err != nil {
			return err
		}
	}
	return nil
}

// inLanguage returns the words of all notices in a language, or in that of the
// original where there are none, as they hold on the day of the build.
func (f *noticesFile) inLanguage(lang string) []noticeText {
	var list []noticeText
	for _, n := range f.Notices {
		t, found := n.Text[lang]
		if !found {
			t = n.Text[n.DefaultLang]
		}
		if !n.Effective.After(f.On) {
			t.EffectiveText = t.SinceText
		}
		list = append(list, t)
	}
	return list
}

func (b *builder) noticeData(h *policyBuild, r *record, histories []*policyBuild) noticeData {
	n := r.notice
	d := noticeData{
		ID: n.ID(), Document: n.PolicyID, Version: n.Label, Previous: r.Previous, Severity: r.Severity, Display: "banner",
		From: n.Announced, Effective: n.Effective, Until: n.Until, Remind: b.Remind && r.Severity == policy.Major,
	}
	if n.Shows(notice.Popup, b.On) {
		d.Display = "dialog"
	}
	b.noticeTexts(&d, h, r, histories)
	return d
}

// noticeTexts writes a notice in the language of its policy and those of the
// translations.
func (b *builder) noticeTexts(d *noticeData, h *policyBuild, r *record, histories []*policyBuild) {
	n, w := r.notice, b.words(h.lang)
	d.DefaultLang = w.lang
	d.Text = map[string]noticeText{w.lang: b.noticeText(w, r, r.Title, d.summary(n.Summary), r.Dir)}
	for _, t := range histories {
		if t.Original != h {
			continue
		}
		if w := b.words(t.lang); d.Text[w.lang].Title == "" {
			d.Text[w.lang] = b.noticeText(w, r, t.Current().Title, d.summary(t.summaryOf(n.Label)), t.dir)
		}
	}
}

// summary returns what a notice says of a change: a bar takes little of a screen,
// a dialog has room for all of it.
func (d *noticeData) summary(whole string) string {
	if d.Display == "dialog" {
		return clip(whole, maxDialogSummary)
	}
	return clip(whole, maxNoticeSummary)
}

// summaryOf returns the summary of the version with a label; empty when there
// is none.
func (h *policyBuild) summaryOf(label string) string {
	if v := h.policy.Lookup(label); v != nil {
		return v.Front.Summary
	}
	return ""
}

// noticeText writes a notice in one language.
func (b *builder) noticeText(w *words, r *record, title, summary, policyDir string) noticeText {
	n := r.notice
	return noticeText{
		Title: w.noticeTitle(title), Summary: summary,
		EffectiveText: w.when(n, n.Effective.AddDays(-1)), SinceText: w.when(n, n.Effective),
		Dismiss: w.say("notice.close"), Dir: direction(w.lang),
		Links: []noticeLink{
			{"changes", b.feedLink(embedDir, r.Compare), w.say("notice.changes")},
			{"policy", b.feedLink(embedDir, policyDir), w.say("notice.policy")},
		},
	}
}
