package site

import (
	"html/template"
	"strings"
	"sync"

	"github.com/codicil/codicil/policy"
)

// shared keeps what is the same on many pages: the head and foot of all pages of
// policies that are as deep in the site, in one language. It may be used by
// several goroutines at once.
type shared struct {
	b     *builder
	parts sync.Map // template.HTML by sharedPart
}

// sharedPart is a template and all that what it writes depends on.
type sharedPart struct {
	name, lang string
	depth      int
	of         *record // nil for none
}

// Shared returns what a template writes that says nothing of the page by itself,
// made once; empty where this page needs its own: links to the part of the site
// that it is in are shorter, and a publisher's template may say anything.
func (p *page) Shared(name string) (template.HTML, error) {
	top, _, below := strings.Cut(p.Dir, "/")
	if !below || policy.Reserved(top) || p.Rooted || p.Abroad || len(p.Site.Theme.Templates) > 0 {
		return "", nil
	}
	return p.once(sharedPart{name: name}, p)
}

// Step returns the line of a step on the pages that compare an older version with
// the current one: each is on the page of every version before it, and made once
// where it is our template that says it.
func (p *page) Step(r *record) (template.HTML, error) {
	own := entry{Page: p, Record: r}
	if len(p.Site.Theme.Templates) > 0 {
		return p.made("step", own)
	}
	return p.once(sharedPart{name: "step", of: r}, own)
}

// once returns what a template writes, made by the first page that asks.
func (p *page) once(part sharedPart, data any) (template.HTML, error) {
	part.lang, part.depth = p.Lang, strings.Count(p.Dir, "/")
	if known, ok := p.shared.parts.Load(part); ok {
		return known.(template.HTML), nil
	}
	html, err := p.made(part.name, data)
	if err == nil {
		p.shared.parts.Store(part, html)
	}
	return html, err
}

// made returns what a template writes.
func (p *page) made(name string, data any) (template.HTML, error) {
	var out strings.Builder
	err := p.shared.b.execute(&out, name, p.words, data)
	return template.HTML(out.String()), err
}
