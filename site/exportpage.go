package site

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/render/markdown"
)

// exported is a page of an export.
type exported struct {
	dir     string // its address below home
	title   string
	label   string // its name in the sidebar
	parent  string // title of the page that it is under; empty when under none
	policy  int    // place of its policy among all, from 1
	place   int    // in the sidebar of the policy
	redline string // name of the redline that it shows
	version *policy.Version
	facts   []field // front matter about the version
	words   bytes.Buffer
}

// full is the name of the page in a sidebar that holds all policies.
func (p *exported) full() string {
	if p.parent == "" {
		return p.label
	}
	return p.parent + ": " + p.label
}

// weight is its place in such a sidebar: policy by policy.
func (p *exported) weight() int {
	const most = 100_000 // pages of a policy
	return p.policy*most + p.place
}

// writeExported writes a page with the front matter of the generator. Strings are
// there as in JSON, which is YAML too.
func (e *exporter) writeExported(p *exported) error {
	var b bytes.Buffer
	b.WriteString("---\n")
	file := e.fileOf(p.dir)
	p.dir = e.at(p.dir)
	for _, f := range append(append([]field{{"title", p.title}}, e.front(p)...), p.facts...) {
		data, err := json.Marshal(f.value)
		if err != nil {
			return err
		}
		fmt.Fprintf(&b, "%s: %s\n", f.key, data)
	}
	b.WriteString("---\n\n")
	b.Write(p.words.Bytes())
	return e.stage.Write(file, b.Bytes())
}

// at returns where the generator has a page of the site: Jekyll reads dots in an
// address its own way.
func (e *exporter) at(dir string) string {
	if e.format == "jekyll" {
		return strings.ReplaceAll(strings.ReplaceAll(dir, "...", "-to-"), "..", "__")
	}
	return dir
}

// fileOf returns the file of the page at an address.
func (e *exporter) fileOf(dir string) string {
	switch dir = e.at(dir); {
	case dir == "" || e.policies[dir] > 0:
		return e.text + dir + e.current
	case strings.Contains(dir, "/compare/"):
		return e.text + strings.TrimSuffix(dir, "/") + e.changes
	}
	return e.text + strings.TrimSuffix(dir, "/") + ".md"
}

// link returns where a link of a page leads: to words of the page itself, to
// another page of the export, or elsewhere.
func (e *exporter) link(from, to string) string {
	path, inside := strings.CutPrefix(to, siteRoot)
	if !inside {
		return to
	}
	path, fragment, found := strings.Cut(path, "#")
	if strings.HasPrefix(path, ".term") {
		return "" // definitions are not marked here
	}
	if found {
		fragment = "#" + fragment
	}
	if !e.byFile {
		return relativeTo(e.at(from), e.at(path)) + fragment
	}
	return relativeTo(folderOf(e.fileOf(from)), e.fileOf(path)) + fragment
}

func folderOf(file string) string { return file[:strings.LastIndexByte(file, '/')+1] }

// relativeTo returns the way from a folder to a place, both escaped as in links.
func relativeTo(dir, path string) string {
	for {
		first, rest, found := strings.Cut(dir, "/")
		other, after, _ := strings.Cut(path, "/")
		if !found || first != other || after == "" && !strings.HasSuffix(path, "/") {
			break
		}
		dir, path = rest, after
	}
	up := strings.Repeat("../", strings.Count(dir, "/"))
	if up+path == "" {
		return "./"
	}
	return up + path
}

// scribe writes the words around a text: messages, with links to pages below the
// root of the site.
func (e *exporter) scribe(w *words) *page {
	return &page{Site: &Options{BaseURL: siteRoot}, Rooted: true, words: w}
}

// says writes a message as Markdown for a page.
func (e *exporter) says(p *exported, message any) string {
	return richMarkdown(fmt.Sprint(message), func(to string) string {
		return e.link(p.dir, siteRoot+strings.TrimPrefix(to, "/"))
	})
}

