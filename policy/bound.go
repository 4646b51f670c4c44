package policy

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// The time to parse containers that are in each other, and marks that are
// never closed, grows with the square of their number. No policy comes near
// these bounds; a text that passes them was made to keep a machine busy, and
// what is beyond them is taken for words.

// MaxText is how many bytes a text may have that is read as a policy: what a Word
// file of twelve hundred pages becomes, some ten times the longest policy that is
// known. Two such texts that differ in every paragraph are listed, checked and
// judged in less than ten seconds.
const MaxText = 3 << 20

// TooLong is the fault of a text of more bytes than MaxText; nil where it has not.
func TooLong(name string, bytes int64) *Diagnostic {
	if bytes <= MaxText {
		return nil
	}
	return &Diagnostic{
		File: name, Line: 1, Column: 1, Level: Error, Rule: "too-long",
		Message: fmt.Sprintf("the text has %d bytes: no more than %d (%d MB) are read of a text", bytes, MaxText, MaxText>>20),
		Hint:    "divide it into several policies, or keep pictures and data in files of their own",
	}
}

// How many versions a policy may have. The text with the most that we know of,
// collected from a web page day by day, has some five hundred.
const (
	MaxVersions = 20_000 // that are read: so many of 10 kB are listed in 6 seconds of the processor
	MaxPaged    = 1_500  // that a site has pages of, ten files each: so many of 45 kB take 11 seconds
)

// TooManyVersions is the fault of a policy of more versions than a site has pages of:
// check and build refuse it, the other verbs read it; nil where it has not. A site of
// the newest alone would take back addresses that it has published.
func TooManyVersions(p *Policy) *Diagnostic {
	many := len(p.Versions)
	if many <= MaxPaged {
		return nil
	}
	d := &Diagnostic{
		File: p.Path, Line: 1, Column: 1, Level: Error, Rule: "too-many-versions",
		Message: fmt.Sprintf("%s has %d versions: no more than %d of a policy get pages, and no site is built of it", p.ID, many, MaxPaged),
		Hint:    "start a version with a label, and not with each commit; or go on under another id in the front matter",
	}
	if many > MaxVersions {
		d.Message = fmt.Sprintf("%s has %d versions: no more than %d of a policy are read", p.ID, many, MaxVersions)
	}
	return d
}

// bounds are what each text is held to, in this order.
var bounds = []struct {
	apply func([]byte) []byte
	what  string // of more than most
	most  int
}{
	{boundNesting, "lists and quotations are more than %d deep in each other", maxNesting},
	{boundParagraphs, "the text has more than %d paragraphs", maxParagraphs},
	{boundHeadings, "the text has more than %d headings", maxHeadings},
	{boundItems, "the lists have more than %d items together", maxItems},
	{boundTables, "the tables have more than %d cells together", mostCells},
	{boundMarks, "one paragraph has more than %d marks of emphasis and links", maxMarks},
	{boundAllMarks, "the text has more than %d marks of emphasis, links and escapes", maxAllMarks},
	{boundLinks, "links stand in words that are too long to look for their ends", 0},
	{boundAddresses, "the text has more than %d addresses", maxAddresses},
}

// bounded makes words of what passes the bounds, and says which were passed.
func bounded(name string, body []byte) ([]byte, []*Diagnostic) {
	body = withoutDisarmed(body)
	var passed []*Diagnostic
	for _, bound := range bounds {
		within := bound.apply(body)
		if !bytes.Equal(within, body) {
			what := strings.Replace(bound.what, "%d", strconv.Itoa(bound.most), 1)
			passed = append(passed, limit(name, 1, what+": what is beyond is read as words"))
		}
		body = within
	}
	return body, passed
}

// limit says which bound a text passes, and what becomes of the rest.
func limit(name string, line int, message string) *Diagnostic {
	return &Diagnostic{
		File: name, Line: line, Column: 1, Level: Warning, Rule: "limited", Message: message,
		Hint: "a text that people can read stays far below; look at what made this one",
	}
}

// maxNesting is how deep lists and quotes may be in each other. No policy
// comes near it; a text that goes deeper was made to keep a machine busy.
const maxNesting = 50

// nesting is what opens containers at the head of a line.
var nesting = regexp.MustCompile(`^(?:[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])[ \t])){50}|^[ \t]{100}`)

// openers are the characters that nesting is made of; each container takes one
// of them at least.
const openers = " \t>-*+0123456789.):"

// boundNesting makes what is deeper than maxNesting into words.
func boundNesting(src []byte) []byte {
	var out []byte
	copied := 0 // of src
	for at := 0; at < len(src); {
		line := src[at:]
		if end := bytes.IndexByte(line, '\n'); end >= 0 {
			line = line[:end+1]
		}
		if head := deepHead(line); len(head) > 0 {
			out = append(append(append(out, src[copied:at]...), head...), '\\')
			copied = at + len(line) - len(bytes.TrimLeft(line[len(head):], " \t"))
		}
		at += len(line)
	}
	if copied == 0 {
		return src
	}
	return append(out, src[copied:]...)
}

// deepHead returns what opens containers at the head of a line that opens too
// many, as many as may be.
func deepHead(line []byte) []byte {
	if len(line) < maxNesting || strings.IndexByte(openers, line[maxNesting-1]) < 0 {
		return nil // so it is with most lines
	}
	if len(line)-len(bytes.TrimLeft(line, openers)) < maxNesting { // the expression is slow
		return nil
	}
	head := nesting.Find(line)
	if len(bytes.TrimSpace(head)) == 0 {
		return head[:min(len(head), 2*maxNesting)]
	}
	return head
}

// maxParagraphs is how many paragraphs a text may have: with sixty characters in
// each of them, MaxText is full.
const maxParagraphs = 50_000

