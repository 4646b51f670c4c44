package site

import (
	"cmp"
	"slices"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/notice"
)

// inAppDir is where applications find what to tell their users. No person is in it:
// an application knows of each of its accounts to which cohort it belongs.
const inAppDir = "api/v1/notices/"

// inAppFile is what to tell the accounts of one cohort, on the day of the build.
type inAppFile struct {
	Schema  int           `json:"schema"`
	On      policy.Date   `json:"on"`
	Cohort  policy.Cohort `json:"cohort"`
	Notices []inApp       `json:"notices"`
}

// inApp is one notice as an application shows it, by whatever channels it goes.
type inApp struct {
	ID          string                `json:"id"`
	Policy      string                `json:"policy"`
	Version     string                `json:"version"`
	Previous    string                `json:"previous"`
	Severity    policy.Severity       `json:"severity"`
	Announced   policy.Date           `json:"announced"`
	Effective   policy.Date           `json:"effective"` // for this cohort
	Until       policy.Date           `json:"until"`     // the last day on which it is news
	Decline     *declineInApp         `json:"decline,omitempty"`
	DefaultLang string                `json:"default_lang"`
	Text        map[string]noticeText `json:"text"` // by language
}

// declineInApp says until when, and where, the change can be declined.
type declineInApp struct {
	Until policy.Date `json:"until"`
	URL   string      `json:"url"` // where people ask for their link
}

// writeInApp writes the notices of each cohort.
func (b *builder) writeInApp(histories []*policyBuild) error {
	for _, who := range []policy.Cohort{policy.Existing, policy.NewAccounts} {
		file := inAppFile{Schema: 1, On: b.On, Cohort: who, Notices: []inApp{}}
		for _, h := range histories {
			if h.Original == nil && h.policy.TranslationOf == "" && !h.withdrawn() {
				file.Notices = append(file.Notices, b.inApp(h, who, histories)...)
			}
		}
		slices.SortStableFunc(file.Notices, func(x, y inApp) int {
			return cmp.Or(cmp.Compare(y.Severity, x.Severity), x.Effective.Compare(y.Effective), cmp.Compare(x.ID, y.ID))
		})
		if err := b.writeJSON(inAppDir+string(who)+".json", file); err != nil {
			return err
		}
	}
	return nil
}

// inApp lists what to tell a cohort of a policy.
func (b *builder) inApp(h *policyBuild, who policy.Cohort, histories []*policyBuild) (list []inApp) {
	for _, r := range h.Records {
		if r.First {
			continue
		}
		n := b.noticeFor(h, r, who)
		if n == nil {
			continue
		}
		told := *r
		told.notice = n
		d := noticeData{Display: "dialog"} // there is room for the whole summary
		b.noticeTexts(&d, h, &told, histories)
		var decline *declineInApp
		if until := r.declinable(b.On); who == policy.Existing && !until.IsZero() && b.Follow != "" {
			decline = &declineInApp{until, declineURL(b.Follow, n.Ref())}
		}
		list = append(list, inApp{
			ID: n.ID(), Policy: n.PolicyID, Version: n.Label, Previous: r.Previous, Severity: r.Severity,
			Announced: n.Announced, Effective: n.Effective, Until: n.Until, Decline: decline, DefaultLang: d.DefaultLang, Text: d.Text,
		})
	}
	return list
}

// noticeFor returns the notice about a version with the days of a cohort, while it
// is news: for an account that is made today, what binds it from its first day is
// none.
func (b *builder) noticeFor(h *policyBuild, r *record, who policy.Cohort) *notice.Notice {
	from := r.Version.FromFor(who)
	if b.On.After(from.AddDays(b.Rules.Shown)) || who == policy.NewAccounts && !from.After(b.On) {
		return nil
	}
	n := b.noticeOf(h, r)
	if n == nil || len(n.Channels) == 0 || b.On.Before(n.Announced) {
		return nil
	}
	n.Effective, n.New, n.Until = from, policy.Date{}, from.AddDays(b.Rules.Shown)
	return n
}
