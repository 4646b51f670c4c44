package materiality

import (
	"strings"
	"unicode"

	"github.com/codicil/codicil/policy"
)

// body parts the words of a block into the number that it begins with and the
// rest. A clause that is numbered otherwise is not changed by that.
func body(b *policy.Block) (number, rest string) { return parted(b, textOf(b)) }

// parted does so where the words are known.
func parted(b *policy.Block, text string) (number, rest string) {
	text = strings.TrimLeftFunc(text, unicode.IsSpace)
	n := clauseNumber(text, b)
	if n == 0 {
		n = enumerator(text)
	}
	return strings.Trim(text[:n], " \u00a0\t.()（）:：、–-"), text[n:]
}

// clauseNumber returns how many bytes at the head of text write the number of
// the clause that b begins, with the mark and the space that end it: 4.2, § 4,
// Article 3:, 第三条.
func clauseNumber(text string, b *policy.Block) int {
	c := b.Clause
	if c == nil || c.Number == "" || c.Line != b.Line || itemNumber(b) != "" {
		return 0
	}
	at := strings.Index(text, c.Number)
	if at < 0 || at > longestPrefix || strings.ContainsFunc(text[:at], unicode.IsDigit) || strings.Count(text[:at], " ") > 1 {
		return 0
	}
	n := at + len(c.Number)
	return n + len(text[n:]) - len(strings.TrimLeft(text[n:], " \u00a0\t.)）:：、–—-"))
}

// longestPrefix is how many bytes may be before the number of a clause:
// "Abschnitt ".
const longestPrefix = 12

// itemNumber is the number that a list gives to an item that b begins; it is
// not in the words.
func itemNumber(b *policy.Block) string {
	for i := len(b.Path) - 1; i >= 0; i-- {
		if b.Path[i].Kind == policy.Item {
			return b.Path[i].Number
		}
	}
	return ""
}

// enumerator returns how many bytes at the head of text write the letter or
// number of an item, with the space after it: (a), iv), 3., 第三条.
func enumerator(text string) int {
	if n := gluedClause(text); n > 0 {
		return n
	}
	inside := strings.TrimPrefix(text, "(")
	n := 0
	for n < len(inside) && n < 5 && (isDigit(inside[n]) || isASCIILetter(inside[n])) {
		n++
	}
	if n == 0 || n == len(inside) || !isCounter(inside[:n]) {
		return 0
	}
	closed := inside[n] == ')' || inside[n] == '.' && len(inside) == len(text)
	after := strings.TrimLeft(inside[n+1:], " \u00a0\t")
	if !closed || len(after) == len(inside)-n-1 && after != "" {
		return 0
	}
	return len(text) - len(after)
}

// gluedClause returns the length of a clause number that a page shows beside the
// text, and its words without a space before it: "8.1If there is". Units do not
// begin with a capital and go on in small letters for long.
func gluedClause(text string) int {
	n, dots := 0, 0
	for n < len(text) && (isDigit(text[n]) || text[n] == '.' && n > 0 && isDigit(text[n-1])) {
		if text[n] == '.' {
			dots++
		}
		n++
	}
	word := text[n:]
	if end := strings.IndexAny(word, " ,.:;"); end > 0 {
		word = word[:end]
	}
	if dots == 0 || len(word) < 2 || word[0] < 'A' || word[0] > 'Z' || strings.ToLower(word[1:]) != word[1:] || strings.HasSuffix(strings.TrimSuffix(word, "s"), "p") {
		return 0
	}
	return n
}

// isCounter reports whether s counts items: 3, 12, b, iv, IV.
func isCounter(s string) bool {
	switch {
	case isDigit(s[0]):
		return len(s) < 3 && isDigit(s[len(s)-1])
	case len(s) == 1:
		return true
	}
	return strings.Trim(s, "ivxlc") == "" || strings.Trim(s, "IVXLC") == ""
}

// clauseNumbers collects the numbers of a document's clauses that are written
// with a full stop, as 8.3: such a number in a sentence points to the clause.
func clauseNumbers(list []*policy.Clause, into map[string]bool) {
	for _, c := range list {
		if strings.Contains(c.Number, ".") {
			into[c.Number] = true
		}
		clauseNumbers(c.Children, into)
	}
}
