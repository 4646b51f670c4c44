package repair

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/codicil/codicil/policy"
)

// styleMark is how one style is written.
type styleMark struct {
	style     policy.Style
	delimiter string
	tag       string
}

// styleMarks lists the styles, outermost first. Monospace comes last: what
// is in a code span is taken as it is.
func styleMarks() []styleMark {
	return []styleMark{
		{policy.Strong, "**", "strong"},
		{policy.Emphasis, "*", "em"},
		{policy.Strike, "~~", "del"},
		{policy.Monospace, "`", "code"},
	}
}

// inline writes the spans of one block.
type inline struct {
	b     strings.Builder
	at    place
	exact bool            // tags and references only: nothing that its surroundings could change
	notes map[string]bool // the footnotes of the text
}

// inline writes spans as Markdown for the given place.
func (w writer) inline(spans []policy.Span, at place) string {
	in := inline{at: at, exact: w.exact, notes: w.notes}
	in.spans(spans, 0, "")
	return in.b.String()
}

// spans writes the spans that are within the given styles, each run of the
// same style in one pair of marks. After is what follows them.
func (w *inline) spans(spans []policy.Span, within policy.Style, after string) {
	for len(spans) > 0 {
		s := spans[0]
		m, ok := outermost(s.Style &^ within)
		if !ok || m.style == policy.Monospace {
			w.leaf(s, following(spans[1:], within, after))
			spans = spans[1:]
			continue
		}
		n := 1
		for n < len(spans) && spans[n].Style&m.style != 0 {
			n++
		}
		w.styled(m, spans[:n], within, following(spans[n:], within, after))
		spans = spans[n:]
	}
}

func outermost(style policy.Style) (styleMark, bool) {
	for _, m := range styleMarks() {
		if style&m.style != 0 {
			return m, true
		}
	}
	return styleMark{}, false
}

// following returns the first character of what comes next in the text.
func following(rest []policy.Span, within policy.Style, after string) string {
	switch {
	case len(rest) == 0:
		return after
	case rest[0].Style&^within != 0:
		return "*"
	case rest[0].Link != "" || rest[0].Image != "":
		return "["
	}
	_, size := utf8.DecodeRuneInString(rest[0].Text)
	return rest[0].Text[:size]
}

// styled writes spans that share a style, with delimiters where Markdown is
// sure to see them as such, else with tags.
func (w *inline) styled(m styleMark, spans []policy.Span, within policy.Style, next string) {
	before := w.b.String()
	if both := policy.Strong | policy.Emphasis; m.style == policy.Strong && !w.exact && allHave(spans, both) && within&both == 0 {
		inner := inline{at: w.at, notes: w.notes}
		inner.spans(spans, within|both, "*")
		if words := inner.b.String(); flanks(before, words, next) {
			w.b.WriteString("***" + words + "***")
			return
		}
	}
	inner := inline{at: w.at, exact: w.exact, notes: w.notes}
	inner.spans(spans, within|m.style, m.delimiter)
	words := inner.b.String()
	if !w.exact && flanks(before, words, next) {
		w.b.WriteString(m.delimiter + words + m.delimiter)
		return
	}
	w.b.WriteString("<" + m.tag + ">" + words + "</" + m.tag + ">")
}

func allHave(spans []policy.Span, style policy.Style) bool {
	for _, s := range spans {
		if s.Style&style != style {
			return false
		}
	}
	return true
}

// flanks reports whether delimiters around the words would open and close, as
// CommonMark's rules for left- and right-flanking runs say.
func flanks(before, words, after string) bool {
	prev, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(words)
	last, _ := utf8.DecodeLastRuneInString(words)
	next, _ := utf8.DecodeRuneInString(after)
	if prev == '*' || prev == '~' || next == '*' || next == '~' || first == '*' || last == '*' {
		return false
	}
	return flank(before == "", prev, first) && flank(after == "", next, last)
}

func flank(edge bool, outer, inner rune) bool {
	if unicode.IsSpace(inner) || inner == '~' {
		return false
	}
	return !isMark(inner) || edge || unicode.IsSpace(outer) || isMark(outer)
}

func isMark(r rune) bool { return unicode.IsPunct(r) || unicode.IsSymbol(r) }

// leaf writes one span whose styles are open but for Monospace.
func (w *inline) leaf(s policy.Span, next string) {
	text := w.words(s)
	switch {
	case s.Image != "":
		text = "![" + text + "](" + w.target(s.Image) + ")"
	case s.Style&policy.Monospace != 0:
		text = w.code(s.Text)
	}
	if s.Image != "" && s.Style&policy.Monospace != 0 {
		text = "<code>" + text + "</code>"
	}
	if label, ok := policy.NoteOf(s); ok && w.notes[label] && s.Style&policy.Monospace == 0 {
		text = "[^" + label + "]"
	} else if s.Link != "" {
		text = w.link(s, text)
	} else if next == "[" {
		text = guardBang(text)
	}
	w.b.WriteString(text)
}

// guardBang keeps an exclamation mark before a link from making it a picture.
func guardBang(text string) string {
	if cut, ok := strings.CutSuffix(text, "!"); ok {
		return cut + `\!`
	}
	return text
}

func (w *inline) words(s policy.Span) string {
	if w.exact {
		return literal(s.Text, w.at)
	}
	return escape(s.Text, w.at)
}

// plainCode is text that a pair of backticks keeps as it is.
var plainCode = regexp.MustCompile("^[^\\s`|\\\\]+(?: [^\\s`|\\\\]+)*$")

func (w *inline) code(text string) string {
	if !w.exact && plainCode.MatchString(text) {
		return "`" + text + "`"
	}
	return "<code>" + literal(text, w.at) + "</code>"
}

var (
	bareURL   = regexp.MustCompile(`^https?://[A-Za-z0-9./_~?=%#-]+$`)
	bareEmail = regexp.MustCompile(`^[A-Za-z0-9._+-]+@[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*(?:\.[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*)+$`)
)

// link writes a link; one that shows its own address is in angle brackets.
func (w *inline) link(s policy.Span, text string) string {
	if !w.exact && s.Image == "" && s.Style&policy.Monospace == 0 {
		if s.Link == s.Text && bareURL.MatchString(s.Text) || s.Link == "mailto:"+s.Text && bareEmail.MatchString(s.Text) {
			return "<" + s.Text + ">"
		}
	}
	return "[" + text + "](" + w.target(s.Link) + ")"
}

// plainTarget is an address that needs no escaping.
var plainTarget = regexp.MustCompile(`^[A-Za-z0-9./_~?=%#:@+,;!$'-]+$`)

func (w *inline) target(link string) string {
	if plainTarget.MatchString(link) {
		return link
	}
	var b strings.Builder
	b.WriteByte('<')
	for _, r := range link {
		if strings.ContainsRune(`\<>&|()[]{}*_`+"`", r) || r <= ' ' || unicode.IsSpace(r) {
			b.WriteString(literal(string(r), inHeading))
			continue
		}
		b.WriteRune(r)
	}
	b.WriteByte('>')
	return strings.ReplaceAll(b.String(), "<br>", "&#10;")
}
