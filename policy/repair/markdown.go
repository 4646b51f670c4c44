package repair

import (
	"regexp"
	"strings"

	"github.com/codicil/codicil/policy"
)

var (
	// headingStart is what is before the words of a heading in the source.
	headingStart = regexp.MustCompile(`^[ \t>]*(?:#{1,6}[ \t]+)?`)
	// itemStart is what is before the number of an item.
	itemStart = regexp.MustCompile(`^[ \t>]*(?:[-*+][ \t]+)*`)
	// emphasis may be before the words of a block.
	emphasis = regexp.MustCompile(`^[*_]+`)
	// commaItem is an item whose number Markdown does not know as one.
	commaItem = regexp.MustCompile(`^[ \t>]*(\d{1,2}[,、][ \t]+)\p{L}`)
)

// find lists the headings, numbered paragraphs and numbered items of the text.
func (m *markdown) find() {
	seen := make(map[*policy.Container]bool)
	for i := range m.doc.Blocks {
		b := &m.doc.Blocks[i]
		m.block(b, seen)
		end := len(m.starts) + 1
		if i+1 < len(m.doc.Blocks) {
			end = m.doc.Blocks[i+1].Line
		}
		if b.Kind == policy.Paragraph || b.Kind == policy.Text && !within(b, policy.Table) {
			m.commaItems(b.Line+1, end)
		}
	}
}

func within(b *policy.Block, kind policy.ContainerKind) bool {
	for _, c := range b.Path {
		if c.Kind == kind {
			return true
		}
	}
	return false
}

// block adds the unit that a block is, if it is one.
func (m *markdown) block(b *policy.Block, seen map[*policy.Container]bool) {
	if b.Kind == policy.Code || b.Kind == policy.Rule || within(b, policy.Table) {
		return
	}
	if n := len(b.Path); b.Kind != policy.Heading && n > 0 && b.Path[n-1].Kind == policy.Item && !seen[b.Path[n-1]] {
		seen[b.Path[n-1]] = true
		if b.Path[n-1].Number != "" {
			m.add(&unit{role: clause, words: b.Text(), listed: true}, b, b.Path[n-1].Number+" ", itemStart)
			return
		}
	}
	text := strings.TrimSpace(b.Text())
	if b.Kind == policy.Heading {
		u := &unit{role: head, level: b.Level, words: text}
		if k, ok := readMark(text, true); ok && len(k.text) < len(text) {
			u.words = text[len(k.text):]
			m.add(u, b, k.text, headingStart)
			return
		}
		m.add(u, b, "", headingStart)
		return
	}
	if k, ok := readMark(text, false); ok && b.Kind == policy.Paragraph && len(k.text) < len(text) && b.Clause != nil && b.Clause.Line == b.Line {
		m.add(&unit{role: clause, words: text[len(k.text):]}, b, k.text, itemStart)
	}
}

// add adds a unit with the given mark, and finds it in the source.
func (m *markdown) add(u *unit, b *policy.Block, text string, start *regexp.Regexp) {
	u.line = b.Line
	for _, c := range b.Path {
		if c.Kind == policy.Item {
			u.nest++
		}
	}
	if u.listed {
		u.nest-- // an item is beside its list, not in itself
	}
	if text != "" {
		u.mark, _ = readMark(text+"x", u.role == head)
		u.mark.text = text
	}
	u.offset = m.locate(u, start)
	u.anchors = append([]string{b.ID}, b.Aliases...)
	m.units = append(m.units, u)
	m.blocks[u] = b
}

// locate returns the offset of the unit's mark on its line, or of its first
// word when it has none; -1 when the source hides it, as HTML does.
func (m *markdown) locate(u *unit, start *regexp.Regexp) int {
	source := m.line(u.line)
	at := len(start.FindString(source))
	mark := strings.TrimSpace(u.mark.text)
	if mark == "" {
		if at > 0 && strings.Contains(source[:at], "#") && at < len(source) {
			return at
		}
		return -1
	}
	for _, skip := range []int{0, len(emphasis.FindString(source[at:]))} {
		rest := source[at+skip:]
		escaped := strings.TrimSuffix(mark, u.mark.close) + `\` + u.mark.close
		if strings.HasPrefix(rest, mark) || u.mark.close != "" && strings.HasPrefix(rest, escaped) {
			return at + skip
		}
	}
	return -1
}

// commaItems adds the lines of a paragraph that are items to a reader and
// plain words to Markdown: "2, next". They count only where they count on.
func (m *markdown) commaItems(from, to int) {
	for n := from; n < to && n <= len(m.starts); n++ {
		text := m.line(n)
		if strings.TrimSpace(text) == "" {
			return
		}
		at := commaItem.FindStringSubmatchIndex(text)
		if at == nil {
			continue
		}
		k, ok := readMark(text[at[2]:], false)
		last := m.lastClause()
		if ok && last != nil && last.mark.style == arabic && k.value == last.mark.value+1 {
			m.units = append(m.units, &unit{role: clause, line: n, offset: at[2], mark: k, nest: last.nest, words: text[at[3]:]})
		}
	}
}

func (m *markdown) lastClause() *unit {
	if n := len(m.units); n > 0 && m.units[n-1].role == clause {
		return m.units[n-1]
	}
	return nil
}

// statedID is an anchor that the author wrote.
var statedID = regexp.MustCompile(`\{[^{}]*#[^{}]+\}[ \t]*$`)

// closingMarks are those at the end of a heading.
var closingMarks = regexp.MustCompile(`[ \t]+#+[ \t]*$`)

// anchors writes down, for renumbered headings, the anchor they had.
func (m *markdown) anchors() {
	linked := m.linked()
	for _, u := range m.units {
		text := m.line(u.line)
		if u.role != head || !u.changed() || u.offset < 0 || statedID.MatchString(text) || !strings.Contains(text[:u.offset], "#") {
			continue
		}
		id := u.anchors[0]
		for _, other := range u.anchors[1:] {
			if linked[other] && !linked[id] {
				id = other
			}
		}
		end := m.starts[u.line-1] + len(text)
		at := m.starts[u.line-1] + len(strings.TrimRight(closingMarks.ReplaceAllString(text, ""), " \t"))
		m.edits = append(m.edits, edit{at, end, " {#" + escape(id, inHeading) + "}", "anchor", "the heading keeps the anchor it had, so that links to it still lead there"})
	}
}

// linked returns the anchors that the text itself links to.
func (m *markdown) linked() map[string]bool {
	found := make(map[string]bool)
	for i := range m.doc.Blocks {
		for _, s := range m.doc.Blocks[i].Spans {
			if anchor, ok := policy.Anchor(s.Link); ok {
				found[anchor] = true
			}
		}
	}
	return found
}