// writeTextPage writes a text at one of its addresses.
func (e *exporter) writeTextPage(h *policyBuild, i int, t *text, dir string, place int) error {
	r, v, w := h.Records[i], h.versions[i], e.words(h.lang)
	p := &exported{dir: dir, title: r.Title, label: r.Title, policy: e.policies[h.dir], place: place, version: v, facts: e.facts(h, i)}
	if dir != h.dir {
		p.title, p.parent = w.say("version.title", r.Title, w.called(v.Label)), h.Current().title(r)
		p.label = sidebarLabel(w, r)
	}
	e.introduce(p, h, r, w)
	doc := untitled(t.doc)
	form := e.form
	linked := refer(doc, h.reader.memory)
	form.Link = func(to string) string { return e.link(dir, to) }
	form.Keep = linkedIn(linked)
	markdown.Document(&p.words, linked, form)
	return e.writeExported(p)
}

// title returns the title of a record, or that of another while it has none yet.
func (r *record) title(other *record) string {
	if r != nil && r.Title != "" {
		return r.Title
	}
	return other.Title
}

// linkedIn tells which anchors of a document its own words lead to.
func linkedIn(d *policy.Document) func(id string) bool {
	found := make(map[string]bool)
	for i := range d.Blocks {
		for _, s := range d.Blocks[i].Spans {
			if id, ok := strings.CutPrefix(s.Link, "#"); ok {
				found[id] = true
			}
		}
	}
	return func(id string) bool { return found[id] }
}

// sidebarLabel names a version with its state and, before it binds, its day.
func sidebarLabel(w *words, r *record) string {
	label := w.say("version", w.called(r.Version.Label))
	if r.Status == policy.Superseded {
		return label
	}
	label += " · " + w.say("status."+string(r.Status))
	if r.Status == policy.Upcoming {
		label += " · " + w.say("version.effective", w.date(r.Version.From()))
	}
	return label
}

// introduce says at the top of a text which version it is, and what state it is in.
func (e *exporter) introduce(p *exported, h *policyBuild, r *record, w *words) {
	pg := e.scribe(w)
	fmt.Fprintf(&p.words, "%s · %s · %s · [%s](%s)\n", markdown.Escape(w.say("version", w.called(r.Version.Label))),
		e.says(p, pg.Rich("version.effective", pg.Date(r.Version.Effective))), w.say("status."+string(r.Status)), w.say("versions.all"), e.link(p.dir, siteRoot+policy.EscapePath(h.address.History())))
	say := func(message any) {
		p.words.WriteString("\n" + e.setApart(e.says(p, message), r) + "\n")
	}
	shown := &versionPage{record: r, History: h, ID: h.policy.ID}
	switch {
	case p.dir != h.dir:
		say(shown.StatusLine(pg))
	case r.Status == policy.Withdrawn:
		say(pg.Rich("version.withdrawn", pg.Date(h.policy.Withdrawn)))
	case r.Status != policy.InForce:
		say(pg.Rich("version.none", pg.Date(r.Version.Effective)))
	}
	if p.dir == h.dir {
		for _, next := range h.Upcoming() {
			if next != r {
				say(pg.Rich("version.announced", pg.Called(next.Version.Label), w.say("severity."+next.Severity.String()), pg.Date(next.Version.Effective), pg.To(next.Dir)))
			}
		}
	}
	if s := r.Version.Front.Summary; s != "" {
		key := "version.changed"
		if r.First {
			key = "version.short"
		}
		p.words.WriteString("\n**" + w.say(key) + ":** " + markdown.Escape(strings.Join(strings.Fields(s), " ")) + "\n")
	}
}

// setApart sets a sentence apart; one that a text does not bind is a warning.
func (e *exporter) setApart(words string, r *record) string {
	return e.apart(words, r.Status == policy.Cancelled || r.Status == policy.Withdrawn)
}

// about says which policy a page is about.
func about(h *policyBuild) []field { return []field{{"policy", h.policy.ID}, {"lang", h.lang}} }

// facts is the front matter about a version, for templates.
func (e *exporter) facts(h *policyBuild, i int) []field {
	r, v := h.Records[i], h.versions[i]
	list := append(about(h), field{"version", v.Label}, field{"status", r.Status}, field{"effective_date", v.Effective.String()},
		field{"sha256", v.SHA256}, field{"commit", v.Commit})
	if gone := v.Cancelled(); gone != nil && gone.Reason != "" {
		list = append(list, field{"status_reason", gone.Reason})
	}
	if !r.First {
		list = append(list, field{"severity", r.Severity}, field{"previous", r.Previous}, field{"redline", e.redlineName(h, i)})
	}
	if s := v.Front.Summary; s != "" {
		list = append(list, field{map[bool]string{true: "description", false: "summary"}[e.format == "docusaurus"], s})
	}
	return list
}

