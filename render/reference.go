package render

import (
	"bytes"
	"strconv"

	"github.com/codicil/codicil/policy"
)

// references gives each reference to a footnote an anchor, so that a reader of
// the note finds back to the words that it belongs to. A nil one gives none.
type references struct {
	ids   map[string][]string // by the name of the note: the anchors of its references, in order
	taken map[string]bool     // anchors of the text itself
	words string              // that name a way back
	lang  string              // of the words, as an attribute; empty where it is that of the text
}

// newReferences returns those of a document; nil where it has no notes.
func newReferences(d *policy.Document) *references {
	r := &references{ids: make(map[string][]string), taken: make(map[string]bool)}
	notes := false
	for i := range d.Blocks {
		notes = notes || d.Blocks[i].Note != ""
		r.taken[d.Blocks[i].ID] = true
		for _, alias := range d.Blocks[i].Aliases {
			r.taken[alias] = true
		}
	}
	if !notes {
		return nil
	}
	lang := d.Front.Lang
	if lang == "" {
		lang = policy.TextLanguage(d)
	}
	n := newNotes(lang)
	r.words, r.lang = n.back, n.lang
	return r
}

// add returns the anchor of the next reference to a note; empty where the text
// has an anchor of that name.
func (r *references) add(label string) string {
	if r == nil {
		return ""
	}
	id := "ref-" + policy.NoteID(label)
	if n := len(r.ids[label]); n > 0 {
		id += "-" + strconv.Itoa(n+1)
	}
	if r.taken[id] {
		return ""
	}
	r.taken[id] = true
	r.ids[label] = append(r.ids[label], id)
	return id
}

// back writes the ways back from a note, behind its last words.
func (r *references) back(b *bytes.Buffer, block *policy.Block) {
	if r == nil || block.Note == "" || block.Kind == policy.Code || block.Kind == policy.Rule {
		return
	}
	for i, id := range r.ids[block.Note] {
		b.WriteString(` <a class="note-back" href="#` + escape(escapeURL(id)) + `" aria-label="` + escape(r.words+" "+strconv.Itoa(i+1)) + `"` + r.lang + `>↩</a>`)
	}
}
