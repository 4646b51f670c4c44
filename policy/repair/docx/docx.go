// Package docx reads Word files (ECMA-376) into documents: the words that Word
// shows, with the numbers that it computes for headings, clauses and items.
//
// A package is hostile input: entries, sizes and depth are bounded, no entity is
// resolved, nothing outside the file is read. What is not taken over (hidden
// text, pictures, comments, headers) is named in a note, so that no word is lost
// in silence.
package docx

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
)

// Changes says what becomes of tracked changes.
type Changes string

// The ways to treat tracked changes.
const (
	Accept Changes = "accept" // the text as proposed
	Reject Changes = "reject" // the text as it was
	Keep   Changes = "keep"   // both, in the marks {--was--}{++now++}
)

// Options says how to read a file.
type Options struct {
	Changes Changes // empty is Accept
}

// Result is what was read.
type Result struct {
	Document *policy.Document
	Title    string    // of the file: the paragraph in the style Title, else its properties; may be empty
	Version  string    // what the file was made of, where it says so: "privacy@1.0"
	Digest   string    // SHA-256 of that text
	Tracked  int       // runs of words under tracked changes
	Authors  []string  // of tracked changes, sorted
	Joined   []int     // blocks whose form may be that of the paragraph before, whose mark is tracked
	Comments []Comment // in the order of the text; not part of it
	Notes    []Note    // what was changed or left out
}

// Note says that something of the file is not in the text, or not as it was.
type Note struct {
	Rule     string // its kind: "hidden-text"
	Message  string
	Was, Now string // equal where nothing was changed and the author must look at it
}

// Read reads the Word file of that name. A fault of the file is a
// *policy.Diagnostic that says what to do instead.
func Read(name string, src []byte, o Options) (*Result, error) {
	p, err := open(name, src)
	if err != nil {
		return nil, err
	}
	b := &body{pkg: p, changes: cmp.Or(o.Changes, Accept), result: &Result{}, authors: map[string]bool{}, said: map[string]bool{}}
	if err := b.load(); err != nil {
		return nil, fault(name, err)
	}
	if err := b.read(); err != nil {
		return nil, fault(name, err)
	}
	b.deadLinks()
	b.finish()
	b.origin()
	if p.macros() {
		b.changed("macro", "the macros of the file were left out; nothing of them was run", "macros", leftOut)
	}
	r := b.result
	r.Document = &policy.Document{Name: name, Blocks: b.blocks}
	for author := range b.authors {
		r.Authors = append(r.Authors, author)
	}
	slices.Sort(r.Authors)
	return r, nil
}

// fault makes of an error one that a person can act on.
func fault(name string, err error) error {
	if d := (*policy.Diagnostic)(nil); errors.As(err, &d) {
		return err
	}
	return &policy.Diagnostic{File: name, Level: policy.Error, Rule: "word-file", Message: fmt.Sprintf("this Word file cannot be read: %v", err),
		Hint: "open it in Word or LibreOffice, save it as .docx again, and import that"}
}

// changed notes what is not as it was.
func (b *body) changed(rule, message, was, now string) {
	b.result.Notes = append(b.result.Notes, Note{rule, message, oneLine(was), now})
}

// doubt notes what the author must look at.
func (b *body) doubt(rule, message, words string) {
	words = oneLine(words)
	b.result.Notes = append(b.result.Notes, Note{rule, message, words, words})
}

// once notes a change the first time only.
func (b *body) once(rule, message, was, now string) {
	if !b.said[rule] {
		b.said[rule] = true
		b.changed(rule, message, was, now)
	}
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
