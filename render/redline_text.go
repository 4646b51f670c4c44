package render

import (
	"bytes"
	"io"
	"strings"
	"unicode"

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
func RedlineText(w io.Writer, r *redline.Redline, o TextOptions) error {
	return into(w, func(b *bytes.Buffer) { redlineText(b, r, o) })
}

func redlineText(b *bytes.Buffer, r *redline.Redline, o TextOptions) {
	w := textWriter{b: b, TextOptions: o}
	w.line("", r.Stat().String())
	places := r.Places()
	var last *policy.Clause
	for _, c := range r.Changes() {
		if c.Clause != last || c.Number == 1 {
			w.heading(c.Clause)
			last = c.Clause
		}
		w.change(c, terminal(stood(places, c)))
	}
	if r.Omitted > 0 {
		w.line("", "\n"+english().rest(r))
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
	w.b.WriteByte('\n')
	w.line("", name)
}

// clauseName is the name of a clause; what is before the first has one too.
func clauseName(c *policy.Clause) string {
	if name := terminal(c.Name()); name != "" {
		return name
	}
	if c != nil {
		return terminal(c.ID)
	}
	return "Preamble"
}

// stood says what a change means by its place: the row and column of a cell, and
// where words were that moved under another heading or lead-in.
func stood(places redline.Places, c redline.Change) string {
	at := places[shownBlock(c)]
	var out string
	switch {
	case at.Row != "" && at.Column != "":
		out = at.Row + ", " + at.Column + ": "
	case at.Row+at.Column != "":
		out = at.Row + at.Column + ": "
	}
	if was := places[c.Old]; places.MeansOtherwise(c) {
		from := was.Heading
		if was.Lead != at.Lead && was.Lead != "" || from == "" {
			from = was.Lead
		}
		if from != "" {
			out += "from “" + strings.TrimRight(from, ":") + "”: "
		}
	}
	return strings.ReplaceAll(out, "\n", " ")
}

// change writes one change, its lines indented, and what its place says.
func (w textWriter) change(c redline.Change, place string) {
	note := place
	switch c.Kind {
	case redline.Moved:
		note = "moved " + place
		if place == "" {
			note = "moved: "
		}
	case redline.Reshaped:
		note += "form changed: "
	case redline.Renumbered:
		note += "renumbered: "
		if c.Edits == nil {
			note += number(c.Old) + " → " + number(c.New) + " "
		}
	}
	if c.New != nil && c.New.Kind == policy.Rule || c.New == nil && c.Old.Kind == policy.Rule {
		w.line("  ", w.run(map[bool]redline.Op{true: redline.Delete, false: redline.Insert}[c.New == nil], "----"))
		return
	}
	var b strings.Builder
	edits := runs(c)
	for i, e := range edits {
		b.WriteString(w.run(e.Op, terminal(said(edits, i))))
	}
	w.line("  ", note+b.String())
}

func number(b *policy.Block) string {
	if c := innermost(b, policy.Item); c != nil {
		return c.Number
	}
	return ""
}

// run marks words as deleted or inserted, if they are. Marks are at the words,
// not at the spaces around them. A line break that came or went shows as a
// pilcrow.
func (w textWriter) run(op redline.Op, words string) string {
	if op == redline.Keep {
		return words
	}
	if body := strings.Trim(words, " "); body != "" && body != words {
		before, after, _ := strings.Cut(words, body)
		return before + w.run(op, body) + after
	}
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

// terminal drops what a terminal would obey rather than show.
func terminal(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' {
			return -1
		}
		return r
	}, s)
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
