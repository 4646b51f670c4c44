package site

import (
	"fmt"
	"strings"

	"github.com/codicil/codicil/policy"
)

// writeDated writes what changes with the day: the text in force, the upcoming
// one, the history, the clauses' histories and the feeds, unless all of it
// is there already.
func (b *builder) writeDated(h *policyBuild) error {
	late := h.behind()
	h.state.Dated = b.datedKey(h, late)
	current := h.versions[h.current]
	if h.old != nil && h.state.Dated.known() && h.old.Dated == h.state.Dated {
		h.state.Of, h.state.Dead, h.state.Words = h.old.Of, h.old.Dead, h.old.Words
		b.stage.Keep(h.dir, h.address.History(), h.address.Comparisons(), h.address.Upcoming(), h.address.Clauses(), h.apiPath(), h.textFile(), h.frameOf())
		if b.BaseURL != "" {
			b.stage.Keep(h.address.TimeMap())
		}
	} else {
		h.remade = true
		if err := b.wholeJudgements(h); err != nil {
			return err
		}
		if err := b.rewriteDated(h, late); err != nil {
			return err
		}
	}
	h.state.Links = h.reader.sortedLinks()
	for _, link := range h.state.Dead {
		b.warn(&policy.Diagnostic{File: current.Path, Level: policy.Warning, Rule: "dead-link",
			Message: h.policy.Ref(current) + ": the link " + link + " leads to no page of this site"})
	}
	return nil
}

// datedKey stands for all that the dated pages show.
func (b *builder) datedKey(h *policyBuild, late *behind) key {
	var k keyer
	k.text("dated").key(h.key).number(h.current, h.upcoming(b.On)).text(h.policy.Withdrawn.String())
	for i, r := range h.Records {
		if !h.keys[i].known() {
			return key{}
		}
		k.key(h.keys[i]).text(h.slugs[i], string(r.Status))
	}
	for _, r := range h.untranslated() {
		k.text(r.Version.Label, r.Version.Effective.String(), r.Dir, r.Compare, r.Severity.String())
	}
	for _, a := range h.policy.Absences {
		k.text(a.From.String(), a.Until.String(), a.Reason)
	}
	for _, s := range h.siblings {
		k.text(s.Lang, s.Dir).flag(s.Gone)
	}
	for _, n := range b.banners(b.words(h.lang), h.Records) {
		k.text(fmt.Sprint(*n))
	}
	return late.addTo(&k).sum()
}

// rewriteDated writes the dated pages.
func (b *builder) rewriteDated(h *policyBuild, late *behind) error {
	t, err := h.reader.text(h.current)
	if err != nil {
		return err
	}
	h.rest = &policyRest{Anchors: sortedAnchors(t.doc)}
	h.state.Of, h.state.Dead, h.state.Words = h.versions[h.current].SHA256, t.dead, searchWords(t.doc)
	shown := b.versionPage(h, h.Records[h.current], t)
	shown.Position, shown.Behind = "current", late
	steps := []func() error{
		func() error { return b.writeText(shown, h.dir) },
		func() error { return b.writePolicyText(h, shown) },
		func() error { return b.writeUpcoming(h) },
		func() error { return b.writeHistory(h) },
		func() error { return b.writeComparisons(h) },
		func() error { return b.writeClauses(h, t.doc) },
		func() error { return b.writePolicyFeeds(h) },
		func() error { return b.writeTimeMap(h) },
		func() error { return b.writePolicyAPI(h) },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// writeUpcoming writes the next text, or that there is none: the address can be
// kept and linked to.
func (b *builder) writeUpcoming(h *policyBuild) error {
	i := h.upcoming(b.On)
	if i < 0 {
		return b.writeNoUpcoming(h)
	}
	t, err := h.reader.text(i)
	if err != nil {
		return err
	}
	next := b.versionPage(h, h.Records[i], t)
	next.Position = "upcoming"
	return b.writeText(next, h.address.Upcoming())
}

// writeNoUpcoming says in all forms that no later version is announced.
func (b *builder) writeNoUpcoming(h *policyBuild) error {
	current := h.Records[h.current]
	dir, w := h.address.Upcoming(), b.words(h.lang)
	words := w.say("upcoming.describe", current.Title) + "\n"
	for _, file := range []string{"index.md", "index.txt"} {
		if err := b.stage.Write(dir+file, []byte(words)); err != nil {
			return err
		}
	}
	err := b.writeJSON(dir+"index.json", struct {
		Policy  string  `json:"policy"`
		Title   string  `json:"title"`
		Version *string `json:"label"`
	}{h.policy.ID, current.Title, nil})
	if err != nil {
		return err
	}
	return b.writePage("upcoming", &page{
		Dir: dir, Title: w.say("upcoming.title", current.Title), NoIndex: true, words: w,
		Description: strings.TrimSpace(words),
		Crumbs:      []crumb{{current.Title, h.dir}},
		Alternates:  otherForms(w, dir),
		Languages:   h.tongues(func(o *plan) string { return o.address.Upcoming() }),
		C:           h,
	})
}
