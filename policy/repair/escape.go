package repair

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// place says where words are going to be: what must be escaped there, and
// how a line may break.
type place uint8

// The places.
const (
	inParagraph place = iota
	inHeading
	inCell
	inPlain // a paragraph whose bare addresses may become links
)

var (
	// reference is what would be read as a character reference.
	reference = regexp.MustCompile(`^&(?:#[0-9]|#[xX]|[A-Za-z])`)
	// address is the end of what would begin a link without being marked as one.
	address = regexp.MustCompile(`(?:(?i:https?|ftp):|www\.|@)$`)
)

// addressHead is more bytes than the end of it has that address looks for.
const addressHead = 16

// escape writes words so that Markdown reads them back as they are.
func escape(words string, at place) string {
	var b strings.Builder
	prev := ' '
	for i, r := range words {
		rest := words[i+utf8.RuneLen(r):]
		next, _ := utf8.DecodeRuneInString(rest)
		switch {
		case r == '\n':
			b.WriteString(lineBreak(at))
		case r < ' ', r == ' ' && (prev == '\n' || next == '\n'):
			fmt.Fprintf(&b, "&#%d;", r)
		case special(r, prev, next, at), r == '&' && reference.MatchString(words[i:]),
			at != inPlain && strings.ContainsRune(":.@", r) && address.MatchString(words[max(0, i+1-addressHead):i+1]):
			b.WriteByte('\\')
			b.WriteRune(r)
		default:
			b.WriteRune(r)
		}
		prev = r
	}
	return b.String()
}

// special reports whether a character between two others is mark-up.
func special(r, prev, next rune, at place) bool {
	switch r {
	case '\\', '`', '*', '[', ']', '<', '~':
		return true
	case '_':
		return !isWord(prev) || !isWord(next)
	case '|':
		return at == inCell
	}
	return false
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func lineBreak(at place) string {
	if at == inParagraph || at == inPlain {
		return "\\\n"
	}
	return "<br>"
}

// lineStart is what would turn the start of a line into something else than words.
var lineStart = regexp.MustCompile(`^(?:#{1,6}(?:\s|$)|>|[-+=|:]|(\d{1,9})[.)](?:\s|$))`)

// guard escapes the start of each line of a paragraph.
func guard(markdown string) string {
	lines := strings.Split(markdown, "\n")
	for i, line := range lines {
		m := lineStart.FindStringSubmatchIndex(line)
		switch {
		case m == nil:
		case m[2] >= 0:
			lines[i] = line[:m[3]] + `\` + line[m[3]:]
		default:
			lines[i] = `\` + line
		}
	}
	return strings.Join(lines, "\n")
}

// literal writes words with a reference for every character that could mean
// anything but itself: unreadable, and never misread.
func literal(words string, at place) string {
	var b strings.Builder
	for _, r := range words {
		switch {
		case r == '\n':
			b.WriteString(lineBreak(at))
		case isWord(r), r == utf8.RuneError, r > unicode.MaxASCII && !unicode.IsSpace(r) && r != '\uFEFF':
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, "&#%d;", r)
		}
	}
	return b.String()
}
