package policy

import (
	"strings"
	"unicode"
)

// lead is what a block that begins a clause says of it by itself, whatever stands
// around it.
type lead struct {
	number, title string
	level         int
	id            string // an anchor made of its words, where its author gave none
	alias         string // of a heading: that which other tools make of it
}

// The levels below the six of headings: titles in bold type, then numbered
// paragraphs and items are under whatever heading is open.
const (
	boldLevel      = 7
	paragraphLevel = 8
)

// leadsOf returns the lead of each block, nil of those that begin no clause.
func leadsOf(blocks []Block) []*lead {
	leads := make([]*lead, len(blocks))
	var seen *Container // item whose number was taken already
	for i := range blocks {
		leads[i], seen = blocks[i].lead(seen)
	}
	return leads
}

// lead returns the lead of a block, or nil, and the item whose number is taken then.
func (b *Block) lead(seen *Container) (*lead, *Container) {
	text := b.Text()
	switch {
	case b.Note != "":
		return nil, seen
	case b.Kind == Heading:
		number, title := splitHeading(text)
		return b.newLead(number, title, b.Level, text), seen
	case b.Kind == Code || b.Kind == Rule || inTable(b.Path):
		return nil, seen
	}
	if item := newItem(b.Path); item != nil && item != seen && item.Number != "" && !beginsWithDay(item.Number+" "+text) {
		return b.newLead(strings.TrimRight(item.Number, ".)"), b.runIn(), paragraphLevel+itemDepth(b.Path), text), item
	}
	if b.Kind != Paragraph {
		return nil, seen
	}
	under := 0
	if head := strings.TrimSpace(text); strings.HasPrefix(head, "(") || strings.HasPrefix(head, "（") {
		under = 1 // (a) is under 4.2
	}
	if number, title := b.boldTitle(); title != "" && len(b.Path) == 0 {
		return b.newLead(number, title, boldLevel+under, text), seen
	}
	if number, rest := splitNumber(text); number != "" && rest != "" {
		return b.newLead(number, b.runIn(), paragraphLevel+itemDepth(b.Path)+under, text), seen
	}
	return nil, seen
}

// newLead returns a lead, with anchors made of the words of the block.
func (b *Block) newLead(number, title string, level int, text string) *lead {
	l := &lead{number: number, title: beginning(title), level: level}
	if b.ID != "" {
		return l
	}
	words := l.title
	if words == "" {
		_, words = splitNumber(text)
	}
	l.id = slug(words, b.Kind != Heading)
	if b.Kind == Heading {
		l.alias = slug(text, false)
	}
	return l
}

// mostTitle is how many bytes of a heading are the title of its clause, and of words
// are looked at for an anchor: a title is shown with each change in its clause.
const mostTitle = 4_000

// beginning returns so much of a title.
func beginning(words string) string {
	if len(words) <= mostTitle {
		return words
	}
	return strings.ToValidUTF8(words[:mostTitle], "") + " …"
}

// slugWords is how many words make the id of a clause without a heading.
const slugWords = 6

// slug makes an anchor of words: lower-case letters and digits, with hyphens.
func slug(words string, short bool) string {
	if short {
		words = firstWords(words, slugWords)
	}
	var b strings.Builder
	for _, r := range strings.ToLower(strings.TrimSpace(beginning(words))) {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r), r == '_':
			b.WriteRune(r)
		case unicode.IsSpace(r), r == '-':
			b.WriteByte('-')
		}
	}
	return strings.Trim(b.String(), "-")
}

// firstWords returns the first n words of a text that has more.
func firstWords(text string, n int) string {
	var first []string
	for word := range strings.FieldsSeq(text) {
		if len(first) == n {
			return strings.Join(first, " ")
		}
		first = append(first, word)
	}
	return text
}
