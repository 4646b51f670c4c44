package policy

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// html writes down the words of a raw HTML block: its paragraphs, headings,
// lists and tables become ours, everything else falls away. So no markup of a
// text reaches a page, and none of its words is lost.
func (b *builder) html(n *ast.HTMLBlock) {
	src := n.Lines().Value(b.src)
	if n.HasClosure() {
		src = append(bytes.Clone(src), n.ClosureLine.Value(b.src)...)
	}
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(bytes.NewReader(src), body)
	if err != nil {
		return // it reads from memory and accepts any text: only a reader's fault is an error
	}
	w := htmlWalker{builder: b, line: b.line(n)}
	for _, node := range nodes {
		spreadTables(node)
		w.node(node, Span{})
	}
	w.flush()
}

// htmlWalker gathers words until an element begins or ends a block.
type htmlWalker struct {
	*builder
	inliner
	line int
	kind BlockKind
	head int // level of the heading we are in

	loose *Container         // the list of the items that are in none
	next  map[*Container]int // by list: the number of its next item
}

// maxHTMLDepth bounds nesting: deeper elements are read as if they were not there.
const maxHTMLDepth = 64

func (w *htmlWalker) node(n *html.Node, s Span) {
	switch n.Type {
	case html.TextNode:
		w.words(n.Data, s)
	case html.ElementNode:
		w.element(n, s)
	}
}

func (w *htmlWalker) inner(n *html.Node, s Span) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.node(c, s)
	}
}

// words adds text with its white space folded, as a browser would.
func (w *htmlWalker) words(text string, s Span) {
	folded := strings.Join(strings.Fields(text), " ")
	if folded == "" && text == "" {
		return
	}
	if strings.TrimLeft(text, " \t\n") != text {
		folded = " " + folded
	}
	if strings.TrimRight(text, " \t\n") != text && folded != " " {
		folded += " "
	}
	w.inliner.add(s, folded)
}

func (w *htmlWalker) element(n *html.Node, s Span) {
	if !hidesWords(n.Data) {
		w.builder.anchors = append(w.builder.anchors, htmlAnchors(n.Data, n.Attr)...)
	}
	switch name := n.Data; name {
	case "br":
		w.inliner.add(s, "\n")
	case "hr":
		w.flush()
		w.put(Block{Kind: Rule})
	case "a":
		s.Link = target([]byte(attribute(n, "href")))
		w.inner(n, s)
	case "img":
		s.Image = target([]byte(attribute(n, "src")))
		w.inliner.add(s, attribute(n, "alt"))
	case "h1", "h2", "h3", "h4", "h5", "h6":
		w.flush()
		w.kind, w.head = Heading, int(name[1]-'0')
		w.inner(n, s)
		w.flush()
	case "p", "div", "section", "article", "header", "footer", "figure", "figcaption", "details", "summary", "pre", "address", "center", "caption":
		w.flush()
		w.inner(n, s)
		w.flush()
	case "sup", "sub":
		w.inliner.html = append(w.inliner.html, name)
		w.inner(n, s)
		w.inliner.html = w.inliner.html[:len(w.inliner.html)-1]
	default:
		w.container(n, s)
	}
}

// container walks the elements that hold blocks, and the unknown ones.
func (w *htmlWalker) container(n *html.Node, s Span) {
	c, ok := htmlContainer(n)
	switch {
	case hidesWords(n.Data):
	case !ok || len(w.path) >= maxHTMLDepth:
		s.Style |= htmlStyle(n.Data)
		w.inner(n, s)
	default:
		w.flush()
		if c.Kind == Item {
			c.Number = w.number(n)
		}
		around := w.fit(c.Kind)
		w.enter(c)
		before := len(w.blocks)
		w.inner(n, s)
		w.flush()
		if len(w.blocks) == before && c.Kind != Body && c.Kind != Head {
			w.put(Block{Kind: Text})
		}
		for range around + 1 {
			w.leave()
		}
	}
}

func htmlContainer(n *html.Node) (*Container, bool) {
	kinds := map[string]ContainerKind{
		"blockquote": Quote, "ul": List, "ol": List, "li": Item, "table": Table,
		"thead": Head, "tbody": Body, "tfoot": Body, "tr": Row, "th": HeadCell, "td": Cell,
		"dl": Definitions, "dt": DefinedTerm, "dd": Definition,
	}
	kind, ok := kinds[n.Data]
	if !ok {
		return nil, false
	}
	c := &Container{Kind: kind, Ordered: n.Data == "ol"}
	if c.Ordered {
		c.Start = 1
		if has(n, "reversed") {
			c.Start = items(n)
		}
		if style := attribute(n, "type"); len(style) == 1 && strings.Contains("aAiI", style) {
			c.Style = style
		}
		if start, err := strconv.Atoi(attribute(n, "start")); err == nil {
			c.Start = start
		}
	}
	return c, true
}

