package site

import (
	"cmp"
	"html/template"
)

// FullTitle names the page and the site.
func (p *page) FullTitle() string {
	if p.Title == p.Site.Title {
		return p.Title
	}
	return p.Title + " · " + p.Site.Title
}

// headStart begins the head of every page.
var headStart = "<meta charset=\"utf-8\">" +
	"\n<meta http-equiv=\"Content-Security-Policy\"" + attributeOf("content", pagePolicy) + ">" +
	"\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"

// Head writes what the head of a page says to browsers and other programs.
func (p *page) Head() template.HTML {
	return headStart +
		"\n<title>" + literal(p.FullTitle()) + "</title>" +
		"\n<meta name=\"description\" content=\"" + literal(p.Description) + "\">" +
		"\n<meta name=\"color-scheme\" content=\"light dark\">" +
		"\n<meta name=\"referrer\" content=\"no-referrer\">" +
		"\n<meta name=\"generator\"" + attributeOf("content", p.Site.Generator) + ">" +
		p.found() +
		"\n<link rel=\"icon\"" + attributeOf("href", p.Link(p.Icon)) + ">" +
		"\n<link rel=\"stylesheet\"" + attributeOf("href", p.Link(p.CSS)) + ">" +
		p.Relations() +
		"\n<script" + attributeOf("src", p.Link(p.JS)) + " defer></script>" +
		p.data()
}

// found tells search engines whether they may show the page, and at which address.
func (p *page) found() (lines template.HTML) {
	if p.NoIndex {
		lines = "\n<meta name=\"robots\" content=\"noindex\">"
	}
	if p.Canonical != "" {
		lines += "\n<link rel=\"canonical\"" + attributeOf("href", p.Canonical) + ">"
	}
	return lines
}

// Relations writes the links of its head to other pages and to other forms of it.
func (p *page) Relations() template.HTML {
	return lines(p.Links, func(r rel) template.HTML {
		return "\n<link" + attributeOf("rel", r.Rel) + attributeOf("href", cmp.Or(r.URL, p.Link(r.Path))) + ">"
	}) + lines(p.Alternates, func(a alternate) template.HTML {
		return "\n<link rel=\"alternate\"" + attributeOf("type", a.Type) + attributeOf("hreflang", a.Lang) + attributeOf("title", a.Title) + attributeOf("href", p.Link(a.Path)) + ">"
	})
}

// data writes what the page is about in JSON-LD.
func (p *page) data() template.HTML {
	if p.Data == "" {
		return ""
	}
	return "\n<script type=\"application/ld+json\">" + template.HTML(p.Data) + "</script>" // documentData escapes what could end it
}

// Trail writes the steps of the way to the page.
func (p *page) Trail() template.HTML {
	return lines(p.Crumbs, func(c crumb) template.HTML { return item(p.Link(c.Path), c.Name) })
}

// Tongues writes the languages of the policy, with the page in each.
func (p *page) Tongues() template.HTML {
	return lines(p.Languages, func(t tongue) template.HTML {
		lang, name := attributeOf("lang", t.Lang), literal(ownName(t.Lang))
		if t.Here {
			return "\n<li><span" + lang + ` aria-current="true">` + name + "</span></li>"
		}
		return "\n<li><a" + attributeOf("href", p.Link(t.Path)) + lang + attributeOf("hreflang", t.Lang) + ">" + name + "</a></li>"
	})
}
