package repair

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// White space that Markdown does not see as such: a line of it is not blank,
// and it hides the marks behind it.
const nbsp = "\u00a0"

var (
	// leading and trailing are white space at the ends of a line that holds some.
	leading    = regexp.MustCompile("^[ \t\u3000]*\u00a0[ \t\u00a0\u3000]*")
	trailing   = regexp.MustCompile("[ \t\u00a0\u3000]+$")
	longNumber = regexp.MustCompile(`^(\d{4,9})([.)]\s)`)
	// doubled is a non-breaking space beside another space: padding, not typography.
	doubled = regexp.MustCompile("[ \t]+\u00a0[ \t\u00a0]*|\u00a0[ \t\u00a0]+")
	// glued is a single non-breaking space between two words. Typography puts
	// it beside marks and numbers; between letters it came from a page.
	glued = regexp.MustCompile("([\\p{L},.])\u00a0([\\p{L}])")
)

// line is one line of the input, cleaned, with what its author wrote.
type line struct {
	number int
	raw    string
	text   string
	indent int // columns of white space before the words of the raw line
}

// readLines splits a text and cleans its white space. Each line that changes
// for a reader of Markdown is one repair.
func readLines(src []byte) ([]line, []Repair) {
	var lines []line
	var repairs []Repair
	text := strings.TrimSuffix(string(src), "\n")
	for i, raw := range strings.Split(text, "\n") {
		cleaned := cleanLine(raw)
		lines = append(lines, line{number: i + 1, raw: raw, text: cleaned, indent: indentation(raw)})
		if cleaned == raw {
			continue
		}
		repairs = append(repairs, Repair{
			Line: i + 1, Column: 1 + differsAt(raw, cleaned), Rule: cleanRule(raw),
			Message: cleanReason(raw), Before: raw, After: cleaned,
		})
	}
	return lines, repairs
}

func cleanLine(raw string) string {
	if !strings.Contains(raw, nbsp) && strings.TrimRight(raw, " \t\u3000") == raw {
		return raw
	}
	text := leading.ReplaceAllString(raw, "")
	text = doubled.ReplaceAllString(text, " ")
	text = glued.ReplaceAllString(text, "$1 $2")
	text = glued.ReplaceAllString(text, "$1 $2") // again for words of one letter
	hard := strings.HasSuffix(text, "  ") && strings.TrimSpace(text) != ""
	text = trailing.ReplaceAllString(text, "")
	if hard {
		text += "  " // two spaces are Markdown's line break
	}
	return text
}

func cleanRule(raw string) string {
	if strings.Contains(raw, nbsp) {
		return "nbsp"
	}
	return "trailing-space"
}

func cleanReason(raw string) string {
	if strings.Contains(raw, nbsp) {
		return fmt.Sprintf("%d non-breaking spaces became plain ones or went: Markdown takes no such line for blank and finds no mark behind them", strings.Count(raw, nbsp))
	}
	return "white space at the end of the line went"
}

func differsAt(a, b string) int {
	n := 0
	for len(a) > 0 && len(b) > 0 {
		r, size := utf8.DecodeRuneInString(a)
		other, otherSize := utf8.DecodeRuneInString(b)
		if r != other {
			break
		}
		a, b, n = a[size:], b[otherSize:], n+1
	}
	return n
}

func indentation(raw string) int {
	columns := 0
	for _, r := range raw {
		switch r {
		case ' ', '\u00a0':
			columns++
		case '\u3000':
			columns += 2
		case '\t':
			columns += 4
		default:
			return columns
		}
	}
	return columns
}
