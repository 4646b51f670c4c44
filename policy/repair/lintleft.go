package repair

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/codicil/codicil/policy"
)

var (
	// placeholder is what templates and drafts leave for somebody to fill in.
	placeholder = regexp.MustCompile(`\[[A-Z][A-Z0-9_'’/&-]*(?: [A-Z0-9_'’/&-]+)*\]|\[(?i:insert|enter|your|add|say|replace|name of|date of) [^\]\n]{1,100}\]|<[A-Z][A-Z_ ]{2,40}>|\b(?:TODO|TBD|FIXME|XXX+)\b|(?i:\blorem ipsum\b)`)
	// variable is what a generator of sites would fill in.
	variable = regexp.MustCompile(`\{\{[^{}\n]{1,80}\}\}`)
)

// leftovers names what templates leave in a text: words that stand for others.
func (l *linter) leftovers() {
	for i := range l.doc.Blocks {
		if b := &l.doc.Blocks[i]; b.Kind != policy.Code {
			l.placeholders(b)
		}
	}
}

func (l *linter) placeholders(b *policy.Block) {
	for _, s := range b.Spans {
		if s.Style&policy.Monospace != 0 || s.Link != "" {
			continue
		}
		for _, m := range placeholder.FindAllString(s.Text, -1) {
			if !bracketedWord(m) {
				l.fault("placeholder", b.Line, 1, fmt.Sprintf("%q stands for words that nobody has filled in yet", m), "write the words, or take the sentence out")
			}
		}
		for _, m := range variable.FindAllString(s.Text, -1) {
			l.report("placeholder", b.Line, 1, fmt.Sprintf("%q is shown to readers as it stands here", strings.TrimSpace(m)), "write the words that belong there")
		}
	}
}

// bracketedWord reports whether something in brackets and capitals is no
// placeholder: an editor's remark, an abbreviation, a mark of a standard.
func bracketedWord(m string) bool {
	switch m {
	case "[SIC]", "[REDACTED]", "[OMITTED]", "[RESERVED]":
		return true
	}
	return m[0] == '[' && len(m) <= len("[ABC]")
}

// fault is report for what must not reach a reader.
func (l *linter) fault(rule string, line, column int, message, hint string) {
	l.report(rule, line, column, message, hint)
	l.found[len(l.found)-1].Level = policy.Error
}
