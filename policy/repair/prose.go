package repair

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/codicil/codicil/policy"
)

// sentenceWords is how long a sentence may be. The Plain Writing guidelines of
// the US government ask for an average of 15 to 20 words; four times that is
// past what anybody reads once.
const sentenceWords = 80

var (
	// sentenceEnd parts sentences: a mark, a space, a capital letter.
	sentenceEnd = regexp.MustCompile(`[.?!;:]["”’)]*\s+(?:["“‘(]*[\p{Lu}\d])`)
	// doubled negation, but for the phrases of law that have no other form.
	doubleNegative = regexp.MustCompile(`(?i)\b(?:not|never|nor) (?:un(?:able|common|likely|usual|willing|important|aware|known|limited|necessary|fair|true)|without|impossible|improper|illegal|irrelevant|dissimilar|disallow|fail(?:ed)? to)\b`)
)

// Prose returns what makes a text hard to read: sentences past any reader's
// breath, and negations of negations. They are matters of taste, so that a
// configuration asks for them.
func Prose(d *policy.Document) []*policy.Diagnostic {
	l := linter{name: d.Name, doc: d}
	for _, p := range l.passages() {
		l.sentences(p)
		for _, m := range doubleNegative.FindAllStringIndex(p.text, -1) {
			l.report("double-negative", p.line, 1, fmt.Sprintf("%q denies a denial", p.text[m[0]:m[1]]), "say what is so")
		}
	}
	return l.found
}

func (l *linter) sentences(p passage) {
	from := 0
	for _, end := range append(sentenceEnd.FindAllStringIndex(p.text, -1), []int{len(p.text), len(p.text)}) {
		words := strings.Fields(p.text[from:end[0]])
		from = end[0]
		if len(words) > sentenceWords {
			l.report("long-sentence", p.line, 1, fmt.Sprintf("the sentence that begins %q has %d words", clipped(strings.Join(words[:min(8, len(words))], " ")), len(words)),
				"part it, or make a list of it")
		}
	}
}
