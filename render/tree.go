package render

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/codicil/codicil/policy"
)

// tree writes blocks of one or two documents as one tree of elements: it opens
// and closes the containers as the blocks come.
type tree struct {
	b     *bytes.Buffer
	shift int // how many levels of headings are above the text
	ids   map[string]bool
	open  []frame
	heads []head                                  // the headings above the next one, on a page with a first heading of its own
	pairs map[*policy.Container]*policy.Container // containers that are the same in both documents
	lazy  map[*policy.Container]bool              // ordered lists whose items all bear one number

	spoken *policy.Container // what the words before are directly in
}

// frame is one open element.
type frame struct {
	old, new *policy.Container // nil where it is in one document only
	next     int               // of an ordered list: the number a browser would give the next item
}

func (f frame) container() *policy.Container {
	if f.new != nil {
		return f.new
	}
	return f.old
}

// enter opens the containers in which a block is; of its two sides one may
// be nil.
func (t *tree) enter(old, new *policy.Block) {
	want := t.frames(old, new)
	same := 0
	for same < len(want) && same < len(t.open) && fits(t.open[same], want[same]) {
		if t.open[same].old == nil {
			t.open[same].old = want[same].old
		}
		if t.open[same].new == nil {
			t.open[same].new = want[same].new
		}
		same++
	}
	t.closeTo(same)
	for i, f := range want[same:] {
		if f.container().Kind == policy.List {
			f.next = max(1, f.container().Start)
			if f.container().Start == 0 {
				f.next = 0
			}
		}
		t.start(f, anchor(new, i+same == len(want)-1))
		t.open = append(t.open, f)
	}
}

// anchor returns the block whose id an item bears: words directly in an item
// have no element of their own.
func anchor(b *policy.Block, last bool) *policy.Block {
	if b != nil && last && b.Kind == policy.Text {
		return b
	}
	return nil
}

// frames lists the containers of a block, outermost first, each with its
// partner in the other document.
func (t *tree) frames(old, new *policy.Block) []frame {
	var out []frame
	switch {
	case old != nil && new != nil:
		for i := range min(len(old.Path), len(new.Path)) {
			out = append(out, frame{old: old.Path[i], new: new.Path[i]})
		}
	case new != nil:
		for _, c := range new.Path {
			out = append(out, frame{old: t.pairs[c], new: c})
		}
	default:
		for _, c := range old.Path {
			out = append(out, frame{old: c, new: t.pairs[c]})
		}
	}
	return out
}

// fits reports whether a block that wants a container can go on in an open one.
func fits(open, want frame) bool {
	a, b := open.container(), want.container()
	if a.Kind != b.Kind || a.Ordered != b.Ordered {
		return false
	}
	if open.old != nil && want.old != nil && open.old != want.old || open.new != nil && want.new != nil && open.new != want.new {
		return false
	}
	return open.old != nil && open.old == want.old || open.new != nil && open.new == want.new
}

// closeTo closes all but the outermost n containers.
func (t *tree) closeTo(n int) {
	for i := len(t.open) - 1; i >= n; i-- {
		t.b.WriteString("</" + element(t.open[i].container()) + ">\n")
	}
	t.open = t.open[:n]
}

// start writes the start tag of a container.
func (t *tree) start(f frame, anchored *policy.Block) {
	c := f.container()
	t.b.WriteString("<" + element(c))
	switch {
	case c.Kind == policy.List && c.Ordered:
		if c.Start != 1 {
			t.attribute("start", strconv.Itoa(c.Start))
		}
		if c.Style != "" {
			t.attribute("type", c.Style)
		}
	case c.Kind == policy.Item:
		t.value(c)
	}
	if class := t.class(f); class != "" {
		t.attribute("class", class)
	}
	if c.Kind != policy.Item && c.Kind != policy.DefinedTerm && c.Kind != policy.Definition || anchored == nil {
		t.b.WriteByte('>')
		if !c.HoldsText() {
			t.b.WriteByte('\n')
		}
		return
	}
	t.id(anchored)
	t.b.WriteByte('>')
	t.aliases(anchored)
}

// class says how a cell is aligned, and whether a container is in only one
// of the documents.
func (t *tree) class(f frame) string {
	var names []string
	if c := f.container(); c.Align != "" {
		names = append(names, "align-"+c.Align)
	}
	switch {
	case t.pairs == nil:
	case f.old == nil:
		names = append(names, "added")
	case f.new == nil:
		names = append(names, "removed")
	}
	return strings.Join(names, " ")
}

