package site

import (
	"html/template"
	"slices"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/render"
)

// writeVersionPage writes the permanent page of a version. Nothing on it
// depends on the day or on later versions.
func (b *builder) writeVersionPage(h *history, r *record, at *text) (*versionPage, error) {
	p := &versionPage{record: r, History: h, ID: h.policy.ID, raw: at.raw, Summary: r.Version.Front.Summary}
	doc := untitled(at.doc)
	if doc != at.doc {
		p.HeadID = at.doc.Blocks[0].ID
	}
	p.Contents = contents(doc)
	p.Body = b.body(doc)
	p.text = rooted([]byte(render.DocumentText(at.doc)), b.address(""))
	data, err := marshal(newVersionData(b, h, r, at))
	if err != nil {
		return nil, err
	}
	p.json = rooted(data, b.address(""))
	b.mu.Lock()
	b.summary.Versions++
	b.mu.Unlock()
	return p, b.writeText(p, r.Dir)
}

// body renders the words of a document.
func (b *builder) body(doc *policy.Document) template.HTML {
	plain, buf := b.buffer(), b.buffer()
	defer b.release(plain)
	defer b.release(buf)
	render.Document(plain, doc)
	addAnchors(buf, plain.Bytes())
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

// writeMoving writes what changes with the day: the text in force, the upcoming
// one and the history.
func (b *builder) writeMoving(h *history, current, upcoming *versionPage) error {
	shown := *current
	shown.Position = "current"
	if err := b.writeText(&shown, h.dir); err != nil {
		return err
	}
	if upcoming != nil {
		next := *upcoming
		next.Position = "upcoming"
		if err := b.writeText(&next, h.dir+"upcoming/"); err != nil {
			return err
		}
	} else if err := b.writeNoUpcoming(h); err != nil {
		return err
	}
	return b.writeHistory(h)
}

// writeText writes a text to one of its addresses, in its four forms.
func (b *builder) writeText(p *versionPage, dir string) error {
	forms := []struct {
		file string
		data []byte
	}{{"index.md", p.raw}, {"index.txt", p.text}, {"index.json", p.json}}
	for _, form := range forms {
		if err := b.stage.write(dir+form.file, form.data); err != nil {
			return err
		}
	}
	pg := &page{
		Dir:         dir,
		Title:       p.Title,
		Description: p.description(),
		NoIndex:     p.Position != "current",
		Crumbs:      p.crumbs(),
		Alternates:  otherForms(dir),
		C:           p,
	}
	if p.Position == "current" {
		pg.Notices = b.banners(p.History.Records)
		pg.Alternates = append(pg.Alternates, p.History.alternates(b.Options)...)
	} else {
		pg.Title += ", version " + p.Version.Label
	}
	var err error
	if pg.Data, err = b.documentData(p, dir); err != nil {
		return err
	}
	return b.writePage("version", pg)
}

// otherForms lists the other forms of a text or redline.
func otherForms(dir string) []alternate {
	return []alternate{
		{Type: "text/markdown", Title: "Markdown", Path: dir + "index.md"},
		{Type: "text/plain", Title: "Text", Path: dir + "index.txt"},
		{Type: "application/json", Title: "JSON", Path: dir + "index.json"},
	}
}

// alternates lists the feeds and languages of a policy.
func (h *history) alternates(o Options) []alternate {
	list := []alternate{
		{Type: "application/atom+xml", Title: "Changes as an Atom feed", Path: h.dir + "feed.atom"},
		{Type: "application/feed+json", Title: "Changes as a JSON feed", Path: h.dir + "feed.json"},
	}
	for _, s := range h.siblings {
		list = append(list, alternate{Lang: s.Lang, Path: s.Dir})
	}
	return list
}

func (p *versionPage) description() string {
	if p.Summary != "" {
		return clip(p.Summary, maxWords)
	}
	return p.Title + ", version " + p.Version.Label + ", effective " + longDate(p.Version.Effective) + "."
}

func (p *versionPage) crumbs() []crumb {
	switch p.Position {
	case "current":
		return nil
	case "upcoming":
		return []crumb{{p.Title, p.History.dir}}
	}
	return []crumb{{p.Title, p.History.dir}, {"Versions", p.History.dir + "versions/"}}
}

// Announced returns the other versions that will take the place of the text,
// where p stands at an address that changes with the day.
func (p *versionPage) Announced() []*record {
	if p.Position == "" {
		return nil
	}
	return slices.DeleteFunc(p.History.Upcoming(), func(r *record) bool { return r.Version == p.Version })
}

// InForce reports whether the version binds on the day of the build.
func (p *versionPage) InForce() bool { return p.Status == policy.InForce }
