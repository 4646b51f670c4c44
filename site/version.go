package site

import (
	"html/template"
	"slices"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/render"
)

// versionPage is the page of one version.
type versionPage struct {
	*record
	History  *policyBuild
	ID       string // of the policy
	HeadID   string // anchor of its title
	Summary  string
	Contents []*policy.Clause
	Body     template.HTML
	Position string // which of its three addresses this is: "", "current" or "upcoming"
	Behind   *behind
	text     *text
}

// writeVersionPage writes the permanent page of a version. Nothing on it
// depends on the day or on later versions.
func (b *builder) writeVersionPage(h *policyBuild, i int, now *versionState) error {
	t, err := h.reader.text(i)
	if err != nil {
		return err
	}
	r := h.Records[i]
	if t.fault != nil {
		now.Faults = []*policy.Diagnostic{diagnostic(h.policy.Ref(r.Version), r.Version.Path, t.fault)}
	}
	r.Title, r.Minutes = name(h.plan, t.doc), readingTime(t.doc)
	if b.Printer != nil {
		if err := b.writePaper(r.Dir, b.paper(h, r, t)); err != nil {
			return err
		}
	}
	return b.writeText(b.versionPage(h, r, t), r.Dir)
}

// versionPage prepares the page of a version; its words are rendered once,
// however many pages show them.
func (b *builder) versionPage(h *policyBuild, r *record, t *text) *versionPage {
	p := &versionPage{record: r, History: h, ID: h.policy.ID, Summary: r.Version.Front.Summary, text: t}
	doc := untitled(t.doc)
	if doc != t.doc {
		p.HeadID = t.doc.Blocks[0].ID
	}
	p.Contents = contents(doc)
	if t.plain == nil {
		t.body = b.body(doc, b.words(h.lang), h.reader.memory)
		t.plain = rooted([]byte(render.DocumentText(t.doc)), b.address(""))
	}
	p.Body = t.body
	return p
}

// body renders the words of a document.
func (b *builder) body(doc *policy.Document, w *words, known memory) template.HTML {
	plain, buf := b.buffer(), b.buffer()
	defer b.release(plain)
	defer b.release(buf)
	render.DocumentHTML(plain, refer(doc, known))
	addAnchors(buf, markTerms(plain.Bytes()), w.say("anchor"))
	return template.HTML(buf.String())
}

// contents returns the clauses that a table of contents lists: the headed ones,
// when there are enough to need one.
func contents(d *policy.Document) []*policy.Clause {
	const enough = 3
	var list []*policy.Clause
	for _, c := range d.Clauses {
		if c.Title != "" {
			list = append(list, c)
		}
	}
	if len(list) < enough {
		return nil
	}
	return list
}

// writeText writes a text to one of its addresses, in its four forms.
func (b *builder) writeText(p *versionPage, dir string) error {
	data, err := b.versionJSON(p)
	if err != nil {
		return err
	}
	forms := []struct {
		file string
		data []byte
	}{{"index.md", p.text.raw}, {"index.txt", p.text.plain}, {"index.json", data}}
	for _, form := range forms {
		if err := b.stage.Write(dir+form.file, form.data); err != nil {
			return err
		}
	}
	w := b.words(p.History.lang)
	pg := &page{
		Dir:         dir,
		Title:       p.Title,
		Description: p.description(w),
		NoIndex:     p.Position != "current",
		Crumbs:      p.crumbs(w),
		words:       w,
		Alternates:  otherForms(w, dir),
		Languages:   p.History.tongues(p.inLanguage),
		Links:       b.relations(p),
		C:           p,
	}
	if b.Printer != nil {
		pg.PDF = p.Dir + paperName // of the version, wherever its words are shown
	}
	if p.Position == "current" {
		pg.Notices = b.banners(w, p.History.Records)
		pg.Alternates = append(pg.Alternates, p.History.alternates(w)...)
	} else {
		pg.Title = w.say("version.title", p.Title, w.called(p.Version.Label))
	}
	if pg.Data, err = b.documentData(p, dir); err != nil {
		return err
	}
	return b.writePage("version", pg)
}

