package materiality

import "github.com/codicil/codicil/policy/redline"

// Memory keeps sentences taken apart between the judgements of one history,
// whose versions have most of them in common. With it or without it, judgements
// are the same. It must not be used by two goroutines at once; the zero value
// is ready.
type Memory struct {
	known  map[string]*reading // by the text of a sentence
	size   int                 // of these texts, in bytes
	spells spellings
	last   [3]*page  // the texts read last, the newest first: one of two is in the next judgement too
	noted  *features // of a change, while it is found out
}

// features returns an empty list of features for a model, the same for all judgements.
func (m *Memory) features(model *Model) *features {
	if model == nil || m.noted == nil || m.noted.catalogue == nil || m.noted.catalogue != model.catalogue {
		m.noted = model.features()
	}
	return m.noted
}

// How many sentences and words a Memory keeps, and of how many bytes
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
	if m.spells == nil || len(m.spells) >= memoryLimit {
		m.spells = make(spellings)
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
	list := m.spells.words(text)
	r := &reading{text: text, words: list, key: keyOf(list)}
	m.known[text] = r
	return r
}
