// Package markdown writes documents as Markdown for a generator of static sites,
// each in the form that generator reads: its way to write an anchor, and its way
// to let a piece of HTML pass. It exists because a policy is written in the
// Markdown of one reader, and every generator has another: what one takes for an
// anchor another shows.
//
// The words come from the tree of a policy.Document, each escaped, so that no
// text of a policy is a command, a table or a list to the generator that was none
// to us. What Markdown cannot say (lists with letters, cells that span, numbers
// with gaps) is written as the HTML that package render makes of it.
package markdown

import (
	"bytes"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/render"
)

// Form is how one generator reads Markdown.
type Form struct {
	Heading func(id string) string    // what follows the words of a heading that has an anchor
	Before  func(id string) string    // what is before the words of any other block that has one
	After   func(id string) string    // the line below such a paragraph; nil where Before does
	HTML    func(piece string) string // a piece of HTML among the blocks
	Keep    func(id string) bool      // of the anchors that were made from words: which to write; all when nil
	Link    func(to string) string    // where a link of the document leads from this page
}

// Document writes a document. It ends with a line end.
func Document(b *bytes.Buffer, d *policy.Document, f Form) {
	w := writer{Form: f, notes: cited(d)}
	w.keepPlaces(d.Blocks)
	var last *policy.Container
	for rest := d.Blocks; len(rest) > 0; {
		n := together(rest)
		group := rest[:n]
		rest = rest[n:]
		first := outermost(group)
		if last != nil && first != nil && last.Kind == policy.List && first.Kind == policy.List {
			b.WriteString("\n<!-- -->\n") // or the two would be one list
		}
		last = first
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(w.group(group))
	}
}

// outermost returns the container that all blocks of a group are in, if any.
func outermost(group []policy.Block) *policy.Container {
	if len(group[0].Path) == 0 {
		return nil
	}
	return group[0].Path[0]
}

// together counts the blocks that are in one outermost container, or make one
// footnote.
func together(blocks []policy.Block) int {
	first := outermost(blocks)
	same := func(b *policy.Block) bool {
		if note := blocks[0].Note; note != "" {
			return b.Note == note
		}
		return first != nil && outermost([]policy.Block{*b}) == first && b.Note == ""
	}
	n := 1
	for n < len(blocks) && same(&blocks[n]) {
		n++
	}
	return n
}

// cited finds the footnotes that the words of a document refer to: generators
// leave out the others.
func cited(d *policy.Document) map[string]bool {
	found := make(map[string]bool)
	for i := range d.Blocks {
		for _, s := range d.Blocks[i].Spans {
			if label, ok := policy.NoteOf(s); ok {
				found[label] = true
			}
		}
	}
	return found
}

// keepPlaces leaves the footnotes where they are, with their numbers, if a piece of
// HTML refers to one: the generator would give them anchors that the piece knows
// not, and numbers beside those that it shows.
func (w *writer) keepPlaces(blocks []policy.Block) {
	for rest := blocks; len(rest) > 0; {
		group := rest[:together(rest)]
		rest = rest[len(group):]
		if _, ok := w.blocks(group, 0); !ok && len(cited(&policy.Document{Blocks: group})) > 0 {
			clear(w.notes)
			return
		}
	}
}

// writer writes one document.
type writer struct {
	Form
	notes map[string]bool // labels of the footnotes that are referred to
}

// group writes blocks that belong together, as Markdown if that can say them.
func (w *writer) group(blocks []policy.Block) string {
	if note := blocks[0].Note; note != "" && w.isNote(note) {
		if text, ok := w.note(note, blocks); ok {
			return text
		}
	}
	if text, ok := w.blocks(blocks, 0); ok {
		return text
	}
	return w.html(blocks)
}

// html writes blocks as package render does.
func (w *writer) html(blocks []policy.Block) string {
	own := slices.Clone(blocks)
	for i := range own {
		own[i].Spans = slices.Clone(own[i].Spans)
		for k := range own[i].Spans {
			s := &own[i].Spans[k]
			if s.Link != "" {
				s.Link = w.Link(s.Link)
			}
		}
		if own[i].Made && !w.kept(own[i].ID) {
			own[i].ID = ""
		}
	}
	var b bytes.Buffer
	render.DocumentHTML(&b, &policy.Document{Blocks: own})
	piece := strings.NewReplacer("{{", "&#123;&#123;", "{%", "&#123;%").Replace(strings.TrimRight(b.String(), "\n"))
	return strings.TrimRight(w.HTML(piece), "\n") + "\n"
}

