package policy

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"strings"
)

// Decision is a person's word on how much a change matters, as the front matter
// of its text keeps it. The zero Decision takes back what was decided.
type Decision struct {
	Change *Severity // nil leaves it to the proposal
	Reason string    // change_reason, in a line
	By     string    // approved_by
}

// Record returns a text with a decision in its front matter. All other bytes
// stay as they are; a head that cannot be changed so is an error that says what
// to write by hand.
func (d Decision) Record(name string, src []byte) ([]byte, error) {
	h := splitHead(name, src)
	before, err := parseFrontMatter(name, h)
	if err != nil {
		return nil, err
	}
	out := d.written(src, h)
	next := splitHead(name, out)
	after, err := parseFrontMatter(name, next)
	if err != nil || !bytes.Equal(bytes.TrimLeft(next.body, "\r\n"), bytes.TrimLeft(h.body, "\r\n")) || !d.alone(before, after) {
		return nil, &Diagnostic{File: name, Line: h.first, Column: 1, Level: Error, Rule: "front-matter",
			Message: "the decision cannot be written into this front matter without touching other keys",
			Hint:    "write it by hand: " + strings.Join(d.lines(formatYAML), "; ")}
	}
	return out, nil
}

// alone reports whether front matter differs from what it was by the decision
// and by nothing else.
func (d Decision) alone(before, after FrontMatter) bool {
	want := before
	want.Change, want.ChangeReason, want.ApprovedBy = d.Change, d.Reason, d.By
	return reflect.DeepEqual(want, after)
}

// decided are the keys that a decision is kept under.
var decided = regexp.MustCompile(`^(?:change|change_reason|approved_by)[ \t]*[:=]`)

// written puts the decision where the first of its keys was, else last among
// the keys; of TOML first, as tables follow there.
func (d Decision) written(src []byte, h front) []byte {
	end := "\n"
	if bytes.Contains(src[:min(len(src), 4096)], []byte("\r\n")) {
		end = "\r\n"
	}
	lines := d.lines(h.format)
	block := ""
	if len(lines) > 0 {
		block = strings.Join(lines, end) + end
	}
	switch {
	case h.text == nil && block == "":
		return src
	case h.text == nil:
		return []byte("---" + end + block + "---" + end + end + string(bytes.TrimPrefix(src, []byte("\uFEFF"))))
	case h.format == formatJSON:
		return bytes.Replace(src, []byte("{"), []byte("{"+strings.Join(append(lines, ""), ",")), 1)
	}
	at := headOffset(src, h)
	text := string(h.text)
	if h.format == formatTOML {
		first, rest, _ := strings.Cut(text, "\n")
		text = first + "\n" + block + withoutDecision(rest, "")
	} else {
		text = withoutDecision(text, block)
	}
	return []byte(string(src[:at]) + text + string(src[at+len(h.text):]))
}

// headOffset is where the text of a head begins: behind the mark on its first
// line.
func headOffset(src []byte, h front) int {
	at := 0
	for range h.first - 1 {
		at += bytes.IndexByte(src[at:], '\n') + 1
	}
	return at + bytes.Index(src[at:], h.text)
}

// withoutDecision takes the keys of a decision out of a head, with what goes on
// below them, and puts a block in the place of the first, else at the end.
func withoutDecision(text, block string) string {
	var b strings.Builder
	inside := false
	for line := range strings.Lines(text) {
		switch {
		case decided.MatchString(line):
			inside = true
			b.WriteString(block)
			block = ""
			continue
		case inside && (strings.HasPrefix(line, " ") || strings.HasPrefix(line, "\t")):
			continue
		}
		inside = false
		b.WriteString(line)
	}
	return b.String() + block
}

// lines writes the keys of the decision; none where it is taken back.
func (d Decision) lines(f format) []string {
	if d.Change == nil {
		return nil
	}
	form := "%s: %s"
	switch f {
	case formatTOML:
		form = "%s = %s"
	case formatJSON:
		form = "%q: %s"
	}
	lines := []string{fmt.Sprintf(form, "change", quotedUnless(f == formatYAML, d.Change.String()))}
	if d.Reason != "" {
		lines = append(lines, fmt.Sprintf(form, "change_reason", quotedUnless(false, d.Reason)))
	}
	if d.By != "" {
		lines = append(lines, fmt.Sprintf(form, "approved_by", quotedUnless(false, d.By)))
	}
	return lines
}

// quotedUnless writes a value in quotation marks that YAML, TOML and JSON read
// alike, unless it may be written bare.
func quotedUnless(bare bool, s string) string {
	if bare {
		return s
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if e.Encode(s) != nil {
		return `""` // a string cannot fail
	}
	return strings.TrimSpace(b.String())
}
