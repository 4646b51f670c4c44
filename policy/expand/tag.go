package expand

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/codicil/codicil/policy"
)

// kind is what a part of a source does.
type kind uint8

const (
	words   kind = iota // stands as it is
	value               // a name, for its value
	include             // another file
	choice              // one of two lists of parts
)

// part is a piece of a source.
type part struct {
	kind      kind
	text      string // the words, the name, or the file
	indent    string // of an include that stands alone on its line
	place     Place
	condition condition
	yes, no   []*part
}

// condition holds a name against values.
type condition struct {
	name   string
	not    bool
	values []string
}

// tag is what stands between {{ and }}.
type tag struct {
	text  string // without the braces and the space inside of them
	place Place
	start int  // of the braces in the text
	end   int  // behind them
	alone bool // nothing else stands on its line
}

var (
	nameForm      = regexp.MustCompile(`^[\pL_][\pL\pN_-]*$`)
	fileForm      = regexp.MustCompile(`^[\pL\pN_./-]+$`)
	conditionForm = regexp.MustCompile(`^#if\s+([^\s=!]+)\s*(=|!=)\s*([^=].*)$`)
)

// tags finds the tags of a text, and its escaped braces.
type tags struct {
	file   string
	text   string
	at     int  // where to look on
	line   int  // of at, from 1
	column int  // of at, from 1, in characters
	from   int  // where that line begins
	words  bool // something stands on that line before at
	faults *faults
}

// maxTag is how long a tag may be, in bytes.
const maxTag = 4000

// next returns the words before the next tag, and the tag; nil at the end.
func (t *tags) next() (before string, place Place, found *tag) {
	place = t.here()
	var b strings.Builder
	for {
		i := strings.Index(t.text[t.at:], "{{")
		if i < 0 || t.faults.full() {
			b.WriteString(t.text[t.at:])
			t.at = len(t.text)
			return b.String(), place, nil
		}
		start := t.at + i
		if start > t.at && t.text[start-1] == '\\' {
			b.WriteString(t.text[t.at:start-1] + "{{")
			t.advance(start + 2)
			continue
		}
		b.WriteString(t.text[t.at:start])
		t.advance(start)
		found = t.tag()
		if found != nil {
			return b.String(), place, found
		}
		b.WriteString("{{")
		t.advance(start + 2)
	}
}

// advance goes on to a place of the text.
func (t *tags) advance(to int) {
	passed := t.text[t.at:to]
	t.line += strings.Count(passed, "\n")
	if last := strings.LastIndexByte(passed, '\n'); last >= 0 {
		t.from, t.column, t.words = t.at+last+1, 1, false
		passed = passed[last+1:]
	}
	t.column += utf8.RuneCountInString(passed)
	t.words = t.words || strings.TrimSpace(passed) != ""
	t.at = to
}

// tag reads the tag that begins here; nil, and a fault, where its line ends first.
func (t *tags) tag() *tag {
	line := t.text[t.at:min(len(t.text), t.at+maxTag)]
	line, _, _ = strings.Cut(line, "\n")
	end := strings.Index(line, "}}")
	if end < 0 {
		t.faults.add(t.here(), "source-tag", "these braces are never closed on their line",
			`close them with }}, or write \{{ where two braces are meant`)
		return nil
	}
	found := &tag{text: strings.TrimSpace(line[2:end]), place: t.here(), start: t.at, end: t.at + end + 2}
	after := strings.TrimLeft(t.text[found.end:], " \t")
	found.alone = !t.words && (after == "" || after[0] == '\n')
	return found
}

// here is the place that was come to.
func (t *tags) here() Place {
	return Place{t.file, t.line, t.column}
}

// read makes a part of a tag that is no mark of a block; nil, and a fault, where
// it cannot be read.
func (t *tags) read(found *tag) *part {
	fault := func(message, hint string) *part {
		t.faults.add(found.place, "source-tag", message, hint)
		return nil
	}
	if file, ok := strings.CutPrefix(found.text, ">"); ok {
		file = strings.TrimSpace(file)
		if !fileForm.MatchString(file) || strings.HasPrefix(file, "/") {
			return fault("{{"+found.text+"}} names no file", "name a text beside this one, without its .md: {{> contact}}")
		}
		return &part{kind: include, text: file, place: found.place}
	}
	if strings.HasPrefix(found.text, "#if") {
		c := conditionForm.FindStringSubmatch(found.text)
		if c == nil || !nameForm.MatchString(c[1]) {
			return fault("{{"+found.text+"}} is no condition", "write {{#if country = DE}}, {{#if country = DE, AT}} or {{#if country != DE}}")
		}
		return &part{kind: choice, place: found.place, condition: condition{c[1], c[2] == "!=", listed(c[3])}}
	}
	if !nameForm.MatchString(found.text) {
		return fault("{{"+found.text+"}} cannot be read", `names are letters, digits, - and _; there are {{name}}, {{> file}}, {{#if name = value}}, {{else}} and {{/if}}; write \{{ where two braces are meant`)
	}
	return &part{kind: value, text: found.text, place: found.place}
}

// listed reads values with commas between them.
func listed(text string) []string {
	var values []string
	for v := range strings.SplitSeq(text, ",") {
		values = append(values, strings.TrimSpace(v))
	}
	return values
}

// Place is a place in a file.
type Place struct {
	File   string // slash-separated, from the root of the repository
	Line   int    // from 1
	Column int    // from 1, in characters
}

// faults gathers what is wrong.
type faults struct{ list []*policy.Diagnostic }

func (f *faults) full() bool { return len(f.list) >= maxFaults }

func (f *faults) add(at Place, rule, message, hint string) {
	said := func(d *policy.Diagnostic) bool {
		return d.File == at.File && d.Line == at.Line && d.Column == at.Column && d.Message == message
	}
	if !f.full() && !slices.ContainsFunc(f.list, said) {
		f.list = append(f.list, &policy.Diagnostic{File: at.File, Line: at.Line, Column: at.Column, Level: policy.Error, Rule: rule, Message: message, Hint: hint})
	}
}
