// Package counsel gives a version to somebody who edits it in Word, and brings
// their edits back into the Markdown that it was made of: the writer of Word files
// and their reader meet here, so that what one writes the other knows.
package counsel

import (
	"bytes"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/merge"
	"github.com/codicil/codicil/policy/redline"
	"github.com/codicil/codicil/policy/repair"
	readword "github.com/codicil/codicil/policy/repair/docx"
	"github.com/codicil/codicil/render/docx"
)

// Write writes a version as a Word file that knows of which version it was made.
// The author is who gives it away.
func Write(w io.Writer, p *policy.Policy, v *policy.Version, doc *policy.Document, author string) error {
	o := docx.Options{Author: author, Date: v.Published, Title: p.Title, Lang: p.Lang, Version: p.Ref(v), Digest: v.SHA256, Anchors: true}
	return docx.Write(w, redline.Compare(doc, doc), o)
}

// Returned is what a file brought back.
type Returned struct {
	Markdown  []byte           // the text with the edits
	Rewritten bool             // all of it was written anew: an edit could not be written into its lines alone
	Edits     *redline.Redline // of the text
	Report    Report
}

// Report says in counts and words what a file brought back.
type Report struct {
	Version      string             `json:"version"` // that the file was made of
	File         string             `json:"file"`    // that was written; empty where nothing changed
	Changes      int                `json:"changes"`
	Left         []Edit             `json:"left"` // edits that were not brought back
	Comments     []readword.Comment `json:"comments"`
	CommentsFile string             `json:"comments_file,omitempty"` // that they were written to
	Repairs      []repair.Repair    `json:"repairs"`
}

// Edit is an edit of the file, with the clause that it is in.
type Edit struct {
	Clause string `json:"clause"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// ErrMerge is returned where the edits cannot be written as Markdown.
var ErrMerge = merge.ErrWrite

// Return brings the edits of a file into the text that it was made of. Name is
// the file of that text, for messages.
func Return(name string, source []byte, read *readword.Result) (*Returned, error) {
	text, err := policy.Parse(name, source)
	if err != nil {
		return nil, err
	}
	made, err := asWord(text)
	if err != nil {
		return nil, err
	}
	lead(read.Document, made, text)
	lead(made, made, text)
	forms := merge.KeepForms(made, read.Document, read.Joined)
	merged, err := merge.Apply(merge.Copy{Source: source, Text: text, Made: made, Edited: read.Document})
	if err != nil {
		return nil, err
	}
	result, err := policy.Parse(name, merged.Markdown)
	if err != nil {
		return nil, err
	}
	again, err := asWord(result)
	if err != nil {
		return nil, err
	}
	lead(again, again, result)
	r := &Returned{Markdown: merged.Markdown, Rewritten: merged.Rewritten, Edits: redline.Compare(text, result)}
	r.Report = reportOf(r.Edits, redline.Compare(again, read.Document), read)
	if forms > 0 {
		r.Report.Repairs = append(r.Report.Repairs, repair.Repair{Rule: "form-kept",
			Message: fmt.Sprintf("%s beside a tracked one kept the form that it had: programs give it that of its neighbour", policy.Plural(forms, "paragraph", "paragraphs"))})
	}
	return r, nil
}

// reportOf sums up the edits, those that were left, and the notes of the reader.
func reportOf(edits, left *redline.Redline, read *readword.Result) Report {
	r := Report{Changes: edits.Stat().Changes, Left: []Edit{}, Comments: append([]readword.Comment{}, read.Comments...), Repairs: []repair.Repair{}}
	for _, c := range left.Changes() {
		before, after := c.Texts()
		r.Left = append(r.Left, Edit{c.Clause.Name(), before, after})
	}
	for _, n := range read.Notes {
		r.Repairs = append(r.Repairs, repair.Repair{Rule: n.Rule, Message: n.Message, Before: n.Was, After: n.Now})
	}
	return r
}

// KeepComments says where the comments of a file are kept, beside the text at a
// path and named after both, and returns the list; nil where there are none.
func (r *Report) KeepComments(path, file string) []byte {
	if len(r.Comments) == 0 {
		return nil
	}
	base := strings.TrimSuffix(filepath.Base(file), filepath.Ext(file))
	r.CommentsFile = strings.TrimSuffix(path, filepath.Ext(path)) + "." + base + ".comments.txt"
	return readword.CommentsText(r.Comments)
}

// asWord returns a text as a Word file holds it.
func asWord(doc *policy.Document) (*policy.Document, error) {
	var b bytes.Buffer
	if err := docx.Write(&b, redline.Compare(doc, doc), docx.Options{Anchors: true}); err != nil {
		return nil, err
	}
	read, err := readword.Read(doc.Name, b.Bytes(), readword.Options{})
	if err != nil {
		return nil, fmt.Errorf("read back what was written: %w", err)
	}
	return read.Document, nil
}
