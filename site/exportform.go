package site

import (
	_ "embed" // for the files that go along with an export
	"encoding/json"
	"regexp"
	"strconv"
	"strings"

	"github.com/codicil/codicil/render/markdown"
)

// layout is what a generator wants: its files in these places, in this form.
type layout struct {
	text     string // folder of the texts; empty when they are only data
	current  string // name of the text in force in its folder
	data     string // folder of the data
	redlines string // folder of the pieces of redlines
	pieces   string // what their names end in
	home     string // address at which the texts will be
	changes  string // what the names of pages that show a redline end in
	byFile   bool   // links between texts name files, not addresses
	form     markdown.Form
	files    map[string]string // what goes along, by its place

	front func(p *exported) []field                      // of every page, behind its title
	piece func(redline string, w *words) string          // a redline as a file that pages show
	shows func(name string) string                       // shows the redline of that name on a page
	apart func(words string, warning bool) (text string) // a paragraph that says what state a text is in
}

// field is a line of front matter.
type field struct {
	key   string
	value any
}

// layoutOf returns the layout of a format.
func layoutOf(format string) (layout, bool) {
	switch format {
	case "hugo":
		return hugoLayout(), true
	case "jekyll":
		return jekyllLayout(), true
	case "docusaurus":
		return docusaurusLayout(), true
	case "json":
		return layout{redlines: "redlines/", pieces: ".html", piece: func(redline string, _ *words) string { return redline }}, true
	}
	return layout{}, false
}

// The style of a redline on a page of somebody else: ins and del, and the words
// for screen readers out of sight.
//
//go:embed export/redline.css
var exportedStyle string

// wrapped is a redline in the element that its style is for.
func wrapped(redline string, w *words) string {
	return `<div class="codicil-redline" lang="` + w.lang + `" dir="` + direction(w.lang) + `">` + "\n" + redline + "</div>\n"
}

// quotation is a paragraph set apart.
func quotation(words string, _ bool) string { return "> " + words }

// Hugo keeps HTML out of Markdown unless its configuration says otherwise, which
// a template of a shortcode is not asked.
//
//go:embed export/hugo-redline.html
var hugoRedline string

func hugoLayout() layout {
	return layout{
		text: "content/policies/", current: "_index.md", data: "data/codicil/", redlines: "assets/codicil/redlines/", pieces: ".html", home: "/policies/", changes: ".md",
		form: markdown.Form{
			Heading: func(id string) string { return headingID(id, simpleID) },
			Before: func(id string) string {
				if strings.ContainsAny(id, "\"\\<>`") {
					return ""
				}
				return `{{< policy-anchor "` + id + `" >}}`
			},
			HTML: func(piece string) string { return "{{< policy-html >}}\n" + piece + "\n{{< /policy-html >}}" },
		},
		files: map[string]string{
			"layouts/shortcodes/policy-redline.html": hugoRedline,
			"layouts/shortcodes/policy-anchor.html":  `<span id="{{ .Get 0 }}"></span>`,
			"layouts/shortcodes/policy-html.html":    "{{ .Inner | safeHTML }}",
			"static/codicil/redline.css":             exportedStyle,
		},
		front: func(p *exported) []field {
			list := []field{{"url", "/policies/" + p.dir}, {"linkTitle", p.full()}, {"weight", p.weight()}}
			if p.version != nil {
				list = append(list, field{"date", stamp(p.version.Published)})
			}
			return list
		},
		piece: wrapped,
		shows: func(name string) string { return `{{< policy-redline ` + strconv.Quote(name) + ` >}}` },
		apart: quotation,
	}
}

// simpleID is an anchor that every reader takes behind a #.
var simpleID = regexp.MustCompile(`^[\pL\pN][\pL\pN_:.-]*$`)

// asciiID is an anchor that kramdown takes behind a #.
var asciiID = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_:-]*$`)

// headingID is the attribute list of a heading.
func headingID(id string, short *regexp.Regexp) string {
	if short.MatchString(id) {
		return " {#" + id + "}"
	}
	return ` {id="` + strings.NewReplacer(`"`, "", "{", "", "}", "").Replace(id) + `"}`
}

// jekyllConfig makes pages of the texts: jekyll build --config _config.yml,_config.policies.yml
const jekyllConfig = `# Makes pages of the policies: jekyll build --config _config.yml,_config.policies.yml
collections:
  policies:
    output: true
defaults:
  - scope: {path: "", type: policies}
    values: {layout: page}
`