// relations lists what the page of a version is to others: RFC 5829 and, where the site
// knows where it is, RFC 7089.
func (b *builder) relations(p *versionPage) []rel {
	h := p.History
	list := []rel{{Rel: "latest-version", Path: h.dir}, {Rel: "version-history", Path: h.address.History()}}
	if p.Previous != "" {
		list = append(list, rel{Rel: "predecessor-version", Path: h.address.Version(p.Previous)})
	}
	if b.BaseURL == "" {
		return list
	}
	if p.Position == "" {
		list = append(list, rel{Rel: "original", Path: h.dir})
	}
	list = append(list, rel{Rel: "timemap", Path: h.address.TimeMap()})
	if gate := b.timeGate(h.plan); gate != "" {
		list = append(list, rel{Rel: "timegate", URL: gate})
	}
	return list
}

// inLanguage returns the page of the same text in another language.
func (p *versionPage) inLanguage(other *plan) string {
	switch p.Position {
	case "current":
		return other.dir
	case "upcoming":
		return other.address.Upcoming()
	}
	return sibling{Dir: other.dir, pl: other}.path(p.Version.Label)
}

// otherForms lists the other forms of a text or redline.
func otherForms(w *words, dir string) []alternate {
	return []alternate{
		{Type: "text/markdown", Title: "Markdown", Path: dir + "index.md"},
		{Type: "text/plain", Title: w.say("form.text"), Path: dir + "index.txt"},
		{Type: "application/json", Title: "JSON", Path: dir + "index.json"},
	}
}

// alternates lists the feeds and languages of a policy.
func (h *policyBuild) alternates(w *words) []alternate {
	list := []alternate{
		{Type: "application/atom+xml", Title: w.say("feed.atom"), Path: h.address.Feed("atom")},
		{Type: "application/feed+json", Title: w.say("feed.json"), Path: h.address.Feed("json")},
	}
	for _, s := range h.siblings {
		if s.Gone && s.pl != h.plan {
			continue
		}
		list = append(list, alternate{Lang: s.Lang, Path: s.Dir})
	}
	return list
}

func (p *versionPage) description(w *words) string {
	if p.Summary != "" {
		return clip(p.Summary, maxWords)
	}
	return w.say("version.describe", p.Title, w.called(p.Version.Label))
}

func (p *versionPage) crumbs(w *words) []crumb {
	switch p.Position {
	case "current":
		return nil
	case "upcoming":
		return []crumb{{p.Title, p.History.dir}}
	}
	return []crumb{{p.Title, p.History.dir}, {w.say("versions.all"), p.History.address.History()}}
}

// Announced returns the other versions that will take the place of the text,
// where p is at an address that changes with the day.
func (p *versionPage) Announced() []*record {
	if p.Position == "" {
		return nil
	}
	return slices.DeleteFunc(p.History.Upcoming(), func(r *record) bool { return r.Version == p.Version })
}

// AnnouncedAbroad returns what is announced of the original and not translated yet.
func (p *versionPage) AnnouncedAbroad() []*record {
	if p.Position != "current" {
		return nil
	}
	return p.History.untranslated()
}

// untranslated returns the announced versions of the original that the translation
// does not have.
func (h *policyBuild) untranslated() []*record {
	if h.Original == nil {
		return nil
	}
	return slices.DeleteFunc(h.Original.Upcoming(), func(r *record) bool { return h.policy.Lookup(r.Version.Label) != nil })
}

// SummaryTitle names the message above the summary. The page is the same before and
// after the version takes effect, and says neither.
func (p *versionPage) SummaryTitle() string {
	switch {
	case p.First:
		return "version.short"
	case p.Status == policy.Cancelled:
		return "version.would"
	}
	return "version.changed"
}

// Record returns what is kept of the version.
func (p *versionPage) Record() *record { return p.record }

// Reference returns the name of the version, which leads to its permanent
// address.
func (p *versionPage) Reference(pg *page) template.HTML {
	ref := template.HTMLEscapeString(p.History.policy.Ref(p.Version))
	return template.HTML(`<a href="` + template.HTMLEscapeString(pg.Link(p.Dir)) + `">` + ref + `</a>`)
}

// Binds reports whether the version binds people one day: the day of one that was
// called off is no day of it.
func (p *versionPage) Binds() bool { return p.Status != policy.Cancelled }

// InForce reports whether the version binds on the day of the build.
func (p *versionPage) InForce() bool { return p.Status == policy.InForce }
