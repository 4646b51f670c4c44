package render

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
)

// TextOptions say how a redline is written for a terminal.
type TextOptions struct {
	Color bool // ANSI colours, underlined and struck out, instead of brackets
	Width int  // columns to wrap at; 0 for none
}

// RedlineText writes what changed, clause by clause, with [-deleted-] and
// {+inserted+} words.
// Blocks that did not change are left out.
func RedlineText(b *bytes.Buffer, r *redline.Redline, o TextOptions) {
	w := textWriter{b: b, TextOptions: o}
	w.line("", r.Stat().String())
	var last *policy.Clause
	for _, c := range r.Changes() {
		if c.Clause != last || c.Number == 1 {
			w.heading(c.Clause)
			last = c.Clause
		}
		w.change(c)
	}
	if r.Limited {
		w.line("", "\n"+english().limited)
	}
}

// textWriter writes lines of a terminal.
type textWriter struct {
	TextOptions
	b *bytes.Buffer
}

func (w textWriter) heading(c *policy.Clause) {
	name := clauseName(c)
	if w.Color {
		name = "\x1b[1m" + name + "\x1b[0m"
	}
	w.b.WriteString("\n" + name + "\n")
}

// clauseName is the name of a clause; what stands before the first has one too.
func clauseName(c *policy.Clause) string {
	if name := terminal(c.Name()); name != "" {
		return name
	}
	if c != nil {
		return terminal(c.ID)
	}
	return "Preamble"
}

// change writes one change, its lines indented.
func (w textWriter) change(c redline.Change) {
	note := ""
	switch c.Kind {
	case redline.Moved:
		note = "moved: "
	case redline.Reshaped:
		note = "form changed: "
	case redline.Renumbered:
		note = "renumbered: "
		if c.Edits == nil {
			note += number(c.Old) + " → " + number(c.New) + " "
		}
	}
	if c.New != nil && c.New.Kind == policy.Rule || c.New == nil && c.Old.Kind == policy.Rule {
		w.line("  ", w.run(map[bool]redline.Op{true: redline.Delete, false: redline.Insert}[c.New == nil], "----"))
		return
	}
	w.line("  ", note+marked(c, func(e redline.Edit) string {
		if e.Op == redline.Keep {
			return terminal(e.Text())
		}
		return w.run(e.Op, terminal(e.Text()))
	}))
}

func number(b *policy.Block) string {
	if c := innermost(b, policy.Item); c != nil {
		return c.Number
	}
	return ""
}

// run marks words as deleted or inserted. A line break that came or went shows
// as a pilcrow.
func (w textWriter) run(op redline.Op, words string) string {
	words = strings.ReplaceAll(words, "\n", "¶\n")
	if !w.Color {
		if op == redline.Delete {
			return "[-" + words + "-]"
		}
		return "{+" + words + "+}"
	}
	style := "\x1b[32;4m" // green, underlined
	if op == redline.Delete {
		style = "\x1b[31;9m" // red, struck out
	}
	return style + strings.ReplaceAll(words, "\n", "\x1b[0m\n"+style) + "\x1b[0m"
}

// line writes text wrapped at the width, every line after an indent.
func (w textWriter) line(indent, text string) {
	for line := range strings.SplitSeq(text, "\n") {
		for _, part := range wrap(line, w.Width-len(indent)) {
			w.b.WriteString(strings.TrimRight(indent+part, " ") + "\n")
		}
	}
}

// wrap cuts a line at spaces so that no part is wider than width columns,
// escape sequences not counted. A word that is wider stays whole.
func wrap(line string, width int) []string {
	if width <= 0 {
		return []string{line}
	}
	var out []string
	start, space, at := 0, -1, 0
	escape := false
	for i, r := range line {
		switch {
		case r == '\x1b':
			escape = true
		case escape:
			escape = r != 'm'
		case r == ' ' && at > 0:
			space = i
			at++
		default:
			at += columns(r)
		}
		if at > width && space > start {
			out = append(out, line[start:space])
			start = space + 1
			at = visible(line[start : i+utf8.RuneLen(r)])
			space = -1
		}
	}
	return append(out, line[start:])
}

// visible counts the columns of text, escape sequences not counted.
func visible(s string) int {
	n := 0
	escape := false
	for _, r := range s {
		switch {
		case r == '\x1b':
			escape = true
		case escape:
			escape = r != 'm'
		default:
			n += columns(r)
		}
	}
	return n
}

// columns is how wide a character is: ideographs take two, combining marks none.
func columns(r rune) int {
	switch {
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul), r >= 0xFF01 && r <= 0xFF60, r >= 0x3000 && r <= 0x303F:
		return 2
	}
	return 1
}

// terminal drops what a terminal would obey rather than show.
func terminal(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' {
			return -1
		}
		return r
	}, s)
}

// marked joins the words of a change, each run as write has it.
func marked(c redline.Change, write func(redline.Edit) string) string {
	var b strings.Builder
	for _, e := range runs(c) {
		b.WriteString(write(e))
	}
	return b.String()
}

// runs lists the words of a change as edits, also where it is a whole block
// that came, went or stayed.
func runs(c redline.Change) []redline.Edit {
	switch {
	case c.Edits != nil:
		return c.Edits
	case c.Old == nil:
		return []redline.Edit{{Op: redline.Insert, Spans: c.New.Spans}}
	case c.New == nil:
		return []redline.Edit{{Op: redline.Delete, Spans: c.Old.Spans}}
	}
	return []redline.Edit{{Spans: c.New.Spans}}
}
