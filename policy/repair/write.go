package repair

import (
	"regexp"
	"strings"

	"github.com/codicil/codicil/policy"
)

// Document writes the blocks of a document as Markdown, without front matter.
// Parsed again, it gives blocks of the same kinds, words, styles, links and
// containers. What Markdown has no mark for, such as a list in a table cell,
// is written as HTML.
func Document(d *policy.Document) []byte {
	ids := statedIDs(d)
	notes := notesOf(d.Blocks)
	text := writeNodes(forest(d.Blocks), ids, notes)
	if sameIDs(d.Blocks, text) {
		return []byte(text)
	}
	for i := range d.Blocks {
		ids[&d.Blocks[i]] = d.Blocks[i].ID
	}
	return []byte(writeNodes(forest(d.Blocks), ids, notes))
}

// Part writes some blocks of a document, all that are in one outermost
// container, as Document does.
func Part(d *policy.Document, some []policy.Block) []byte {
	ids := statedIDs(&policy.Document{Blocks: some})
	return []byte(writeNodes(forest(some), ids, notesOf(d.Blocks)))
}

// SameBlocks reports whether two runs of blocks say the same in the same
// containers. Lines and anchors may differ.
func SameBlocks(a, b []policy.Block) bool { return same(a, b) }

// statedIDs returns the anchors worth writing down in any case: those of
// headings and numbered paragraphs. An item finds its own again.
func statedIDs(d *policy.Document) map[*policy.Block]string {
	ids := make(map[*policy.Block]string)
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if b.Kind == policy.Heading || b.Kind == policy.Paragraph {
			ids[b] = b.ID
		}
	}
	return ids
}

func sameIDs(blocks []policy.Block, markdown string) bool {
	d, err := policy.Parse("", []byte(markdown))
	if err != nil || len(d.Blocks) != len(blocks) {
		return false
	}
	for i := range blocks {
		if d.Blocks[i].ID != blocks[i].ID {
			return false
		}
	}
	return true
}

// separator is between two lists, or two paragraphs that no blank line
// may part, and says nothing.
const separator = "<!-- -->"

func writeNodes(nodes []*node, ids map[*policy.Block]string, notes map[string]bool) string {
	var b strings.Builder
	for i, n := range nodes {
		if i > 0 {
			b.WriteString("\n")
			if n.is(policy.List) && nodes[i-1].is(policy.List) {
				b.WriteString(separator + "\n\n")
			}
		}
		b.WriteString(chunk(n, ids, notes, i == len(nodes)-1))
	}
	return b.String()
}

// chunk writes one outermost node: as readable as can be, and in any case so
// that it is read back.
func chunk(n *node, ids map[*policy.Block]string, notes map[string]bool, last bool) string {
	want := blocks([]*node{n})
	for _, exact := range []bool{false, true} {
		w := writer{ids: ids, exact: exact, notes: notes}
		text := strings.Join(w.noted(n), "\n") + "\n"
		if end := want[len(want)-1]; last && end.Kind == policy.Code && end.Text() != "" {
			text = strings.TrimSuffix(text, "\n") // the fence stays open, as it was
			if strings.HasSuffix(end.Text(), "\n") {
				text += "\n"
			}
		}
		if readBack(text, want, notes) {
			return text
		}
	}
	return strings.Join(htmlNode(n), "\n") + "\n"
}

func readBack(markdown string, want []policy.Block, notes map[string]bool) bool {
	before, after := noteFrame(want, notes)
	d, err := policy.Parse("", []byte("\n"+before+markdown+after))
	if err != nil || before != "" && len(d.Blocks) == 0 {
		return false
	}
	got := d.Blocks
	if before != "" {
		got = got[1:]
	}
	return len(got) >= len(want) && (after != "" || len(got) == len(want)) && same(want, got[:len(want)])
}

// writer writes Markdown as lines; a container puts its mark before each.
type writer struct {
	ids   map[*policy.Block]string
	exact bool
	notes map[string]bool // the footnotes of the text
}

func (w writer) node(n *node) []string {
	switch {
	case n.block != nil:
		return w.block(n.block)
	case n.is(policy.Quote):
		return prefixed("> ", "> ", w.loose(n.kids))
	case n.is(policy.List) && listAsMarkdown(n):
		return w.list(n)
	case n.is(policy.Definitions) && definitionsAsMarkdown(n):
		return w.definitions(n)
	case n.is(policy.Table) && tableAsMarkdown(n):
		return w.table(n)
	}
	return htmlNode(n)
}

// block writes one block; the kinds that hold no words keep their place.
func (w writer) block(b *policy.Block) []string {
	switch b.Kind {
	case policy.Rule:
		return []string{"***"}
	case policy.Code:
		return fenced(b.Text())
	case policy.Heading:
		words := strings.TrimRight(strings.Repeat("#", b.Level)+" "+w.leaf(b, inHeading), " ")
		return []string{words}
	}
	words := w.leaf(b, inParagraph)
	if !w.exact {
		words = guard(words)
	}
	return strings.Split(words, "\n")
}

// attributes is what Parse would take for a list of attributes.
var attributes = regexp.MustCompile(`\{(:[^{}]*|\s*#[^\s{}]+\s*)\}\s*$`)

// leaf writes the words of a block and its anchor.
func (w writer) leaf(b *policy.Block, at place) string {
	words := w.inline(b.Spans, at)
	if at == inHeading && strings.HasSuffix(words, "#") {
		words = words[:len(words)-1] + `\#`
	}
	last := ""
	if n := len(b.Spans); n > 0 {
		last = b.Spans[n-1].Text
	}
	switch id := w.ids[b]; {
	case id != "" && !strings.HasSuffix(last, "\f") && !strings.HasSuffix(last, "\r"): // an anchor would take them along
		return strings.TrimPrefix(words+" {#"+escape(id, at)+"}", " ")
	case len(b.Spans) == 0 && b.Kind == policy.Text && at != inCell:
		return "{:}"
	case attributes.MatchString(last):
		return words + " {:}"
	}
	return words
}

// fenced writes preformatted text between fences longer than any in it.
func fenced(text string) []string {
	fence := "```"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	lines := strings.Split(text, "\n")
	if text == "" || strings.HasSuffix(text, "\n") {
		lines[len(lines)-1] = fence // else the text ends where the file ends
	}
	return append([]string{fence}, lines...)
}

// loose writes nodes with a blank line between them.
func (w writer) loose(nodes []*node) []string {
	var lines []string
	for i, n := range nodes {
		if i > 0 {
			lines = append(lines, "")
			if n.is(policy.List) && nodes[i-1].is(policy.List) {
				lines = append(lines, separator, "")
			}
		}
		lines = append(lines, w.node(n)...)
	}
	return lines
}

// prefixed puts the mark of a container before its lines.
func prefixed(first, rest string, lines []string) []string {
	for i, line := range lines {
		prefix := rest
		if i == 0 {
			prefix = first
		}
		lines[i] = strings.TrimRight(prefix+line, " ")
		if line != "" {
			lines[i] = prefix + line
		}
	}
	return lines
}
