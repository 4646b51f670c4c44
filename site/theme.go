package site

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/codicil/codicil/policy"
)

// Theme is what a publisher changes about the looks of the site. Its files are
// named as their author knows them, for messages.
type Theme struct {
	Logo      *File  // a picture beside the title: .svg, .png, .webp, .jpg or .gif
	Icon      *File  // the picture in a tab of the browser: of the same kinds
	Accent    string // the one colour of links and buttons, as #1a4b8c; ours when empty
	Links     []Link // in the head of every page, after our own
	Style     *File  // CSS after the site's own; most themes only set custom properties
	Templates []File // templates that take the place of ours of the same name
}

// File is one file of the publisher.
type File struct {
	Name string
	Data []byte
}

// Link is a link to another page of the publisher.
type Link struct {
	Title string
	URL   string
}

//go:embed templates
var templateFiles embed.FS

// TemplateNames lists the templates that a file of the same name replaces.
func TemplateNames() []string {
	entries, _ := fs.ReadDir(templateFiles, "templates")
	names := make([]string, 0, len(entries))
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// Template returns the text of one of our templates; empty when there is none
// of that name.
func Template(name string) []byte {
	data, _ := templateFiles.ReadFile("templates/" + name)
	return data
}

// parseTemplates reads the templates of the site, and over them those of the
// publisher, which count their steps.
func parseTemplates(own []File, s *steps) (*template.Template, error) {
	t, err := template.New("site").Funcs(s.functions()).Funcs(template.FuncMap{
		"isodate": isoDate,
		"short":   short,
		"entry":   newEntry,
		"own":     ownName,
		"day":     isDay,
		"named":   func(p *page, v *policy.Version, dir string) namedVersion { return namedVersion{p, v, dir} },
	}).ParseFS(templateFiles, "templates/*.tmpl")
	if err != nil {
		return nil, fmt.Errorf("site templates: %w", err)
	}
	for _, f := range own {
		name := path.Base(filepath.ToSlash(f.Name))
		if t.Lookup(name) == nil {
			return nil, &policy.Diagnostic{
				Level:   policy.Error,
				Message: "there is no template " + name + " that " + f.Name + " could replace",
				Hint:    "name it like one of " + strings.Join(TemplateNames(), ", "),
			}
		}
		if _, err := t.New(name).Parse(string(f.Data)); err != nil {
			return nil, templateFault(own, err)
		}
	}
	for _, part := range t.Templates() {
		if part.Tree != nil && slices.ContainsFunc(own, func(f File) bool { return path.Base(filepath.ToSlash(f.Name)) == part.Tree.ParseName }) {
			count(part.Tree)
		}
	}
	return t, nil
}

// execute writes a template in a language. A fault in one of the publisher's comes back with
// its place.
func (b *builder) execute(w io.Writer, name string, in *words, data any) error {
	set, err := b.templates.in(in)
	if err != nil {
		return err
	}
	if len(b.Theme.Templates) == 0 {
		return set.ExecuteTemplate(w, name, data)
	}
	b.steps.given.Add(stepsAPage)
	w = &bounds{w: w, left: mostBytes, ctx: b.steps.ctx}
	return templateFault(b.Theme.Templates, set.ExecuteTemplate(w, name, data))
}

// templatePlace is where a template says that it failed: its name, the line and,
// sometimes, the column.
var templatePlace = regexp.MustCompile(`template: ?([^:\s]+):(\d+)(?::(\d+))?: (?s:(.*))`)

// templateFault says in which of the publisher's files a template failed; other
// errors stay as they are.
func templateFault(own []File, err error) error {
	if err == nil {
		return nil
	}
	m := templatePlace.FindStringSubmatch(err.Error())
	if m == nil {
		return err
	}
	for _, f := range own {
		if path.Base(filepath.ToSlash(f.Name)) == m[1] {
			line, _ := strconv.Atoi(m[2])
			column, _ := strconv.Atoi(m[3])
			return errors.Join(&policy.Diagnostic{
				File: f.Name, Line: line, Column: max(1, column), Level: policy.Error, Rule: "template", Message: m[4],
				Hint: "`go doc text/template` describes the language; delete the file to go back to the template that Codicil has",
			})
		}
	}
	return err
}

// checkPage warns of a theme that drops what a page must have, or adds what its
// content security policy forbids. Each is told once.
func (b *builder) checkPage(name string, p *page, html []byte) {
	if len(b.Theme.Templates) == 0 {
		return
	}
	if !bytes.Contains(html, []byte("<main")) {
		b.warnTheme(name, "the page has no <main>: readers who use a screen reader find no text")
	}
	for _, n := range p.Notices {
		if !bytes.Contains(html, []byte(template.HTMLEscapeString(n.When))) {
			b.warnTheme(name, "the page drops the notice of a change: say who announces it otherwise")
		}
	}
	if forbidden.Match(html) {
		b.warnTheme(name, "the page has a style or script within it, which its content security policy forbids: put it in site.style")
	}
}

// forbidden is what a strict content security policy keeps from working.
var forbidden = regexp.MustCompile(`(?i)<style|<script(?:\s+type="(?:text/javascript|module)")?\s*>|<[^>]+\s(?:style|on[a-z]+)\s*=\s*["']`)

// warnTheme notes a fault of the theme once.
func (b *builder) warnTheme(name, message string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	d := &policy.Diagnostic{File: name, Level: policy.Warning, Rule: "theme", Message: message}
	if !slices.ContainsFunc(b.summary.Warnings, func(w *policy.Diagnostic) bool { return *w == *d }) {
		b.summary.Warnings = append(b.summary.Warnings, d)
	}
}

// foreign finds what a style sheet would load from elsewhere.
var foreign = regexp.MustCompile(`(?i)@import|url\(\s*["']?(?:https?:)?//`)

// checkStyle warns of a style sheet that loads from elsewhere: the content
// security policy of the pages keeps it from loading.
func (b *builder) checkStyle(f *File) {
	if at := foreign.FindIndex(f.Data); at != nil {
		b.warn(&policy.Diagnostic{
			File: f.Name, Line: 1 + bytes.Count(f.Data[:at[0]], []byte("\n")), Column: 1, Level: policy.Warning, Rule: "theme",
			Message: "the style sheet loads from elsewhere, which the pages forbid", Hint: "copy what it needs into it",
		})
	}
}

// pictures are the kinds of file that a logo may be.
func pictures() []string { return []string{".svg", ".png", ".webp", ".jpg", ".jpeg", ".gif"} }

// complete checks what can be checked before any page is written.
func (t *Theme) complete() error {
	for _, picture := range []*File{t.Logo, t.Icon} {
		if picture != nil && !slices.Contains(pictures(), strings.ToLower(path.Ext(picture.Name))) {
			return &policy.Diagnostic{Level: policy.Error, Message: picture.Name + " is not a picture that the pages can show", Hint: "use one of " + strings.Join(pictures(), ", ")}
		}
	}
	if t.Accent != "" {
		if _, err := accentStyle(t.Accent); err != nil {
			return err
		}
	}
	for _, link := range t.Links {
		if link.Title == "" || link.URL == "" || !policy.SafeLink(link.URL) {
			return &policy.Diagnostic{Level: policy.Error, Message: fmt.Sprintf("the link %q to %q cannot be on a page", link.Title, link.URL), Hint: "give it a title and an address that begins with https:// or /"}
		}
	}
	return nil
}

// addTo adds to a key what the looks are made of.
func (t *Theme) addTo(k *keyer) {
	files := slices.Clone(t.Templates)
	for _, f := range []*File{t.Logo, t.Icon, t.Style} {
		if f == nil {
			f = &File{}
		}
		files = append(files, *f)
	}
	for _, f := range files {
		k.text(path.Base(filepath.ToSlash(f.Name)), string(f.Data))
	}
	k.text(t.Accent).number(len(t.Links))
	for _, link := range t.Links {
		k.text(link.Title, link.URL)
	}
}
