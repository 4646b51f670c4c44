package materiality

import "github.com/codicil/codicil/policy/redline"

// Memory keeps sentences taken apart between the judgements of one history,
// whose versions have most of them in common. With it or without it, judgements
// are the same. It must not be used by two goroutines at once; the zero value
// is ready.
type Memory struct{ known map[string][]word }

// memoryLimit bounds how many sentences a Memory keeps.
const memoryLimit = 4096

// AssessWith is Assess, faster for the next version of a text when m has seen
// the one before.
func (b *Book) AssessWith(m *Memory, r *redline.Redline) *Assessment { return assess(r, b, tuned, m) }

// words takes a sentence apart. Nobody may change what it returns.
func (m *Memory) words(text string) []word {
	if m == nil {
		return words(text)
	}
	if known, ok := m.known[text]; ok {
		return known
	}
	if m.known == nil || len(m.known) >= memoryLimit {
		m.known = make(map[string][]word)
	}
	list := words(text)
	m.known[text] = list
	return list
}
