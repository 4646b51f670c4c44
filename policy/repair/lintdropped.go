package repair

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"github.com/codicil/codicil/policy"
)

// droppedTag begins an element of HTML of which a page shows nothing.
var droppedTag = regexp.MustCompile(`(?i)<(script|style|template|iframe|object|embed|noscript|textarea|select|input|svg|math|video|audio|canvas)\b[^>]*>`)

// codeSpan is code within a line, where a tag is but words.
var codeSpan = regexp.MustCompile("`[^`]*`")

// dropped names the elements and pictures that a text has and its page will not:
// nothing falls away in silence.
func (l *linter) dropped() {
	code := ""
	for i := range l.lines {
		raw := l.lines[i].raw
		if fence := fenceOf(raw); fence != "" && (code == "" || code == fence) {
			code = map[bool]string{true: fence}[code == ""]
			continue
		}
		if code == "" && strings.Contains(raw, "<") {
			l.droppedTags(raw, i+1)
		}
	}
	for i := range l.doc.Blocks {
		l.droppedPictures(&l.doc.Blocks[i])
	}
}

// fenceOf returns the mark of a line that begins or ends a block of code.
func fenceOf(raw string) string {
	line := strings.TrimLeft(raw, " ")
	if fence := line[:min(3, len(line))]; fence == "```" || fence == "~~~" {
		return fence
	}
	return ""
}

func (l *linter) droppedTags(raw string, line int) {
	for _, m := range droppedTag.FindAllStringSubmatchIndex(codeSpan.ReplaceAllStringFunc(raw, blank), -1) {
		name := strings.ToLower(raw[m[2]:m[3]])
		l.report("dropped-element", line, m[0]+1, fmt.Sprintf("<%s> is not shown: a page has words, links, lists and tables only", name),
			"say in words what it shows, or link to it")
	}
}

func (l *linter) droppedPictures(b *policy.Block) {
	for _, s := range b.Spans {
		if u, err := url.Parse(s.Image); s.Image != "" && (err != nil || u.Host == "") {
			l.report("dropped-element", b.Line, 1, fmt.Sprintf("the picture %s is not shown: pages have only its description, %q", s.Image, s.Text),
				"say in words what it shows, or link to it")
		}
	}
}

func blank(s string) string { return strings.Repeat(" ", len(s)) }

func ruleDropped() policy.RuleEntry {
	return policy.RuleEntry{
		ID: "dropped-element", Title: "A page shows all that its text holds",
		Reason: "frames, scripts, forms, films and pictures of the repository do not reach the page, and the reader does not know",
		Before: "# Use\n\n<iframe src=\"https://example.com/form\"></iframe>\n",
		After:  "# Use\n\nSee [the form](https://example.com/form).\n",
	}
}
