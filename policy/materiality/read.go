package materiality

import (
	"maps"
	"slices"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
)

// texts are both sides of a redline: its changed blocks, taken apart into
// sentences, and, once somebody asks for it, what is anywhere else.
type texts struct {
	redline    *redline.Redline
	blocks     []rowBlocks    // of each row of the redline
	rows       []rowSentences // of the changed blocks
	touched    bool           // some block is not equal
	reflowed   bool           // and yet every letter is the same
	renumbered *renumbering   // the first clause that has another number than before
	known      *wordIndex     // nil until asked for
	memory     *Memory
	renames    int // how often it was asked whether words gave way throughout

	oldUses, newUses uses // nil until asked for
	numbering        *numbering
	sides            map[bool][]*sentence
	cells            map[bool]map[cellSentence]bool
	led              []*passage // items that stayed, under another lead-in
	titles           map[string]int
	headed           *bool // nil until asked for
}

type rowSentences struct {
	old, new []*sentence
	index    int // of the row in the redline
}

// renumbering is a clause with its number before and after.
type renumbering struct {
	place    *place
	old, new string
}

// read takes the changed blocks of a redline apart.
func read(r *redline.Redline, m *Memory) *texts {
	t := &texts{redline: r, memory: m}
	var old, new *page
	old, new, t.blocks = m.pages(r)
	before, after := newReader(r.Old), newReader(r.New)
	leads := &leading{}
	for i, row := range t.blocks {
		if r.Rows[i].Kind == redline.Equal {
			before.pass(row.old.Block)
			after.pass(row.new.Block)
			if leads.follow(before, after, i); leads.differ(t, row) {
				t.ledElsewhere(row, before, after)
			}
			continue
		}
		t.touched = true
		t.row(row, before, after)
		t.rows[len(t.rows)-1].index = i
		leads.follow(before, after, i)
	}
	if t.cutAnew() {
		t.settle(old, new)
	}
	markBanners(t.rows)
	return t
}

// row takes one changed block apart.
func (t *texts) row(row rowBlocks, before, after *reader) {
	var s rowSentences
	var old, new string
	if row.old != nil {
		old, _ = row.old.body()
		s.old = row.old.readAt(before.place(row.old), t.memory)
	}
	if row.new != nil {
		at := after.place(row.new)
		new, _ = row.new.body()
		s.new = row.new.readAt(at, t.memory)
		if t.renumbered == nil && old != "" && new != "" && old != new {
			t.renumbered = &renumbering{at, old, new}
		}
	}
	t.rows = append(t.rows, s)
}

// wordIndex is what each side of a redline holds anywhere: runs of three words and
// whole sentences. What both sides share is kept once.
type wordIndex struct{ both, old, new side }

type side struct {
	runs hashes // of every run of words of the length runLength that is asked for
	keys hashes // of every sentence
}

// index reads the blocks that did not change too. That is the costly part of a
// judgement, so it is done when a question needs it, and once. Of their runs those are
// kept that are anywhere in the changed blocks, for nobody asks for any other.
func (t *texts) index() *wordIndex {
	if t.known != nil {
		return t.known
	}
	t.known = new(wordIndex)
	asked := new(hashes)
	for _, row := range t.rows {
		t.known.old.add(row.old, asked)
		t.known.new.add(row.new, asked)
	}
	both := &t.known.both
	for _, list := range t.unchanged() {
		for _, s := range list {
			both.keys.add(s.key)
			for _, run := range s.runs() {
				if asked.has(run) {
					both.runs.add(run)
				}
			}
		}
	}
	return t.known
}

// unchanged returns the sentences of the blocks that did not change.
func (t *texts) unchanged() [][]*sentence {
	var list [][]*sentence
	for i := range t.blocks {
		if t.redline.Rows[i].Kind == redline.Equal {
			list = append(list, t.blocks[i].new.read(t.memory))
		}
	}
	return list
}

// runLength is how many words in a row count as a run that was kept.
const runLength = 3

// add notes the sentences of a block and their runs, here and among all that are asked for.
func (s *side) add(list []*sentence, asked *hashes) {
	for _, x := range list {
		s.keys.add(x.key)
		for _, run := range x.runs() {
			s.runs.add(run)
			asked.add(run)
		}
	}
}

// uses counts how often each word is used.
type uses map[string]int

func (u uses) add(list []*sentence) {
	for _, s := range list {
		for i := range s.words {
			u[s.words[i].norm]++
		}
	}
}

// used counts the words of both sides, once.
func (t *texts) used() (old, new uses) {
	if t.oldUses == nil {
		t.oldUses = make(uses)
		for _, list := range t.unchanged() {
			t.oldUses.add(list)
		}
		t.newUses = maps.Clone(t.oldUses)
		for _, row := range t.rows {
			t.oldUses.add(row.old)
			t.newUses.add(row.new)
		}
	}
	return t.oldUses, t.newUses
}

