package site

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/render"
)

// Printer makes PDF files of sheets.
type Printer interface {
	// Name says what prints; where that changes, all is printed anew.
	Name() string
	// Print must be safe for concurrent use.
	Print(p *render.Paper) ([]byte, error)
}

// Unprinted stands for any printer, where a site is built to be compared with one
// that somebody else has printed: its files hold nothing, and Compare knows that.
type Unprinted struct{}

// Name says that nothing prints.
func (Unprinted) Name() string { return "nothing" }

// Print returns an empty file.
func (Unprinted) Print(*render.Paper) ([]byte, error) { return nil, nil }

// paperName is the file of a text or redline for paper, beside its page.
const paperName = "index.pdf"

// Printed reports whether a path of a site is that of a PDF file.
func printed(path string) bool { return strings.HasSuffix(path, "/"+paperName) }

// writePaper writes a text or redline for paper to the folder of its page.
func (b *builder) writePaper(dir string, paper *render.Paper) error {
	data, err := b.Printer.Print(paper)
	if err != nil {
		return err
	}
	return b.stage.Write(dir+paperName, data)
}

// paper prepares the sheets of a version. They depend neither on the day nor on
// later versions.
func (b *builder) paper(h *policyBuild, r *record, t *text) *render.Paper {
	w, v := b.words(h.lang), r.Version
	label := []string{w.say("version", w.called(v.Label))}
	if day, _, ok := policy.LabelDay(v.Label); !ok || day != v.Effective {
		label = append(label, w.say("version.effective", w.date(v.Effective)))
	}
	label = append(label, w.say("version.published", w.date(policy.DateOf(v.Published))))
	var body bytes.Buffer
	render.DocumentHTML(&body, refer(b.onPaper(untitled(t.doc)), h.reader.memory))
	address, _ := b.absolute(r.Dir)
	return &render.Paper{
		Title: r.Title, Lang: h.lang, Words: w.lang, Label: strings.Join(label, " · "), Reference: h.policy.Ref(v), Digest: v.SHA256, Address: address,
		Publisher: b.Title, Published: v.Published, Body: rootedPage(body.Bytes(), b.BaseURL),
	}
}

// onPaper returns a text whose links can be followed from a file that lies anywhere:
// those to other texts need a site that knows where it is.
func (b *builder) onPaper(d *policy.Document) *policy.Document {
	if b.BaseURL != "" {
		return d
	}
	paper := *d
	paper.Blocks = slices.Clone(d.Blocks)
	for i := range paper.Blocks {
		paper.Blocks[i].Spans = slices.Clone(paper.Blocks[i].Spans)
		for j := range paper.Blocks[i].Spans {
			paper.Blocks[i].Spans[j] = anywhere(paper.Blocks[i].Spans[j])
		}
	}
	return &paper
}

// anywhere returns words without a link that holds on a site only.
func anywhere(s policy.Span) policy.Span {
	if strings.HasPrefix(s.Link, siteRoot) || isRelative(s.Link) && !strings.HasPrefix(s.Link, "#") {
		s.Link = ""
	}
	return s
}

// redlinePaper prepares the sheets of a redline, with all that did not change.
func (b *builder) redlinePaper(h *policyBuild, p *redlinePage, x *pair) *render.Paper {
	w := b.words(h.lang)
	shown := func(r *resolver) func(policy.Span) policy.Span {
		return func(s policy.Span) policy.Span {
			if s = r.span(s); b.BaseURL == "" {
				return anywhere(s)
			}
			return s
		}
	}
	var body, settled bytes.Buffer
	render.RedlinePaper(&body, x.Redline.First(mostShown), render.RedlineOptions{Lang: h.lang, Shift: 1, Old: shown(x.before.links), New: shown(x.after.links)})
	settleFragments(&settled, body.Bytes(), "")
	address, _ := b.absolute(p.Dir)
	side := func(v *policy.Version) string {
		return w.say("version", w.called(v.Label)) + ", " + w.say("version.effective", w.date(v.Effective))
	}
	return &render.Paper{
		Title: w.say("compare.title", name(h.plan, x.after.doc), w.named(p.From.Label), w.named(p.To.Label)), Lang: h.lang,
		Words: w.lang, Label: side(p.From) + " → " + side(p.To), Reference: h.policy.Ref(p.From) + "..." + p.To.Label,
		Digest: p.From.SHA256 + " →\n" + p.To.SHA256, Address: address, Publisher: b.Title, Published: p.To.Published,
		Body: rootedPage(settled.Bytes(), b.BaseURL),
	}
}

// Paper returns the sheets of a version of a policy as Build would print them.
func Paper(policies []*policy.Policy, src Source, o Options, p *policy.Policy, v *policy.Version) (*render.Paper, error) {
	b, h, err := papers(policies, src, o, p)
	if err != nil {
		return nil, err
	}
	i := slices.Index(h.versions, v)
	if i < 0 {
		return nil, fmt.Errorf("%s is a draft", p.Ref(v))
	}
	t, err := h.reader.text(i)
	if err != nil {
		return nil, err
	}
	r := h.newRecord(i)
	r.Title = name(h.plan, t.doc)
	return b.paper(h, r, t), nil
}

// RedlinePaper returns the sheets of the redline from one version of a policy to
// another.
func RedlinePaper(policies []*policy.Policy, src Source, o Options, p *policy.Policy, from, to *policy.Version) (*render.Paper, error) {
	b, h, err := papers(policies, src, o, p)
	if err != nil {
		return nil, err
	}
	older, newer := slices.Index(h.versions, from), slices.Index(h.versions, to)
	if older < 0 || newer < 0 {
		return nil, fmt.Errorf("a version of %s is a draft", p.ID)
	}
	x, err := h.reader.pair(older, newer)
	if err != nil {
		return nil, err
	}
	if x.Failure != nil {
		return nil, x.Failure
	}
	page := &redlinePage{From: from, To: to}
	if h.before(newer) == older { // only neighbours have a page that stays
		page.Dir = h.compareDir(older, newer)
	}
	paper := b.redlinePaper(h, page, x)
	if page.Dir == "" {
		paper.Address = ""
	}
	return paper, nil
}

// papers prepares a policy whose sheets are printed without a site.
func papers(policies []*policy.Policy, src Source, o Options, p *policy.Policy) (*builder, *policyBuild, error) {
	o, err := o.complete()
	if err != nil {
		return nil, nil, err
	}
	plans, err := newPlans(policies, o)
	if err != nil {
		return nil, nil, err
	}
	languages, err := readLanguages()
	if err != nil {
		return nil, nil, err
	}
	b := &builder{Options: o, src: src, links: newLinker(plans, o.SiteRoot), languages: languages}
	b.readAnchors(plans)
	for _, pl := range plans {
		if pl.policy == p {
			return b, &policyBuild{plan: pl, reader: b.newReader(pl)}, nil
		}
	}
	return nil, nil, fmt.Errorf("%s has no version to print", p.ID)
}
