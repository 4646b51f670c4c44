package repair

import (
	"bytes"
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
)

var (
	// pageTitle is the name that a page gives itself.
	pageTitle = regexp.MustCompile(`(?is)<title[^>]*>(.*?)</title>`)
	// unseen is what a page holds and a browser does not show as text.
	unseen = regexp.MustCompile(`(?is)<!--.*?-->|<!doctype[^>]*>|<head\b.*?</head>|<script\b.*?</script>|<style\b.*?</style>`)
	// frame is a tag around the body of a page.
	frame = regexp.MustCompile(`(?i)</?(?:html|body|main)\b[^>]*>`)
	// blankLines would end a block of HTML within Markdown.
	blankLines = regexp.MustCompile(`\n\s*\n`)
)

// HTML turns the HTML page of the named file into Markdown with front matter:
// its headings, paragraphs, lists, tables, links and emphasis. The words are
// read by policy.Parse, which leaves out what a browser would not show. Each
// thing that is left out or put in is a repair. The id is as in Text.
//
// An error is a *policy.Diagnostic: bytes that are neither UTF-8 nor what the page
// declares.
func HTML(name, id string, src []byte) (markdown []byte, repairs []Repair, err error) {
	src, encoding := policy.DeclaredUTF8(src)
	page := unixLines(src)
	title, level := "", "the page's title became the title in the front matter"
	if m := pageTitle.FindSubmatch(page); m != nil {
		title = plainWords(string(m[1]))
	}
	d, err := policy.Parse(name, bodyOf(page))
	if err != nil {
		return nil, nil, err
	}
	if title == "" {
		title, level = firstHeading(d), "the first heading became the title in the front matter too"
	}
	markdown, repairs = Assemble(name, id, title, paragraphItems(d))
	if title != "" {
		repairs = append(repairs, Repair{Rule: "title", Message: level, Before: title, After: "title: " + title})
	}
	if encoding != "" {
		repairs = append(repairs, Repair{Rule: "encoding", Message: "the page was read in the encoding that it declares", Before: encoding, After: "utf-8"})
	}
	return markdown, repairs, nil
}

// Assemble writes a document as Markdown with front matter, and says what its
// author has to add. The id is as in Text; clauses without an id get one.
func Assemble(name, id, title string, d *policy.Document) ([]byte, []Repair) {
	front, repairs := frontMatter(cmp.Or(id, identifier(name)), title)
	text := Document(d)
	if parsed, err := policy.Parse(name, text); err == nil && !hasIDs(d) {
		Lead(parsed, anchors(d, parsed))
		text = Document(parsed)
	}
	return append(front, text...), repairs
}

func hasIDs(d *policy.Document) bool {
	return slices.ContainsFunc(d.Blocks, func(b policy.Block) bool { return b.ID != "" && b.Note == "" })
}

// bodyOf makes one block of HTML of a page, as Markdown reads it.
func bodyOf(page []byte) []byte {
	page = unseen.ReplaceAll(page, []byte(" "))
	page = frame.ReplaceAll(page, nil)
	page = blankLines.ReplaceAll(page, []byte("\n"))
	return append([]byte("<div>\n"), append(bytes.TrimSpace(page), "\n</div>\n"...)...)
}

// plainWords returns the words of a piece of HTML.
func plainWords(html string) string {
	d, err := policy.Parse("", []byte("<p>"+blankLines.ReplaceAllString(html, "\n")+"</p>"))
	if err != nil {
		return ""
	}
	var words []string
	for i := range d.Blocks {
		words = append(words, strings.Fields(d.Blocks[i].Text())...)
	}
	return strings.Join(words, " ")
}

func firstHeading(d *policy.Document) string {
	for i := range d.Blocks {
		if d.Blocks[i].Kind == policy.Heading {
			return strings.Join(strings.Fields(d.Blocks[i].Text()), " ")
		}
	}
	return ""
}

// paragraphItems makes paragraphs of the words in lists where an item holds
// several pieces of them, and of those in such a definition: Markdown parts them by
// blank lines.
func paragraphItems(d *policy.Document) *policy.Document {
	several := make(map[*policy.Container]bool)
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if list := textIn(b); list != nil && i > 0 && textIn(&d.Blocks[i-1]) == list && b.Path[len(b.Path)-1] == d.Blocks[i-1].Path[len(b.Path)-1] {
			several[list] = true
		}
	}
	out := *d
	out.Blocks = append([]policy.Block(nil), d.Blocks...)
	for i := range out.Blocks {
		if b := &out.Blocks[i]; len(b.Spans) > 0 && several[textIn(b)] {
			b.Kind = policy.Paragraph
		}
	}
	return &out
}

// textIn returns the list in whose item the words of b are directly, or the
// definition.
func textIn(b *policy.Block) *policy.Container {
	n := len(b.Path)
	switch {
	case b.Kind != policy.Text || n < 2:
		return nil
	case b.Path[n-1].Kind == policy.Definition:
		return b.Path[n-1]
	case b.Path[n-1].Kind == policy.Item:
		return b.Path[n-2]
	}
	return nil
}
