package history

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/codicil/codicil/policy"
)

// Where a text says since when it holds: near its head, else at its foot.
const (
	headLines  = 40
	footLines  = 20
	bareLines  = 8   // of the head, not counting empty ones: a date by itself below the title
	bareSpaces = 12  // in such a line: no date in words has more, with two words on either side
	dateLine   = 240 // bytes; a longer line is a paragraph that happens to name a day
)

// dateReader reads the dates of many texts. The same lines come back in version
// after version, so it remembers what it found in them.
type dateReader struct{ known map[string]claimed }

func newDateReader() *dateReader { return &dateReader{known: make(map[string]claimed)} }

// remembered bounds how many lines a dateReader keeps.
const remembered = 4096

// text returns the day that a text itself gives for its coming into effect or
// for its last change, or no date.
func (r *dateReader) text(text []byte) policy.Date {
	front, body, _ := policy.SplitFrontMatter(text)
	if bytes.IndexByte(body, '\r') >= 0 {
		body = bytes.ReplaceAll(body, []byte("\r"), nil)
	}
	lines := bytes.Split(body, []byte("\n"))
	head := lines[:min(headLines, len(lines))]
	foot := lines[max(len(head), len(lines)-footLines):]
	for _, part := range [][][]byte{head, foot} {
		if date := r.lines(part); !date.IsZero() {
			return date
		}
	}
	if date := bareDate(head); !date.IsZero() {
		return date
	}
	return keyDate(front)
}

// otherKeys are the keys under which other tools keep the day of the last change.
var otherKeys = regexp.MustCompile(`(?m)^(?:revdate|last_modified_at|last_modified|last_updated|lastmod|modified|updated)[ \t]*[:=][ \t]*["']?([^"'\n]+)`)

func keyDate(front []byte) policy.Date {
	m := otherKeys.FindSubmatch(front)
	if m == nil {
		return policy.Date{}
	}
	value := string(m[1])
	if date, err := policy.ParseDate(value[:min(len(value), len(time.DateOnly))]); err == nil {
		return date
	}
	if given := DatesIn(plain(value)); len(given) == 1 {
		return given[0]
	}
	return policy.Date{}
}

// DateLine returns the line, numbered from 1, on which a text first gives a
// date, or 1 when it gives it on none.
func DateLine(text []byte, date policy.Date) int {
	for i, line := range strings.Split(string(text), "\n") {
		given := func(f dated) bool { return f.date == date }
		if mayHaveDate([]byte(line)) && (attributeDate(line) == date || slices.ContainsFunc(datesIn(plain(line)), given)) {
			return i + 1
		}
	}
	return 1
}

// lines prefers an attribute made for machines to words, and words about the
// effect to words about the last change.
func (r *dateReader) lines(lines [][]byte) policy.Date {
	var likely []string
	for _, line := range lines {
		if len(line) <= dateLine && mayHaveDate(line) {
			likely = append(likely, string(line))
		}
	}
	for _, line := range likely {
		if date := attributeDate(line); !date.IsZero() {
			return date
		}
	}
	claims := make([]claimed, len(likely))
	for i, line := range likely {
		claims[i] = r.claims(plain(line))
	}
	if date := tableDate(lines); !date.IsZero() {
		claims = append(claims, claimed{effect: date})
	}
	for _, c := range claims {
		if !c.effect.IsZero() {
			return c.effect
		}
	}
	for _, c := range claims {
		if !c.change.IsZero() {
			return c.change
		}
	}
	return policy.Date{}
}

// claims is claimsOf with a memory.
func (r *dateReader) claims(line string) claimed {
	c, ok := r.known[line]
	if ok {
		return c
	}
	if len(r.known) >= remembered {
		clear(r.known)
	}
	c = claimsOf(line)
	r.known[line] = c
	return c
}

// mayHaveDate spares most lines the rest: a date has a year, which is four digits
// without another beside them, or a number before the word for a year.
func mayHaveDate(line []byte) bool {
	run, year := 0, rune(0)
	ends := func() bool { return run == 4 && year >= firstYear }
	for at := 0; at < len(line); {
		r, size := rune(line[at]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRune(line[at:])
		}
		at += size
		switch {
		case '0' <= r && r <= '9':
			run, year = run+1, (10*year+r-'0')%1e5
		case r == '年' || r == '년':
			return true
		case r >= utf8.RuneSelf && unicode.IsDigit(r):
			run, year = run+1, (10*year+digit(r))%1e5
		case ends():
			return true
		default:
			run, year = 0, 0
		}
	}
	return ends()
}

// datetime is the attribute list of a date line: {: datetime="2026-05-04" }.
var datetime = regexp.MustCompile(`\{:[^}]*\bdatetime=["'](\d{4}-\d{2}-\d{2})`)

func attributeDate(line string) policy.Date {
	m := datetime.FindStringSubmatch(line)
	if m == nil {
		return policy.Date{}
	}
	date, _ := policy.ParseDate(m[1])
	return date
}

// plain takes the marks of Markdown out of a line, and writes its digits as
// ASCII and its white space as single spaces.
func plain(line string) string {
	line = strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune("*_`|\\\u200e\u200f", r):
			return -1
		case r > unicode.MaxASCII && unicode.IsDigit(r):
			return '0' + digit(r)
		}
		return r
	}, line)
	return hanDigits(strings.Join(strings.Fields(line), " "))
}

// digit returns the value of a decimal digit of any script: Unicode keeps the
// ten of each script together, in order (The Unicode Standard, section 4.6).
func digit(r rune) rune {
	first := r
	for unicode.IsDigit(first-1) && r-first < 9 {
		first--
	}
	return r - first
}

// bareDate returns the date that makes a line by itself, below the title.
func bareDate(lines [][]byte) policy.Date {
	seen := 0
	for _, line := range lines {
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		if seen++; seen > bareLines {
			break
		}
		if len(line) > dateLine || !mayHaveDate(line) || bytes.HasPrefix(line, []byte("#")) {
			continue
		}
		text := plain(string(line))
		if strings.Count(text, " ") > bareSpaces {
			continue
		}
		for _, found := range datesIn(text) {
			if aside(text[:found.start]) && aside(text[found.end:]) {
				return found.date
			}
		}
	}
	return policy.Date{}
}

// aside tells whether what is beside a date is no more than the day of the
// week, or what some languages end a date with: "r.", "г.", "Salı".
func aside(text string) bool {
	return len(strings.Fields(text)) <= 2 && !strings.ContainsAny(text, "0123456789")
}
