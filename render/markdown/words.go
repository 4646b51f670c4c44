package markdown

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/codicil/codicil/policy"
)

// words writes the words of a block in their styles. It returns false where the
// marks would not be read as such.
func (w *writer) words(spans []policy.Span) (string, bool) {
	var l line
	for i, s := range spans {
		if label, ok := policy.NoteOf(s); ok && w.isNote(label) {
			l.turn(nil, "")
			l.b.WriteString("[^" + label + "]")
			continue
		}
		if isAddress(s) {
			l.turn(nil, "")
			l.b.WriteString("<" + s.Text + ">")
			continue
		}
		text, want := s.Text, w.marks(s)
		if !slices.Equal(l.open, want) { // marks are at the words, not at the spaces around them
			rest := strings.TrimLeft(text, " ")
			l.turn(want, text[:len(text)-len(rest)])
			text = rest
		}
		end := strings.TrimRight(text, " ")
		if len(want) > 0 && i+1 < len(spans) && !sharesMarks(want, w.marks(spans[i+1])) {
			l.b.WriteString(escaped(s, end))
			l.turn(nil, text[len(end):])
			continue
		}
		l.b.WriteString(escaped(s, text))
	}
	l.turn(nil, "")
	out := l.b.String()
	return out, readable(spans) && !strings.Contains(out, "****")
}

// line is a line of words, and the marks that are open at its end.
type line struct {
	b    strings.Builder
	open []mark
}

// turn closes the marks that are not wanted any more, writes white space, and
// opens the new ones.
func (l *line) turn(want []mark, space string) {
	same := 0
	for same < len(l.open) && same < len(want) && l.open[same] == want[same] {
		same++
	}
	for _, m := range slices.Backward(l.open[same:]) {
		l.b.WriteString(m.end())
	}
	l.b.WriteString(space)
	for _, m := range want[same:] {
		l.b.WriteString(m.sign)
	}
	l.open = want
}

// isAddress reports whether words are the address that they lead to.
func isAddress(s policy.Span) bool {
	return s.Style == 0 && s.Image == "" && s.Link != "" && (s.Link == s.Text && strings.Contains(s.Text, "://") || s.Link == "mailto:"+s.Text) &&
		!strings.ContainsAny(s.Text, "<> \n")
}

func sharesMarks(a, b []mark) bool { return len(b) >= len(a) && slices.Equal(a, b[:len(a)]) }

// mark is an open style or link.
type mark struct{ sign, link string }

func (m mark) end() string {
	if m.sign != "[" && m.sign != "![" {
		return m.sign
	}
	link := m.link
	if strings.ContainsAny(link, " ()<>\\") {
		link = "<" + strings.NewReplacer("<", "%3C", ">", "%3E", `\`, "%5C").Replace(link) + ">"
	}
	return "](" + strings.NewReplacer("{", "%7B", "}", "%7D", "|", "%7C", "\n", "%0A").Replace(link) + ")"
}

// marks lists the marks of a span, outermost first.
func (w *writer) marks(s policy.Span) []mark {
	var list []mark
	if s.Link != "" {
		if to := w.Link(s.Link); to != "" {
			list = append(list, mark{"[", to})
		}
	}
	for _, e := range []struct {
		style policy.Style
		sign  string
	}{{policy.Strong, "**"}, {policy.Emphasis, "*"}, {policy.Strike, "~~"}} {
		if s.Style&e.style != 0 {
			list = append(list, mark{sign: e.sign})
		}
	}
	if s.Image != "" {
		list = append(list, mark{"![", s.Image})
	}
	return list
}

// readable reports whether each mark is where readers of Markdown take it for
// one, and no code holds a command.
func readable(spans []policy.Span) bool {
	const marked = policy.Strong | policy.Emphasis | policy.Strike
	for i, s := range spans {
		switch {
		case s.Style&policy.Monospace != 0 && commands(s.Text):
			return false
		case s.Style&marked != 0 && (strings.TrimSpace(s.Text) == "" || i > 0 && glued(spans[i-1].Text, s.Text, true) || i+1 < len(spans) && glued(s.Text, spans[i+1].Text, false)):
			return false
		}
	}
	return true
}

// glued reports whether a mark between two texts would be between a punctuation
// mark inside, of the second text or of the first, and a letter outside.
func glued(before, after string, second bool) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(after)
	if second {
		return sign(first) && letter(last)
	}
	return sign(last) && letter(first)
}

func sign(r rune) bool { return unicode.IsPunct(r) || unicode.IsSymbol(r) }

func letter(r rune) bool { return r != utf8.RuneError && !unicode.IsSpace(r) && !sign(r) }

// escaped writes words so that they are read as they are.
func escaped(s policy.Span, words string) string {
	if s.Style&policy.Monospace != 0 {
		return code(words)
	}
	return Escape(words)
}

// code writes words between as many backticks as they do not hold.
func code(words string) string {
	fence := "`"
	for strings.Contains(words, fence) {
		fence += "`"
	}
	pad := ""
	if strings.HasPrefix(words, "`") || strings.HasSuffix(words, "`") {
		pad = " "
	}
	return fence + pad + strings.ReplaceAll(words, "\n", " ") + pad + fence
}

// Escape writes words so that no generator reads a mark, an anchor, a template or
// an element in them. A line end in them is a break.
func Escape(words string) string {
	var b strings.Builder
	for i, r := range words {
		switch {
		case r == '\n':
			b.WriteString("  \n")
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '~', r == '%' && i > 0 && words[i-1] == '{':
			b.WriteString("&#" + map[rune]string{'~': "126", '%': "37"}[r] + ";")
		case strings.ContainsRune("\\`*[]{}|$", r), r == '_' && !inWord(words, i):
			b.WriteString("\\" + string(r))
		case r < ' ':
			b.WriteByte(' ')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// inWord reports whether the underscore at a place is between letters.
func inWord(words string, at int) bool {
	before, _ := utf8.DecodeLastRuneInString(words[:at])
	after, _ := utf8.DecodeRuneInString(words[at+1:])
	return letter(before) && letter(after)
}

// leads is what would begin something else than a paragraph.
var leads = regexp.MustCompile(`^(#|>|\+|-|=|:|\d{1,9}[.)](\s|$))`)

// opening keeps the words at the start of a block from being read as the mark of
// a heading, list or quotation.
func opening(words string) string {
	lines := strings.Split(words, "\n")
	for i, line := range lines {
		if at := leads.FindStringIndex(line); at != nil {
			end := len(strings.TrimRight(line[:at[1]], " \t"))
			lines[i] = line[:end-1] + "\\" + line[end-1:]
		}
	}
	return strings.Join(lines, "\n")
}