func jekyllLayout() layout {
	return layout{
		text: "_policies/", current: "index.md", data: "_data/codicil/", redlines: "_includes/codicil/redlines/", pieces: ".html", home: "/policies/", changes: ".md",
		form: markdown.Form{
			Heading: kramdownHeading,
			Before:  func(id string) string { return `<span id="` + attribute(id) + `"></span>` },
			After:   kramdownID,
			HTML:    func(piece string) string { return "{::nomarkdown}\n" + piece + "\n{:/nomarkdown}" },
		},
		files: map[string]string{"assets/codicil/redline.css": exportedStyle, "_config.policies.yml": jekyllConfig},
		front: func(p *exported) []field {
			list := []field{{"permalink", "/policies/" + p.dir}, {"nav_title", p.full()}, {"nav_order", p.weight()}}
			if p.parent != "" {
				list = append(list, field{"parent", p.parent})
			}
			if p.version != nil {
				list = append(list, field{"date", stamp(p.version.Published)})
			}
			if p.redline == "" { // else it includes one
				list = append(list, field{"render_with_liquid", false})
			}
			return list
		},
		piece: func(redline string, w *words) string { // Jekyll reads what it includes as a template
			piece := strings.NewReplacer("{{", "&#123;{", "{%", "&#123;%").Replace(wrapped(redline, w))
			return `<link rel="stylesheet" href="{{ '/assets/codicil/redline.css' | relative_url }}">` + "\n" +
				strings.ReplaceAll(piece, `href="/policies/`, `href="{{ '/policies/' | relative_url }}`)
		},
		shows: func(name string) string {
			return "{::nomarkdown}\n{% include codicil/redlines/" + name + ".html %}\n{:/nomarkdown}"
		},
		apart: quotation,
	}
}

// kramdownID is the attribute list below a block.
func kramdownID(id string) string {
	if asciiID.MatchString(id) {
		return "{: #" + id + "}"
	}
	return `{: id="` + attribute(strings.NewReplacer("{", "", "}", "").Replace(id)) + `"}`
}

func kramdownHeading(id string) string {
	if asciiID.MatchString(id) {
		return " {#" + id + "}"
	}
	return "\n" + kramdownID(id)
}

// attribute makes words safe within quotation marks.
func attribute(s string) string {
	return strings.NewReplacer("&", "&amp;", `"`, "&quot;", "<", "&lt;", ">", "&gt;").Replace(s)
}

//go:embed export/docusaurus-redline.js
var docusaurusRedline string

// writtenNumbers keeps Docusaurus from numbering lists within lists in roman
// numerals, which is not how the text was written.
const writtenNumbers = `
[class*="docs-doc-id-policies/"] .markdown ol ol:not([type]) { list-style-type: decimal; }
`

func docusaurusLayout() layout {
	return layout{
		text: "docs/policies/", current: "index.md", data: "src/data/codicil/", redlines: "src/codicil/redlines/", pieces: ".json", home: "/docs/policies/", changes: ".mdx", byFile: true,
		form: markdown.Form{
			Heading: func(id string) string { return " {#" + id + "}" },
			Before:  func(id string) string { return `<a id="` + attribute(id) + `"></a>` },
			HTML:    func(piece string) string { return piece },
		},
		files: map[string]string{"src/codicil/Redline.js": docusaurusRedline, "src/codicil/redline.css": exportedStyle + writtenNumbers},
		front: func(p *exported) []field {
			list := []field{{"slug", "/policies/" + p.dir}, {"sidebar_label", p.label}}
			if p.place > 0 {
				list = append(list, field{"sidebar_position", p.place})
			}
			if p.redline != "" {
				return append(list, field{"hide_table_of_contents", true})
			}
			return append(list, field{"mdx", map[string]string{"format": "md"}})
		},
		piece: func(redline string, w *words) string {
			data, _ := json.Marshal(map[string]string{"html": redline, "lang": w.lang, "dir": direction(w.lang)}) // strings always can
			return string(data) + "\n"
		},
		shows: func(name string) string {
			return "import Redline from '@site/src/codicil/Redline';\nimport piece from '@site/src/codicil/redlines/" + name + ".json';\n\n<Redline {...piece} />"
		},
		apart: func(words string, warning bool) string {
			kind := "info"
			if warning {
				kind = "warning"
			}
			return ":::" + kind + "\n\n" + words + "\n\n:::"
		},
	}
}
