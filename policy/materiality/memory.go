package materiality

import (
	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
)

// Memory keeps sentences taken apart between the judgements of one history,
// whose versions have most of them in common. With it or without it, judgements
// are the same. It must not be used by two goroutines at once; the zero value
// is ready.
type Memory struct {
	known  map[string]*reading    // by the text of a sentence
	blocks map[string][]*sentence // by the text of a block; their place is not known
	size   int                    // of these texts, in bytes
	last   [3]page                // the texts read last, the newest first: one of two is in the next judgement too
}

// page is a text with the surroundings of its blocks.
type page struct {
	of     *policy.Document
	around map[*policy.Block]*surroundings
	flow   *flowing // nil until asked for
}

// around reads the surroundings of the blocks of a text, once for each.
func (m *Memory) around(d *policy.Document) map[*policy.Block]*surroundings {
	for _, p := range m.last {
		if p.of == d {
			return p.around
		}
	}
	m.last = [3]page{{of: d, around: surround(d)}, m.last[0], m.last[1]}
	return m.last[0].around
}

// flow reads the letters of a text, once for each.
func (m *Memory) flow(d *policy.Document) *flowing {
	for i := range m.last {
		if p := &m.last[i]; p.of == d {
			if p.flow == nil {
				p.flow = flow(d)
			}
			return p.flow
		}
	}
	return flow(d)
}

// How many sentences, and how many blocks, a Memory keeps, and of how many bytes
// their texts are together: words take some twenty times that.
const (
	memoryLimit = 4096
	memoryBytes = 4 << 20
)

// room makes room for a text.
func (m *Memory) room(text string) {
	if m.known == nil || len(m.known) >= memoryLimit || m.size > memoryBytes {
		m.known, m.size = make(map[string]*reading), 0
	}
	if m.blocks == nil || len(m.blocks) >= memoryLimit || m.size == 0 {
		m.blocks = make(map[string][]*sentence)
	}
	m.size += len(text)
}

// AssessWith is Assess, faster for the next version of a text when m has seen
// the one before.
func (b *Book) AssessWith(m *Memory, r *redline.Redline) *Assessment {
	return assess(r, b.filled(), m)
}

// words takes a sentence apart. Nobody may change what it returns.
func (m *Memory) words(text string) []word { return m.reading(text).words }

// reading reads a sentence, once.
func (m *Memory) reading(text string) *reading {
	if known, ok := m.known[text]; ok {
		return known
	}
	m.room(text)
	list := words(text)
	r := &reading{text: text, words: list, key: keyOf(list)}
	m.known[text] = r
	return r
}

// sentences parts the text of a block that did not change. Nobody may change
// what it returns.
func (m *Memory) sentences(text string) []*sentence {
	if known, ok := m.blocks[text]; ok {
		return known
	}
	m.room(text)
	list := split(text, nil, m)
	m.blocks[text] = list
	return list
}
