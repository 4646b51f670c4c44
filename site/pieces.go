package site

import (
	"cmp"
	"fmt"
	"html/template"
	"strconv"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/materiality"
)

// What is on pages many times, such as the lines of their lists, is written here: a
// template that does so asks for each word by its name and escapes it by three
// functions, which takes ten times as long.

// lines writes each member of a list.
func lines[T any](list []T, write func(T) string) template.HTML {
	var b strings.Builder
	for _, member := range list {
		b.WriteString(write(member))
	}
	return template.HTML(b.String())
}

// item writes a line of a list, which is a link.
func item(href, words string) string {
	return "\n<li><a" + attributeOf("href", href) + ">" + escaped(words) + "</a></li>"
}

// attributeOf writes an attribute that says something.
func attributeOf(name, value string) string {
	if value == "" {
		return ""
	}
	return " " + name + `="` + escaped(value) + `"`
}

// fragment writes an anchor as it is in a link.
func fragment(anchor string) string {
	var b strings.Builder
	for _, c := range []byte(anchor) {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '-', c == '.', c == '_', c == '~':
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "%%%02x", c)
		}
	}
	return b.String()
}

// FullTitle names the page and the site.
func (p *page) FullTitle() string {
	if p.Title == p.Site.Title {
		return p.Title
	}
	return p.Title + " · " + p.Site.Title
}

// Href leads to a path of the site.
func (p *page) Href(path string) template.HTMLAttr {
	return template.HTMLAttr(attributeOf("href", p.Link(path)))
}

// Relations writes the links of its head to other pages and to other forms of it.
func (p *page) Relations() template.HTML {
	return lines(p.Links, func(r rel) string {
		return "\n<link" + attributeOf("rel", r.Rel) + attributeOf("href", cmp.Or(r.URL, p.Link(r.Path))) + ">"
	}) + lines(p.Alternates, func(a alternate) string {
		return "\n<link rel=\"alternate\"" + attributeOf("type", a.Type) + attributeOf("hreflang", a.Lang) + attributeOf("title", a.Title) + string(p.Href(a.Path)) + ">"
	})
}

// Trail writes the steps of the way to the page.
func (p *page) Trail() template.HTML {
	return lines(p.Crumbs, func(c crumb) string { return item(p.Link(c.Path), c.Name) })
}

// Jumps writes the table of contents of a text.
func (p *versionPage) Jumps() template.HTML {
	return lines(p.Contents, func(c *policy.Clause) string { return item("#"+fragment(c.ID), c.Name()) })
}

// Jumps writes the table of contents of a redline.
func (p *redlinePage) Jumps() template.HTML {
	return lines(p.Contents, func(j jump) string {
		return item("#c-"+strconv.Itoa(j.Change), cmp.Or(j.Name, p.words.say("clause.preamble")))
	})
}

// Reasons writes why a version changes as much as it does.
func (p *page) Reasons(r *record) template.HTML {
	return lines(r.Reasons, func(reason materiality.Reason) string {
		clause := ""
		if reason.Clause != "" {
			clause = "<strong>" + escaped(reason.Clause) + ":</strong> "
		}
		return "\n<li>" + p.mark(reason.Severity) + clause + escaped(reason.Why) + "</li>"
	})
}

// mark writes a severity before what has it.
func (p *page) mark(s policy.Severity) string {
	badge := string(p.Badge("severity", s))
	if badge != "" {
		badge += " "
	}
	return badge
}

// Clauses names the clauses that a version changed.
func (p *page) Clauses(names []string) template.HTML {
	return lines(p.words.clauseNames(names), func(name string) string { return "\n<li>" + escaped(name) + "</li>" })
}

// Certainty says how a version's effective date is known, unless it states it.
func (p *page) Certainty(v *policy.Version) template.HTML {
	if v.Certainty == "" || v.Certainty == policy.Stated {
		return ""
	}
	return template.HTML(` <span class="quiet">(` + escaped(p.Say("certainty."+string(v.Certainty))) + `)</span>`)
}

// Version names a version, with a link to its page, and tells its day.
func (p *page) Version(v *policy.Version, dir string) template.HTML {
	return p.Rich("version.link", p.Called(v.Label), p.To(dir)) + p.Effective(v)
}

// Effective tells from when a version binds, after other words, where it is not named
// by that day.
func (p *page) Effective(v *policy.Version) template.HTML {
	if !p.Apart(v) {
		return ""
	}
	return " · " + p.Rich("version.effective", p.Date(v.Effective))
}

// Published tells when a version was published, after other words, where it is not
// named by a day.
func (p *page) Published(v *policy.Version) template.HTML {
	if isDay(v.Label) {
		return ""
	}
	return " · " + p.Rich("version.published", p.Day(v.Published))
}

// Linked names a clause with a link to it.
func (c clausePage) Linked(p *page, h clauseHistory) template.HTML {
	to := p.Link(c.Path())
	if h.ID != "" {
		to += "#" + fragment(h.ID)
	}
	return template.HTML("<a" + attributeOf("href", to) + ">" + escaped(cmp.Or(h.Name, h.ID, p.Say("clause.preamble"))) + "</a>")
}

// Changed writes the versions that changed a clause.
func (c clausePage) Changed(p *page, h clauseHistory) template.HTML {
	return lines(h.Changes, func(v clauseVersion) string {
		said := p.Rich("clauses.changed", p.Called(v.Version.Label), p.To(v.Compare, "c-"+strconv.Itoa(v.Change))) + p.Published(v.Version)
		parts := ""
		if len(v.Parts) > 0 {
			parts = ": <span" + string(p.Foreign(c.Lang())) + ">" + escaped(strings.Join(v.Parts, ", ")) + "</span>"
		}
		return "\n<li>" + p.mark(v.Severity) + string(said) + parts + "</li>"
	})
}

// Options writes the versions to choose from, one of them chosen.
func (c *comparisonsPage) Options(p *page, chosen string) template.HTML {
	return lines(c.Choices, func(v choice) string {
		selected := ""
		if v.Slug == chosen {
			selected = " selected"
		}
		return "\n<option" + attributeOf("value", v.Slug) + selected + ">" + escaped(p.Named(v.Label)) + "</option>"
	})
}
