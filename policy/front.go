package policy

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// front is the front matter of a text as it is in the file.
type front struct {
	format format
	text   []byte // between its marks, from the end of the line that opens it; nil when there is none
	first  int    // the line on which text begins, from 1
	body   []byte
	line   int         // the line on which body begins, from 1
	fault  *Diagnostic // what is wrong with its marks: then text is not read, and body is a guess
}

// format is the language of a head.
type format uint8

const (
	formatYAML format = iota // between two lines of ---, or --- and ...
	formatTOML               // between two lines of +++, as Hugo writes it
	formatJSON               // an object that begins on the first line
)

// SplitFrontMatter parts src into its front matter, without the delimiters,
// and its body. The line is where the body begins, from 1. A text without
// front matter is all body.
func SplitFrontMatter(src []byte) (front, body []byte, line int) {
	h := splitHead("", src)
	if h.fault != nil {
		return nil, src, 1
	}
	return h.text, h.body, h.line
}

var (
	jsonHead = regexp.MustCompile(`^\{\s*"[\w-]+"\s*:`)
	// ownKey is a line that only front matter has.
	ownKey = regexp.MustCompile(`^(?:title|id|version|effective_date|announced|summary|change|change_reason|approved_by|notice|lang|translation_of|prevails|aliases|draft|status|status_reason|decline|source|brand|variables|layout|permalink|date|description)[ \t]*:(?:[ \t]|$)`)
	anyKey = regexp.MustCompile(`^(?:[\w-]+[ \t]*[:=](?:[ \t]|$)|[ \t]+\S|#|- |[}\]])`)
	// dashes is a line of dashes, some of them not those of the keyboard.
	dashes = regexp.MustCompile(`^[-\x{2010}-\x{2015}\x{2212}\x{2500}_]+$`)
)

// splitHead finds the head of a text. Marks that were spoilt, by a word
// processor or by a hand that slipped, are a fault and no text.
func splitHead(name string, src []byte) front {
	none := front{body: src, line: 1}
	rest := bytes.TrimPrefix(src, []byte("\uFEFF"))
	first := 1
	for { // empty lines before it
		line, after, found := bytes.Cut(rest, []byte("\n"))
		if len(bytes.TrimSpace(line)) > 0 || !found {
			break
		}
		rest, first = after, first+1
	}
	line, after, found := bytes.Cut(rest, []byte("\n"))
	mark := strings.TrimRight(string(line), " \t\r")
	switch {
	case jsonHead.Match(rest):
		return jsonFront(rest, first, none)
	case !found || first > 1 && !ownKey.Match(after):
	case mark == "---":
		return closed(rest, len(mark), first, formatYAML, "---", "...").orBroken(name, rest, first, none)
	case mark == "+++":
		if h := closed(rest, len(mark), first, formatTOML, "+++"); h.text != nil {
			return h
		}
	}
	if d := spoiltMarks(name, mark, after, first); d != nil {
		return brokenHead(rest, first, d)
	}
	return none
}

// closed finds the line that ends a head, one of the marks alone; the first
// line has a mark of so many bytes.
func closed(rest []byte, mark, first int, f format, ends ...string) front {
	line, _, _ := bytes.Cut(rest[mark:], []byte("\n"))
	from := mark + len(line) + 1
	for number := first + 1; from < len(rest); number++ {
		line, _, _ := bytes.Cut(rest[from:], []byte("\n"))
		if slices.Contains(ends, string(bytes.TrimRight(bytes.TrimSuffix(line, []byte("\r")), " \t"))) {
			return front{format: f, text: rest[mark:from], first: first, body: rest[from+len(line):], line: number}
		}
		from += len(line) + 1
	}
	return front{}
}

// orBroken returns h, or what is left of a head that is never closed. A text
// that begins with a line of its own is no such head.
func (h front) orBroken(name string, rest []byte, first int, none front) front {
	if h.text != nil {
		return h
	}
	_, after, _ := bytes.Cut(rest, []byte("\n"))
	if !ownKey.Match(after) {
		return none
	}
	fault := headFault(name, first, "the front matter that begins here is never closed", "put a line of three hyphens, ---, below its last key")
	for i, line := range bytes.Split(after, []byte("\n")) {
		if text := string(bytes.TrimSpace(line)); dashes.MatchString(text) && text != "---" && strings.Trim(text, "-") != "" {
			fault = headFault(name, first+1+i, fmt.Sprintf("this line is %s, which does not close the front matter", text), "write it as three hyphens, ---")
			break
		}
	}
	return brokenHead(rest, first, fault)
}

