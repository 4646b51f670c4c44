package site

import (
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"path"
	"strings"
	"time"

	"github.com/codicil/codicil/policy"
)

//go:embed templates
var templateFiles embed.FS

// page is what every template sees.
type page struct {
	Site        *Options
	Dir         string // "privacy/1.0/"; empty for the root
	Rooted      bool   // links begin at the root of the host: the page is shown at any address
	Title       string
	Description string
	Lang        string
	NoIndex     bool
	Canonical   string
	Crumbs      []crumb
	Alternates  []alternate
	Data        template.JS // JSON-LD
	Notices     []*banner
	CSS, JS     string
	Icon        string
	C           any // what this kind of page shows
}

// crumb is one step of the way to a page.
type crumb struct{ Name, Path string }

// alternate is another form of a page.
type alternate struct{ Type, Title, Path, Lang string }

// Link returns the address of a path of the site as seen from the page.
func (p *page) Link(path string) string {
	if p.Rooted {
		return p.Site.basePath() + escape(path)
	}
	return relative(p.Dir, path)
}

// Policy returns the content security policy that the page states.
func (p *page) Policy() string { return pagePolicy }

// Direction returns the writing direction of a language.
func (p *page) Direction(lang string) string { return direction(lang) }

// parseTemplates reads the templates of the site.
func parseTemplates() (*template.Template, error) {
	t, err := template.New("site").Funcs(template.FuncMap{
		"date":      longDate,
		"day":       func(t time.Time) string { return longDate(policy.DateOf(t)) },
		"isodate":   func(t time.Time) string { return policy.DateOf(t).String() },
		"short":     short,
		"plural":    plural,
		"severity":  severityWords,
		"certainty": certaintyWords,
		"entry":     newEntry,
	}).ParseFS(templateFiles, "templates/*.tmpl")
	if err != nil {
		return nil, fmt.Errorf("site templates: %w", err)
	}
	return t, nil
}

// entry is one version in a list.
type entry struct {
	Page    *page
	Record  *record
	History *history // nil in the history of one policy, where all are of it
}

// Anchor names the version within a list of them.
func (e entry) Anchor() string { return "v." + path.Base(e.Record.Dir) }

func newEntry(p *page, r *record, h *history) entry { return entry{p, r, h} }

// writePage writes an HTML page with the named template.
func (b *builder) writePage(name string, p *page) error {
	p.Site, p.CSS, p.JS, p.Icon = &b.Options, b.css, b.js, b.icon
	if p.Lang == "" {
		p.Lang = "en"
	}
	file := p.Dir + "index.html"
	if p.Rooted {
		file = p.Dir + name + ".html"
	} else if p.Canonical == "" {
		p.Canonical, _ = b.absolute(p.Dir)
	}
	buf := b.buffer()
	defer b.release(buf)
	if err := b.templates.ExecuteTemplate(buf, name+".tmpl", p); err != nil {
		return fmt.Errorf("page /%s: %w", p.Dir, err)
	}
	b.mu.Lock()
	b.summary.Pages++
	b.mu.Unlock()
	return b.stage.write(file, rootedPage(buf.Bytes(), p.root()))
}

// root returns the way from the page to the root of the site.
func (p *page) root() string {
	if p.Rooted {
		return p.Site.basePath()
	}
	if p.Dir == "" {
		return "./"
	}
	return strings.Repeat("../", strings.Count(p.Dir, "/"))
}

// writeJSON writes v as an indented JSON file.
func (b *builder) writeJSON(path string, v any) error {
	data, err := marshal(v)
	if err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	return b.stage.write(path, data)
}

func marshal(v any) ([]byte, error) {
	data, err := json.MarshalIndent(v, "", " ")
	return append(data, '\n'), err
}

// longDate writes a date for people: 1 February 2027.
func longDate(d policy.Date) string {
	if d.IsZero() {
		return "no date"
	}
	return d.Time().Format("2 January 2006")
}

// short writes the first characters of a digest or commit.
func short(id string) string { return id[:min(12, len(id))] }

// plural writes a count with its noun: "1 version", "3 versions".
func plural(n int, noun string) string {
	switch {
	case n == 1:
		return "1 " + noun
	case strings.HasSuffix(noun, "y"):
		return fmt.Sprintf("%d %sies", n, strings.TrimSuffix(noun, "y"))
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// severityWords says what a severity means to a reader, by the rubric.
func severityWords(s policy.Severity) string {
	switch s {
	case policy.Major:
		return "Major change: rights, duties, risks, prices or the use of data change"
	case policy.Minor:
		return "Minor change: the substance changes a little"
	case policy.Editorial:
		return "Editorial change: the wording changes, the meaning does not"
	}
	return "No change of the words"
}

// certaintyWords says where an effective date comes from.
func certaintyWords(c policy.Certainty) string {
	switch c {
	case policy.InText:
		return "as its text says"
	case policy.Assumed:
		return "assumed: the day it was published"
	}
	return ""
}
