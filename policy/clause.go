package policy

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// clauses finds the clause tree of the blocks: headings, numbered paragraphs
// and numbered items. It gives every clause its id and every block its clause.
func clauses(blocks []Block) []*Clause {
	t := tree{ids: make(map[string]bool)}
	for i := range blocks {
		if blocks[i].ID != "" {
			t.ids[blocks[i].ID] = true
		}
	}
	for i := range blocks {
		t.block(&blocks[i])
	}
	return t.roots
}

// tree is the clause tree while it grows: the open clauses, outermost first.
type tree struct {
	roots []*Clause
	open  []*Clause
	ids   map[string]bool
	seen  *Container // item whose number was taken already
}

// The levels below the six of headings: numbered paragraphs and items stand
// under whatever heading is open.
const paragraphLevel = 7

func (t *tree) block(b *Block) {
	c := t.start(b)
	if c == nil {
		t.closeItems(b)
		b.Clause = t.innermost()
		return
	}
	for len(t.open) > 0 && t.innermost().Level >= c.Level {
		t.open = t.open[:len(t.open)-1]
	}
	c.Parent = t.innermost()
	if c.Parent == nil {
		t.roots = append(t.roots, c)
	} else {
		c.Parent.Children = append(c.Parent.Children, c)
	}
	t.open = append(t.open, c)
	t.identify(b, c)
	b.Clause = c
}

// closeItems ends the clauses of items that b no longer stands in.
func (t *tree) closeItems(b *Block) {
	depth := itemDepth(b.Path)
	for c := t.innermost(); c != nil && c.Level > paragraphLevel+depth; c = t.innermost() {
		t.open = t.open[:len(t.open)-1]
	}
}

// start returns the clause that b begins, or nil.
func (t *tree) start(b *Block) *Clause {
	text := b.Text()
	switch {
	case b.Kind == Heading:
		number, title := splitNumber(text)
		return &Clause{Number: number, Title: title, Level: b.Level, Line: b.Line}
	case b.Kind == Code || b.Kind == Rule || inTable(b.Path):
		return nil
	}
	if item := newItem(b.Path); item != nil && item != t.seen && item.Number != "" {
		t.seen = item
		return &Clause{Number: strings.TrimRight(item.Number, ".)"), Level: paragraphLevel + itemDepth(b.Path), Line: b.Line}
	}
	if number, rest := splitNumber(text); number != "" && rest != "" && b.Kind == Paragraph {
		level := paragraphLevel + itemDepth(b.Path)
		if strings.HasPrefix(strings.TrimSpace(text), "(") {
			level++ // (a) stands under 4.2
		}
		return &Clause{Number: number, Level: level, Line: b.Line}
	}
	return nil
}

func (t *tree) innermost() *Clause {
	if len(t.open) == 0 {
		return nil
	}
	return t.open[len(t.open)-1]
}

// identify gives the clause its id: the author's, else one of its first words.
func (t *tree) identify(b *Block, c *Clause) {
	if b.ID == "" {
		_, words := splitNumber(b.Text())
		b.ID = t.unique(slug(words, b.Kind != Heading))
		if full := slug(b.Text(), false); b.Kind == Heading && full != b.ID && !t.ids[full] {
			t.ids[full] = true
			b.Aliases = append(b.Aliases, full) // what other tools make of a numbered heading
		}
	}
	c.ID = b.ID
}

// unique makes id one that the document does not have yet.
func (t *tree) unique(id string) string {
	if id == "" {
		id = "clause"
	}
	candidate := id
	for n := 1; t.ids[candidate]; n++ {
		candidate = id + "-" + strconv.Itoa(n)
	}
	t.ids[candidate] = true
	return candidate
}

// slugWords is how many words make the id of a clause without a heading.
const slugWords = 6

// slug makes an anchor of words: lower-case letters and digits, with hyphens.
func slug(words string, short bool) string {
	if fields := strings.Fields(words); short && len(fields) > slugWords {
		words = strings.Join(fields[:slugWords], " ")
	}
	var b strings.Builder
	for _, r := range strings.ToLower(strings.TrimSpace(words)) {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r), r == '_':
			b.WriteRune(r)
		case unicode.IsSpace(r), r == '-':
			b.WriteByte('-')
		}
	}
	return strings.Trim(b.String(), "-")
}

// clauseNumber is a number at the head of a clause, in the styles that
// policies use: 1. 1.2 (a) (1) A. IV. § 4 Section 3: 第三条.
var clauseNumber = regexp.MustCompile(`^(?:(?:§+|Section|Article|Clause|Art\.)\s*)?` +
	`(?:\((\d{1,3}|[a-zA-Z]|[ivxlc]{1,6})\)|` + // (a)
	`(\d{1,3}(?:\.\d{1,3})+)[.):]?(?:\s|$)|` + // 4.2
	`(\d{1,3}|[A-Z]|[IVXLC]{1,6}|[a-z])[.)、:](?:\s|$)|` + // 4.
	`(第[〇零一二三四五六七八九十百0-9]{1,5}[条條章节節项項]))\s*`)

// splitNumber parts the text of a clause into its number and the rest.
func splitNumber(text string) (number, rest string) {
	text = strings.TrimSpace(text)
	m := clauseNumber.FindStringSubmatch(text)
	if m == nil {
		return "", text
	}
	return m[1] + m[2] + m[3] + m[4], strings.TrimSpace(text[len(m[0]):])
}

// newItem returns the innermost item that a block stands in.
func newItem(path []*Container) *Container {
	for i := len(path) - 1; i >= 0; i-- {
		if path[i].Kind == Item {
			return path[i]
		}
	}
	return nil
}

func itemDepth(path []*Container) int {
	depth := 0
	for _, c := range path {
		if c.Kind == Item {
			depth++
		}
	}
	return depth
}

func inTable(path []*Container) bool {
	for _, c := range path {
		if c.Kind == Table {
			return true
		}
	}
	return false
}
