package report

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
)

// nothing is markup that shows nothing and keeps what is on its two sides
// from being read as one: a backslash does not keep a host from finding a mention
// or an address, as it looks for them in the finished text.
const nothing = "<!-- -->"

// escapes are what is in a comment for each character that would be markup.
var escapes = strings.NewReplacer(
	`\`, `\\`, "*", `\*`, "_", `\_`, "`", "\\`", "<", "&lt;", ">", "&gt;", "&", "&amp;", "[", `\[`, "]", `\]`, "!", `\!`, "~", `\~`, "|", `\|`, "$", `\$`,
	"@", "@"+nothing, "#", `\#`+nothing, "://", ":"+nothing+"//", "www.", "www"+nothing+".", "GH-", "GH"+nothing+"-", "mailto:", "mailto"+nothing+":",
)

// unlinked does for Markdown of ours, whose words are escaped already, what a
// backslash does not.
var unlinked = strings.NewReplacer(`\@`, "@"+nothing, `\#`, `\#`+nothing, "://", ":"+nothing+"//", `:\/\/`, ":"+nothing+"//",
	`www\.`, "www"+nothing+`\.`, "www.", "www"+nothing+".", `GH\-`, "GH"+nothing+"-", "GH-", "GH"+nothing+"-")

// markdownWords keeps words of a text from being read as markup, as a link or
// as a mention that tells a stranger. They stay in one line.
func markdownWords(s string) string {
	return escapes.Replace(strings.Join(strings.Fields(plainText(s)), " "))
}

// plainText shows the characters that hide or turn the words around them, and
// those that command a terminal.
func plainText(s string) string {
	hidden := func(r rune) bool {
		return unicode.IsControl(r) && r != '\n' && r != '\t' && r != '\r' || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069
	}
	if strings.IndexFunc(s, hidden) < 0 {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if hidden(r) {
			fmt.Fprintf(&b, `\u%04x`, r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// coded is a name that a message of ours puts in marks of code.
var coded = regexp.MustCompile("`[^`\n]+`")

// markdownSentence does what markdownWords does, and leaves names in marks of
// code as they are: nothing in them is markup.
func markdownSentence(s string) string {
	s = strings.Join(strings.Fields(plainText(s)), " ")
	if strings.Count(s, "`")%2 != 0 || strings.Contains(s, "``") {
		return escapes.Replace(s)
	}
	var b strings.Builder
	at := 0
	for _, span := range coded.FindAllStringIndex(s, -1) {
		b.WriteString(escapes.Replace(s[at:span[0]]) + s[span[0]:span[1]])
		at = span[1]
	}
	return b.String() + escapes.Replace(s[at:])
}

// codeSpan shows words as code, whatever marks they hold.
func codeSpan(s string) string {
	s = strings.Join(strings.Fields(plainText(s)), " ")
	mark := "`"
	for strings.Contains(s, mark) {
		mark += "`"
	}
	if mark == "`" {
		return mark + s + mark
	}
	return mark + " " + s + " " + mark
}
