package merge

import (
	"bytes"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/repair"
)

// keptLines writes the outcome, group by group: a group is a block by itself, or
// all that is in one outermost container. What is written anew takes its lines
// from those before, as like says.
func (m *merger) keptLines(list []entry, like func(written, before []byte) []byte) []byte {
	var b bytes.Buffer
	b.Write(m.head())
	lines := m.ranges()
	whole := &policy.Document{Blocks: make([]policy.Block, len(list))}
	for i, e := range list {
		whole.Blocks[i] = e.block
	}
	next := 0 // the block of the text that follows what was written as it is
	for from := 0; from < len(list); {
		to := from + 1
		for to < len(list) && together(&list[from].block, &list[to].block) {
			to++
		}
		group := list[from:to]
		r, ok := lines[group[0].from]
		ok = ok && m.untouched(group, r)
		if !ok || group[0].from != next {
			endParagraph(&b)
		}
		if next = -1; ok {
			b.Write(r.text)
			next = group[0].from + r.count
		} else {
			b.Write(like(repair.Part(whole, whole.Blocks[from:to]), r.text))
		}
		from = to
	}
	return b.Bytes()
}

// endParagraph sees to a blank line before what comes next.
func endParagraph(b *bytes.Buffer) {
	switch text := b.Bytes(); {
	case len(text) == 0, bytes.HasSuffix(text, []byte("\n\n")):
	case bytes.HasSuffix(text, []byte("\n")):
		b.WriteByte('\n')
	default:
		b.WriteString("\n\n")
	}
}

// together reports whether two blocks are in one outermost container.
func together(a, b *policy.Block) bool {
	return len(a.Path) > 0 && len(b.Path) > 0 && a.Path[0] == b.Path[0]
}

// stretch is the lines of a group in the text.
type stretch struct {
	text  []byte
	count int // blocks
}

// untouched reports whether a group is one of the text, with all its blocks.
func (m *merger) untouched(group []entry, r stretch) bool {
	for i, e := range group {
		if e.changed || e.from != group[0].from+i {
			return false
		}
	}
	return len(group) == r.count
}

// head returns what is in the file before the first block.
func (m *merger) head() []byte {
	if len(m.Text.Blocks) > 0 && m.Text.Blocks[0].Kind != policy.Code {
		return m.Source[:lineStarts(m.Source)[m.Text.Blocks[0].Line-1]]
	}
	_, body, _ := policy.SplitFrontMatter(m.Source)
	at := len(m.Source) - len(body)
	if at > 0 && bytes.HasPrefix(body, []byte("\n")) {
		at++
	}
	return m.Source[:at]
}

// ranges cuts the text into the lines of its groups, by their first block.
func (m *merger) ranges() map[int]stretch {
	starts := lineStarts(m.Source)
	blocks := m.Text.Blocks
	found := make(map[int]stretch)
	offset := func(i int) int {
		line := blocks[i].Line
		if blocks[i].Kind == policy.Code && line > 1 && fence(m.Source[starts[line-2]:]) {
			line--
		}
		return starts[min(line, len(starts))-1]
	}
	for from := 0; from < len(blocks); {
		to := from + 1
		for to < len(blocks) && together(&blocks[from], &blocks[to]) {
			to++
		}
		end := len(m.Source)
		if to < len(blocks) && blocks[to].Line > blocks[from].Line {
			end = offset(to)
		}
		if at := offset(from); at < end {
			found[from] = stretch{m.Source[at:end], to - from}
		}
		from = to
	}
	return found
}

func fence(line []byte) bool {
	text := strings.TrimLeft(string(line[:min(len(line), 10)]), " ")
	return strings.HasPrefix(text, "```") || strings.HasPrefix(text, "~~~")
}

func lineStarts(src []byte) []int {
	starts := []int{0}
	for i, c := range src {
		if c == '\n' {
			starts = append(starts, i+1)
		}
	}
	return starts
}