// boundParagraphs joins the paragraphs beyond maxParagraphs: it leaves out the empty
// lines between them.
func boundParagraphs(src []byte) []byte {
	if bytes.Count(src, []byte("\n")) <= maxParagraphs {
		return src
	}
	met, inside := 0, false
	for at := 0; at < len(src); {
		line := lineAt(src, at)
		empty := len(bytes.TrimLeft(line, " \t\r\n>")) == 0
		if !empty && !inside {
			if met++; met > maxParagraphs {
				return append(bytes.Clone(src[:at]), withoutEmptyLines(src[at:])...)
			}
		}
		inside = !empty
		at += len(line)
	}
	return src
}

// withoutEmptyLines leaves out the lines that separate paragraphs.
func withoutEmptyLines(src []byte) []byte {
	out := make([]byte, 0, len(src))
	for at := 0; at < len(src); {
		line := lineAt(src, at)
		if len(bytes.TrimLeft(line, " \t\r\n>")) > 0 {
			out = append(out, line...)
		}
		at += len(line)
	}
	return out
}

// maxHeadings is how many headings a text may have. Each is a clause, with an id, a
// line in the contents of its page, and a place among all others.
const maxHeadings = 20_000

// maxItems is how many items the lists of a text may have together.
const maxItems = 20_000

// boundHeadings makes the headings beyond maxHeadings into words.
func boundHeadings(src []byte) []byte {
	if bytes.Count(src, []byte("#"))+bytes.Count(src, []byte("="))+bytes.Count(src, []byte("-")) <= maxHeadings {
		return src
	}
	return boundLines(src, maxHeadings, headingMark)
}

// boundItems makes the items beyond maxItems into words.
func boundItems(src []byte) []byte {
	if bytes.Count(src, []byte("\n")) < maxItems {
		return src
	}
	return boundLines(src, maxItems, itemMark)
}

// boundLines escapes, beyond so many lines that have a mark, the mark of each.
func boundLines(src []byte, most int, mark func(line []byte) int) []byte {
	var out []byte
	copied, met := 0, 0
	for at := 0; at < len(src); {
		line := lineAt(src, at)
		if mark := mark(line); mark >= 0 {
			if met++; met > most {
				out = append(append(out, src[copied:at+mark]...), '\\')
				copied = at + mark
			}
		}
		at += len(line)
	}
	if copied == 0 {
		return src
	}
	return append(out, src[copied:]...)
}

// itemMark returns where in a line the character is that makes an item of a list, or
// a description, of it; -1 where there is none.
func itemMark(line []byte) int {
	text := bytes.TrimLeft(line, " \t>")
	number := len(text) - len(bytes.TrimLeft(text, "0123456789"))
	marks := ".)"
	if number == 0 {
		marks = "-*+:"
	}
	if number >= len(text) || !strings.Contains(marks, string(text[number])) {
		return -1
	}
	if rest := text[number+1:]; len(rest) > 0 && !strings.Contains(" \t\r\n", string(rest[0])) {
		return -1
	}
	return len(line) - len(text) + number
}

// headingMark returns where in a line the mark stands that makes a heading of it, or
// of the line above; -1 where there is none.
func headingMark(line []byte) int {
	if text := bytes.TrimLeft(line, openers); len(text) > 0 && text[0] == '#' {
		return len(line) - len(text)
	}
	text := bytes.TrimLeft(line, " \t>")
	under := bytes.TrimRight(text, " \t\r\n")
	if len(under) > 0 && (len(bytes.Trim(under, "=")) == 0 || len(bytes.Trim(under, "-")) == 0) {
		return len(line) - len(text)
	}
	return -1
}

// mostCells is how many cells the tables of a text may have together. Every row
// of a table is filled up to the width of its head, so that two thousand bars and
// two thousand lines are four million cells. Two texts of so many that differ in each
// take 0.7 GB.
const mostCells = 100_000

// rowsOfTable is how many rows a table counts beside those below its head: the head
// itself, and what the table takes.
const rowsOfTable = 10

// boundTables makes the tables that go beyond mostCells into words.
func boundTables(src []byte) []byte {
	bars := bytes.Count(src, []byte("|"))
	if bars == 0 || bars+bytes.Count(src, []byte("\n")) < mostTableSide {
		return src
	}
	var out []byte
	copied, left := 0, mostCells
	for at := 0; at < len(src); {
		line := lineAt(src, at)
		next := at + len(line)
		if !isDelimiterRow(line) {
			at = next
			continue
		}
		rows, end := rowsFrom(src, next)
		if cells := (bytes.Count(line, []byte("|")) + 1) * (rows + rowsOfTable); cells > left {
			out = append(append(out, src[copied:at]...), '\\')
			copied = at
		} else {
			left -= cells
		}
		at = end
	}
	if copied == 0 {
		return src
	}
	return append(out, src[copied:]...)
}

// mostTableSide is below how many bars and lines together no table can go beyond
// mostCells.
const mostTableSide = 800

func lineAt(src []byte, at int) []byte {
	if end := bytes.IndexByte(src[at:], '\n'); end >= 0 {
		return src[at : at+end+1]
	}
	return src[at:]
}

// isDelimiterRow reports whether a line may be the second of a table.
func isDelimiterRow(line []byte) bool {
	return bytes.IndexByte(line, '-') >= 0 && bytes.IndexByte(line, '|') >= 0 && len(bytes.TrimLeft(line, " \t|:->\r\n*+0123456789.)")) == 0
}

// rowsFrom counts the lines of a table below its head.
func rowsFrom(src []byte, at int) (rows, end int) {
	for at < len(src) {
		line := lineAt(src, at)
		if len(bytes.TrimSpace(line)) == 0 {
			break
		}
		at += len(line)
		rows++
	}
	return rows, at
}
