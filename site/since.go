package site

import (
	"fmt"
	"html/template"
	"net/url"
)

// Every version has a page that says what changed between it and the current
// one. Its address stays when the current version moves on, so a permanent page
// can lead to it. Beside the current version it shows a redline, which is made again
// with each new version; from further away, what stays as it is.

// sinceKey stands for the page of what changed since a version.
func (pl *plan) sinceKey(i int) key {
	if pl.compared(i) {
		return pl.redlineKey("since", max(i, pl.current), min(i, pl.current))
	}
	if !pl.keys[i].known() {
		return key{}
	}
	var k keyer
	k.text("since", fmt.Sprint(i == pl.current)).key(pl.key, pl.keys[i]).text(pl.slugs[i])
	return k.sum()
}

// writeSince writes what changed between a version and the current one. A
// redline counts as the gravest of the steps between the two: an assessment is
// made of every step already, and a change that was taken back was a change all
// the same.
func (b *builder) writeSince(h *policyBuild, i int) error {
	if !h.compared(i) {
		return b.writeSinceWords(h, i)
	}
	older, newer := max(i, h.current), min(i, h.current)
	pair, err := h.reader.pair(older, newer)
	if err != nil {
		return err
	}
	r := &record{Version: h.versions[newer], Title: name(h.plan, pair.after.doc)}
	r.Stat, r.Limited = pair.Redline.Stat(), pair.Redline.Limited
	p := &redlinePage{
		From: h.versions[older], To: h.versions[newer], FromDir: h.versionDir(older), ToDir: h.versionDir(newer),
		Since: true, Ahead: i < h.current, Record: r, Dir: h.sinceDir(i),
	}
	if p.Ahead && older-newer > 1 { // the steps are not known yet
		r.judgement = pair.judge()
	} else {
		p.Steps = h.Records[newer:older]
		for _, step := range p.Steps {
			r.Severity = max(r.Severity, step.Severity)
		}
	}
	b.note(h, pair)
	return b.writeRedline(h, p, pair)
}

// sincePage leads from a version to the steps after it.
type sincePage struct {
	*record
	History *policyBuild
	Current bool // there are none: it is the current version
	Anchor  string
	slug    string
}

// Compared returns where the browser compares the version with the current one, as seen
// from the page.
func (s *sincePage) Compared(p *page) target {
	return p.To(s.History.address.Comparisons()) + target("?from="+url.QueryEscape(s.slug))
}

// Heading names the version, and leads to what came after it.
func (s *sincePage) Heading(p *page) template.HTML {
	label, history := p.Called(s.Version.Label), s.History.address.History()
	status := p.Rich("since.none", label, p.To(s.History.dir))
	if !s.Current {
		status = p.Rich("since.many", label, p.To(history, s.Anchor), s.Compared(p), p.To(s.History.dir))
	}
	return "<h1>" + literal(p.Title) + "</h1>" +
		"\n<p class=\"facts\">" + p.Version(s.Version, s.Dir) + "</p>" +
		"\n<p class=\"status\">" + status + "</p>"
}

// writeSinceWords writes the page of a version that is not compared word by
// word: the current one, and those far from it.
func (b *builder) writeSinceWords(h *policyBuild, i int) error {
	r, w := h.Records[i], b.words(h.lang)
	return b.writePage("since", &page{
		Dir: h.sinceDir(i), Title: w.say("since.title", r.Title, w.named(r.Version.Label)), NoIndex: true,
		Description: w.say("since.describe", r.Title, w.called(r.Version.Label)),
		Crumbs:      []crumb{{r.Title, h.dir}, {w.say("versions.all"), h.address.History()}},
		words:       w,
		Languages:   h.tongues((*plan).Path),
		C:           &sincePage{record: r, History: h, Current: i == h.current, Anchor: entry{Record: r}.Anchor(), slug: h.slugs[i]},
	})
}
