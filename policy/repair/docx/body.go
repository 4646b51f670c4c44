package docx

import (
	"fmt"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
)

// body reads the text of a file, paragraph by paragraph.
type body struct {
	pkg      *archive
	changes  Changes
	styles   map[string]*style
	lists    map[string]*list
	links    map[string]string // addresses by the id of their relation
	notes    map[string]*node  // footnotes, endnotes by kind and id
	comments map[string]*node
	titled   bool // whether a paragraph has the style Title

	blocks    []policy.Block
	open      []openList // bullets that the next paragraph may go on with
	carried   *paragraph // whose end a tracked change took away: it goes on
	fields    []*field   // that are open, outermost first
	bookmarks []string   // that began, and whose block is not yet written
	cited     []citedNote
	about     map[string]*strings.Builder // words under open comments
	under     string                      // the last heading
	marked    []string                    // styles of the paragraphs before, as far back as their marks are tracked
	authors   map[string]bool
	said      map[string]bool
	result    *Result

	mayHead *paragraph // the last paragraph, if it heads those that count below it
}

// openList is a list of bullets that is being written.
type openList struct {
	level int
	list  *policy.Container
	item  *policy.Container
}

// citedNote is a note at the foot of the page that was referred to.
type citedNote struct {
	key   string
	label string
}

// paragraph is a paragraph on its way to a block.
type paragraph struct {
	heading  int // level, 0 for none
	number   string
	bullet   bool
	level    int
	spans    []policy.Span
	boxes    []*node // text boxes that are anchored in it
	pictures []int   // notes about those in it
	title    bool
	defines  *policy.Container // the part of a list of definitions that it is; nil where it is none
	list     *list             // that it counts in
}

// load reads the small parts.
func (b *body) load() error {
	styles, err := b.part("styles")
	if err != nil {
		return err
	}
	b.styles = readStyles(styles)
	numbering, err := b.part("numbering")
	if err != nil {
		return err
	}
	b.lists = readLists(numbering)
	b.links, b.notes, b.comments = map[string]string{}, map[string]*node{}, map[string]*node{}
	b.about = map[string]*strings.Builder{}
	for _, r := range b.pkg.relations(b.pkg.main) {
		if strings.HasSuffix(r.kind, "/hyperlink") {
			b.links[r.id] = r.target
		}
	}
	for _, kind := range []string{"footnote", "endnote"} {
		if err := b.index(b.notes, kind+"s", kind, kind); err != nil {
			return err
		}
	}
	return b.index(b.comments, "comments", "comment", "")
}

// part reads the part that the text refers to by that kind; nil when there is none.
func (b *body) part(kind string) (*node, error) {
	for _, name := range b.pkg.related(kind) {
		return b.pkg.tree(name)
	}
	return nil, nil
}

// index keeps the elements of a part by their ids.
func (b *body) index(into map[string]*node, kind, element, prefix string) error {
	root, err := b.part(kind)
	if root == nil {
		return err
	}
	for _, k := range root.kids {
		if k.name == element {
			into[prefix+k.attr("id")] = k
		}
	}
	return nil
}

// read reads the text and what belongs to it.
func (b *body) read() error {
	err := b.pkg.each(func(n *node) error {
		b.element(n, nil)
		return nil
	})
	if err != nil {
		return err
	}
	b.flush(nil)
	b.footnotes()
	return b.margins()
}

// element reads what is in the body, a cell or a text box. Path is what it
// is in.
func (b *body) element(n *node, path []*policy.Container) {
	switch n.name {
	case "p":
		b.paragraph(n, path)
	case "tbl":
		b.flush(path)
		b.open = nil
		b.table(n, path)
	case "sdt":
		if b.contents(n) {
			return
		}
		b.elements(n.kid("sdtContent"), path)
	case "customXml", "smartTag", "ins", "moveTo":
		b.elements(n, path)
	case "bookmarkStart":
		b.bookmarks = append(b.bookmarks, n.attr("name"))
	case "altChunk":
		b.doubt("embedded-file", "a file that is embedded in the text was left out", "")
	}
}

func (b *body) elements(n *node, path []*policy.Container) {
	if n == nil {
		return
	}
	for _, k := range n.kids {
		b.element(k, path)
	}
}

// contents reports whether an element is a table of contents, which the pages
// make themselves, and notes it.
func (b *body) contents(n *node) bool {
	if n.kid("sdtPr").kid("docPartObj").val("docPartGallery") != "Table of Contents" {
		return false
	}
	b.once("table-of-contents", "the table of contents was left out: pages make their own", "table of contents", leftOut)
	for _, k := range orEmpty(n.kid("sdtContent")).kids {
		if k.name == "p" {
			b.count(&paragraph{spans: []policy.Span{{Text: allText(k)}}}, k.kid("pPr")) // its heading may count with the others
		}
	}
	return true
}

