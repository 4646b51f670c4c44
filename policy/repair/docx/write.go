package docx

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/codicil/codicil/policy"
)

// write makes blocks of a paragraph and of the text boxes that hang on it.
func (b *body) write(p *paragraph, path []*policy.Container) {
	if words(p.spans) != "" {
		b.block(p, path)
		b.bookmarked()
	}
	for _, box := range p.boxes {
		b.changed("text-box", "a text box follows the paragraph that it was fixed to", allText(box), "a paragraph")
		b.open = nil
		b.elements(box, path)
	}
}

func (b *body) block(p *paragraph, path []*policy.Container) {
	spans := trimmed(p.spans)
	if p.title && len(path) == 0 && b.result.Title == "" {
		b.result.Title, b.titled = words(spans), true
		b.blocks = append(b.blocks, policy.Block{Kind: policy.Heading, Level: 1, Spans: plainSpans(spans)})
		return
	}
	if p.number != "" {
		b.headed(p)
		b.numbered(p, spans, path)
		return
	}
	b.mayHead = nil
	if p.heading > 0 && len(path) == 0 {
		b.open = nil
		b.blocks = append(b.blocks, policy.Block{Kind: policy.Heading, Level: p.heading, Spans: plainSpans(spans)})
		return
	}
	if p.bullet {
		b.bullet(p.level, spans, path)
		return
	}
	b.open = nil
	if p.defines != nil {
		b.definition(p.defines, spans, path)
		return
	}
	b.plain(spans, path)
}

// definition writes a term, or what one means, into the list of definitions that the
// paragraph before is in, else into a new one.
func (b *body) definition(part *policy.Container, spans []policy.Span, path []*policy.Container) {
	var list *policy.Container
	if n := len(b.blocks); n > 0 {
		if before := b.blocks[n-1].Path; len(before) == len(path)+2 && before[len(path)].Kind == policy.Definitions && slices.Equal(before[:len(path)], path) {
			list = before[len(path)]
		}
	}
	switch {
	case list == nil && part.Kind == policy.Definition:
		b.plain(spans, path) // it says of nothing what it means
		return
	case list == nil:
		list = &policy.Container{Kind: policy.Definitions}
	}
	full := append(slices.Clone(path), list, part)
	b.blocks = append(b.blocks, policy.Block{Kind: policy.Text, Path: full, Spans: spans})
}

func (b *body) plain(spans []policy.Span, path []*policy.Container) {
	b.blocks = append(b.blocks, policy.Block{Kind: kindIn(path), Path: path, Spans: spans})
}

// kindIn is the kind of a paragraph in a cell or in none.
func kindIn(path []*policy.Container) policy.BlockKind {
	if len(path) > 0 {
		return policy.Text
	}
	return policy.Paragraph
}

// itemNumber is a number that Markdown takes for that of an item.
var itemNumber = regexp.MustCompile(`^(\d{1,9})[.)]$`)

// numbered writes a paragraph with its number in front. A plain number outside
// of a table is that of an item, since Markdown would make it one.
func (b *body) numbered(p *paragraph, spans []policy.Span, path []*policy.Container) {
	m := itemNumber.FindStringSubmatch(p.number)
	if p.heading > 0 && len(path) == 0 && (p.heading == 1 || isShort(spans)) {
		b.open = nil
		b.blocks = append(b.blocks, policy.Block{Kind: policy.Heading, Level: p.heading, Spans: joined(p.number+" ", plainSpans(spans))})
		return
	}
	if m == nil || len(path) > 0 {
		b.open = nil
		b.plain(joined(p.number+" ", spans), path)
		return
	}
	start, _ := strconv.Atoi(m[1]) // nine digits at most
	last := len(b.open) - 1
	if last != 0 || !b.open[0].list.Ordered || !sameMark(b.open[0].item.Number, p.number, start) {
		b.open = []openList{{list: &policy.Container{Kind: policy.List, Ordered: true, Start: start}}}
	}
	b.open[0].item = &policy.Container{Kind: policy.Item, Number: p.number}
	b.blocks = append(b.blocks, policy.Block{Kind: policy.Text, Path: []*policy.Container{b.open[0].list, b.open[0].item}, Spans: spans})
}

// headed makes a heading of the paragraph above, if p counts below it: "Article I.
// Name" is one also where the author gave it no style.
func (b *body) headed(p *paragraph) {
	above := b.mayHead
	b.mayHead = nil
	if above != nil && p.level == 1 && p.list.abstract == above.list.abstract {
		last := &b.blocks[len(b.blocks)-1]
		last.Kind, last.Level, last.Path, last.Spans = policy.Heading, 1, nil, joined(above.number+" ", plainSpans(trimmed(above.spans)))
		b.changed("heading", "a numbered line over numbered clauses became a heading", above.number+" "+words(above.spans), "heading")
	}
	if p.level == 0 && p.heading == 0 && isShort(p.spans) {
		b.mayHead = p
	}
}

// shortWords is how many words a heading has at most.
const shortWords = 14

// isShort reports whether words could be a heading: few, and no sentence.
func isShort(spans []policy.Span) bool {
	text := words(spans)
	return text != "" && !strings.ContainsRune(".;:,!?。；：", []rune(text)[len([]rune(text))-1]) && len(strings.Fields(text)) <= shortWords
}

// sameMark reports whether a number goes on with the one before it.
func sameMark(before, now string, value int) bool {
	return before == strconv.Itoa(value-1)+now[len(now)-1:]
}

