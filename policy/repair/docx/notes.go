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
		b.noteParts(b.notes[c.key], p, " ")
		b.placePictures(p, "note "+c.label)
		b.blocks = append(b.blocks, policy.Block{Kind: policy.Paragraph, ID: policy.NoteID(c.label), Note: c.label, Spans: joined("["+c.label+"] ", trimmed(p.spans))})
		b.bookmarked()
	}
}

// noteParts writes what is in a note into one paragraph. Between is what parts one
// of them from the next.
func (b *body) noteParts(n *node, p *paragraph, between string) {
	for _, k := range n.kids {
		switch k.name {
		case "p":
			b.noteParagraph(k, p, between)
		case "tbl":
			b.once("note-table", "a table in a note is written as words, the cells of a row with | between them", "table in a note", "words")
			for _, row := range rows(k) {
				b.apart(p, between)
				for i, cell := range cellsOf(row) {
					if i > 0 {
						b.words(" | ", p, look{})
					}
					b.noteParts(cell, p, " ")
				}
				between = "; "
			}
			between = " "
		case "sdt":
			b.noteParts(orEmpty(k.kid("sdtContent")), p, between)
		case "customXml", "smartTag", "ins", "moveTo":
			b.noteParts(k, p, between)
		case "altChunk":
			b.doubt("embedded-file", "a file that is embedded in a note was left out", "")
		}
	}
}

// noteParagraph writes a paragraph of a note, with the number that it has.
func (b *body) noteParagraph(k *node, p *paragraph, between string) {
	b.apart(p, between)
	number := &paragraph{spans: []policy.Span{{Text: allText(k)}}}
	if b.count(number, k.kid("pPr")); number.number != "" {
		b.words(number.number+" ", p, look{})
	}
	b.runs(k, p, look{})
	boxes := p.boxes
	p.boxes = nil
	for _, box := range boxes {
		b.noteParts(box, p, " ")
	}
}

// apart parts what comes next in a note from the words before it.
func (b *body) apart(p *paragraph, between string) {
	if last := len(p.spans) - 1; last >= 0 && !strings.HasSuffix(p.spans[last].Text, " ") {
		b.words(between, p, look{})
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
