// Package merge brings the edits of a copy back into the Markdown text that the
// copy was made from: counsel edits a Word file, and the text keeps its front
// matter, its ids, its links and the lines that nobody touched.
//
// Three documents take part: the text, the copy as it was made of it, and the
// copy as it came back. What a copy cannot hold (a link that leads to a file, an
// id) differs between the first two and is no edit. Where an edit cannot be brought
// back for certain the text stays as it is: a copy of the outcome then still differs
// from the one that came back.
package merge

import (
	"bytes"
	"errors"
	"slices"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
	"github.com/codicil/codicil/policy/repair"
)

// Copy is a text with a copy of it that came back.
type Copy struct {
	Source []byte           // the text
	Text   *policy.Document // what policy.Parse made of it
	Made   *policy.Document // the copy as it was made
	Edited *policy.Document // the copy as it came back
}

// Result is the text with the edits.
type Result struct {
	Markdown  []byte
	Rewritten bool // the whole text was written anew, not only what was edited
}

// ErrWrite says that the edited text cannot be written as Markdown.
var ErrWrite = errors.New("the edited text cannot be written as Markdown")

// Apply brings the edits of a copy back.
func Apply(c Copy) (*Result, error) {
	windows := bytes.Contains(c.Source, []byte("\r\n"))
	c.Source = bytes.ReplaceAll(bytes.TrimPrefix(c.Source, []byte("\uFEFF")), []byte("\r\n"), []byte("\n"))
	m := &merger{Copy: c, out: make([]entry, len(c.Text.Blocks)), after: make(map[int][]entry), containers: make(map[*policy.Container]*policy.Container)}
	for i := range c.Text.Blocks {
		m.out[i] = entry{block: c.Text.Blocks[i], from: i}
	}
	m.pair()
	m.edits()
	text, rewritten, err := m.write()
	if err != nil {
		return nil, err
	}
	if windows {
		text = bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n"))
	}
	return &Result{text, rewritten}, nil
}

// entry is a block of the outcome.
type entry struct {
	block   policy.Block
	from    int  // its index in the text; -1 when it is new
	changed bool // it is to be written anew
	gone    bool
}

type merger struct {
	Copy
	mates      map[*policy.Block]int                   // of blocks of the copy as it was made: the block of the text
	containers map[*policy.Container]*policy.Container // of the copy as it came back: those of the outcome
	out        []entry
	after      map[int][]entry // what comes behind a block of the text; behind -1, at the head
}

// pair finds for each block of the copy as it was made the one it was made of.
func (m *merger) pair() {
	m.mates = make(map[*policy.Block]int)
	index := make(map[*policy.Block]int, len(m.Text.Blocks))
	for i := range m.Text.Blocks {
		index[&m.Text.Blocks[i]] = i
	}
	taken := make(map[int]bool)
	for _, row := range redline.Compare(m.Text, m.Made).Rows {
		if row.Old != nil && row.New != nil {
			m.mates[row.New] = index[row.Old]
			taken[index[row.Old]] = true
		}
	}
	m.pairAlone(taken)
}

// pairAlone pairs what is left by its words, between the pairs around it.
func (m *merger) pairAlone(taken map[int]bool) {
	next := 0
	for i := range m.Made.Blocks {
		b := &m.Made.Blocks[i]
		if at, ok := m.mates[b]; ok {
			next = at + 1
			continue
		}
		for k := next; k < len(m.Text.Blocks) && !taken[k]; k++ {
			if policy.Visible(m.Text.Blocks[k].Text()) == policy.Visible(b.Text()) {
				m.mates[b], taken[k], next = k, true, k+1
				break
			}
		}
	}
}

// edits carries out what changed between the copies.
func (m *merger) edits() {
	r := redline.Compare(m.Made, m.Edited)
	for _, row := range r.Rows {
		if row.Old != nil && row.New != nil {
			m.contain(row)
		}
	}
	left := make(map[int]*policy.Block) // what moved, by the number of the move
	for _, row := range r.Rows {
		if row.Kind == redline.Moved && row.New == nil {
			left[row.Move] = row.Old
		}
	}
	at := -1
	for _, row := range r.Rows {
		if row.Old != nil {
			if i, ok := m.mates[row.Old]; ok {
				at = i
			}
		}
		m.row(row, at, left[row.Move])
	}
}

// contain pairs the containers of a block that stayed.
func (m *merger) contain(row redline.Row) {
	i, ok := m.mates[row.Old]
	if !ok {
		return
	}
	own := m.Text.Blocks[i].Path
	if len(own) != len(row.New.Path) || len(own) != len(row.Old.Path) {
		return
	}
	for k, c := range row.New.Path {
		if m.containers[c] != nil || own[k].Kind != c.Kind {
			continue
		}
		kept := own[k]
		if was := row.Old.Path[k]; c.Kind == policy.Item && was.Number != c.Number {
			renumbered := *kept
			renumbered.Number = c.Number
			kept = &renumbered
		}
		m.containers[c] = kept
	}
}