// bullet writes an item of a list of bullets.
func (b *body) bullet(level int, spans []policy.Span, path []*policy.Container) {
	for len(b.open) > 0 && (b.open[len(b.open)-1].level > level || b.open[len(b.open)-1].list.Ordered) {
		b.open = b.open[:len(b.open)-1]
	}
	if len(b.open) == 0 || b.open[len(b.open)-1].level < level {
		b.open = append(b.open, openList{level: level, list: &policy.Container{Kind: policy.List}})
	}
	b.open[len(b.open)-1].item = &policy.Container{Kind: policy.Item}
	full := append([]*policy.Container(nil), path...)
	for _, o := range b.open {
		full = append(full, o.list, o.item)
	}
	b.blocks = append(b.blocks, policy.Block{Kind: policy.Text, Path: full, Spans: spans})
}

// joined puts words in front of spans.
func joined(front string, spans []policy.Span) []policy.Span {
	if len(spans) > 0 && spans[0].Style == 0 && spans[0].Link == "" {
		out := append([]policy.Span(nil), spans...)
		out[0].Text = front + out[0].Text
		return out
	}
	return append([]policy.Span{{Text: front}}, spans...)
}

// plainSpans drops the marks of a heading that is bold throughout.
func plainSpans(spans []policy.Span) []policy.Span {
	for _, s := range spans {
		if s.Style&policy.Strong == 0 && strings.TrimSpace(s.Text) != "" {
			return spans
		}
	}
	out := append([]policy.Span(nil), spans...)
	for i := range out {
		out[i].Style &^= policy.Strong
	}
	return merged(out)
}

// trimmed folds the spaces around and within spans, which Word's writers use
// for layout, and drops empty ones.
func trimmed(spans []policy.Span) []policy.Span {
	var out []policy.Span
	space := true
	for _, s := range spans {
		if s.Text, space = folded(s.Text, space); s.Text != "" {
			out = append(out, s)
		}
	}
	for len(out) > 0 {
		last := &out[len(out)-1]
		if last.Text = strings.TrimRight(last.Text, " \n"); last.Text != "" {
			break
		}
		out = out[:len(out)-1]
	}
	for len(out) > 0 {
		if out[0].Text = strings.TrimLeft(out[0].Text, " \n"); out[0].Text != "" {
			break
		}
		out = out[1:]
	}
	return merged(outside(out))
}

// folded folds the spaces of a text into one each, after a space or not, and says
// whether it ends with one.
func folded(text string, space bool) (string, bool) {
	var t strings.Builder
	for _, r := range text {
		if r == ' ' || r == '\t' {
			if !space {
				t.WriteByte(' ')
			}
			space = true
			continue
		}
		if r == '\u00AD' {
			continue // a soft hyphen is layout
		}
		if space = r == '\n'; space {
			kept := strings.TrimRight(t.String(), " ")
			t.Reset()
			t.WriteString(kept)
		}
		t.WriteRune(r)
	}
	return t.String(), space
}

// outside moves the spaces at the ends of marked words out of their marks,
// where Markdown wants them.
func outside(spans []policy.Span) []policy.Span {
	var out []policy.Span
	for _, s := range spans {
		if s.Style == 0 && s.Link == "" {
			out = append(out, s)
			continue
		}
		core := strings.Trim(s.Text, " ")
		if core == "" {
			out = append(out, policy.Span{Text: s.Text})
			continue
		}
		at := strings.Index(s.Text, core)
		for _, piece := range []policy.Span{{Text: s.Text[:at]}, {Text: core, Style: s.Style, Link: s.Link}, {Text: s.Text[at+len(core):]}} {
			if piece.Text != "" {
				out = append(out, piece)
			}
		}
	}
	return out
}

// merged joins neighbours that look alike.
func merged(spans []policy.Span) []policy.Span {
	var out []policy.Span
	for _, s := range spans {
		if n := len(out); n > 0 && out[n-1].Style == s.Style && out[n-1].Link == s.Link {
			out[n-1].Text += s.Text
			continue
		}
		out = append(out, s)
	}
	return out
}

// finish settles what only the whole text tells: the levels of headings, one
// below the title.
func (b *body) finish() {
	if !b.titled {
		b.coreTitle()
	}
	first, top := -1, 0
	for i := range b.blocks {
		if b.blocks[i].Kind == policy.Heading && (!b.titled || i > 0 || b.blocks[i].Level != 1) {
			if first < 0 {
				first = i
			}
			if b.blocks[i].Level == 1 {
				top++
			}
		}
	}
	if top == 0 || !b.titled && top == 1 && first == 0 {
		return
	}
	for i := range b.blocks {
		h := &b.blocks[i]
		if h.Kind == policy.Heading && !(b.titled && words(h.Spans) == b.result.Title && h.Level == 1) {
			h.Level = min(h.Level+1, 6)
		}
	}
	b.changed("heading-level", fmt.Sprintf("headings go down one level, below the title of the text (%d of the first level)", top), "level 1", "level 2")
}

// coreTitle takes the title from the properties of the file.
func (b *body) coreTitle() {
	for _, r := range b.pkg.relations("") {
		if !strings.HasSuffix(r.kind, "/core-properties") {
			continue
		}
		if root, err := b.pkg.tree(r.target); err == nil && root != nil {
			b.result.Title = oneLine(orEmpty(root.kid("title")).text)
		}
	}
}
