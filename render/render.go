// Package render turns documents and redlines into HTML, plain text, Markdown and
// JSON.
//
// HTML is written from the tree of a policy.Document, never from the markup of
// a text, so it is valid by construction and holds no element that is not
// listed here. Every word is escaped, a link must pass policy.SafeLink a
// second time, and there is neither style nor script: the pages work under the
// strictest content security policy. Nothing is loaded: a picture is a link to
// it that shows its description. Only a fragment for another page draws
// pictures as the text has them, for what may be loaded there is for the policy
// of that page to say.
package render

import (
	"bytes"
	"io"
	"strings"

	"github.com/codicil/codicil/policy"
)

// DocumentHTML writes the words of a document as an HTML fragment, with an anchor
// on every heading and clause.
func DocumentHTML(w io.Writer, d *policy.Document) error { return DocumentHTMLShifted(w, d, 0) }

// DocumentHTMLShifted is DocumentHTML with all headings below so many levels of a page
// that has a first heading of its own. No level is skipped there.
func DocumentHTMLShifted(w io.Writer, d *policy.Document, shift int) error {
	return into(w, func(b *bytes.Buffer) { documentShifted(b, alerts(d), shift) })
}

func documentShifted(b *bytes.Buffer, d *policy.Document, shift int) {
	t := tree{b: b, shift: shift, ids: make(map[string]bool), lazy: lazyLists(d)}
	refs := newReferences(d)
	for i := range d.Blocks {
		block := &d.Blocks[i]
		t.enter(nil, block)
		t.block(block, func() {
			writeSpans(b, block.Spans, form{pre: block.Kind == policy.Code, refs: refs})
			if i+1 == len(d.Blocks) || d.Blocks[i+1].Note != block.Note {
				refs.back(b, block)
			}
		})
	}
	t.closeTo(0)
}

// textSize is about how many bytes the words of a document take as plain text.
func textSize(d *policy.Document) (size int) {
	for i := range d.Blocks {
		size += 8 // of what is between blocks and before items
		for _, span := range d.Blocks[i].Spans {
			size += len(span.Text)
		}
	}
	return size
}

// DocumentText returns the words of a document as plain text: headings and
// paragraphs apart, items with their numbers, cells divided by bars.
func DocumentText(d *policy.Document) string {
	var b strings.Builder
	b.Grow(textSize(d))
	for i := range d.Blocks {
		if i > 0 {
			b.WriteString(between(&d.Blocks[i-1], &d.Blocks[i]))
		}
		b.WriteString(lead(&d.Blocks[i], i == 0 || !sameItem(&d.Blocks[i-1], &d.Blocks[i])))
		b.WriteString(strings.TrimRight(d.Blocks[i].Text(), "\n"))
	}
	b.WriteByte('\n')
	return b.String()
}