// row carries out one row; at is the block of the text behind which new ones
// come, origin the old place of one that moved here.
func (m *merger) row(row redline.Row, at int, origin *policy.Block) {
	i, known := -1, false
	if row.Old != nil {
		i, known = m.mates[row.Old]
	}
	switch {
	case row.Old == nil:
		m.came(row, at, origin)
	case !known: // the text has no such paragraph by itself
	case row.New == nil:
		m.out[i].gone = true
	case row.Kind == redline.Reshaped && !m.reshaped(row, i):
	case row.Kind != redline.Equal:
		m.edited(row, i)
	default:
		m.renumbered(row, i)
	}
}

// edited puts the new words of a block in the place of the old ones.
func (m *merger) edited(row redline.Row, i int) {
	if row.Kind == redline.Edited && onlySpaces(row.Edits) {
		return // another program wrote the links or the spaces in its own way
	}
	b := &m.out[i].block
	spans, ok := merged(b.Spans, row.Edits)
	if row.Edits == nil {
		spans, ok = b.Spans, true
	}
	if !ok && hasLinks(b.Spans) {
		return // the text has links there that the copy does not hold
	}
	if !ok {
		spans = row.New.Spans
	}
	b.Spans = trimmed(spans)
	m.out[i].changed = true
	m.renumbered(row, i)
}

// reshaped gives a block that is by itself another kind: a heading that was
// a paragraph, or of another level.
func (m *merger) reshaped(row redline.Row, i int) bool {
	b := &m.out[i].block
	if len(b.Path)+len(row.Old.Path)+len(row.New.Path) > 0 || b.Kind != row.Old.Kind || b.Level != row.Old.Level {
		return false
	}
	b.Kind, b.Level = row.New.Kind, row.New.Level
	m.out[i].changed = true
	return true
}

// renumbered lets a block be in the containers as they are numbered now.
func (m *merger) renumbered(row redline.Row, i int) {
	b := &m.out[i].block
	if len(row.New.Path) != len(b.Path) {
		return
	}
	path := slices.Clone(b.Path)
	for k, c := range row.New.Path {
		if to := m.containers[c]; to != nil && to.Kind == path[k].Kind && to != path[k] {
			path[k] = to
			m.out[i].changed = true
		}
	}
	b.Path = path
}

// came adds a block that is new there.
func (m *merger) came(row redline.Row, at int, origin *policy.Block) {
	e := entry{block: *row.New, from: -1, changed: true}
	if i, known := m.mates[origin]; origin != nil && known {
		was := m.Text.Blocks[i]
		e.block.ID, e.block.Note = was.ID, was.Note
		if spans, ok := merged(was.Spans, row.Edits); ok {
			e.block.Spans = spans
		} else if row.Edits == nil {
			e.block.Spans = was.Spans
		}
	}
	e.block.Path = make([]*policy.Container, len(row.New.Path))
	for k, c := range row.New.Path {
		if m.containers[c] == nil {
			fresh := *c
			m.containers[c] = &fresh
		}
		e.block.Path[k] = m.containers[c]
	}
	e.block.Spans = trimmed(e.block.Spans)
	m.after[at] = append(m.after[at], e)
}

// entries returns the outcome in its order.
func (m *merger) entries() []entry {
	list := slices.Clone(m.after[-1])
	for i, e := range m.out {
		if !e.gone {
			list = append(list, e)
		}
		list = append(list, m.after[i]...)
	}
	return list
}

// write writes the outcome: the lines of what nobody touched as they are, the
// rest anew. Where that would be read in another way, all is written anew.
func (m *merger) write() (text []byte, rewritten bool, err error) {
	list := evenLists(m.entries())
	want := make([]policy.Block, len(list))
	for i, e := range list {
		want[i] = e.block
	}
	for _, like := range []func(written, before []byte) []byte{likeBefore, anew} {
		if kept := m.keptLines(list, like); m.readsAs(kept, want) {
			return kept, false, nil
		}
	}
	whole := append(append(bytes.Clone(m.head()), '\n'), repair.Document(&policy.Document{Blocks: want})...)
	if m.readsAs(whole, want) {
		return whole, true, nil
	}
	return nil, false, ErrWrite
}

func (m *merger) readsAs(text []byte, want []policy.Block) bool {
	d, err := policy.Parse(m.Text.Name, text)
	return err == nil && repair.SameBlocks(want, d.Blocks)
}
