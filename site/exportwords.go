package site

import (
	"html"
	"regexp"
	"strings"

	"github.com/codicil/codicil/render/markdown"
)

// tagOf is a tag of a message: only the few that rich and the dates write.
var tagOf = regexp.MustCompile(`<(/?)([a-z]+)((?:\s[^<>]*)?)>`)

// hrefOf is where such a tag leads.
var hrefOf = regexp.MustCompile(`href="([^"]*)"`)

// richMarkdown writes a message as Markdown; link says where its links lead.
func richMarkdown(message string, link func(string) string) string {
	var b strings.Builder
	target := ""
	at := 0
	for _, m := range tagOf.FindAllStringSubmatchIndex(message, -1) {
		b.WriteString(markdown.Escape(html.UnescapeString(message[at:m[0]])))
		at = m[1]
		closing, name := m[2] < m[3], message[m[4]:m[5]]
		switch {
		case name == "strong":
			b.WriteString("**")
		case name == "a" && closing:
			b.WriteString("](" + target + ")")
		case name == "a":
			b.WriteByte('[')
			if to := hrefOf.FindStringSubmatch(message[m[6]:m[7]]); to != nil {
				target = link(html.UnescapeString(to[1]))
			}
		}
	}
	b.WriteString(markdown.Escape(html.UnescapeString(message[at:])))
	return b.String()
}