// spoiltMarks names what is wrong with the first line of a text that goes on
// like front matter.
func spoiltMarks(name, mark string, after []byte, first int) *Diagnostic {
	switch {
	case mark != "---" && len(mark) > 1 && dashes.MatchString(mark) && strings.Trim(mark, "_") != "" && ownKey.Match(after):
		return headFault(name, first, fmt.Sprintf("this line is %s, which does not open the front matter", mark), "write it as three hyphens, ---")
	case ownKey.MatchString(mark) && endsLikeHead(after):
		return headFault(name, first, "the line that opens the front matter is missing", "put a line of three hyphens, ---, above this one")
	}
	return nil
}

// endsLikeHead tells whether nothing but keys comes before a line of dashes.
func endsLikeHead(after []byte) bool {
	for line := range bytes.Lines(after) {
		text := strings.TrimRight(string(line), " \t\r\n")
		if len(text) > 2 && dashes.MatchString(text) {
			return true
		}
		if text != "" && !anyKey.MatchString(text) {
			return false
		}
	}
	return false
}

// brokenHead guesses the body of a text whose head is broken: it begins after
// the first line of dashes below keys, or after the first empty line.
func brokenHead(rest []byte, first int, fault *Diagnostic) front {
	at, number, blank := 0, first, -1
	blankLine := first
	for line := range bytes.Lines(rest) {
		at += len(line)
		number++
		text := strings.TrimSpace(string(line))
		if number > first+1 && len(text) > 1 && dashes.MatchString(text) {
			return front{body: rest[at:], line: number, fault: fault}
		}
		if text == "" && blank < 0 {
			blank, blankLine = at, number
		}
		if text != "" && number > first+1 && !anyKey.MatchString(strings.TrimRight(string(line), "\r\n")) {
			break
		}
	}
	if blank < 0 {
		return front{body: nil, line: number, fault: fault}
	}
	return front{body: rest[blank:], line: blankLine, fault: fault}
}

// jsonFront finds where the object ends with which a text begins.
func jsonFront(rest []byte, first int, none front) front {
	d := json.NewDecoder(bytes.NewReader(rest))
	var object json.RawMessage
	if len(rest) > 0 && d.Decode(&object) != nil {
		return none
	}
	end := int(d.InputOffset())
	return front{format: formatJSON, text: rest[:end], first: first, body: rest[end:], line: first + bytes.Count(rest[:end], []byte("\n"))}
}

func headFault(name string, line int, message, hint string) *Diagnostic {
	return &Diagnostic{File: name, Line: line, Column: 1, Level: Error, Rule: "front-matter", Message: message, Hint: hint}
}

// conflict finds what git leaves in a text that it could not merge: three lines
// of marks, outside of code.
func conflict(name string, src []byte) *Diagnostic {
	if !bytes.Contains(src, []byte("<<<<<<< ")) {
		return nil
	}
	marks := []string{"<<<<<<< ", "=======", ">>>>>>> "}
	at, number, met := 0, 0, 0
	fenced := false
	for line := range bytes.Lines(src) {
		number++
		text := string(line)
		if strings.HasPrefix(text, "```") || strings.HasPrefix(text, "~~~") {
			fenced = !fenced
		}
		if fenced || !strings.HasPrefix(text, marks[met]) {
			continue
		}
		if met == 0 {
			at = number
		}
		if met++; met == len(marks) {
			return &Diagnostic{
				File: name, Line: at, Column: 1, Level: Error, Rule: "conflict",
				Message: "git left a conflict here: from this line on the text says two things",
				Hint:    fmt.Sprintf("keep one of them, and delete the lines of <<<<<<<, ======= and >>>>>>> (the last is line %d)", number),
			}
		}
	}
	return nil
}
