package site

import (
	"bytes"
	"fmt"
	"html/template"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
	"github.com/codicil/codicil/render"
)

// redlinePage is the page of one redline.
type redlinePage struct {
	*plan
	From, To *policy.Version
	FromDir  string
	ToDir    string
	Steps    []*record // between two that are not neighbours, the newest first
	Record   *record
	Dir      string
	Summary  string
	Contents []jump
	Body     template.HTML
}

// jump is a line of the table of contents of a redline: a clause, and the first
// change in it.
type jump struct {
	Name   string
	Change int
}

// jumps lists the changed clauses when there are enough to need a list, and few
// enough to be read.
func jumps(x *redline.Redline) []jump {
	const few, many = 3, 80
	var list []jump
	last := ""
	for _, c := range x.Changes() {
		if name := clip(headed(c.Clause), maxWords/2); name != "" && name != last {
			list = append(list, jump{name, c.Number})
			last = name
		}
	}
	if len(list) < few || len(list) > many {
		return nil
	}
	return list
}

// markdownLimit is the number of characters of a redline as Markdown, chosen to
// fit a comment of the code hosts.
const markdownLimit = 60_000

// writeRedline writes a redline in its four forms.
func (b *builder) writeRedline(h *history, p redlinePage, x *redline.Redline) error {
	p.plan = h.plan
	p.FromDir, p.ToDir = h.dirOf(p.From), h.dirOf(p.To)
	p.Contents = jumps(x)
	if err := b.writeRedlineForms(p.Dir, x); err != nil {
		return err
	}
	plain, buf := b.buffer(), b.buffer()
	defer b.release(plain)
	defer b.release(buf)
	render.RedlineHTML(plain, x, render.RedlineOptions{Lang: h.lang})
	settleFragments(buf, plain.Bytes(), siteRoot+escape(p.FromDir))
	p.Body = template.HTML(buf.String())
	b.mu.Lock()
	b.summary.Redlines++
	b.mu.Unlock()
	return b.writePage("compare", &page{
		Dir:         p.Dir,
		Title:       fmt.Sprintf("%s: changes from %s to %s", p.Record.Title, p.From.Label, p.To.Label),
		Description: fmt.Sprintf("What changed in %s between version %s and version %s: %s.", p.Record.Title, p.From.Label, p.To.Label, p.Record.Stat),
		NoIndex:     true,
		Crumbs:      []crumb{{p.Record.Title, h.dir}, {"Versions", h.dir + "versions/"}},
		Alternates:  otherForms(p.Dir),
		C:           &p,
	})
}

// writeRedlineForms writes a redline for programs and plain readers.
func (b *builder) writeRedlineForms(dir string, x *redline.Redline) error {
	forms := []struct {
		file  string
		write func(*bytes.Buffer)
	}{
		{"index.md", func(buf *bytes.Buffer) { render.RedlineMarkdown(buf, x, markdownLimit) }},
		{"index.txt", func(buf *bytes.Buffer) { render.RedlineText(buf, x, render.TextOptions{}) }},
		{"index.json", func(buf *bytes.Buffer) { render.RedlineJSON(buf, x) }},
	}
	for _, form := range forms {
		buf := b.buffer()
		form.write(buf)
		err := b.stage.write(dir+form.file, rooted(buf.Bytes(), b.address("")))
		b.release(buf)
		if err != nil {
			return err
		}
	}
	return nil
}

// dirOf returns the folder of a version of this policy.
func (pl *plan) dirOf(v *policy.Version) string {
	for i := range pl.versions {
		if pl.versions[i] == v {
			return pl.versionDir(i)
		}
	}
	return pl.dir
}
