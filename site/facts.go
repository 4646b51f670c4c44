package site

import (
	"html/template"

	"github.com/codicil/codicil/policy"
)

// What the pages of versions and redlines say around the words, beside pieces.go.

// Summed writes the editor's summary; nothing where there is none.
func (p *page) Summed(title, lang, summary string) template.HTML {
	if summary == "" {
		return ""
	}
	return "\n<section class=\"summary\" aria-labelledby=\"site.summary\">" +
		"\n<h2 id=\"site.summary\">" + literal(p.Say(title)) + "</h2>" +
		"\n<p" + template.HTML(p.Foreign(lang)) + ">" + literal(summary) + "</p>\n</section>"
}

// Contents writes a table of contents; nothing where it has no lines.
func (p *page) Contents(title, lang string, jumps template.HTML) template.HTML {
	if jumps == "" {
		return ""
	}
	return "\n<nav class=\"toc\" aria-labelledby=\"site.toc\">" +
		"\n<h2 id=\"site.toc\">" + literal(p.Say(title)) + "</h2>" +
		"\n<ul" + template.HTML(p.Foreign(lang)) + ">" + jumps + "\n</ul>\n</nav>"
}

// Forms leads to the other forms of a text or redline.
func (p *page) Forms() template.HTML {
	forms := linkTo(p.Link(p.Dir+"index.md"), "Markdown") + ", " + linkTo(p.Link(p.Dir+"index.txt"), p.Say("form.text")) + ", " + linkTo(p.Link(p.Dir+"index.json"), "JSON")
	if p.PDF != "" {
		forms += ", <a" + attributeOf("href", p.Link(p.PDF)) + ` type="application/pdf">PDF</a>`
	}
	return forms
}

// Heading names the text, and says which version it is and from when it binds.
func (p *versionPage) Heading(pg *page) template.HTML {
	facts := "<h1" + attributeOf("id", p.HeadID) + template.HTML(pg.Foreign(p.History.lang)) + ">" + literal(p.Title) + "</h1>" +
		"\n<p class=\"facts\">" + literal(pg.Say("version", pg.Called(p.Version.Label)))
	if p.Binds() {
		facts += pg.Effective(p.Version)
	}
	facts += " · " + literal(pg.Say("version.minutes", p.Minutes)) + "\n · " + linkTo(pg.Link(p.History.address.History()), pg.Say("versions.all"))
	switch p.Position {
	case "current":
		facts += " · " + pg.Badge("status", p.Status)
	case "upcoming":
		facts += " · " + pg.Badge("status", "upcoming")
	}
	return facts + "</p>"
}

// About tells where the version comes from, and where more about it is.
func (p *versionPage) About(pg *page) template.HTML {
	label, history := pg.Called(p.Version.Label), p.History.address
	list := pg.row("label.version", pg.Rich("version.address", p.Reference(pg))) + pg.Days(p.Version)
	if p.Compare != "" {
		list += pg.row("label.changes", pg.Rich("version.compare", pg.Called(p.Previous), pg.To(p.Compare)))
	}
	list += pg.row("label.since", pg.Rich("version.since", label, pg.To(p.Since))) +
		pg.row("label.history", pg.Rich("version.history", pg.To(history.History()), pg.To(history.Clauses()))) +
		pg.row("label.forms", pg.Forms())
	if approvals := p.Version.Approvals; len(approvals) > 0 {
		list += pg.row("label.approved", pg.approved(approvals))
	}
	return list
}

// approved says who approved a version, when and how.
func (p *page) approved(by []policy.Approval) template.HTML {
	list := make([]template.HTML, len(by))
	for i, a := range by {
		list[i] = literal(a.Name) + " (" + literal(a.Role) + "), " + p.Day(a.At) + ", " + literal(a.How)
	}
	return join(list, "<br>")
}

// Audit tells what proves the version to be what it is.
func (p *versionPage) Audit(pg *page) template.HTML {
	return pg.row("label.written", pg.Day(p.Version.Committed)) +
		pg.row("label.commit", "<code>"+literal(p.Version.Commit)+"</code>") +
		pg.row("label.log", pg.Rich("version.log", pg.To(p.Proof()), pg.To("log/"))) +
		"\n<div><dt>SHA-256</dt><dd><code>" + literal(p.Version.SHA256) + "</code></dd></div>"
}

