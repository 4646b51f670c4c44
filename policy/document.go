package policy

import "strings"

// Document is one text taken apart: its front matter, and its words as a list
// of blocks in reading order. It holds no markup that could reach a page
// unread: whatever a text contains, a document is only words, styles and
// links.
type Document struct {
	Name    string // file name for diagnostics
	Front   FrontMatter
	Blocks  []Block
	Clauses []*Clause
	Remarks []*Diagnostic // about keys of the front matter that are no keys, but nearly
	Foreign *Diagnostic   // that the text is not in UTF-8, and as what it was read; nil for UTF-8
}

// Block is a stretch of words that stands on its own: a heading, a paragraph,
// the text of a list item or table cell. Containers are not blocks; a block
// knows the ones it is in.
type Block struct {
	Kind    BlockKind
	Level   int          // of a heading, 1 to 6
	Path    []*Container // outermost first; two blocks of one list share its *Container
	Spans   []Span
	ID      string // anchor: from {#id}, else made from its words; only where a clause or heading starts
	Line    int    // in the file, from 1
	Clause  *Clause
	Made    bool     // whether ID was made from its words
	Aliases []string // other anchors that lead here
	Note    string   // of a footnote: the name by which the text refers to it
}

// BlockKind tells blocks apart.
type BlockKind uint8

// The kinds of block.
const (
	Paragraph BlockKind = iota // words set apart
	Text                       // words directly in an item or cell
	Heading
	Code // preformatted; its one span keeps its line ends
	Rule // a thematic break, without words
)

// Container is what blocks can be in.
type Container struct {
	Kind    ContainerKind
	Ordered bool   // of a list
	Start   int    // of an ordered list: the number of its first item
	Style   string // of an ordered list: "a", "A", "i", "I" where its items have letters or roman numbers
	Number  string // of an item: its number as written, "3." or "c)"; empty for a bullet
	Align   string // of a cell: "left", "right", "center" or empty
}

// ContainerKind tells containers apart.
type ContainerKind uint8

// The kinds of container.
const (
	Quote ContainerKind = iota
	List
	Item
	Table
	Head // the rows that name a table's columns
	Body
	Row
	HeadCell
	Cell
	Definitions // a list of terms, each with what it means
	DefinedTerm
	Definition
)

// Span is a run of words in one style. A "\n" in its text is a line break
// that the author asked for.
type Span struct {
	Text  string
	Style Style
	Link  string // where it leads; empty when nowhere
	Image string // address of the picture that Text stands for
}

// Style is a set of ways to mark words.
type Style uint8

// The styles.
const (
	Strong Style = 1 << iota
	Emphasis
	Monospace
	Strike
)

// Text returns the words of the block without any mark-up.
func (b *Block) Text() string { return textOf(b.Spans) }

// textOf returns the words of spans without any mark-up.
func textOf(spans []Span) string {
	if len(spans) == 1 {
		return spans[0].Text
	}
	size := 0
	for _, span := range spans {
		size += len(span.Text)
	}
	var s strings.Builder
	s.Grow(size)
	for _, span := range spans {
		s.WriteString(span.Text)
	}
	return s.String()
}

// Clause is a numbered or headed unit of a document.
type Clause struct {
	ID       string // survives renumbering: from {#id}, else from its first words
	Number   string // as written, without the mark that closes it: "4.2", "c"
	Title    string // of a headed clause
	Level    int    // 1 for the outermost
	Line     int
	Parent   *Clause
	Children []*Clause
}

// Name returns what a reader would call the clause: "9 Changes", "4.2", or
// "7.2(i)" for a letter or item below a numbered clause.
func (c *Clause) Name() string {
	if c == nil {
		return ""
	}
	return strings.TrimSpace(c.reference() + " " + c.Title)
}

// reference is the number by which the clause is cited.
func (c *Clause) reference() string {
	above := c.Parent
	for above != nil && above.Number == "" {
		above = above.Parent
	}
	if c.Level < paragraphLevel || c.Number == "" || above == nil || strings.ContainsAny(c.Number, ".(第제") {
		return c.Number
	}
	return above.reference() + "(" + c.Number + ")"
}
