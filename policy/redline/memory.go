package redline

import (
	"strconv"
	"strings"

	"github.com/codicil/codicil/policy"
)

// Memory keeps the words of blocks between the comparisons of one history,
// whose versions have most of them in common. With it or without it, redlines
// are the same. It must not be used by two goroutines at once; the zero value
// is ready.
type Memory struct {
	words    *interner
	passages map[string]*passage // by what tells the spans of a block apart
	texts    map[spansAt]string  // of blocks, as a reader sees them
	post     postings
	tally    tally
}

// spansAt are the spans of a block by where they are: the versions that a parser took
// apart share them, and nobody changes them.
type spansAt struct {
	first *policy.Span
	many  int
}

// How much a Memory keeps before it begins anew.
const (
	passageLimit = 4096
	textLimit    = 1 << 14
	wordLimit    = 1 << 16
)

// CompareWith is Compare, faster for the next version of a text when m has seen
// the one before.
func CompareWith(m *Memory, before, after *policy.Document) *Redline {
	if m.words == nil || len(m.passages) > passageLimit || len(m.words.ids) > wordLimit {
		*m = Memory{words: newInterner(), passages: make(map[string]*passage), texts: m.texts}
	}
	if m.texts == nil || len(m.texts) > textLimit {
		m.texts = make(map[spansAt]string)
	}
	return compare(m, before, after)
}

// text returns the words of a block as a reader sees them.
func (m *Memory) text(b *policy.Block) string {
	if m.texts == nil || len(b.Spans) == 0 {
		return policy.Visible(b.Text())
	}
	at := spansAt{&b.Spans[0], len(b.Spans)}
	text, known := m.texts[at]
	if !known {
		text = policy.Visible(b.Text())
		m.texts[at] = text
	}
	return text
}

// lay lays out the words of spans. Nobody may change what it returns.
func (m *Memory) lay(spans []policy.Span) *passage {
	if m.passages == nil {
		return m.words.lay(spans)
	}
	key := spansKey(spans)
	p := m.passages[key]
	if p == nil {
		p = m.words.lay(spans)
		m.passages[key] = p
	}
	return p
}

// spansKey is the same for the same spans only: that of several holds a NUL.
func spansKey(spans []policy.Span) string {
	if len(spans) == 1 && spans[0] == (policy.Span{Text: spans[0].Text}) && strings.IndexByte(spans[0].Text, 0) < 0 {
		return spans[0].Text
	}
	var key strings.Builder
	for _, s := range spans {
		for _, part := range []string{s.Text, s.Link, s.Image} {
			key.WriteString(strconv.Itoa(len(part)))
			key.WriteByte(0)
			key.WriteString(part)
		}
		key.WriteByte(byte(s.Style))
	}
	return key.String()
}
