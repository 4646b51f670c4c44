package repair

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/codicil/codicil/policy"
)

// defining is a place where a text gives a term its meaning: “Term” means …,
// or (the “Term”). Terms begin with a capital letter, as contracts write them.
var defining = regexp.MustCompile(
	`["“]([A-Z][\w&’' -]{1,40}?)["”] (?:means?|refers? to|shall mean|has the meaning|is defined as)\b|` +
		`\((?:(?:the|our|each,? an?|collectively,?(?: the)?|together,?(?: the)?|hereinafter,?(?: the)?|an?) )?["“]([A-Z][\w&’' -]{1,40}?)["”]\)`)

// A short form, such as UK GDPR or FinCEN, is given along with the long one
// whether or not the text needs it; so is the long one behind it, as in NSFW
// (“Not Safe for Work”), and the heading of a section that is cited by number.
var (
	abbreviation = regexp.MustCompile(`^(?:[A-Z]{2,}[\w&-]* )*[A-Z][\w&-]*[A-Z0-9][\w&-]*$`)
	explained    = regexp.MustCompile(`(?:\b[A-Z]{2,}s?|\d) \($`)
)

// terms names the terms that are defined and never used: what was meant to
// hang on them does not.
func (l *linter) terms() {
	passages := l.passages()
	var all strings.Builder
	for i := range l.doc.Blocks {
		all.WriteString(strings.ToLower(l.doc.Blocks[i].Text()))
		all.WriteByte('\n')
	}
	text := finder{text: all.String()}
	seen := make(map[string]bool)
	for _, p := range passages {
		for _, m := range defining.FindAllStringSubmatchIndex(p.text, -1) {
			from, to := m[2], m[3]
			if from < 0 {
				from, to = m[4], m[5]
			}
			term := p.text[from:to]
			if explained.MatchString(tail(strings.TrimRight(p.text[:from], "\"“"), nearBytes)) {
				continue
			}
			if key := strings.ToLower(term); !seen[key] && !abbreviation.MatchString(term) && text.once(usedAs(term)) {
				l.report("unused-term", p.line, l.column(p, from), fmt.Sprintf("the term %q is defined, and not used", term),
					"use it where it is meant, or leave the definition out")
			}
			seen[strings.ToLower(term)] = true
		}
	}
}

// promised is a place where a text says that it defines a term elsewhere.
var promised = regexp.MustCompile(`\b([A-Z][\w&’'-]+(?: (?:(?:of|and|for|the) )?[A-Z][\w&’'-]+){0,4}),? \(?(?:each )?as defined (?:above|below|herein|in [Ss]ections? \d[\d.]*)`)

// promisedTerms names the terms that a text says it defines, and does not.
func (l *linter) promisedTerms() {
	seen := make(map[string]bool)
	var g *givings
	for _, p := range l.passages() {
		if !strings.Contains(p.cited, "as defined") {
			continue
		}
		if g == nil {
			g = l.givings()
		}
		for _, m := range promised.FindAllStringSubmatchIndex(p.cited, -1) {
			term := p.cited[m[2]:m[3]]
			if !seen[term] && !g.explain(term) {
				l.report("undefined-term", p.line, l.column(p, m[2]), fmt.Sprintf("the term %q is said to be defined here, and is not", term),
					"define it, or cite the text that does")
			}
			seen[term] = true
		}
	}
}

// givings are the words by which a text may give a term, in small letters.
type givings struct {
	all    finder // every block on a line of its own
	marked finder // headings, and what is bold or in italics
}

// opens stands before a block in givings.
const opens = "\x00"

func (l *linter) givings() *givings {
	var all, marked strings.Builder
	for i := range l.doc.Blocks {
		b := &l.doc.Blocks[i]
		text := strings.ToLower(b.Text())
		all.WriteString(opens + strings.TrimLeft(text, "\"“'‘") + "\v" + text)
		if b.Kind == policy.Heading {
			marked.WriteString(opens + text)
		}
		for _, s := range b.Spans {
			if s.Style&(policy.Strong|policy.Emphasis) != 0 {
				marked.WriteString(opens + strings.ToLower(s.Text))
			}
		}
	}
	return &givings{finder{text: all.String()}, finder{text: marked.String()}}
}

// explain reports whether a text gives a term, or all of it but a name before
// it, in quotation marks, in bold, as a heading or at the beginning of a
// paragraph.
func (g *givings) explain(term string) bool {
	if _, rest, _ := strings.Cut(term, " "); strings.Contains(rest, " ") && g.explain(rest) {
		return true
	}
	stem := stemOf(strings.ToLower(term))
	if g.marked.has(stem) {
		return true
	}
	for _, before := range []string{opens, "\"", "“", "'", "‘", "«", "„"} {
		if g.all.has(before + stem) {
			return true
		}
	}
	return false
}

// usedAs returns the words that show a term's use. An entry of a glossary, such
// as “Sexually suggestive”, explains words that are in the text apart, so that
// its last one is enough; a term of a contract is used as it was defined.
func usedAs(term string) string {
	words := strings.Fields(term)
	last := words[len(words)-1]
	if first, _ := utf8.DecodeRuneInString(last); len(words) > 1 && unicode.IsLower(first) {
		return stemOf(last)
	}
	return stemOf(strings.ToLower(term))
}

// stemOf takes the plural from a term, so that “Services” is used by "service".
func stemOf(term string) string {
	if stem, plural := strings.CutSuffix(term, "ies"); plural {
		return stem
	}
	return strings.TrimSuffix(strings.TrimSuffix(term, "y"), "s")
}
