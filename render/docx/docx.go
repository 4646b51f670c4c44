// Package docx writes a redline as a Word document with tracked changes, as
// lawyers exchange them: accepting all changes leaves the new text, rejecting
// all of them the old one.
//
// The file is Office Open XML, WordprocessingML in the transitional form
// (ECMA-376 part 4), written from the tree of the two documents. Every block
// is one paragraph. What came and went is w:ins and w:del, what moved is
// w:moveFrom and w:moveTo with ranges of one name, a paragraph that was split
// or joined has a tracked paragraph mark, and a paragraph whose form or number
// changed remembers the old one in w:pPrChange. Nothing in the file runs, and
// nothing is loaded from elsewhere. The same input gives the same bytes.
package docx

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"time"

	"github.com/codicil/codicil/policy/redline"
)

// Options say what a document tells about itself.
type Options struct {
	Author  string    // whose changes these are; "Codicil" when empty
	Date    time.Time // when they were made, to the second; not told when zero
	Title   string    // in the properties of the file, not on the page
	Lang    string    // BCP 47 tag of the text, for spelling and fonts; "en" when empty
	Version string    // of what the document shows, "privacy@1.0", and Digest, the SHA-256 of its text; in the properties of the file
	Digest  string
	Anchors bool   // whether every clause bears a bookmark, not only those that links lead to
	Base    string // address of the page, against which relative links are resolved; they are plain words when empty
}

// Write writes the redline to w as a .docx file. It fails only where w does.
func Write(w io.Writer, r *redline.Redline, o Options) error {
	if o.Author == "" {
		o.Author = "Codicil"
	}
	if o.Lang == "" {
		o.Lang = "en"
	}
	d := newWriter(r, o)
	d.body(plan(r))
	if err := d.save(w, o); err != nil {
		return fmt.Errorf("write the Word document: %w", err)
	}
	return nil
}

// writer writes the body of a document, and collects what its other parts
// must hold.
type writer struct {
	b         bytes.Buffer
	before    *outline
	after     *outline
	links     links
	numbering numbering
	changedBy string // the attributes of every change: who and when
	id        int    // of the last annotation; ids are unique in the file
}

func newWriter(r *redline.Redline, o Options) *writer {
	d := &writer{
		before:    newOutline(r.Old),
		after:     newOutline(r.New),
		links:     newLinks(r, o.Base, o.Anchors),
		changedBy: ` w:author="` + escape(o.Author) + `"`,
	}
	if !o.Date.IsZero() {
		d.changedBy += ` w:date="` + stamp(o.Date) + `"`
	}
	return d
}

// stamp writes a time as xsd:dateTime in UTC.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }

// change returns the start of the tag of a tracked change, without its end.
func (d *writer) change(name string) string {
	return fmt.Sprintf(`<w:%s w:id="%d"%s`, name, d.nextID(), d.changedBy)
}

func (d *writer) nextID() int {
	d.id++
	return d.id
}

func (d *writer) put(parts ...string) {
	for _, s := range parts {
		d.b.WriteString(s)
	}
}

// escape makes words safe as text and in a quoted attribute. Characters that
// XML 1.0 cannot hold become the replacement character.
func escape(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s)) // a buffer takes everything
	return b.String()
}
