package site

import (
	"encoding/json"
	"fmt"
	"html/template"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
)

// page is what every template sees.
type page struct {
	Site        *Options
	Dir         string // "privacy/1.0/"; empty for the root
	Rooted      bool   // links begin at the root of the host: the page is shown at any address
	Abroad      bool   // it is on the pages of other sites: its links are whole addresses, where the site knows its own
	Title       string
	Description string
	Lang        string
	NoIndex     bool
	Canonical   string
	Crumbs      []crumb
	Alternates  []alternate
	Links       []rel       // to other pages, by what they are to this one
	Languages   []tongue    // of the policy, this one included; nil for a page about more than one
	Data        template.JS // JSON-LD
	Notices     []*banner
	PDF         string // its file for paper; empty where there is none
	CSS, JS     string
	OnJS        string // the script that asks for another day
	CompareJS   string // the script that compares any two versions
	SearchJS    string // the script that looks for words
	FrameJS     string // the script that tells how high the page is
	Icon, Logo  string
	words       *words
	shared      *shared
	C           any // what this kind of page shows
}

// crumb is one step of the way to a page.
type crumb struct{ Name, Path string }

// rel is a link to another page of the policy, by its relation (RFC 5829, RFC 7089):
// to a path of the site, or to an address elsewhere.
type rel struct{ Rel, Path, URL string }

// tongue is the page in one of the languages of its policy.
type tongue struct {
	Lang, Path string
	Here       bool
}

// tongues lists the languages of a policy, with the page of each that path names.
// A withdrawn translation is none to choose.
func (pl *plan) tongues(path func(*plan) string) []tongue {
	var list []tongue
	for _, s := range pl.siblings {
		if s.pl == pl || !s.Gone {
			list = append(list, tongue{s.Lang, path(s.pl), s.pl == pl})
		}
	}
	if len(list) < 2 {
		return nil
	}
	slices.SortStableFunc(list, func(x, y tongue) int { return strings.Compare(x.Lang, y.Lang) })
	return list
}

// alternate is another form of a page.
type alternate struct{ Type, Title, Path, Lang string }

// Link returns the address of a path of the site as seen from the page.
func (p *page) Link(path string) string {
	if p.Rooted {
		return p.Site.basePath() + policy.EscapePath(path)
	}
	if full, known := p.Site.absolute(path); p.Abroad && known {
		return full
	}
	return relative(p.Dir, path)
}

// Say returns a message in the language of the page.
func (p *page) Say(key string, values ...any) string { return p.words.say(key, values...) }

// Rich returns a message with its links and strong words.
func (p *page) Rich(key string, values ...any) template.HTML { return p.words.rich(key, values...) }

// To returns where a link of a message leads: a path of the site, and an anchor
// there.
func (p *page) To(path string, anchor ...string) target {
	to := p.Link(path)
	for _, a := range anchor {
		to += "#" + policy.EscapePath(a)
	}
	return target(to)
}

// In says in which language and direction words are.
func (p *page) In(lang string) template.HTMLAttr {
	return template.HTMLAttr(attributeOf("lang", lang) + attributeOf("dir", direction(lang)))
}

// Foreign says so of words whose language is not that of the page.
func (p *page) Foreign(lang string) template.HTMLAttr {
	if lang == p.Lang {
		return ""
	}
	return p.In(lang)
}

// Date writes a date.
func (p *page) Date(d policy.Date) template.HTML { return p.words.time(d) }

// Day writes the day of a moment.
func (p *page) Day(t time.Time) template.HTML { return p.words.day(t) }

// Called names a version behind the word for one.
func (p *page) Called(label string) string { return p.words.called(label) }

// Named names a version by itself.
func (p *page) Named(label string) string { return p.words.named(label) }

// Apart reports whether a version takes effect on another day than the one it is
// named by, so that the day is to be told.
func (p *page) Apart(v *policy.Version) bool {
	day, _, ok := policy.LabelDay(v.Label)
	return !ok || day != v.Effective
}

// Dates tells when a version was published and from when it binds.
func (p *page) Dates(v *policy.Version) template.HTML {
	if policy.DateOf(v.Published) == v.Effective {
		return p.Rich("feed.effective", p.Date(v.Effective))
	}
	return p.Rich("changes.dates", p.Day(v.Published), p.Date(v.Effective))
}

// Stat says how much a redline changes.
func (p *page) Stat(s redline.Stat) string { return p.words.stat(s) }

