package docx

import (
	"cmp"
	"fmt"
	"strings"
)

// picture notes a picture, and keeps the words of a text box.
func (b *body) picture(k *node, p *paragraph) {
	if box := find(k, "txbxContent"); box != nil {
		p.boxes = append(p.boxes, box)
		return
	}
	called := pictureName(k)
	what := "a picture or an embedded object"
	if called != "" {
		what = fmt.Sprintf("the picture %q", called)
	}
	b.doubt("picture", what+" was left out: pages show none; write what it says as text, which can be compared and read aloud", cmp.Or(called, allText(k)))
	p.pictures = append(p.pictures, len(b.result.Notes)-1)
}

// pictureName returns the words that stand for a picture: those of today's
// drawings, or of the VML that older programs write.
func pictureName(k *node) string {
	about := orEmpty(find(k, "docPr"))
	for _, words := range []string{about.attr("descr"), about.attr("title"), vmlName(k)} {
		if words = oneLine(words); words != "" {
			return words
		}
	}
	return ""
}

// vmlName returns the words of the first shape below n that has some.
func vmlName(n *node) string {
	for _, k := range n.kids {
		name := ""
		switch k.name {
		case "shape", "rect", "roundrect", "oval", "image", "group":
			name = k.attr("alt")
		case "imagedata":
			name = k.attr("title")
		}
		if name = cmp.Or(name, vmlName(k)); name != "" {
			return name
		}
	}
	return ""
}

// placePictures says where the pictures of a paragraph were: in the clause, else
// among its words.
func (b *body) placePictures(p *paragraph, clause string) {
	place := "; it stands before the first words"
	if where := cmp.Or(clause, firstOf(words(p.spans))); where != "" {
		place = fmt.Sprintf("; it stands in %q", where)
	}
	for _, i := range p.pictures {
		b.result.Notes[i].Message += place
	}
	p.pictures = nil
}

// firstOf returns the first words of a text, as many as tell it from others.
func firstOf(text string) string {
	const enough = 8
	list := strings.Fields(text)
	if len(list) <= enough {
		return strings.Join(list, " ")
	}
	return strings.Join(list[:enough], " ") + " …"
}
