package repair

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/codicil/codicil/policy"
)

// boldWords is how long a bold line may be and still read as a heading.
const boldWords = 10

// year shows that a bold line is a date line.
var year = regexp.MustCompile(`\b(?:19|20)\d\d\b`)

// boldHeadings names paragraphs that are only bold and are before others
// that are not.
func (l *linter) boldHeadings() {
	for i := range l.doc.Blocks {
		b := &l.doc.Blocks[i]
		if i+1 < len(l.doc.Blocks) && readsAsHeading(b) && begins(&l.doc.Blocks[i+1]) {
			l.report("bold-heading", b.Line, 1, fmt.Sprintf("the paragraph %q is only bold, and reads as a heading", b.Text()),
				"mark it as a heading with #")
		}
	}
}

// readsAsHeading reports whether a paragraph is a short bold line that is no sentence.
func readsAsHeading(b *policy.Block) bool {
	text := strings.TrimSpace(b.Text())
	first, _ := utf8.DecodeRuneInString(text)
	return b.Kind == policy.Paragraph && len(b.Path) == 0 && allStrong(b) && !leadsAway(b) &&
		(unicode.IsUpper(first) || unicode.IsDigit(first)) && strings.ContainsFunc(text, unicode.IsLetter) &&
		len(strings.Fields(text)) <= boldWords && !endsSentence(text) && !year.MatchString(text)
}

// leadsAway reports whether all words of a block are a link.
func leadsAway(b *policy.Block) bool {
	return !slices.ContainsFunc(b.Spans, func(s policy.Span) bool { return s.Link == "" && strings.TrimSpace(s.Text) != "" })
}

// begins reports whether a block holds words that a heading could be over: a
// list, a sentence, or what leads on to one. A few loose words are a label
// beside a label, as of a table that was taken apart.
func begins(b *policy.Block) bool {
	text := strings.TrimSpace(b.Text())
	words := len(b.Path) > 0 || endsSentence(text) || strings.HasSuffix(text, ":") || len(strings.Fields(text)) > boldWords
	return words && (b.Kind == policy.Paragraph || b.Kind == policy.Text) && !allStrong(b)
}

func allStrong(b *policy.Block) bool {
	for _, s := range b.Spans {
		if s.Style&policy.Strong == 0 && strings.TrimSpace(s.Text) != "" {
			return false
		}
	}
	return len(b.Spans) > 0
}

const strayHint = "remove it, if it came along when the text was copied"

func (l *linter) strayBlocks() {
	var found []*policy.Block
	for i := range l.doc.Blocks {
		if b := &l.doc.Blocks[i]; b.Kind == policy.Paragraph && len(b.Path) == 0 && strayLine.MatchString(b.Text()) {
			found = append(found, b)
		}
	}
	if countUp(found, (*policy.Block).Text) {
		return // they number steps
	}
	for _, b := range found {
		l.report("stray-line", b.Line, 1, fmt.Sprintf("%q stands alone on its line and reads like a leftover", b.Text()), strayHint)
	}
}

func (l *linter) strayLines() {
	for _, u := range l.units {
		if u.role == stray {
			l.report("stray-line", u.line, 1, fmt.Sprintf("%q stands alone on its line and reads like a leftover", u.words), strayHint)
		}
	}
}

// spaces names, once, the non-breaking spaces that hide the structure of a
// text. Those within a line are typography.
func (l *linter) spaces() {
	first, count := 0, 0
	for _, n := range l.lines {
		if !strings.Contains(n.raw, nbsp) {
			continue
		}
		if leading.MatchString(n.raw) || strings.Contains(trailing.FindString(n.raw), nbsp) {
			if count++; count == 1 {
				first = n.number
			}
		}
	}
	if count > 0 {
		lines := fmt.Sprintf("%d lines begin or end", count)
		if count == 1 {
			lines = "a line begins or ends"
		}
		l.report("nbsp", first, 1, lines+" with a non-breaking space, which Markdown takes for a word",
			"replace them by plain spaces, or run `codicil import`")
	}
}

