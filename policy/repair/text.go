package repair

import (
	"bytes"
	"cmp"
	"fmt"
	"path"
	"regexp"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/codicil/codicil/policy"
)

// Text turns the plain text of the named file into Markdown: front matter with
// the title that the text gives itself, headings numbered 1 to n, clauses
// numbered below them, each with an {#id}. Text that is Markdown already, by
// its front matter or its headings, only has its white space cleaned and its
// numbering mended. Every change is a repair, and so is every doubt; no word
// changes. Running it on what it wrote changes nothing. The policy gets the id,
// or where that is empty one made of the name; a text that has front matter
// keeps what that says.
//
// An error is a *policy.Diagnostic: bytes that are not UTF-8, or front matter
// that cannot be read.
func Text(name, id string, src []byte) (markdown []byte, repairs []Repair, err error) {
	if _, err := policy.Parse(name, src); err != nil {
		return nil, nil, err
	}
	src = unixLines(src)
	lines, repairs := readLines(src)
	var more []Repair
	if IsMarkdown(src) {
		markdown, more, err = tidyMarkdown(name, id, lines)
	} else {
		markdown, more, err = plainText(name, id, lines)
		if err == nil {
			var again []Repair
			markdown, again, err = renumber(name, id, markdown)
			more = append(more, again...)
		}
	}
	repairs = append(append(repairs, more...), joinedSentences(lines)...)
	sort.SliceStable(repairs, func(i, j int) bool { return repairs[i].Line < repairs[j].Line })
	return markdown, repairs, err
}

// mostTurns is how often a text is read that was just written. Two turns were enough
// for every one that was met.
const mostTurns = 8

// renumber numbers what was made of a plain text as it is read now, until that changes
// nothing: a number that stands twice in the one text is another clause's in the other.
// Where in the first text that was, is not known any more.
func renumber(name, id string, markdown []byte) ([]byte, []Repair, error) {
	var found []Repair
	for range mostTurns {
		lines, _ := readLines(markdown)
		next, repairs, err := tidyMarkdown(name, id, lines)
		if err != nil || bytes.Equal(next, markdown) {
			return markdown, found, err
		}
		for _, r := range repairs {
			if !r.Open() {
				r.Line, r.Column = 0, 0
				found = append(found, r)
			}
		}
		markdown = next
	}
	return markdown, found, nil
}

// joinedSentences reports half sentences; a full stop is for the author to move.
func joinedSentences(lines []line) []Repair {
	var found []Repair
	for _, l := range lines {
		for _, m := range joined.FindAllStringSubmatchIndex(l.raw, -1) {
			words := l.raw[m[2]:m[3]]
			found = append(found, Repair{
				Line: l.number, Column: 1 + utf8.RuneCountInString(l.raw[:m[2]]), Rule: "joined-sentence",
				Message: "half a sentence follows a full stop; its author decides what it belongs to", Before: words, After: words,
			})
		}
	}
	return found
}

// unixLines drops a byte order mark and makes all line ends "\n".
func unixLines(src []byte) []byte {
	src = bytes.TrimPrefix(src, []byte("\uFEFF"))
	src = bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n"))
	return bytes.ReplaceAll(src, []byte("\r"), []byte("\n"))
}

// markedUp is what only Markdown has: a heading with its marks or underlined, a
// link, bold words, an escaped mark.
var markedUp = regexp.MustCompile(`(?m)^#{1,6}[ \t]+\S|^[ \t]*\S.*\n[ \t]*(?:={2,}|-{2,})[ \t]*$|\]\([^)\s]+\)|\*\*\S|\\[.)*_#]`)

// IsMarkdown reports whether a text is Markdown rather than plain: it has
// front matter, or marks that a plain text has not.
func IsMarkdown(src []byte) bool {
	_, _, line := policy.SplitFrontMatter(src)
	return line > 1 || markedUp.Match(src)
}

// tidyMarkdown cleans and numbers a text that is Markdown already.
func tidyMarkdown(name, id string, lines []line) ([]byte, []Repair, error) {
	var b strings.Builder
	for _, l := range lines {
		if leading.MatchString(l.raw) {
			l.text = longNumber.ReplaceAllString(l.text, `$1\$2`) // a year is no item of a list
		}
		b.WriteString(l.text + "\n")
	}
	out, repairs, err := Numbering(name, []byte(b.String()))
	if err != nil {
		return nil, nil, err
	}
	if _, _, line := policy.SplitFrontMatter(out); line > 1 {
		return out, repairs, nil
	}
	front, more := frontMatter(cmp.Or(id, identifier(name)), markdownTitle(name, out))
	return append(front, out...), append(more, repairs...), nil
}

// markdownTitle returns the words of the first heading of level 1.
func markdownTitle(name string, src []byte) string {
	d, err := policy.Parse(name, src)
	if err != nil {
		return ""
	}
	for i := range d.Blocks {
		if b := &d.Blocks[i]; b.Kind == policy.Heading && b.Level == 1 {
			return strings.Join(strings.Fields(b.Text()), " ")
		}
	}
	return ""
}

// plainText writes a plain text as Markdown.
func plainText(name, id string, lines []line) ([]byte, []Repair, error) {
	units, parts := plainUnits(lines)
	p := plainWriter{sequences: sequences(units), units: units, parts: parts}
	p.number()
	p.references()
	called := ""
	if len(units) > 0 && units[0].role == title {
		called = units[0].words
	}
	front, repairs := frontMatter(cmp.Or(id, identifier(name)), called)
	body, err := p.body(name)
	if err != nil {
		return nil, nil, err
	}
	return append(front, body...), append(repairs, p.repairs...), nil
}

// frontMatter writes the head of a new policy, and says what its author has
// to add: a label and a date cannot be guessed.
func frontMatter(id, title string) ([]byte, []Repair) {
	open := []Repair{{Rule: "front-matter", Message: "version and effective_date are left to the author: the text does not say them for certain"}}
	if title == "" {
		title = id
		open = append(open, Repair{Rule: "front-matter", Message: fmt.Sprintf("the text does not begin with a title; its id stands in: %s", id)})
	}
	title = strings.Join(strings.Fields(title), " ")
	return []byte("---\ntitle: " + policy.QuoteYAML(title) + "\nid: " + policy.QuoteYAML(id) + "\n---\n\n"), open
}

// identifier makes the id of a policy from the name of its file.
func identifier(name string) string {
	base := path.Base(strings.ReplaceAll(name, `\`, "/"))
	base = strings.TrimSuffix(base, path.Ext(base))
	id := strings.Join(strings.FieldsFunc(strings.ToLower(base), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}), "-")
	if id == "" {
		return "policy"
	}
	return id
}
