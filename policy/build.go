package policy

import (
	"bytes"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// builder walks a syntax tree and writes down its blocks in reading order.
type builder struct {
	src       []byte
	firstLine int // line of the file on which src begins
	blocks    []Block
	path      []*Container
	lastPos   int // where line was counted last
	lastLine  int
	anchors   []string // the ids of raw HTML that lead to the next block
	notes     []*east.Footnote
	targets   targets
}

// document writes down a whole text, its footnotes last.
func (b *builder) document(n ast.Node) {
	b.notes = notesIn(n)
	b.children(n)
	b.footnotes()
}

func (b *builder) children(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		b.node(c)
	}
}

// node writes down one block node.
func (b *builder) node(n ast.Node) {
	switch n := n.(type) {
	case *ast.Heading:
		b.leaf(Block{Kind: Heading, Level: n.Level}, n)
	case *ast.Paragraph:
		b.leaf(Block{Kind: Paragraph}, n)
	case *ast.TextBlock:
		b.leaf(Block{Kind: Text}, n)
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		b.add(Block{Kind: Code, Spans: []Span{{Text: rearmed(string(n.Lines().Value(b.src)))}}}, n)
	case *ast.ThematicBreak:
		b.add(Block{Kind: Rule}, n)
	case *ast.HTMLBlock:
		b.html(n)
	case *ast.Blockquote:
		b.inside(&Container{Kind: Quote}, n)
	case *ast.List:
		b.list(n)
	case *east.DefinitionList:
		b.inside(&Container{Kind: Definitions}, n)
	case *east.DefinitionTerm:
		b.enter(&Container{Kind: DefinedTerm})
		b.leaf(Block{Kind: Text}, n)
		b.leave()
	case *east.DefinitionDescription:
		b.inside(&Container{Kind: Definition}, n)
	case *east.Table:
		b.table(n)
	case *east.FootnoteList: // at the end
	default:
		b.children(n)
	}
}

// inside writes down the children of n as being in c. A container without
// words keeps its place by an empty block.
func (b *builder) inside(c *Container, n ast.Node) {
	b.enter(c)
	before := len(b.blocks)
	b.children(n)
	if len(b.blocks) == before {
		b.add(Block{Kind: Text}, n)
	}
	b.leave()
}

// list writes down a list. An author who numbers all its items alike leaves
// the counting to the reader's program, so they are counted here.
func (b *builder) list(n *ast.List) {
	counted := n.IsOrdered() && n.ChildCount() > 1
	for item := n.FirstChild(); item != nil && counted; item = item.NextSibling() {
		counted = b.itemNumber(item) == b.itemNumber(n.FirstChild())
	}
	b.enter(&Container{Kind: List, Ordered: n.IsOrdered(), Start: n.Start})
	count := n.Start
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		c := &Container{Kind: Item}
		switch {
		case counted:
			c.Number = strconv.Itoa(count) + string(n.Marker)
		case n.IsOrdered():
			c.Number = b.itemNumber(item)
		}
		b.inside(c, item)
		count++
	}
	b.leave()
}

func (b *builder) enter(c *Container) {
	// Paths are shared by the blocks of one container, so never appended to in place.
	b.path = append(b.path[:len(b.path):len(b.path)], c)
}

func (b *builder) leave() { b.path = b.path[:len(b.path)-1] }

// table writes down a table as head and body rows.
func (b *builder) table(n *east.Table) {
	b.enter(&Container{Kind: Table})
	body := &Container{Kind: Body}
	b.line(n)
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		b.line(row) // an empty cell does not say where it is
		section, cell := body, Cell
		if row.Kind() == east.KindTableHeader {
			section, cell = &Container{Kind: Head}, HeadCell
		}
		b.enter(section)
		b.enter(&Container{Kind: Row})
		for c := row.FirstChild(); c != nil; c = c.NextSibling() {
			b.enter(&Container{Kind: cell, Align: alignment(c)})
			b.leaf(Block{Kind: Text}, c)
			b.leave()
		}
		b.leave()
		b.leave()
	}
	b.leave()
}

func alignment(n ast.Node) string {
	cell, ok := n.(*east.TableCell)
	if !ok || cell.Alignment == east.AlignNone {
		return ""
	}
	return cell.Alignment.String()
}

// leaf writes down a block with the words of n.
func (b *builder) leaf(block Block, n ast.Node) {
	if b.targets == nil {
		b.targets = make(targets)
	}
	in := inliner{src: b.src, label: b.label, targets: b.targets}
	in.children(n, Span{})
	b.anchors = append(b.anchors, in.anchors...)
	block.Spans = trimSpans(in.done())
	block.takeAttributes()
	if block.Kind == Paragraph && len(block.Spans) == 0 {
		return // nothing but an attribute list, or only what may not reach a page
	}
	b.add(block, n)
}

func (b *builder) add(block Block, n ast.Node) {
	block.Path = b.path
	block.Line = b.line(n)
	b.put(block)
}

// put writes down a block, to which the anchors met before its end lead.
func (b *builder) put(block Block) {
	for _, anchor := range b.anchors {
		if anchor != block.ID && !slices.Contains(block.Aliases, anchor) {
			block.Aliases = append(block.Aliases, anchor)
		}
	}
	b.anchors = nil
	b.blocks = append(b.blocks, block)
}

// line returns the line of the file on which n begins. Positions come in
// reading order, so that each line end is counted once.
func (b *builder) line(n ast.Node) int {
	pos := position(n)
	if pos < 0 {
		pos = b.lastPos
	}
	if pos < b.lastPos {
		return b.firstLine + bytes.Count(b.src[:max(0, pos)], []byte("\n"))
	}
	pos = min(pos, len(b.src))
	b.lastLine += bytes.Count(b.src[b.lastPos:pos], []byte("\n"))
	b.lastPos = pos
	return b.firstLine + b.lastLine
}

// position returns the offset of the first word of n.
func position(n ast.Node) int {
	if n.Lines().Len() > 0 {
		return n.Lines().At(0).Start
	}
	return n.Pos()
}

// itemMarker is the number of an ordered item as its author wrote it.
var itemMarker = regexp.MustCompile(`^\d{1,9}[.)]`)

// itemNumber reads the number of an item from the source: the syntax tree
// keeps that of the first item only, and a clause must show the number it was
// given.
func (b *builder) itemNumber(item ast.Node) string {
	at := min(max(0, item.Pos()), len(b.src))
	// After a tab the parser counts columns, not bytes, and points up to three too far.
	for stop := max(0, at-3); at > stop && !itemMarker.Match(b.src[at:]); {
		at--
	}
	for at > 0 && b.src[at-1] >= '0' && b.src[at-1] <= '9' {
		at--
	}
	return string(itemMarker.Find(b.src[at:]))
}

// attributes is a trailing {#id} or {: key="value" } list.
var (
	attributes  = regexp.MustCompile(`\s*\{(:[^{}]*|\s*#[^\s{}]+\s*)\}\s*$`)
	attributeID = regexp.MustCompile(`#([^\s{}"']+)`)
)

// takeAttributes takes a trailing attribute list out of the words of the block.
func (b *Block) takeAttributes() {
	last := len(b.Spans) - 1
	if last < 0 || b.Kind == Code || !strings.HasSuffix(b.Spans[last].Text, "}") {
		return
	}
	text := b.Spans[last].Text
	at := attributes.FindStringIndex(text)
	if at == nil {
		return
	}
	if id := attributeID.FindStringSubmatch(text[at[0]:]); id != nil {
		b.ID = id[1]
	}
	b.Spans[last].Text = text[:at[0]]
	b.Spans = trimSpans(b.Spans)
}
