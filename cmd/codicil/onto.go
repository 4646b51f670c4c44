package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/merge"
	"github.com/codicil/codicil/policy/redline"
	"github.com/codicil/codicil/policy/repair"
	readword "github.com/codicil/codicil/policy/repair/docx"
	"github.com/codicil/codicil/policy/workspace"
	"github.com/codicil/codicil/policy/worktree"
	"github.com/codicil/codicil/render"
	"github.com/codicil/codicil/render/docx"
)

// exportWord writes one version as a Word file, to be edited and brought back.
func (a *app) exportWord(ctx context.Context, reference, output string) error {
	w, err := a.open(ctx)
	if err != nil {
		return err
	}
	p, v, err := w.Lookup(reference, a.today())
	if err != nil {
		return err
	}
	if output == "" {
		output = p.ID + "-" + v.Label + ".docx"
	}
	if _, err := os.Stat(output); err == nil {
		return hinted(fmt.Errorf("%s exists already", output), "name another file with -o: counsel's edits may be in it")
	}
	doc, err := w.Document(v)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	o := docx.Options{Author: w.Config.Title, Date: v.Published, Title: p.Title, Lang: p.Lang, Version: p.Ref(v), Digest: v.SHA256, Anchors: true}
	if err := docx.Write(&b, redline.Compare(doc, doc), o); err != nil {
		return err
	}
	if err := worktree.Write(output, b.Bytes()); err != nil {
		return err
	}
	a.say("wrote %s: %s to edit in Word; bring it back with: codicil import --onto %s %s", output, p.Ref(v), p.ID, output)
	return nil
}

// onto is a Word file that came back for a policy.
type onto struct {
	file   string
	policy *policy.Policy
	made   *policy.Version // what the file was made of
	path   string          // of the text in the work tree
	source []byte
	read   *readword.Result
}

// ontoJSON is the JSON of import --onto.
type ontoJSON struct {
	Version  string             `json:"version"` // that the file was made of
	File     string             `json:"file"`    // that was written; empty where nothing changed
	Changes  int                `json:"changes"`
	Left     []leftJSON         `json:"left"` // edits that were not brought back
	Comments []readword.Comment `json:"comments"`
	Notes    []repair.Repair    `json:"repairs"`
}

