package site

import (
	"cmp"
	"fmt"
	"html/template"

	"github.com/codicil/codicil/policy"
)

// behind says how a translation compares with its original.
type behind struct {
	Title    string // of the original
	Lang     string
	Dir      string
	Prevails bool         // its text, as a front matter says
	Clauses  []lateClause // those that changed after the translation did
	Versions []*record    // of the original since then, the newest first
}

// lateClause is a clause of the original that changed later than the
// translation.
type lateClause struct {
	clauseName
	Record *record // that changed it last
}

// behind returns how a translation compares with its original; nil for a policy
// that is none. The text in force is compared with that of the original by the
// days of publication: a translation that was published on the day of a change,
// or later, is taken to have it.
func (h *policyBuild) behind() *behind {
	o := h.Original
	if o == nil {
		return nil
	}
	b := &behind{Title: o.Current().Title, Lang: o.lang, Dir: o.dir, Prevails: h.prevails(o)}
	last := policy.DateOf(h.Current().Version.Published)
	for _, r := range o.Records[o.current:] {
		if later(r, last) && !r.First {
			b.Versions = append(b.Versions, r)
		}
	}
	for _, c := range o.clauseHistories() {
		if r := c.Latest(); r != nil && later(r, last) {
			b.Clauses = append(b.Clauses, lateClause{c.clauseName, r})
		}
	}
	return b
}

// prevails reports whether the text of the original is said to prevail, by it or
// by the translation.
func (h *policyBuild) prevails(o *policyBuild) bool {
	stated := cmp.Or(h.Current().Version.Front.Prevails, o.Current().Version.Front.Prevails)
	near, ok := policy.NearestLanguage([]string{o.lang}, stated)
	return ok && near == o.lang
}

func later(r *record, day policy.Date) bool { return policy.DateOf(r.Version.Published).After(day) }

// addTo adds to a key what the page shows.
func (b *behind) addTo(k *keyer) *keyer {
	if b == nil {
		return k
	}
	k.text(b.Title, b.Lang, b.Dir).flag(b.Prevails)
	for _, c := range b.Clauses {
		k.text(c.ID, c.Name, c.Record.Dir)
	}
	for _, r := range b.Versions {
		k.text(r.Dir, r.Severity.String())
	}
	return k
}

// Clause returns a clause of the original as a link to it.
func (b *behind) Clause(p *page, c lateClause) template.HTML {
	if c.ID == "" {
		return b.anchor(policy.EscapePath(b.Dir), p.Say("clause.preamble"))
	}
	return b.anchor(policy.EscapePath(b.Dir)+"#"+policy.EscapePath(c.ID), cmp.Or(c.Name, c.ID))
}

// Link returns the title of the original as a link to it.
func (b *behind) Link() template.HTML { return b.anchor(policy.EscapePath(b.Dir), b.Title) }

func (b *behind) anchor(to, words string) template.HTML {
	return template.HTML(fmt.Sprintf(`<a href="%s%s" lang="%s" hreflang="%s" dir="%s">%s</a>`, siteRoot, template.HTMLEscapeString(to),
		template.HTMLEscapeString(b.Lang), template.HTMLEscapeString(b.Lang), direction(b.Lang), template.HTMLEscapeString(words)))
}
