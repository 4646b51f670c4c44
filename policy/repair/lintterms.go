package repair

import (
	"fmt"
	"regexp"
	"strings"
)

// defining is a place where a text gives a term its meaning: “Term” means …,
// or (the “Term”). Terms begin with a capital letter, as contracts write them.
var defining = regexp.MustCompile(
	`["“]([A-Z][\w&’' -]{1,40}?)["”] (?:means?|refers? to|shall mean|has the meaning|is defined as)\b|` +
		`\((?:(?:the|our|each,? an?|collectively,?(?: the)?|together,?(?: the)?|hereinafter,?(?: the)?|an?) )?["“]([A-Z][\w&’' -]{1,40}?)["”]\)`)

// abbreviation is a short form in capital letters: it is given along with the
// long one whether or not the text needs it.
var abbreviation = regexp.MustCompile(`^[A-Z&-]{2,}s?$`)

// terms names the terms that are defined and never used: what was meant to
// hang on them does not.
func (l *linter) terms() {
	passages := l.passages()
	var all strings.Builder
	for i := range l.doc.Blocks {
		all.WriteString(strings.ToLower(l.doc.Blocks[i].Text()))
		all.WriteByte('\n')
	}
	text := all.String()
	seen := make(map[string]bool)
	for _, p := range passages {
		for _, m := range defining.FindAllStringSubmatchIndex(p.text, -1) {
			from, to := m[2], m[3]
			if from < 0 {
				from, to = m[4], m[5]
			}
			term := p.text[from:to]
			if key := strings.ToLower(term); !seen[key] && !abbreviation.MatchString(term) && strings.Count(text, stemOf(key)) == 1 {
				l.report("unused-term", p.line, l.column(p, from), fmt.Sprintf("the term %q is defined, and not used", term),
					"use it where it is meant, or leave the definition out")
			}
			seen[strings.ToLower(term)] = true
		}
	}
}

// stemOf takes the plural from a term, so that “Services” is used by "service".
func stemOf(term string) string {
	if stem, plural := strings.CutSuffix(term, "ies"); plural {
		return stem
	}
	return strings.TrimSuffix(strings.TrimSuffix(term, "y"), "s")
}