// leftJSON is an edit that was not brought back.
type leftJSON struct {
	Clause string `json:"clause"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// importOnto brings the edits of a Word file back into the text that it was
// made of.
func (a *app) importOnto(ctx context.Context, reference, file string, changes readword.Changes, write bool) error {
	o, err := a.readOnto(ctx, reference, file, changes)
	if err != nil {
		return err
	}
	text, err := policy.Parse(o.path, o.source)
	if err != nil {
		return err
	}
	made, err := asWord(text)
	if err != nil {
		return err
	}
	merged, err := merge.Apply(merge.Copy{Source: o.source, Text: text, Made: made, Edited: o.read.Document})
	if errors.Is(err, merge.ErrWrite) {
		return hinted(err, "import the file as a new text, and compare: codicil import "+file+" -o edited.md")
	}
	if err != nil {
		return err
	}
	result, err := policy.Parse(o.path, merged.Markdown)
	if err != nil {
		return err
	}
	again, err := asWord(result)
	if err != nil {
		return err
	}
	return a.finishOnto(o, merged, redline.Compare(text, result), redline.Compare(again, o.read.Document), write)
}

// readOnto reads the file and the text that it belongs to.
func (a *app) readOnto(ctx context.Context, reference, file string, changes readword.Changes) (*onto, error) {
	w, err := a.open(ctx)
	if err != nil {
		return nil, err
	}
	src, err := worktree.ReadNamed(worktree.Root("."), file, maxImport)
	if err != nil {
		return nil, fmt.Errorf("read the file: %w", err)
	}
	o := &onto{file: file}
	if o.read, err = readword.Read(file, src, readword.Options{Changes: changes}); err != nil {
		return nil, err
	}
	id, _, _ := strings.Cut(reference, "@")
	if from, _, _ := strings.Cut(o.read.Version, "@"); !strings.Contains(reference, "@") && from == id {
		reference = o.read.Version
	}
	if o.policy, o.made, err = w.Lookup(reference, a.today()); err != nil {
		return nil, err
	}
	if o.read.Digest != "" && o.read.Digest != o.made.SHA256 {
		return nil, hinted(fmt.Errorf("%s was made of another text than %s", file, o.policy.Ref(o.made)), "its properties say "+o.read.Version+": name that version")
	}
	o.path = filepath.FromSlash(o.policy.Path)
	if here, err := os.Getwd(); err == nil {
		if near, err := filepath.Rel(here, filepath.Join(w.Repo.Root(), o.path)); err == nil {
			o.path = near
		}
	}
	o.source, err = o.current(w)
	return o, err
}

// current returns the text in the work tree, which must be that of which the
// file was made.
func (o *onto) current(w *workspace.Workspace) ([]byte, error) {
	source, err := w.WorkTree(o.policy)
	if err != nil {
		return nil, err
	}
	then, err := w.Repo.Text(o.made)
	if err != nil {
		return nil, err
	}
	now, err := policy.Parse(o.policy.Path, source)
	if err != nil {
		return nil, err
	}
	was, err := policy.ParsePublished(o.policy.Path, then)
	if err != nil {
		return nil, err
	}
	if !repair.SameBlocks(was.Blocks, now.Blocks) {
		return nil, hinted(fmt.Errorf("%s has changed since %s, of which %s was made", o.policy.Path, o.policy.Ref(o.made), o.file),
			"go back to that text (git stash), bring the edits in, and merge the two with git")
	}
	return source, nil
}

// asWord returns a text as a Word file holds it.
func asWord(doc *policy.Document) (*policy.Document, error) {
	var b bytes.Buffer
	if err := docx.Write(&b, redline.Compare(doc, doc), docx.Options{}); err != nil {
		return nil, err
	}
	read, err := readword.Read(doc.Name, b.Bytes(), readword.Options{})
	if err != nil {
		return nil, fmt.Errorf("read back what was written: %w", err)
	}
	return read.Document, nil
}

// finishOnto shows what came back, and writes it: beside the text, until the
// author has looked at it.
func (a *app) finishOnto(o *onto, m *merge.Result, edits, left *redline.Redline, write bool) error {
	out := ontoJSON{Version: o.policy.Ref(o.made), Left: []leftJSON{}, Comments: append([]readword.Comment{}, o.read.Comments...), Notes: []repair.Repair{}}
	out.Changes = edits.Stat().Changes
	for _, c := range left.Changes() {
		before, after := c.Texts()
		out.Left = append(out.Left, leftJSON{c.Clause.Name(), before, after})
	}
	for _, n := range o.read.Notes {
		out.Notes = append(out.Notes, repair.Repair{Rule: n.Rule, Message: n.Message, Before: n.Was, After: n.Now})
	}
	if out.Changes > 0 {
		out.File = o.path
		if !write {
			out.File += ".edited"
			if _, err := os.Stat(out.File); err == nil {
				return hinted(fmt.Errorf("%s exists already", out.File), "look at it and remove it, or write the text itself with --write")
			}
		}
		if err := worktree.Write(out.File, m.Markdown); err != nil {
			return err
		}
	}
	if a.json {
		return printJSON(a.stdout, out)
	}
	a.sayOnto(o, out, edits, m.Rewritten, write)
	return nil
}

// sayOnto reports to a person.
func (a *app) sayOnto(o *onto, out ontoJSON, edits *redline.Redline, rewritten, write bool) {
	var text bytes.Buffer
	render.RedlineText(&text, edits, render.TextOptions{})
	a.stdout.Write(text.Bytes())
	for _, l := range out.Left {
		fmt.Fprintf(a.stdout, "%s: for you: an edit was not brought back, %s: %q → %q [not-merged]\n", o.file, orElse(l.Clause, "no clause"), l.Before, l.After)
	}
	for _, c := range out.Comments {
		fmt.Fprintf(a.stdout, "%s: comment by %s at %s, about %q: %s\n", o.file, orElse(c.Author, "somebody"), orElse(c.Clause, "an unnumbered paragraph"), c.About, c.Text)
	}
	for _, n := range out.Notes {
		fmt.Fprintf(a.stdout, "%s: %s [%s]\n", o.file, n.Message, n.Rule)
	}
	switch {
	case out.File == "":
		a.say("%s says what %s says: nothing to write", o.file, out.Version)
		return
	case rewritten:
		a.say("all of the text was written anew: an edit could not be written into its lines alone")
	}
	a.say("wrote %s: %s against %s, %s left to you", out.File, policy.Plural(out.Changes, "change", "changes"), out.Version, policy.Plural(len(out.Left), "edit", "edits"))
	if !write {
		a.say("look at it; `codicil import --onto %s %s --write` writes the text itself", o.policy.ID, o.file)
	}
}
