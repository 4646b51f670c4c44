package materiality

import (
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
	languages "github.com/codicil/codicil/policy/materiality/lexicon"
	"github.com/codicil/codicil/policy/redline"
)

// page is a text with what is known of its blocks.
type page struct {
	of     *policy.Document
	blocks []block
	cells  bool // a table is among them
}

// block is a block of a text, with what it says and what is around it.
type block struct {
	*policy.Block
	*said
	around surroundings

	parted       bool
	number, rest string // of its words, once they are parted
}

// said is what the spans of a block say, wherever it stands. Versions of a text share
// it for what they have in common.
type said struct {
	text   string
	linked bool // every word is a link
	pieces int  // how many labels it puts side by side
	brief  bool // it is too short to say anything
	aside  bool // it heads what a page offers beside its text
	yesNo  bool // it says yes or no, and nothing else

	head      int                 // so many bytes tell of the language it is in
	tells     *languages.Evidence // what they tell; nil until asked for
	sentences []*sentence         // of the words from a place on; nil until asked for
	from      int
}

// saidBy reads the spans of a block.
func saidBy(b *policy.Block) *said {
	text := textOf(b)
	return &said{text: text, linked: allLinked(b), pieces: piecesOf(text), brief: isBrief(text), aside: len(text) < longLabel && startsAside(text), yesNo: isYesOrNo(text)}
}

// language returns what the head of the block tells of its language.
func (b *block) language() *languages.Evidence {
	if b.tells == nil {
		text := b.Text()
		b.head = min(len(text), sampledBytes)
		b.tells = languages.EvidenceOf(text[:b.head])
	}
	return b.tells
}

// body parts the words of a block as the function of this name does, once.
func (b *block) body() (number, rest string) {
	if !b.parted {
		b.number, b.rest = parted(b.Block, b.text)
		b.parted = true
	}
	return b.number, b.rest
}

// read returns the sentences of a block, of which nobody says where they stand. Nobody
// may change them.
func (b *block) read(m *Memory) []*sentence {
	_, rest := b.body()
	if from := len(b.text) - len(rest); b.sentences == nil || b.from != from {
		b.sentences, b.from = split(rest, nil, m), from
	}
	return b.sentences
}

// readAt returns the sentences of a block that stands at a place.
func (b *block) readAt(at *place, m *Memory) []*sentence {
	known := b.read(m)
	if len(known) == 0 {
		return nil
	}
	all, list := make([]sentence, len(known)), make([]*sentence, len(known))
	for i, s := range known {
		all[i], list[i] = sentence{reading: s.reading, place: at}, &all[i]
		if i > 0 {
			all[i].prev, all[i-1].next = &all[i-1], &all[i]
		}
	}
	return list
}

// numberOf returns the number that a block begins with or that its list gives it.
func (b *block) numberOf() string {
	if n := itemNumber(b.Block); n != "" {
		return strings.Trim(n, ".() ")
	}
	number, rest := b.body()
	if number == "" && b.Kind == policy.Heading {
		if first, _, ok := strings.Cut(rest, " "); ok && len(first) < 3 && allDigits(first) {
			return first // "3 Late fees"
		}
	}
	return strings.Trim(number, ".() §")
}

// rowBlocks are the blocks of a row of a redline.
type rowBlocks struct{ old, new *block }

// pages returns both texts of a redline, and which of their blocks each row has.
func (m *Memory) pages(r *redline.Redline) (old, new *page, rows []rowBlocks) {
	oldAt, newAt := placesOf(r)
	old, new = m.page(r.Old), m.page(r.New)
	if old == nil {
		old = m.keep(surround(r.Old, new.kept(r, r.Old, newAt, oldAt))) // histories are read backward, too
	}
	if new == nil {
		new = m.keep(surround(r.New, old.kept(r, r.New, oldAt, newAt)))
	}
	rows = make([]rowBlocks, len(r.Rows))
	for i := range rows {
		if at := oldAt[i]; at >= 0 {
			rows[i].old = &old.blocks[at]
		}
		if at := newAt[i]; at >= 0 {
			rows[i].new = &new.blocks[at]
		}
	}
	return old, new, rows
}

// kept returns what is said by the blocks of the other text of a redline that are on
// this page, nil where none is known.
func (p *page) kept(r *redline.Redline, other *policy.Document, here, there []int) []*said {
	if p == nil || other == nil {
		return nil
	}
	list := make([]*said, len(other.Blocks))
	for i := range r.Rows {
		if row := &r.Rows[i]; row.Old != nil && row.New != nil && slices.Equal(row.Old.Spans, row.New.Spans) {
			list[there[i]] = p.blocks[here[i]].said
		}
	}
	return list
}

// placesOf returns for each row where its blocks are in their texts, -1 for none.
func placesOf(r *redline.Redline) (old, new []int) {
	old, new = make([]int, len(r.Rows)), make([]int, len(r.Rows))
	inOld, inNew := &places{of: r.Old}, &places{of: r.New}
	for i := range r.Rows {
		old[i], new[i] = inOld.find(r.Rows[i].Old), inNew.find(r.Rows[i].New)
	}
	return old, new
}

// places finds the blocks of a text, which mostly are asked for in their order. Around
// a block that was split or merged rows may have them in another one.
type places struct {
	of   *policy.Document
	next int
	all  map[*policy.Block]int // once the order was another
}

// find returns where a block is, -1 for nil.
func (p *places) find(b *policy.Block) int {
	if b == nil {
		return -1
	}
	if p.next >= len(p.of.Blocks) || &p.of.Blocks[p.next] != b {
		p.next = p.look(b)
	}
	p.next++
	return p.next - 1
}

func (p *places) look(b *policy.Block) int {
	if p.all == nil {
		p.all = make(map[*policy.Block]int, len(p.of.Blocks))
		for i := range p.of.Blocks {
			p.all[&p.of.Blocks[i]] = i
		}
	}
	return p.all[b]
}

// page returns a text that was read lately, nil for another.
func (m *Memory) page(d *policy.Document) *page {
	for _, p := range m.last {
		if p != nil && p.of == d {
			return p
		}
	}
	return nil
}

// keep keeps a text.
func (m *Memory) keep(p *page) *page {
	m.last = [3]*page{p, m.last[0], m.last[1]}
	return p
}