// number counts an item of an ordered list as a browser would; with no element, one
// that the list is given.
func (w *htmlWalker) number(n *html.Node) string {
	last := len(w.path) - 1
	if last < 0 || w.path[last].Kind != List || !w.path[last].Ordered {
		return ""
	}
	list := w.path[last]
	number, begun := w.next[list]
	if !begun {
		number = list.Start
	}
	step := 1
	if n != nil {
		if value, err := strconv.Atoi(attribute(n, "value")); err == nil {
			number = value
		}
		if n.Parent != nil && has(n.Parent, "reversed") {
			step = -1
		}
	}
	if w.next == nil {
		w.next = make(map[*Container]int)
	}
	w.next[list] = number + step
	return listNumber(list.Style, number) + "."
}

// listNumber writes the number of an item in the style of its list.
func listNumber(style string, n int) string {
	switch {
	case style == "a" && n > 0 && n <= 26:
		return string(rune('a' + n - 1))
	case style == "A" && n > 0 && n <= 26:
		return string(rune('A' + n - 1))
	case style == "i" && n > 0 && n < len(romanNumbers):
		return romanNumbers[n]
	case style == "I" && n > 0 && n < len(romanNumbers):
		return strings.ToUpper(romanNumbers[n])
	}
	return strconv.Itoa(n)
}

// romanNumbers are those that the items of a list get: no list of a policy has more.
var romanNumbers = [...]string{"", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx",
	"xxi", "xxii", "xxiii", "xxiv", "xxv", "xxvi", "xxvii", "xxviii", "xxix", "xxx"}

func has(n *html.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

// items counts the items of a list.
func items(n *html.Node) int {
	count := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && c.Data == "li" {
			count++
		}
	}
	return count
}

// flush writes down the words gathered so far as one block.
func (w *htmlWalker) flush() {
	spans := trimSpans(w.done())
	w.spans = nil
	block := Block{Kind: w.kind, Level: w.head, Spans: spans}
	w.kind, w.head = Paragraph, 0
	if len(spans) > 0 {
		w.put(block)
	}
}

// put writes down one block; words directly in an item or cell need no paragraph.
func (w *htmlWalker) put(block Block) {
	around := w.fit(notContained)
	if n := len(w.path); block.Kind == Paragraph && n > 0 && w.path[n-1].HoldsText() {
		block.Kind = Text
	}
	block.Path, block.Line = w.path, w.line
	w.builder.put(block)
	for range around {
		w.leave()
	}
}

// notContained is the kind of what is no container: words.
const notContained = ContainerKind(255)

// fit opens what must be around a container, or around words, for HTML to allow it
// here: a list around an item that has none, and an item around what is straight in
// a list; the same for definitions. It returns how many containers it opened.
func (w *htmlWalker) fit(kind ContainerKind) int {
	in := notContained
	if len(w.path) > 0 {
		in = w.path[len(w.path)-1].Kind
	}
	isItem, isDefinition := kind == Item, kind == DefinedTerm || kind == Definition
	switch {
	case !isItem && in == List:
		w.enter(&Container{Kind: Item, Number: w.number(nil)})
	case !isDefinition && in == Definitions:
		w.enter(&Container{Kind: Definition})
	case isItem && in != List:
		w.enter(w.looseList(List))
	case isDefinition && in != Definitions:
		w.enter(w.looseList(Definitions))
	default:
		return 0
	}
	return 1 + w.fit(kind)
}

// looseList returns a list for an item that has none: that of the item before
// it, if there is one.
func (w *htmlWalker) looseList(kind ContainerKind) *Container {
	if n := len(w.blocks); n > 0 && w.loose != nil && w.loose.Kind == kind {
		if p := w.blocks[n-1].Path; len(p) > len(w.path) && p[len(w.path)] == w.loose {
			return w.loose
		}
	}
	w.loose = &Container{Kind: kind}
	return w.loose
}

// maxAnchor bounds an anchor; longer ones are nobody's.
const maxAnchor = 200

// htmlAnchors returns the anchors by which an element can be reached: its id,
// and the name of an <a>, as pages had them before HTML 5.
func htmlAnchors(element string, attributes []html.Attribute) []string {
	var anchors []string
	for _, a := range attributes {
		named := a.Key == "id" || a.Key == "name" && element == "a"
		if named && a.Val != "" && len(a.Val) <= maxAnchor && !strings.ContainsFunc(a.Val, notInAnchor) {
			anchors = append(anchors, a.Val)
		}
	}
	return anchors
}

func notInAnchor(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }

// tagAnchors returns the anchors of one raw tag.
func tagAnchors(tag string) []string {
	if !strings.Contains(tag, "=") {
		return nil
	}
	z := html.NewTokenizer(strings.NewReader(tag))
	z.Next()
	t := z.Token()
	return htmlAnchors(t.Data, t.Attr)
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// HoldsText reports whether words are in c without a paragraph.
func (c *Container) HoldsText() bool {
	switch c.Kind {
	case Item, HeadCell, Cell, DefinedTerm, Definition:
		return true
	}
	return false
}
