package docx

import (
	"strconv"
	"strings"

	"github.com/codicil/codicil/policy"
)

// cite writes the reference to a note and remembers the note.
func (b *body) cite(kind string, k *node, p *paragraph, l look) {
	key := kind + k.attr("id")
	if b.notes[key] == nil {
		b.doubt("note-missing", "a "+kind+" is referred to that the file does not hold", words(p.spans))
		return
	}
	label := strconv.Itoa(len(b.cited) + 1)
	b.cited = append(b.cited, citedNote{key, label})
	l.raised = ""
	l.link = "#" + policy.NoteID(label)
	b.words("["+label+"]", p, l)
}

// footnotes writes the notes at the end of the text, as GitHub reads them.
func (b *body) footnotes() {
	b.open = nil
	for i := 0; i < len(b.cited); i++ { // a note may refer to another
		c := b.cited[i]
		p := &paragraph{}
		for j, k := range b.notes[c.key].kids {
			if k.name != "p" {
				continue
			}
			if j > 0 && len(p.spans) > 0 {
				b.words(" ", p, look{})
			}
			b.runs(k, p, look{})
		}
		b.blocks = append(b.blocks, policy.Block{Kind: policy.Paragraph, ID: policy.NoteID(c.label), Note: c.label, Spans: joined("["+c.label+"] ", trimmed(p.spans))})
		b.bookmarked()
	}
}

// origin reads what the file was made of from its properties.
func (b *body) origin() {
	for _, r := range b.pkg.relations("") {
		if !strings.HasSuffix(r.kind, "/custom-properties") {
			continue
		}
		root, err := b.pkg.tree(r.target)
		if err != nil || root == nil {
			return // properties are no part of the text
		}
		for _, k := range root.kids {
			switch value := oneLine(plainText(k)); k.attr("name") {
			case "codicil version":
				b.result.Version = value
			case "codicil digest":
				b.result.Digest = value
			}
		}
	}
}

// plainText returns the words of an element that is none of Word's.
func plainText(n *node) string {
	text := n.text
	for _, k := range n.kids {
		text += plainText(k)
	}
	return text
}