// inOld and inNew report how often a word is used on one side.
func (t *texts) inOld(norm string) int { old, _ := t.used(); return old[norm] }
func (t *texts) inNew(norm string) int { _, new := t.used(); return new[norm] }

// stays reports whether nearly all runs of old words are in the new document
// too: the sentence was split, joined or moved.
func (t *texts) stays(s *reading) bool {
	return t.index().holds(s, &t.index().new)
}

// wasThere reports the same of new words.
func (t *texts) wasThere(s *reading) bool {
	return t.index().holds(s, &t.index().old)
}

// side returns the sentences of the changed blocks of one side.
func (t *texts) side(new bool) []*sentence {
	if list, ok := t.sides[new]; ok {
		return list
	}
	var list []*sentence
	for _, row := range t.rows {
		if new {
			list = append(list, row.new...)
		} else {
			list = append(list, row.old...)
		}
	}
	if t.sides == nil {
		t.sides = map[bool][]*sentence{}
	}
	t.sides[new] = list
	return list
}

// cellSentence is a sentence in the row and column of these names.
type cellSentence struct {
	key           uint64
	named, column string
}

// inCell reports whether the changed blocks of one side have a sentence in a cell of
// the same names.
func (t *texts) inCell(s *sentence, new bool) bool {
	if _, ok := t.cells[new]; !ok {
		if t.cells == nil {
			t.cells = map[bool]map[cellSentence]bool{}
		}
		t.cells[new] = map[cellSentence]bool{}
		for _, o := range t.side(new) {
			t.cells[new][cellSentence{o.key, o.place.named, o.place.column}] = true
		}
	}
	return t.cells[new][cellSentence{s.key, s.place.named, s.place.column}]
}

// holds reports whether one side has nearly all runs of words. What is like a sentence
// that stayed where it was, but for a word, is another one beside it.
func (x *wordIndex) holds(s *reading, one *side) bool {
	found, there := 0, 0
	for _, run := range s.runs() {
		switch {
		case one.runs.has(run):
			found, there = found+1, there+1
		case x.both.runs.has(run):
			found++
		}
	}
	n := len(s.runs())
	return n > 1 && found*10 >= n*9 && (found == n || there*2 >= n)
}

// leave leaves out the sentences that are on the other side, wherever: what
// moved is not changed.
func (t *texts) leave(list []*sentence, new bool) []*sentence {
	var rest []*sentence
	for _, s := range list {
		if !t.elsewhere(s, new) {
			rest = append(rest, s)
		}
	}
	return rest
}

// elsewhere reports whether a sentence is on the other side.
func (t *texts) elsewhere(s *sentence, new bool) bool {
	if s.place.answer || s.place.head && t.headsOnly() {
		return false // another question has the same answer, other cells the same head
	}
	if s.place.cell && s.place.column != "" {
		return t.inCell(s, !new)
	}
	other := &t.index().new
	if new {
		other = &t.index().old
	}
	return other.keys.has(s.key) || t.index().both.keys.has(s.key)
}

// headsOnly reports whether of the tables nothing changed but what heads their columns.
func (t *texts) headsOnly() bool {
	if t.headed == nil {
		body := func(s *sentence) bool { return s.place.cell && !s.place.head }
		only := !slices.ContainsFunc(t.side(false), body) && !slices.ContainsFunc(t.side(true), body)
		t.headed = &only
	}
	return *t.headed
}

// newReader returns a reader for a document, nil allowed.
func newReader(d *policy.Document) *reader {
	r := &reader{numbers: map[string]bool{}}
	if d != nil {
		clauseNumbers(d.Clauses, r.numbers)
	}
	return r
}

// numbering is what became of the numbers of clauses and of the items of
// numbered lists.
type numbering struct {
	old, new map[string]bool
	became   map[string]string // the new number of what had the old one
}

// clauseNumbers pairs the numbers of both sides, by the rows of the redline.
func (t *texts) clauseNumbers() *numbering {
	if t.numbering != nil {
		return t.numbering
	}
	n := &numbering{map[string]bool{}, map[string]bool{}, map[string]string{}}
	t.numbering = n
	moved := map[string]string{}
	for _, row := range t.blocks {
		var old, new string
		if row.old != nil {
			old = row.old.numberOf()
			n.old[old] = true
		}
		if row.new != nil {
			new = row.new.numberOf()
			n.new[new] = true
		}
		switch {
		case row.old != nil && row.new != nil && old != "" && new != "":
			if _, ok := n.became[old]; !ok {
				n.became[old] = new
			}
		case row.old != nil && old != "":
			_, words := row.old.body()
			moved[words] = old
		}
	}
	for _, row := range t.blocks {
		if row.old == nil && row.new != nil {
			_, words := row.new.body()
			if old, ok := moved[words]; ok {
				n.became[old] = row.new.numberOf()
			}
		}
	}
	return n
}