// Foot names the version on each sheet of paper.
func (p *versionPage) Foot(pg *page) template.HTML {
	return literal(p.Title+" · "+pg.Say("version", pg.Called(p.Version.Label))) + pg.Effective(p.Version) +
		literal(" · sha256 "+short(p.Version.SHA256)) + pg.at()
}

// at tells the address of the page behind other words, where it is known.
func (p *page) at() template.HTML {
	if p.Canonical == "" {
		return ""
	}
	return literal(" · " + p.Canonical)
}

// Heading says which versions are compared, and how grave the changes are.
func (p *redlinePage) Heading(pg *page) template.HTML {
	r := p.Record
	facts := "<h1>" + literal(pg.Title) + "</h1>" +
		"\n<p class=\"facts\">" + pg.Version(p.From, p.FromDir) + ` <span class="arrow">→</span> ` + pg.Version(p.To, p.ToDir) + "</p>" +
		"\n<p class=\"stat\"" + attributeOf("data-severity", r.Severity.String()) + ">" + literal(pg.Say("means."+r.Severity.String()))
	if r.Downgraded() {
		facts += literal(" (" + pg.Say("compare.declared", pg.Say("severity."+r.Proposed.String())) + ")")
	}
	facts += ".</p>"
	if r.Limited {
		facts += "\n<p class=\"limited\" role=\"note\">" + literal(pg.Say("compare.limited")) + "</p>"
	}
	return facts
}

// Why gives the reasons for the severity; nothing where there are none.
func (p *redlinePage) Why(pg *page) template.HTML {
	if len(p.Record.Reasons) == 0 {
		return ""
	}
	return "\n<section class=\"why\" aria-labelledby=\"site.why\">" +
		"\n<h2 id=\"site.why\">" + literal(pg.Say("versions.why", pg.Say("severity."+p.Record.Proposed.String()))) + "</h2>" +
		"\n<ul class=\"reasons\"" + template.HTML(pg.Foreign("en")) + ">" + pg.Reasons(p.Record) + "\n</ul>\n</section>"
}

// Legend says how to read the redline.
func (p *redlinePage) Legend(pg *page) template.HTML {
	list := []template.HTML{pg.Rich("compare.legend", p.Ins(), p.Del())}
	if p.Record.Stat.Moves > 0 {
		list = append(list, pg.Rich("compare.moves", p.Moved()))
	}
	if p.Since {
		list = append(list, literal(pg.Say("compare.current", pg.Called(p.Current()))))
	}
	return join(append(list, pg.Rich("compare.whole", pg.Named(p.To.Label), pg.To(p.ToDir))), " ")
}

// About tells which texts are compared, and where more about them is.
func (p *redlinePage) About(pg *page) template.HTML {
	side := func(v *policy.Version, dir string) template.HTML {
		return pg.Rich("compare.version", pg.Called(v.Label), pg.To(dir)) + ", <code>" + literal(short(v.SHA256)) + "</code>"
	}
	sides := pg.Link(p.address.Comparisons()) + "?from=" + fragment(p.address.Segment(p.From.Label)) + "&to=" + fragment(p.address.Segment(p.To.Label)) + "&view=sides"
	list := pg.row("label.from", side(p.From, p.FromDir)) + pg.row("label.to", side(p.To, p.ToDir)) +
		pg.row("label.in force", pg.Rich("compare.in force", pg.To(p.Path()))) +
		pg.row("label.history", linkTo(pg.Link(p.address.History()), pg.Say("versions.all"))) +
		pg.row("comparisons.do", linkTo(sides, pg.Say("comparisons.sides")))
	if !p.Since {
		list += pg.row("label.forms", pg.Forms())
	}
	return list
}

// Foot names both versions on each sheet of paper.
func (p *redlinePage) Foot(pg *page) template.HTML {
	return pg.Rich("compare.foot", p.Record.Title, pg.Named(p.From.Label), pg.Named(p.To.Label), short(p.To.SHA256)) + pg.at()
}
