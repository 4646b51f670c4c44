package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/repair/docx"
	"github.com/codicil/codicil/policy/workspace"
	"github.com/codicil/codicil/policy/worktree"
	"github.com/codicil/codicil/render/counsel"
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
	if err := counsel.Write(&b, p, v, doc, w.Config.Title); err != nil {
		return err
	}
	if err := worktree.Write(output, b.Bytes()); err != nil {
		return err
	}
	a.say("wrote %s: %s to edit in Word; bring it back with: codicil import --onto %s %s", output, p.Ref(v), p.ID, output)
	return nil
}

// importOnto brings the edits of a Word file back into the text that it was
// made of.
func (a *app) importOnto(ctx context.Context, reference, file string, changes docx.Changes, write bool) error {
	w, err := a.open(ctx)
	if err != nil {
		return err
	}
	src, err := worktree.ReadNamed(worktree.Root("."), file, maxImport)
	if err != nil {
		return fmt.Errorf("read the file: %w", err)
	}
	read, err := docx.Read(file, src, docx.Options{Changes: changes})
	if err != nil {
		return err
	}
	p, made, err := a.madeOf(w, reference, file, read)
	if err != nil {
		return err
	}
	source, err := w.Unchanged(p, made)
	if errors.Is(err, workspace.ErrChanged) {
		return hinted(fmt.Errorf("%s has changed since %s, of which %s was made", p.Path, p.Ref(made), file),
			"go back to that text (git stash), bring the edits in, and merge the two with git")
	}
	if err != nil {
		return err
	}
	r, err := counsel.Return(w.PathOf(p), source, read)
	if errors.Is(err, counsel.ErrMerge) {
		return hinted(err, "import the file as a new text, and compare: codicil import "+file+" -o edited.md")
	}
	if err != nil {
		return err
	}
	r.Report.Version = p.Ref(made)
	if list := r.Report.KeepComments(w.PathOf(p), file); list != nil {
		if err := worktree.WriteOnce(r.Report.CommentsFile, list); err != nil {
			return err
		}
	}
	if workspace.SourceOf(p.Path, source) != "" {
		return a.ontoSource(w, p, r, file)
	}
	if err := writeReturned(r, w.PathOf(p), write); err != nil {
		return err
	}
	if a.json {
		return printJSON(a.stdout, r.Report)
	}
	a.sayOnto(r, p.ID, file, write)
	return nil
}

// ontoSource shows edits of a text that is made of a source, and writes nothing:
// each belongs into the file that its words come from.
func (a *app) ontoSource(w *workspace.Workspace, p *policy.Policy, r *counsel.Returned, file string) error {
	list, err := w.Expansions([]*policy.Policy{p})
	if err != nil || len(list) == 0 {
		return err
	}
	if a.json {
		return printJSON(a.stdout, r.Report)
	}
	r.Write(a.stdout, file)
	r.WriteOrigins(a.stdout, file, func(line int) string {
		at := list[0].Result.Origin(list[0].Src, line)
		return fmt.Sprintf("%s:%d", at.File, at.Line)
	})
	a.say("nothing was written: %s is made of %s, as other policies may be; bring the edits in there, then run `codicil expand`", p.ID, list[0].Result.Source)
	return nil
}

// madeOf finds the version that a file says it was made of, or that is named.
func (a *app) madeOf(w *workspace.Workspace, reference, file string, read *docx.Result) (*policy.Policy, *policy.Version, error) {
	id, _, _ := strings.Cut(reference, "@")
	if from, _, _ := strings.Cut(read.Version, "@"); !strings.Contains(reference, "@") && from == id {
		reference = read.Version
	}
	p, made, err := w.Lookup(reference, a.today())
	if err == nil && read.Digest != "" && read.Digest != made.SHA256 {
		err = hinted(fmt.Errorf("%s was made of another text than %s", file, p.Ref(made)), "its properties say "+read.Version+": name that version")
	}
	return p, made, err
}

// writeReturned writes the text with the edits: beside the text, until the author
// has looked at it.
func writeReturned(r *counsel.Returned, path string, write bool) error {
	if r.Report.Changes == 0 {
		return nil
	}
	r.Report.File = path
	if !write {
		r.Report.File += ".edited"
		if _, err := os.Stat(r.Report.File); err == nil {
			return hinted(fmt.Errorf("%s exists already", r.Report.File), "look at it and remove it, or write the text itself with --write")
		}
	}
	return worktree.Write(r.Report.File, r.Markdown)
}

// sayOnto reports to a person what came back, and what was written.
func (a *app) sayOnto(r *counsel.Returned, id, file string, write bool) {
	r.Write(a.stdout, file)
	out := r.Report
	if out.CommentsFile != "" {
		a.say("wrote %s: %s, which no page shows", out.CommentsFile, policy.Plural(len(out.Comments), "comment", "comments"))
	}
	switch {
	case out.File == "":
		a.say("%s says what %s says: nothing to write", file, out.Version)
		return
	case r.Rewritten:
		a.say("all of the text was written anew: an edit could not be written into its lines alone")
	}
	a.say("wrote %s: %s against %s, %s left to you", out.File, policy.Plural(out.Changes, "change", "changes"), out.Version, policy.Plural(len(out.Left), "edit", "edits"))
	if !write {
		a.say("look at it; `codicil import --onto %s %s --write` writes the text itself", id, file)
	}
}