// writeRedlinePage writes the page that shows what a version changed.
func (e *exporter) writeRedlinePage(h *policyBuild, i int, name string) error {
	r, w, pg := h.Records[i], e.words(h.lang), e.scribe(e.words(h.lang))
	from := h.versions[h.before(i)]
	p := &exported{dir: r.Compare, redline: name, policy: e.policies[h.dir], place: len(h.versions) + i + 2, facts: about(h), parent: h.Current().title(r)}
	p.title = w.say("compare.title", r.Title, w.named(from.Label), w.named(r.Version.Label))
	p.label = w.named(from.Label) + " → " + w.named(r.Version.Label)
	to := func(label, dir string) string {
		return e.says(p, pg.Rich("version.link", pg.Called(label), pg.To(dir)))
	}
	fmt.Fprintf(&p.words, "%s → %s · %s\n\n%s.\n", to(from.Label, h.versionDir(h.before(i))), to(r.Version.Label, r.Dir),
		e.says(p, pg.Rich("version.effective", pg.Date(r.Version.Effective))), markdown.Escape(w.say("means."+r.Severity.String())))
	if s := r.Version.Front.Summary; s != "" {
		p.words.WriteString("\n**" + w.say("version.short") + ":** " + markdown.Escape(strings.Join(strings.Fields(s), " ")) + "\n")
	}
	fmt.Fprintf(&p.words, "\n%s\n", e.shows(name))
	return e.writeExported(p)
}

// writeVersionsPage writes the list of all versions.
func (e *exporter) writeVersionsPage(h *policyBuild) error {
	w, pg := e.words(h.lang), e.scribe(e.words(h.lang))
	p := &exported{dir: h.address.History(), title: w.say("versions.of", h.Current().Title), label: w.say("versions.all"), policy: e.policies[h.dir], place: 1, facts: about(h), parent: h.Current().Title}
	for i, r := range h.Records {
		facts := []string{
			"**" + e.says(p, pg.Rich("version.link", pg.Called(r.Version.Label), pg.To(r.Dir))) + "**",
			w.say("status." + string(r.Status)),
			e.says(p, pg.Rich("version.effective", pg.Date(r.Version.Effective))),
		}
		if r.First {
			facts = append(facts, w.say("versions.first"))
		} else {
			facts = append(facts, w.say("change."+r.Severity.String()),
				e.says(p, pg.Rich("versions.compare", pg.Named(h.versions[h.before(i)].Label), pg.To(r.Compare))))
		}
		p.words.WriteString("- " + strings.Join(facts, " · "))
		if s := r.Version.Front.Summary; s != "" {
			p.words.WriteString("  \n  " + markdown.Escape(strings.Join(strings.Fields(s), " ")))
		}
		p.words.WriteString("\n")
	}
	return e.writeExported(p)
}

// writeIndexPage writes the list of all policies.
func (e *exporter) writeIndexPage(histories []*policyBuild) error {
	w, pg := e.words(e.Lang), e.scribe(e.words(e.Lang))
	p := &exported{dir: "", title: w.say("policies"), label: w.say("policies")}
	for _, h := range histories {
		r := h.Current()
		fmt.Fprintf(&p.words, "- [%s](%s)", markdown.Escape(r.Title), e.link("", siteRoot+policy.EscapePath(h.dir)))
		if len(h.siblings) > 0 {
			p.words.WriteString(" (" + markdown.Escape(ownName(h.lang)) + ")")
		} else if h.Beside() != "" {
			p.words.WriteString(" (" + markdown.Escape(h.Beside()) + ")")
		}
		facts := []string{w.say("version", w.called(r.Version.Label)), w.say("status." + string(r.Status)), w.say("version.effective", w.date(r.Version.Effective))}
		p.words.WriteString(" · " + markdown.Escape(strings.Join(facts, " · ")))
		for _, next := range h.Upcoming() {
			if next != r {
				p.words.WriteString("  \n  " + e.says(p, pg.Rich("version.announced", pg.Called(next.Version.Label), w.say("severity."+next.Severity.String()), pg.Date(next.Version.Effective), pg.To(next.Dir))))
			}
		}
		p.words.WriteString("\n")
	}
	return e.writeExported(p)
}