// commands reports whether words hold what a generator takes for a command even
// where they are code.
func commands(words string) bool {
	return strings.Contains(words, "{{") || strings.Contains(words, "{%")
}

func (w *writer) kept(id string) bool { return w.Keep == nil || w.Keep(id) }

// anchors lists the ids of a block that are worth writing.
func (w *writer) anchors(b *policy.Block) (own string, others []string) {
	if b.ID != "" && (!b.Made || b.Kind == policy.Heading || w.kept(b.ID)) {
		own = b.ID
	}
	for _, alias := range b.Aliases {
		if w.Keep != nil && w.Keep(alias) {
			others = append(others, alias)
		}
	}
	return own, others
}

// blocks writes the blocks that are in the containers down to a depth. It
// returns false for what Markdown has no form for.
func (w *writer) blocks(blocks []policy.Block, depth int) (string, bool) {
	var b strings.Builder
	for len(blocks) > 0 {
		n, text, ok := 1, "", true
		if len(blocks[0].Path) > depth {
			c := blocks[0].Path[depth]
			n = inside(blocks, depth, c)
			text, ok = w.container(c, blocks[:n], depth+1)
		} else {
			text, ok = w.leaf(&blocks[0])
		}
		if !ok {
			return "", false
		}
		if b.Len() > 0 && !goesOn(&blocks[0], depth) {
			b.WriteByte('\n')
		}
		b.WriteString(text)
		blocks = blocks[n:]
	}
	return b.String(), true
}

// goesOn reports whether a block within an item needs no empty line before it: its
// words, and a list that no reader takes for more of them.
func goesOn(b *policy.Block, depth int) bool {
	if b.Kind != policy.Text || depth == 0 {
		return false
	}
	if len(b.Path) == depth {
		return true
	}
	c := b.Path[depth]
	return c.Kind == policy.List && (!c.Ordered || c.Start == 1)
}

// inside counts the blocks from the first on that are in a container.
func inside(blocks []policy.Block, depth int, c *policy.Container) int {
	n := 0
	for n < len(blocks) && len(blocks[n].Path) > depth && blocks[n].Path[depth] == c {
		n++
	}
	return n
}

// leaf writes one block.
func (w *writer) leaf(b *policy.Block) (string, bool) {
	switch b.Kind {
	case policy.Rule:
		return "***\n", true
	case policy.Code:
		return fenced(b.Text()), !commands(b.Text())
	}
	words, ok := w.words(b.Spans)
	if !ok {
		return "", false
	}
	own, others := w.anchors(b)
	var lead, tail string
	for _, id := range others {
		lead += w.Before(id)
	}
	switch {
	case own == "":
	case b.Kind == policy.Heading:
		tail = w.Heading(own)
	case w.After != nil && b.Kind == policy.Paragraph:
		tail = "\n" + w.After(own)
	default:
		lead += w.Before(own)
	}
	if b.Kind == policy.Heading {
		words = strings.Repeat("#", min(6, max(1, b.Level))) + " " + lead + strings.ReplaceAll(words, "  \n", " ")
	} else {
		words = lead + opening(words)
	}
	return words + tail + "\n", true
}

// fenced writes preformatted words between fences that they do not hold.
func fenced(words string) string {
	fence := "```"
	for strings.Contains(words, fence) {
		fence += "`"
	}
	return fence + "\n" + strings.TrimRight(words, "\n") + "\n" + fence + "\n"
}

// isNote reports whether a footnote is referred to by a name that every
// generator reads.
func (w *writer) isNote(label string) bool {
	return w.notes[label] && !strings.ContainsFunc(label, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_')
	})
}

// note writes the words of a footnote, which begin with its name in brackets.
func (w *writer) note(label string, blocks []policy.Block) (string, bool) {
	own := slices.Clone(blocks)
	first := &own[0]
	first.ID, first.Aliases = "", nil
	first.Spans = slices.Clone(first.Spans)
	if len(first.Spans) > 0 {
		first.Spans[0].Text = strings.TrimLeft(strings.TrimPrefix(first.Spans[0].Text, "["+label+"]"), " ")
	}
	text, ok := w.blocks(own, 0)
	return "[^" + label + "]: " + strings.TrimPrefix(indented(text, "    "), "    "), ok
}

// indented writes lines behind a prefix; empty ones stay empty.
func indented(text, prefix string) string {
	lines := strings.SplitAfter(text, "\n")
	for i, line := range lines {
		if strings.TrimSpace(line) != "" {
			lines[i] = prefix + line
		}
	}
	return strings.Join(lines, "")
}
