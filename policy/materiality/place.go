package materiality

import (
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
)

// place is where a sentence is: what it is part of decides what it is
// about and how far it binds.
type place struct {
	clause *policy.Clause
	kind   policy.BlockKind
	under  string // of an item of a list with nothing between it and its heading, the heading
	lead   string // of a list item, the words that lead into the list; of a cell, the heads of its table
	row    string // of a cell, the words of its row so far
	item   bool   // is in a list
	number bool   // which is numbered
	cell   bool   // is in a table
	head   bool   // and heads a column
	linked bool   // all its words are a link
	menu   bool   // all its words are links, and there are many of them
	answer bool   // is a yes or no to the line above it
	banner bool   // part of what asks for consent to cookies on the page itself
	named  string // of a cell, the first one of its row
	column string // of a cell other than the first of its row, the head of its column

	numbers map[string]bool // of the clauses of its document
	around  *surroundings   // of its block
}

// reader follows one document in reading order and tells each block's place.
type reader struct {
	numbers map[string]bool // of the clauses, such as 8.3
	lead    *policy.Block   // the paragraph that leads into a list
	said    string          // what this ends with, once it was asked for
	head    *policy.Block   // the heading that leads into a list, where nothing is between
	table   *policy.Container
	row     *policy.Container
	heads   []*policy.Block // of the table
	cells   []*policy.Block // of the row so far
	headed  running         // the words of the heads
	before  running         // the words of the cells but the last
}

// pass goes past a block whose place nobody asks for.
func (r *reader) pass(b *policy.Block) {
	switch {
	case len(b.Path) > 0 && r.cell(b), itemOf(b):
	case b.Kind == policy.Paragraph:
		r.lead, r.said, r.head = b, "", nil
	case b.Kind == policy.Heading:
		r.lead, r.head = nil, b
	default:
		r.lead, r.head = nil, nil
	}
}

// leads returns what leads into the list that is read, nil for nothing.
func (r *reader) leads() *policy.Block {
	if r.lead == nil {
		return r.head
	}
	return r.lead
}

// mostAround is how many bytes count of what is around a sentence: of the words that
// lead into a list, the heads of a table, a cell. Each sentence is read with them.
const mostAround = 8_000

// opening returns so much of a text.
func opening(text string) string {
	if len(text) <= mostAround {
		return text
	}
	return strings.ToValidUTF8(text[:mostAround], "")
}

// running is the words of a growing list of blocks, as far as they count.
type running struct {
	text string
	of   int // so many of the blocks
}

func (r *running) upTo(list []*policy.Block) string {
	for ; r.of < len(list); r.of++ {
		if r.of > 0 && len(r.text) < mostAround {
			r.text += " "
		}
		if len(r.text) < mostAround {
			r.text = opening(r.text + list[r.of].Text())
		}
	}
	return r.text
}

// itemOf reports whether b is in a list.
func itemOf(b *policy.Block) bool { return isIn(b, policy.Item) }

func isIn(b *policy.Block, kind policy.ContainerKind) bool {
	return slices.ContainsFunc(b.Path, func(c *policy.Container) bool { return c.Kind == kind })
}

// cell notes a table cell; the second result of a block that is none is false.
func (r *reader) cell(b *policy.Block) bool {
	for _, c := range b.Path {
		switch c.Kind {
		case policy.Table:
			if c != r.table {
				r.table, r.heads, r.headed = c, nil, running{}
			}
		case policy.Row:
			if c != r.row {
				r.row, r.cells, r.before = c, nil, running{}
			}
		case policy.HeadCell:
			r.heads = append(r.heads, b)
			return true
		case policy.Cell:
			r.cells = append(r.cells, b)
			return true
		}
	}
	return false
}

// place returns where b is. Blocks must come in reading order.
func (r *reader) place(at *block) *place {
	b := at.Block
	p := &place{clause: b.Clause, kind: b.Kind, linked: at.linked, menu: at.linked && isMenu(b), item: itemOf(b), number: itemNumber(b) != "", numbers: r.numbers, around: &at.around}
	lead := r.lead
	if p.answer = (p.item || len(b.Path) == 0) && at.answers(); p.answer {
		p.item = true // of what is above it: "Do we record calls?"
	} else {
		r.pass(b)
	}
	switch n := len(r.cells); {
	case n > 0 && r.cells[n-1] == b:
		p.cell = true
		p.lead, p.row, p.named = r.headed.upTo(r.heads), r.before.upTo(r.cells[:n-1]), opening(r.cells[0].Text())
		if n > 1 && n <= len(r.heads) {
			p.column = opening(r.heads[n-1].Text())
		}
	case len(r.heads) > 0 && r.heads[len(r.heads)-1] == b:
		p.cell, p.head = true, true
	case p.item && lead != nil:
		if r.said == "" {
			r.said = opening(lastSentence(lead.Text()))
		}
		p.lead = r.said
	case p.item && r.head != nil:
		p.under = textOf(r.head)
	}
	return p
}

