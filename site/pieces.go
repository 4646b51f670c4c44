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
// functions, which takes ten times as long. A piece has the type of HTML, and words
// get into one only through literal and attributeOf, which escape them.

// literal writes words.
func literal(words string) template.HTML { return template.HTML(escaped(words)) }

// attributeOf writes an attribute that says something.
func attributeOf(name, value string) template.HTML {
	if value == "" {
		return ""
	}
	return template.HTML(" " + name + `="` + escaped(value) + `"`)
}

// linkTo writes a link.
func linkTo(href, words string) template.HTML {
	return "<a" + attributeOf("href", href) + ">" + literal(words) + "</a>"
}

// lines writes each member of a list.
func lines[T any](list []T, write func(T) template.HTML) template.HTML {
	var b strings.Builder
	for _, member := range list {
		b.WriteString(string(write(member)))
	}
	return template.HTML(b.String())
}

// item writes a line of a list, which is a link.
func item(href, words string) template.HTML { return "\n<li>" + linkTo(href, words) + "</li>" }

// row writes a line of a list of facts.
func (p *page) row(label string, fact template.HTML) template.HTML {
	return "\n<div><dt>" + literal(p.Say(label)) + "</dt><dd>" + fact + "</dd></div>"
}

// fragment writes an anchor, or a value of a query, as it is in a link.
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

// Href leads to a path of the site.
func (p *page) Href(path string) template.HTMLAttr {
	return template.HTMLAttr(attributeOf("href", p.Link(path)))
}

// Jumps writes the table of contents of a text.
func (p *versionPage) Jumps() template.HTML {
	return lines(p.Contents, func(c *policy.Clause) template.HTML { return item("#"+fragment(c.ID), c.Name()) })
}

// Jumps writes the table of contents of a redline.
func (p *redlinePage) Jumps() template.HTML {
	return lines(p.Contents, func(j jump) template.HTML {
		return item("#c-"+strconv.Itoa(j.Change), cmp.Or(j.Name, p.words.say("clause.preamble")))
	})
}

// Reasons writes why a version changes as much as it does.
func (p *page) Reasons(r *record) template.HTML {
	return lines(r.Reasons, func(reason materiality.Reason) template.HTML {
		clause := template.HTML("")
		if reason.Clause != "" {
			clause = "<strong>" + literal(reason.Clause) + ":</strong> "
		}
		return "\n<li>" + p.mark(reason.Severity) + clause + literal(reason.Why) + "</li>"
	})
}

// mark writes a severity before what has it.
func (p *page) mark(s policy.Severity) template.HTML {
	badge := p.Badge("severity", s)
	if badge != "" {
		badge += " "
	}
	return badge
}

// Clauses names the clauses that a version changed.
func (p *page) Clauses(names []string) template.HTML {
	return lines(p.words.clauseNames(names), func(name string) template.HTML { return "\n<li>" + literal(name) + "</li>" })
}

// Certainty says how a version's effective date is known, unless it states it.
func (p *page) Certainty(v *policy.Version) template.HTML {
	if v.Certainty == "" || v.Certainty == policy.Stated {
		return ""
	}
	return ` <span class="quiet">(` + literal(p.Say("certainty."+string(v.Certainty))) + `)</span>`
}

// Days writes from when a version binds, and when it was published, as facts.
func (p *page) Days(v *policy.Version) template.HTML {
	return p.row("label.effective", p.Date(v.Effective)+p.Certainty(v)) + p.row("label.published", p.Day(v.Published))
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
	return linkTo(to, cmp.Or(h.Name, h.ID, p.Say("clause.preamble")))
}

// Changed writes the versions that changed a clause.
func (c clausePage) Changed(p *page, h clauseHistory) template.HTML {
	return lines(h.Changes, func(v clauseVersion) template.HTML {
		in := p.Rich("clauses.changed", p.Called(v.Version.Label), p.To(v.Compare, "c-"+strconv.Itoa(v.Change))) + p.Published(v.Version)
		parts := template.HTML("")
		if len(v.Parts) > 0 {
			parts = ": <span" + template.HTML(p.Foreign(c.Lang())) + ">" + literal(strings.Join(v.Parts, ", ")) + "</span>"
		}
		return "\n<li>" + p.mark(v.Severity) + in + parts + "</li>"
	})
}

// Options writes the versions to choose from, one of them chosen.
func (c *comparisonsPage) Options(p *page, chosen string) template.HTML {
	return lines(c.Choices, func(v choice) template.HTML {
		selected := template.HTML("")
		if v.Slug == chosen {
			selected = " selected"
		}
		return "\n<option" + attributeOf("value", v.Slug) + selected + ">" + literal(p.Named(v.Label)) + "</option>"
	})
}