// passage is a paragraph of the text, by the line it begins on.
type passage struct {
	line  int
	text  string
	cited string // the same, without the words of links to other pages
}

// passages returns the paragraphs of the text: a plain one has one a line.
func (l *linter) passages() []passage {
	var found []passage
	for i := range l.doc.Blocks {
		b := &l.doc.Blocks[i]
		if b.Kind != policy.Code && b.Kind != policy.Heading && len(b.Spans) > 0 {
			found = append(found, passage{b.Line, b.Text(), citedWords(b)})
		}
	}
	if !l.plain {
		return found
	}
	found = nil
	for _, n := range l.lines {
		found = append(found, passage{n.number, n.text, n.text})
	}
	return found
}

// often is how readers are asked to come back, texts what to.
const (
	often = `(?:regularly|periodically|frequently|often|from time to time|occasionally|on a regular basis)`
	texts = `(?:page|policy|notice|statement|terms|agreement|document|website|site)\b`
)

var (
	// joined is half a sentence that a full stop cut off.
	joined = regexp.MustCompile(`\pL[.] (Or (?:as|by|to|for|with|in|on|at|through|if otherwise|disclose|otherwise)\b[^.?!]*)`)
	// checkBack is a request to look for changes.
	checkBack = regexp.MustCompile(`(?i)\b(?:check(?: back)?|review|visit|revisit|consult|re-read)\b(?: [^.;:]{0,60}?\b` + texts + `[^.;:]{0,40}?)?[ ,]*\b` + often + `\b|` +
		`\b` + often + ` (?:check|review|visit|revisit|consult|re-read)\b[^.;:]{0,60}?\b` + texts)
	// ourselves is who may well look at their own text regularly.
	ourselves = regexp.MustCompile(`(?i)\b(?:we|team|company|board|they)\b[^.;]{0,30}$`)
)

// prose names phrases that do not do what their author hopes.
func (l *linter) prose() {
	for _, p := range l.passages() {
		l.joined(p)
		l.checkBack(p)
	}
}

func (l *linter) joined(p passage) {
	if !strings.Contains(p.text, ". Or ") {
		return
	}
	for _, m := range joined.FindAllStringSubmatchIndex(p.text, -1) {
		l.report("joined-sentence", p.line, l.column(p, m[2]), fmt.Sprintf("%q is half a sentence", clipped(p.text[m[2]:m[3]])),
			"join it to the sentence before, or say what it is the other choice to")
	}
}

func (l *linter) checkBack(p passage) {
	if !containsAny(strings.ToLower(p.text), "regular", "periodic", "frequent", "often", "time to time", "occasional") {
		return
	}
	for _, m := range checkBack.FindAllStringIndex(p.text, -1) {
		if !ourselves.MatchString(tail(p.text[:m[0]], nearBytes)) {
			l.report("check-back", p.line, l.column(p, m[0]), fmt.Sprintf("%q asks readers to look for changes", clipped(p.text[m[0]:m[1]])),
				"say how you will tell them instead")
		}
	}
}

// longLine is how many bytes a line may have in which columns are counted: that of
// each fault would be looked for from its beginning.
const longLine = 100_000

// column returns the column of an offset into a passage, where the passage
// is on its line as it is; else 1.
func (l *linter) column(p passage, at int) int {
	if p.line < 1 || p.line > len(l.lines) {
		return 1
	}
	raw := l.lines[p.line-1].raw
	if len(raw) > longLine {
		return 1
	}
	if found := strings.Index(raw, p.text[at:min(len(p.text), at+20)]); found >= 0 {
		return 1 + utf8.RuneCountInString(raw[:found])
	}
	return 1
}

func clipped(text string) string {
	const enough = 60
	if r := []rune(text); len(r) > enough {
		return string(r[:enough-1]) + "…"
	}
	return text
}