// slot is a place that is filled anew: a cell by its row and column, an answer by
// its clause and the line that it answers.
type slot struct {
	answer        bool
	named, column string
}

func (p *place) slot() (slot, bool) {
	switch {
	case p.answer:
		return slot{true, p.clause.Name(), p.lead}, true
	case p.cell && p.column != "":
		return slot{false, p.named, p.column}, true
	}
	return slot{}, false
}

// lastSentence returns what a paragraph ends with, which leads into a list
// that follows it.
func lastSentence(text string) string {
	text = strings.TrimSpace(text)
	if at := strings.LastIndex(strings.TrimRight(text, ".:"), ". "); at >= 0 {
		return text[at+2:]
	}
	return text
}

// named is how many words the description of a picture has at most that only names
// it. Pages show descriptions in place of pictures, and a longer one can say anything.
const named = 3

// unsaid reports whether a span is a picture whose description is no statement: it
// names the picture, or it tells what is on it, and binds nobody.
func unsaid(s *policy.Span) bool {
	if s.Image == "" {
		return false
	}
	w := words(s.Text)
	return len(w) <= named || depicts(w) || !slices.ContainsFunc(w, func(w word) bool {
		class := classOf[w.norm]
		group := classGroups[class]
		return group == "operator" && class != "bound" || group == "actor" || w.kind == numeric || oneForm[w.norm] == "we" || oneForm[w.norm] == "you" || oneForm[w.norm] == "not"
	})
}

// depicts reports whether a description tells what is to be seen: "An illustration of".
func depicts(w []word) bool {
	return (w[0].norm == "a" || w[0].norm == "an") && pictures[w[1].norm]
}

var pictures = wordSet("picture photo photograph image icon illustration drawing diagram screenshot graphic card")

// textOf returns the words of a block. The name of a picture is no word of the
// policy.
func textOf(b *policy.Block) string {
	if len(b.Spans) == 1 && b.Spans[0].Image == "" {
		return recoded(b.Spans[0].Text)
	}
	size := 0
	for _, span := range b.Spans {
		size += len(span.Text) + 1
	}
	var s strings.Builder
	s.Grow(size)
	link := ""
	for i := range b.Spans {
		span := &b.Spans[i]
		if unsaid(span) {
			continue
		}
		if span.Image != "" {
			s.WriteString(" " + span.Text + " ")
			continue
		}
		if link != "" && span.Link != "" && span.Link != link {
			s.WriteByte(' ') // links side by side are words apart
		}
		link = span.Link
		s.WriteString(span.Text)
	}
	return recoded(s.String())
}

// allLinked reports whether every word of b is a link: a menu entry or a
// pointer, not a rule.
func allLinked(b *policy.Block) bool {
	words := false
	for _, s := range b.Spans {
		if strings.TrimSpace(s.Text) == "" {
			continue
		}
		if s.Link == "" && !unsaid(&s) {
			return false
		}
		words = true
	}
	return words
}

// menuLinks is how many links in a row make a line a menu.
const menuLinks = 4

// isMenu reports whether b, all of which is links, leads to many different places.
func isMenu(b *policy.Block) bool {
	targets := map[string]bool{}
	for _, s := range b.Spans {
		if s.Link != "" {
			targets[s.Link] = true
		}
	}
	return len(targets) >= menuLinks
}

// headings returns the titles of the clauses that the place is in, the
// innermost first.
func (p *place) headings() []string {
	var list []string
	for c := p.clause; c != nil; c = c.Parent {
		if c.Title != "" {
			list = append(list, c.Title)
		}
	}
	return list
}

// name returns what a reader would call the clause: its own number or title,
// or, when it has neither, that of the clause around it.
func (p *place) name() string {
	for c := p.clause; c != nil; c = c.Parent {
		if name := c.Name(); name != "" {
			return name
		}
	}
	return ""
}