// paragraph reads one paragraph and writes it, unless a tracked change joins it
// with the next.
func (b *body) paragraph(n *node, path []*policy.Container) {
	props := n.kid("pPr")
	mark := props.kid("rPr")
	if was := props.kid("pPrChange").kid("pPr"); was != nil && b.changes == Reject {
		props = was
	}
	for _, s := range b.chain(props.val("pStyle")) {
		if strings.HasPrefix(s.name, "toc ") {
			b.once("table-of-contents", "the table of contents was left out: pages make their own", "table of contents", leftOut)
			return
		}
	}
	p := b.carried
	if p == nil {
		p = &paragraph{}
	}
	b.carried = nil
	joined := b.followsTracked(props, mark)
	// Of joined paragraphs the form is that of the mark that is left (ECMA-376 part 1, 17.13.5.15).
	p.heading, p.title, p.defines = b.headingLevel(props), b.named(props, "title"), b.defines(props)
	remarks := len(b.result.Comments)
	b.runs(n, p, b.runStyle(props))
	if b.dropped(mark.kid("del") != nil || mark.kid("moveFrom") != nil, mark.kid("ins") != nil || mark.kid("moveTo") != nil) {
		b.carried = p
		return
	}
	if p.number == "" && !p.bullet {
		b.count(p, props)
	}
	b.place(b.result.Comments[remarks:], p)
	before := len(b.blocks)
	b.write(p, path)
	for i := before; i < len(b.blocks) && joined; i++ {
		b.result.Joined = append(b.result.Joined, i)
	}
}

// followsTracked reports whether a paragraph has the style of one before, from which on
// all marks are tracked: LibreOffice gives it that style, whichever it had.
func (b *body) followsTracked(props, mark *node) bool {
	style := props.val("pStyle")
	joined := slices.Contains(b.marked, style)
	for _, kind := range []string{"ins", "del", "moveFrom", "moveTo"} {
		if mark.kid(kind) != nil {
			b.marked = append(b.marked, style)
			return joined
		}
	}
	b.marked = nil
	return joined
}

// leftOut is what becomes of things that are no part of a text.
const leftOut = "left out"

// dropped reports whether something under a tracked change is not in the text.
func (b *body) dropped(deleted, inserted bool) bool {
	switch b.changes {
	case Accept:
		return deleted
	case Reject:
		return inserted
	}
	return false
}

// flush writes a paragraph that was to be joined with a next one.
func (b *body) flush(path []*policy.Container) {
	if p := b.carried; p != nil {
		b.carried = nil
		b.write(p, path)
	}
}

// count gives a paragraph the number that Word shows. One without words has none.
func (b *body) count(p *paragraph, props *node) {
	num := b.numbering(props)
	if num == nil || num.list == "0" || words(p.spans) == "" {
		return
	}
	l := b.lists[num.list]
	if l == nil {
		b.doubt("number-unknown", "a paragraph refers to a list that the file does not define; its number is not known", words(p.spans))
		return
	}
	p.list, p.level = l, min(max(num.level, 0), levels-1)
	text, bullet, known := l.count(p.level)
	if bullet {
		p.bullet = strings.TrimSpace(text) != "" // pandoc gives a blank one to what goes on with an item
		return
	}
	if !known {
		b.doubt("number-unknown", fmt.Sprintf("this way of counting is not known; the number is written as %q", text), words(p.spans))
	}
	p.number = text
}

// numbering returns the list that a paragraph counts in: its own, else that of
// its style.
func (b *body) numbering(props *node) *numbering {
	if own := readNumbering(props); own != nil && own.list != "" {
		own.level = max(own.level, 0)
		return own
	}
	id := props.val("pStyle")
	for s := b.styles[id]; s != nil; {
		if s.num != nil && s.num.list != "" {
			found := *s.num
			if l := b.lists[found.list]; l != nil && found.level < 0 {
				found.level = l.levelOf(id)
			}
			return &found
		}
		if id = s.based; b.styles[id] == s {
			return nil
		}
		s = b.styles[id]
	}
	return nil
}

// margins names the words of headers and footers, which are no part of the text.
func (b *body) margins() error {
	for _, kind := range []string{"header", "footer"} {
		seen := map[string]bool{}
		for _, part := range b.pkg.related(kind) {
			root, err := b.pkg.tree(part)
			if err != nil {
				return err
			}
			text := oneLine(allText(root))
			if text != "" && !seen[text] {
				seen[text] = true
				b.changed(kind, "the "+kind+" of the pages was left out", text, leftOut)
			}
		}
	}
	return nil
}

// allText returns the words of a tree.
func allText(n *node) string {
	if n == nil {
		return ""
	}
	switch n.name {
	case "t", "delText":
		return n.text
	case "tab", "br", "cr":
		return " "
	case "instrText", "Fallback":
		return ""
	}
	var s strings.Builder
	for _, k := range n.kids {
		s.WriteString(allText(k))
	}
	if n.name == "p" {
		s.WriteString("\n")
	}
	return s.String()
}

// words returns the words of spans.
func words(spans []policy.Span) string {
	var s strings.Builder
	for _, span := range spans {
		s.WriteString(span.Text)
	}
	return oneLine(s.String())
}