// lazyLists finds the ordered lists whose items all bear the same number. In
// Markdown that is the way to leave the counting to the reader's program.
func lazyLists(docs ...*policy.Document) map[*policy.Container]bool {
	first := make(map[*policy.Container]*policy.Container)
	lazy := make(map[*policy.Container]bool)
	for _, d := range docs {
		for i := range d.Blocks {
			path := d.Blocks[i].Path
			for k := 1; k < len(path); k++ {
				list, item := path[k-1], path[k]
				if item.Kind != policy.Item || !list.Ordered || first[list] == item {
					continue
				}
				if first[list] == nil {
					first[list] = item
					continue
				}
				same := item.Number == first[list].Number
				if was, ok := lazy[list]; !ok || was {
					lazy[list] = same
				}
			}
		}
	}
	return lazy
}

// value writes the number of an item where it is not the one a browser would
// count to: what is shown is what the author wrote.
func (t *tree) value(c *policy.Container) {
	if len(t.open) == 0 {
		return
	}
	list := &t.open[len(t.open)-1]
	if t.lazy[list.container()] {
		return
	}
	n, err := strconv.Atoi(strings.TrimRight(c.Number, ".)"))
	if err != nil {
		return
	}
	if n != list.next {
		t.attribute("value", strconv.Itoa(n))
	}
	list.next = n + 1
}

func (t *tree) attribute(name, value string) {
	t.b.WriteString(" " + name + `="` + escape(value) + `"`)
}

// id writes the anchor of a block, unless the page has one of that name.
func (t *tree) id(b *policy.Block) {
	if b.ID != "" && !t.ids[b.ID] {
		t.ids[b.ID] = true
		t.attribute("id", b.ID)
	}
}

// aliases writes the other anchors that lead to a block.
func (t *tree) aliases(b *policy.Block) {
	for _, alias := range b.Aliases {
		if alias != "" && !t.ids[alias] {
			t.ids[alias] = true
			t.b.WriteString(`<span id="` + escape(alias) + `"></span>`)
		}
	}
}

// block writes a block in the open containers; words writes what it says.
func (t *tree) block(b *policy.Block, words func()) {
	name := t.element(b)
	if b.Kind != policy.Text {
		t.spoken = nil
	}
	switch b.Kind {
	case policy.Rule:
		t.b.WriteString("<hr>\n")
		return
	case policy.Text:
		t.parted()
		t.aliases(b)
		words()
		t.b.WriteByte('\n')
		return
	case policy.Code:
		t.b.WriteString("<pre>")
		t.aliases(b)
		t.b.WriteString("<code>")
		words()
		t.b.WriteString("</code></pre>\n")
		return
	}
	t.b.WriteString("<" + name)
	t.id(b)
	t.b.WriteByte('>')
	t.aliases(b)
	words()
	t.b.WriteString("</" + name + ">\n")
}

// parted begins a line for words directly behind others in one item or cell.
func (t *tree) parted() {
	if len(t.open) == 0 {
		return
	}
	in := t.open[len(t.open)-1].container()
	if in == t.spoken {
		t.b.WriteString("<br>\n")
	}
	t.spoken = in
}

// element names the element of a block.
func (t *tree) element(b *policy.Block) string {
	if b.Kind == policy.Heading {
		return "h" + strconv.Itoa(min(6, max(1, t.level(b.Level))))
	}
	return "p"
}

// head is a heading: its level in the text, and on the page.
type head struct{ text, page int }

// level is the level of the next heading on the page. Below a first heading
// that is the page's own none may be skipped, even where the text does so.
func (t *tree) level(text int) int {
	if t.shift == 0 {
		return text
	}
	for n := len(t.heads); n > 0 && t.heads[n-1].text >= text; n-- {
		t.heads = t.heads[:n-1]
	}
	page := t.shift + 1
	if n := len(t.heads); n > 0 {
		page = t.heads[n-1].page + 1
	}
	t.heads = append(t.heads, head{text, page})
	return page
}

// element names the element of a container.
func element(c *policy.Container) string {
	switch c.Kind {
	case policy.Quote:
		return "blockquote"
	case policy.List:
		if c.Ordered {
			return "ol"
		}
		return "ul"
	case policy.Item:
		return "li"
	case policy.Table:
		return "table"
	case policy.Head:
		return "thead"
	case policy.Body:
		return "tbody"
	case policy.Row:
		return "tr"
	case policy.HeadCell:
		return "th"
	case policy.Definitions:
		return "dl"
	case policy.DefinedTerm:
		return "dt"
	case policy.Definition:
		return "dd"
	}
	return "td"
}
