package site

import (
	"html/template"
	"net/url"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
)

// State is where a version is in the life of its policy on the day of the build,
// in one word: upcoming, in force, cancelled, replaced, never (in force) or
// withdrawn.
func (r *record) State() string {
	switch {
	case r.Status == policy.Upcoming, r.Status == policy.InForce, r.Status == policy.Cancelled:
		return string(r.Status)
	case r.next == nil:
		return string(policy.Withdrawn)
	case r.next.From() == r.Version.From():
		return "never"
	}
	return "replaced"
}

// StatusLine says in sentences what a reader of a version must know first: whether
// it applies, from or until when, and what applies instead.
func (p *versionPage) StatusLine(pg *page) template.HTML {
	r, h := p.record, p.History
	var list []template.HTML
	add := func(key string, values ...any) { list = append(list, pg.Rich(key, values...)) }
	switch r.State() {
	case "upcoming":
		add("state.upcoming", pg.Date(r.Version.From()))
		if until := p.until(pg); until != "" {
			list = append(list, until)
		}
		if r.Compare != "" {
			add("version.see", pg.To(r.Compare))
		}
		if until := r.declinable(h.on); !until.IsZero() {
			list = append(list, p.declining(pg, until))
		}
	case "in force":
		add("state.in force", pg.Date(r.Version.From()))
	case "cancelled":
		add("state.cancelled", pg.Date(policy.DateOf(r.Version.Cancelled().Published)))
	case "never":
		add("state.never", pg.Called(r.next.Label), pg.To(h.address.Version(r.next.Label)))
	case "replaced":
		add("state.replaced", pg.Date(r.next.From()), pg.Called(r.next.Label), pg.To(h.address.Version(r.next.Label)))
	}
	if withdrawn := h.policy.Withdrawn; r.Status == policy.Withdrawn {
		add(map[bool]string{true: "translation.withdrawn", false: "state.withdrawn"}[h.LivesOn()], pg.Date(withdrawn))
	} else {
		add("version.current", pg.To(h.dir))
	}
	return join(list, " ")
}

// LivesOn reports whether a policy is a translation whose original is not
// withdrawn.
func (pl *plan) LivesOn() bool {
	return slices.ContainsFunc(pl.siblings, func(s sibling) bool { return s.pl != pl && s.pl.policy.ID == pl.policy.TranslationOf && !s.Gone })
}

// until says what applies before an announced version does; nothing when nothing
// is in force yet.
func (p *versionPage) until(pg *page) template.HTML {
	var now template.HTML
	var then []template.HTML
	for _, v := range p.record.until {
		link := template.HTML(`<a href="` + template.HTMLEscapeString(pg.Link(p.History.address.Version(v.Label))) + `">` + template.HTMLEscapeString(pg.words.spoken(v.Label)) + `</a>`)
		if p.History.status(v) == policy.InForce {
			now = link
		} else {
			then = append(then, pg.Rich("state.from", link, pg.Date(v.From())))
		}
	}
	switch {
	case now == "":
		return ""
	case then == nil:
		return pg.Rich("state.until", now)
	}
	return pg.Rich("state.until more", now, join(then, ", "))
}

// StatusLine says the same on the page of another site, without the way to the text in
// force where this is it.
func (p *policyText) StatusLine(pg *page) template.HTML {
	if p.Status == policy.InForce {
		return pg.Rich("state.in force", pg.Date(p.Version.From()))
	}
	return p.versionPage.StatusLine(pg)
}

func join(list []template.HTML, between string) template.HTML {
	texts := make([]string, len(list))
	for i, s := range list {
		texts[i] = string(s)
	}
	return template.HTML(strings.Join(texts, between))
}

// replacedBy returns the version that has taken the place of the one with index i
// by the day of the build; nil when none has.
func (pl *plan) replacedBy(i int) *policy.Version {
	next := pl.succession.Next(pl.versions[i])
	if next == nil || next.From().After(pl.on) || !pl.policy.Withdrawn.IsZero() && !next.From().Before(pl.policy.Withdrawn) {
		return nil
	}
	return next
}

// statusKey is the key of what StatusLine says of the version with index i.
func (pl *plan) statusKey(i int) key {
	v := pl.versions[i]
	var k keyer
	k.text("status line", string(pl.status(v)), pl.policy.Withdrawn.String())
	if next := pl.replacedBy(i); next != nil {
		k.text(next.Label, next.From().String())
	}
	if pl.status(v) == policy.Upcoming {
		k.flag(!v.DeclineUntil().IsZero() && !pl.on.After(v.DeclineUntil()))
		for _, u := range pl.succession.Until(v, pl.on) {
			k.text(u.Label, u.From().String(), string(pl.status(u)))
		}
	}
	return k.sum()
}

// declinable returns the last day on which a version can be declined, while it can;
// zero otherwise. The first version changes nothing.
func (r *record) declinable(on policy.Date) policy.Date {
	if until := r.Version.DeclineUntil(); !r.First && !on.After(until) {
		return until
	}
	return policy.Date{}
}

// declining says until when, and how, a version can be declined.
func (p *versionPage) declining(pg *page, until policy.Date) template.HTML {
	if at := declineURL(pg.Site.Follow, p.History.policy.Ref(p.record.Version)); at != "" {
		return pg.Rich("state.decline at", pg.Date(until), target(at))
	}
	return pg.Rich("state.decline", pg.Date(until))
}

// declineURL is the address at which people ask for their link to decline a
// version; empty where nothing takes it.
func declineURL(follow, ref string) string {
	if follow == "" {
		return ""
	}
	return strings.TrimRight(follow, "/") + "/decline?v=" + url.QueryEscape(ref)
}
