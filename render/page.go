package render

import (
	"bytes"
	"html"

	"github.com/codicil/codicil/policy/redline"
)

// RedlinePage writes a redline as a page that stands alone: one file, to be
// opened from a disk or attached to a message. It loads nothing.
func RedlinePage(b *bytes.Buffer, r *redline.Redline, before, after string, o RedlineOptions) {
	title := html.EscapeString(before + " → " + after)
	lang := o.Lang
	if lang == "" {
		lang = "en"
	}
	b.WriteString("<!DOCTYPE html>\n<html lang=\"" + html.EscapeString(lang) + "\">\n<head>\n<meta charset=\"utf-8\">\n")
	b.WriteString("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
	b.WriteString("<title>" + title + "</title>\n<style>" + pageStyle + "</style>\n</head>\n<body>\n<main>\n<h1>" + title + "</h1>\n")
	o.Shift = 1
	RedlineHTML(b, r, o)
	b.WriteString("</main>\n</body>\n</html>\n")
}

// pageStyle marks insertions and deletions without relying on colour.
const pageStyle = `
:root{color-scheme:light dark}
body{font:1rem/1.6 Georgia,"Noto Serif","Noto Serif CJK SC",serif;margin:0 auto;max-width:42rem;padding:1.5rem;overflow-wrap:break-word}
ins{background:#dbeafe;color:#1e3a8a;text-decoration:underline}
del{background:#fef3c7;color:#78350f;text-decoration:line-through}
table{border-collapse:collapse}td,th{border:1px solid #8888;padding:.25rem .5rem;text-align:start;vertical-align:top}
.visually-hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap;user-select:none}
@media (prefers-color-scheme:dark){ins{background:#172554;color:#bfdbfe}del{background:#451a03;color:#fde68a}}
@media print{ins,del{background:none;color:inherit}.visually-hidden{display:none}details::details-content{content-visibility:visible;block-size:auto}summary,.redline-nav{display:none}}
`