// LanguageName names a language.
func (p *page) LanguageName(tag string) string { return p.words.language(tag) }

// Badge shows a status or a severity; nothing where no words changed, which the
// words beside it say.
func (p *page) Badge(kind string, of any) template.HTML {
	word := fmt.Sprint(of)
	if word == policy.None.String() {
		return ""
	}
	return template.HTML(`<span class="badge ` + template.HTMLEscapeString(word) + `">` + template.HTMLEscapeString(p.Say(kind+"."+word)) + `</span>`)
}

// Badges shows the state of a version in a list of versions, and how much it
// changes. Most are superseded: that is not worth a word.
func (p *page) Badges(r *record) template.HTML {
	state := template.HTML("")
	if r.Status != policy.Superseded {
		state = p.Badge("status", r.Status) + " "
	}
	return template.HTML(strings.TrimSpace(string(state + p.SeverityBadge(r))))
}

// LastingBadges shows what stays true of a version: how much it changes, and that it
// was called off.
func (p *page) LastingBadges(r *record) template.HTML {
	if r.Status != policy.Cancelled {
		return p.SeverityBadge(r)
	}
	return template.HTML(strings.TrimSpace(string(p.Badge("status", r.Status) + " " + p.SeverityBadge(r))))
}

// SeverityBadge shows how much a version changes, or that it is the first.
func (p *page) SeverityBadge(r *record) template.HTML {
	if r.First {
		return template.HTML(`<span class="badge first">` + template.HTMLEscapeString(p.Say("versions.first")) + `</span>`)
	}
	return p.Badge("severity", r.Severity)
}

// Policy returns the content security policy that the page states.
func (p *page) Policy() string { return pagePolicy }

// RightToLeft reports whether the words of the page are written so.
func (p *page) RightToLeft() bool { return policy.RightToLeft(p.Lang) }

// Direction returns the writing direction of a language.
func (p *page) Direction(lang string) string { return direction(lang) }

// entry is one version in a list.
type entry struct {
	Page    *page
	Record  *record
	History *policyBuild
}

// Foreign says in which language the words of the version are.
func (e entry) Foreign() template.HTMLAttr { return e.Page.Foreign(e.History.lang) }

// Anchor names the version within a list of them.
func (e entry) Anchor() string { return "v." + path.Base(e.Record.Dir) }

// namedVersion is a version to be named with a link to its page.
type namedVersion struct {
	Page    *page
	Version *policy.Version
	Dir     string
}

func newEntry(p *page, r *record, h *policyBuild) entry { return entry{p, r, h} }

// writePage writes an HTML page with the named template.
func (b *builder) writePage(name string, p *page) error {
	p.Site, p.CSS, p.JS, p.Icon, p.Logo = &b.Options, b.css, b.js, b.icon, b.logo
	p.CompareJS, p.OnJS, p.FrameJS, p.SearchJS = b.compareJS, b.onJS, b.frameJS, b.searchJS
	p.shared = &b.shared
	if p.words == nil {
		p.words = b.words(b.Lang)
	}
	p.Lang = p.words.lang
	file := p.Dir + "index.html"
	if p.Rooted {
		file = p.Dir + name + ".html"
	} else if p.Canonical == "" {
		p.Canonical, _ = b.absolute(p.Dir)
	}
	buf := b.buffer()
	defer b.release(buf)
	if err := b.execute(buf, name+".tmpl", p.words, p); err != nil {
		return fmt.Errorf("page /%s: %w", p.Dir, err)
	}
	b.checkPage(name+".tmpl", p, buf.Bytes())
	b.mu.Lock()
	b.summary.Pages++
	b.mu.Unlock()
	return b.stage.Write(file, rootedPage(buf.Bytes(), p.root()))
}

// root returns the way from the page to the root of the site.
func (p *page) root() string {
	if p.Rooted {
		return p.Site.basePath()
	}
	if p.Abroad && p.Site.BaseURL != "" {
		return p.Site.BaseURL
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
	return b.stage.Write(path, data)
}

func marshal(v any) ([]byte, error) {
	data, err := json.MarshalIndent(v, "", " ")
	return append(data, '\n'), err
}

// isoDate writes the day of a moment for programs.
func isoDate(t time.Time) string { return policy.DateOf(t).String() }

// short writes the first characters of a digest or commit.
func short(id string) string { return id[:min(12, len(id))] }
