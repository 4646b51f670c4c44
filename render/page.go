package render

import (
	"bytes"
	_ "embed" // for the style sheet
	"io"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
)

// RedlinePage writes a redline as a page that stands alone: one file, to be
// opened from a disk or attached to a message. It loads nothing.
func RedlinePage(w io.Writer, r *redline.Redline, before, after string, o RedlineOptions) error {
	return into(w, func(b *bytes.Buffer) { redlinePage(b, r, before, after, o) })
}

func redlinePage(b *bytes.Buffer, r *redline.Redline, before, after string, o RedlineOptions) {
	between := before + " → " + after
	name := between
	if title := title(r); title != "" {
		name = title + ": " + between
	}
	lang := o.Lang
	if lang == "" {
		lang = "en"
	}
	b.WriteString(`<!DOCTYPE html>` + "\n" + `<html lang="` + escape(lang) + `"` + direction(lang) + ">\n<head>\n" + `<meta charset="utf-8">` + "\n")
	b.WriteString(`<meta name="viewport" content="width=device-width, initial-scale=1">` + "\n")
	b.WriteString("<title>" + escape(name) + "</title>\n<style>\n" + pageStyle + "</style>\n</head>\n<body>\n<main>\n")
	heading(b, title(r), between)
	newNotes(lang).legend(b)
	o.Shift = 1
	redlineHTML(b, r, o)
	b.WriteString("</main>\n</body>\n</html>\n")
}

//go:embed redline.css
var pageStyle string

// heading writes the title of the text, and which two versions are compared.
func heading(b *bytes.Buffer, title, between string) {
	if title == "" {
		b.WriteString("<h1>" + escape(between) + "</h1>\n")
		return
	}
	b.WriteString("<h1>" + escape(title) + "</h1>\n" + `<p class="redline-between">` + escape(between) + "</p>\n")
}

// title is that of the newer text, or of the older one where that has none.
func title(r *redline.Redline) string {
	for _, d := range []*policy.Document{r.New, r.Old} {
		if d.Front.Title != "" {
			return d.Front.Title
		}
	}
	return ""
}

// legend shows how changes look. Its samples are no ins and del, for nothing
// changed there.
func (n *notes) legend(b *bytes.Buffer) {
	word := func(s string) string { return escape(strings.TrimRight(s, " :\u00a0\u202f：")) }
	b.WriteString(`<p class="redline-legend"` + n.lang + `><span class="ins">` + word(n.inserted) + `</span> · <span class="del">` + word(n.deleted) +
		`</span> · <span class="ins moved">` + word(n.movedHere) + `</span> · <span class="del moved">` + word(n.movedAway) + "</span></p>\n")
}

// direction is the attribute of a page whose language runs from right to left.
func direction(lang string) string {
	if policy.RightToLeft(lang) {
		return ` dir="rtl"`
	}
	return ""
}
