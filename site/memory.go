package site

import (
	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/repair"
)

// memory keeps what was found in the words of a block: most blocks of a policy
// come back, word for word, in version after version, and to look for
// definitions and citations is slow.
type memory map[string]*remembered

// remembered is what the words of a block define and cite.
type remembered struct {
	words   string
	defined []string
	cited   []repair.Citation
}

// memoryLimit bounds how many blocks a memory keeps.
const memoryLimit = 4096

// of returns what was found in words, which it looks through if it must.
func (m memory) of(words string) *remembered {
	if known := m[words]; known != nil {
		return known
	}
	if len(m) >= memoryLimit {
		clear(m)
	}
	found := &remembered{words: words, defined: defined(words), cited: repair.Citations(words)}
	m[words] = found
	return found
}

// blocks returns what was found in each block of a document.
func (m memory) blocks(d *policy.Document) []*remembered {
	list := make([]*remembered, len(d.Blocks))
	for i := range d.Blocks {
		list[i] = m.of(d.Blocks[i].Text())
	}
	return list
}
