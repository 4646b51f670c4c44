package render

import (
	"bytes"
	_ "embed" // for the style sheet
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
)

// Paper is a text or a redline as sheets of paper, with the facts by which a
// reader of any one sheet can tell which text it is of.
type Paper struct {
	Title     string
	Lang      string    // BCP 47 tag; "en" when empty
	Words     string    // BCP 47 tag of the label; that of the text when empty
	Label     string    // what it is, in words: "Version 2.0 · effective 1 March 2027"
	Reference string    // what it is, for programs: "privacy@2.0"
	Digest    string    // SHA-256 of the text, or of both, in hexadecimal
	Address   string    // where the text is for good; empty when not known
	Publisher string    // whose policy it is
	Published time.Time // the moment from which all times in the file are taken
	Body      []byte    // written by this package, with headings from the second level on
}

//go:embed paper.css
var paperStyle string

// HTML writes the sheets as a page to be printed. The page loads nothing, and its
// own policy forbids it to.
func (p *Paper) HTML(w io.Writer) error { return into(w, p.html) }

func (p *Paper) html(b *bytes.Buffer) {
	lang := p.Lang
	if lang == "" {
		lang = "en"
	}
	b.WriteString(`<!DOCTYPE html>` + "\n" + `<html lang="` + escape(lang) + `"` + direction(lang) + ">\n<head>\n" + `<meta charset="utf-8">` + "\n" +
		`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">` + "\n" +
		"<title>" + escape(p.Title) + "</title>\n<style>\n" + paperStyle + p.margins(policy.RightToLeft(lang)) + "</style>\n</head>\n<body>\n" +
		"<h1>" + escape(p.Title) + "</h1>\n")
	if p.Label != "" {
		b.WriteString(`<p class="facts"` + p.words(lang) + `>` + escape(p.Label) + "</p>\n")
	}
	b.Write(p.Body)
	b.WriteString("</body>\n</html>\n")
}

// words says in which language the label is, where that is not the one of the text.
func (p *Paper) words(lang string) string {
	if p.Words == "" || p.Words == lang {
		return ""
	}
	dir := direction(p.Words)
	if dir == "" && policy.RightToLeft(lang) {
		dir = ` dir="ltr"`
	}
	return ` lang="` + escape(p.Words) + `"` + dir
}

// margins is what is around the text on each sheet. The first one says above
// what the others repeat.
func (p *Paper) margins(fromRight bool) string {
	start, end, direction := "left", "right", "ltr"
	if fromRight {
		start, end, direction = "right", "left", "rtl"
	}
	foot := make([]string, 0, 2)
	if p.Digest != "" {
		foot = append(foot, "sha256 "+p.Digest)
	}
	if p.Address != "" {
		foot = append(foot, p.Address)
	}
	box := func(corner, content, more string) string {
		return "@" + corner + " { content: " + content + "; direction: " + direction + "; text-align: start; " + more + "}\n"
	}
	const wide = "width: 90%; "
	return "@page {\n" + box("top-"+start, quoteCSS(strings.Trim(p.Title+" · "+p.Label, " ·")), wide) +
		box("bottom-"+start, quoteCSS(strings.Join(foot, "\n")), wide+"direction: ltr; text-align: "+start+"; ") +
		box("bottom-"+end, `counter(page) " / " counter(pages)`, "text-align: end; ") + "}\n" +
		"@page :first { @top-" + start + " { content: none } }\n"
}

// quoteCSS writes words as a string of a style sheet. Whatever is neither a letter
// nor a digit of ASCII goes by its number, so nothing can end the string.
func quoteCSS(words string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range words {
		if r < 0x80 && (r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z') {
			b.WriteRune(r)
			continue
		}
		b.WriteString(`\` + strconv.FormatInt(int64(r), 16) + " ")
	}
	b.WriteByte('"')
	return b.String()
}

// RedlinePaper writes a redline as the body of a Paper: how much changed, how
// changes look, and both texts in full.
func RedlinePaper(w io.Writer, r *redline.Redline, o RedlineOptions) error {
	return into(w, func(b *bytes.Buffer) {
		lang := o.Lang
		if lang == "" {
			lang = "en"
		}
		newNotes(lang).legend(b)
		o.Open = true
		redlineHTML(b, r, o)
	})
}
