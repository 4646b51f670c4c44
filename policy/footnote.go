package policy

import (
	"bytes"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/util"
)

// A footnote is written as GitHub reads it: [^1] where it belongs, and a
// paragraph [^1]: with its words anywhere. In a document the reference is the
// words "[1]" that lead to #note-1, and the notes are the last blocks, in the
// order in which they are written. A note without a reference stays: no word of
// a text is lost.

// maxNotes is how many notes a text may have: looking for the note of a
// reference takes a time that grows with their number.
const maxNotes = 2000

// notePrefix begins the id of a footnote.
const notePrefix = "note-"

// notesOf returns what of a parser reads footnotes. The library's own extension
// drops the notes that nothing refers to.
func notesOf() []parser.Option {
	return []parser.Option{
		parser.WithBlockParsers(util.Prioritized(extension.NewFootnoteBlockParser(), 999)),
		parser.WithInlineParsers(util.Prioritized(extension.NewFootnoteParser(), 101)),
	}
}

// hasNotes reports whether a text may have footnotes, and not too many.
func hasNotes(body []byte) bool {
	n := bytes.Count(body, []byte("[^"))
	return n > 0 && n <= maxNotes && bytes.Contains(body, []byte("]:"))
}

// notesIn finds the footnotes of a syntax tree, which are where the first of
// them is written.
func notesIn(n ast.Node) []*east.Footnote {
	var found []*east.Footnote
	for c := n.FirstChild(); c != nil && c.Type() == ast.TypeBlock; c = c.NextSibling() {
		if note, ok := c.(*east.Footnote); ok {
			found = append(found, note)
		}
		found = append(found, notesIn(c)...)
	}
	return found
}

// label returns the name of the note that a reference means.
func (b *builder) label(n *east.FootnoteLink) string {
	at := slices.IndexFunc(b.notes, func(note *east.Footnote) bool { return note.Index == n.Index })
	if at < 0 {
		return ""
	}
	return string(b.notes[at].Ref)
}

// footnotes writes down the notes.
func (b *builder) footnotes() {
	path := b.path
	b.path = nil
	for _, note := range b.notes {
		b.footnote(note)
	}
	b.path = path
}

func (b *builder) footnote(note *east.Footnote) {
	label := string(note.Ref)
	before := len(b.blocks)
	b.children(note)
	own := b.blocks[before:]
	if len(own) == 0 || own[0].Kind != Paragraph || len(own[0].Path) > 0 {
		b.add(Block{Kind: Paragraph}, note)
		own = slices.Insert(b.blocks[before:len(b.blocks)-1:len(b.blocks)-1], 0, b.blocks[len(b.blocks)-1])
		b.blocks = append(b.blocks[:before], own...)
	}
	first := &b.blocks[before]
	if first.ID != "" {
		first.Aliases = append(first.Aliases, first.ID)
	}
	first.ID = NoteID(label)
	first.Spans = append([]Span{{Text: "[" + label + "] "}}, first.Spans...)
	if len(first.Spans) > 1 && first.Spans[1].Style == 0 && first.Spans[1].Link == "" && first.Spans[1].Image == "" {
		first.Spans[1].Text = first.Spans[0].Text + first.Spans[1].Text
		first.Spans = first.Spans[1:]
	}
	first.Spans = trimSpans(first.Spans)
	for i := range b.blocks[before:] {
		b.blocks[before+i].Note = label
	}
}

// NoteID returns the id of a note.
func NoteID(label string) string {
	id := slug(label, false)
	if id == "" {
		id = strings.Map(func(r rune) rune {
			if r <= ' ' || strings.ContainsRune(`"'{}<>`, r) {
				return '-'
			}
			return r
		}, label)
	}
	return notePrefix + id
}

// placeNotes makes each note part of the clause that refers to it first.
func placeNotes(blocks []Block) {
	if len(blocks) == 0 || blocks[len(blocks)-1].Note == "" {
		return
	}
	of := make(map[string]*Clause)
	for i := range blocks {
		for _, s := range blocks[i].Spans {
			label, isNote := NoteOf(s)
			if _, known := of[label]; isNote && !known {
				of[label] = blocks[i].Clause
			}
		}
	}
	for i := range blocks {
		if b := &blocks[i]; b.Note != "" {
			b.Clause = of[b.Note]
		}
	}
}

// NoteOf returns the name of the footnote that words refer to, if they do.
func NoteOf(s Span) (label string, ok bool) {
	label, ok = strings.CutPrefix(s.Text, "[")
	if !ok || !strings.HasSuffix(label, "]") {
		return "", false
	}
	label = strings.TrimSuffix(label, "]")
	return label, s.Link == "#"+NoteID(label) && s.Image == ""
}
