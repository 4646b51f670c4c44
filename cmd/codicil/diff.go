package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/codicil/codicil/policy/redline"
	"github.com/codicil/codicil/policy/workspace"
	"github.com/codicil/codicil/policy/worktree"
	"github.com/codicil/codicil/render"
)

// diffFlags are the flags of diff.
type diffFlags struct {
	format     string
	fragment   bool
	sideBySide bool
	stat       bool
	structure  bool
	exitCode   bool
	output     string
}

func (a *app) diffCommand() *cobra.Command {
	var f diffFlags
	cmd := &cobra.Command{
		Use:   "diff [A] [B]",
		Short: "Show the redline between two texts",
		Long: "Diff compares two texts clause by clause and word by word. A and B are versions (privacy@1.0, or\n" +
			"privacy@2026-12-01 for the text in force that day), commits, or files, in any mixture: privacy@1.0\n" +
			"privacy.md compares a version with the work tree. One version alone is compared with the one before\n" +
			"it; a policy alone, or nothing, compares what is published with the work tree. Where that names\n" +
			"several policies, the JSON is a list of those that changed, under the key redlines.",
		Example: "  codicil diff\n  codicil diff privacy@2.0\n  codicil diff privacy@1.0 privacy@2.0 --format html -o redline.html\n" +
			"  codicil diff before.md after.md --exit-code",
		Args: cobra.MaximumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error { return a.diff(cmd.Context(), args, f) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.format, "format", "text", "`FORMAT` of the redline: text, html, markdown, json, or docx for Word with tracked changes")
	flags.BoolVar(&f.fragment, "fragment", false, "with html: only the marked-up document, for another page")
	flags.BoolVar(&f.sideBySide, "side-by-side", false, "with html: old and new text beside each other")
	flags.BoolVar(&f.stat, "stat", false, "print only how much changed")
	flags.BoolVar(&f.structure, "structure", false, "of two languages: list the clauses that have no counterpart in the other text")
	flags.BoolVar(&f.exitCode, "exit-code", false, "exit with 3 when there are differences")
	flags.StringVarP(&f.output, "output", "o", "", "write to `FILE` instead of standard output")
	return cmd
}

func (a *app) diff(ctx context.Context, args []string, f diffFlags) error {
	if a.json {
		f.format = "json"
	}
	if !oneOf(f.format, "text", "html", "markdown", "json", "docx") {
		return usagef("--format: %q is not text, html, markdown, json or docx", f.format)
	}
	if (f.fragment || f.sideBySide) && f.format != "html" {
		return usagef("--fragment and --side-by-side are forms of a page: add --format html")
	}
	if f.fragment && f.sideBySide {
		return usagef("--fragment is one text with marks, --side-by-side two texts: choose one")
	}
	if err := a.wordOutput(f); err != nil {
		return err
	}
	pairs, err := a.pairs(ctx, args)
	if err != nil {
		return err
	}
	if f.structure {
		return a.diffStructure(pairs, f)
	}
	list := a.redlines(pairs)
	changed := slices.ContainsFunc(list, redlined.differs)
	if !changed && oneOf(f.format, "text", "docx") {
		a.say("no differences")
	}
	if err := a.printRedlines(list, f); err != nil {
		return err
	}
	if changed && f.exitCode {
		return &exitError{code: exitFindings}
	}
	return nil
}

// redlined is a pair with its redline.
type redlined struct {
	workspace.Pair
	*redline.Redline
}

func (r redlined) differs() bool { return r.Stat().Changes > 0 }

func (a *app) redlines(pairs []workspace.Pair) []redlined {
	list := make([]redlined, 0, len(pairs))
	for _, p := range pairs {
		list = append(list, redlined{p, p.Compare(a.comparer(nil)).Redline})
	}
	return list
}

// printRedlines prints the redline of a pair or, of several, those that change
// something.
func (a *app) printRedlines(list []redlined, f diffFlags) error {
	several := len(list) > 1
	if several {
		list = slices.DeleteFunc(list, func(r redlined) bool { return !r.differs() })
	}
	var out bytes.Buffer
	if f.format == "json" {
		if err := printJSON(&out, redlinesJSON(list, several, f.stat)); err != nil {
			return err
		}
		return a.deliver(out.Bytes(), f.output)
	}
	for _, r := range list {
		if err := a.writeRedline(&out, r, f, several); err != nil {
			return err
		}
	}
	if out.Len() == 0 && f.format == "docx" {
		return nil // an empty file is no Word document
	}
	if f.format == "text" && f.output == "" {
		_, err := a.stdout.Write(out.Bytes())
		return err
	}
	return a.deliver(out.Bytes(), f.output)
}

// redlineJSON is the redline of one policy among several in the JSON of diff.
type redlineJSON struct {
	Policy  string           `json:"policy"`
	Stat    *redline.Stat    `json:"stat,omitempty"` // with --stat, instead of the redline
	Redline *json.RawMessage `json:"redline,omitempty"`
}

// redlinesJSON is the one document of diff: a redline where two texts were
// named, else a list.
func redlinesJSON(list []redlined, several, stat bool) any {
	entries := make([]redlineJSON, 0, len(list))
	for _, r := range list {
		entry := redlineJSON{Policy: r.Name}
		if stat {
			s := r.Stat()
			entry.Stat = &s
		} else {
			var b bytes.Buffer
			render.RedlineJSON(&b, r.Redline)
			raw := json.RawMessage(b.Bytes())
			entry.Redline = &raw
		}
		entries = append(entries, entry)
	}
	switch {
	case several || len(entries) == 0:
		return map[string]any{"redlines": entries}
	case stat:
		return entries[0].Stat
	}
	return entries[0].Redline
}

// writeRedline writes one redline in the wanted format.
func (a *app) writeRedline(b *bytes.Buffer, p redlined, f diffFlags, several bool) error {
	r := p.Redline
	if f.stat {
		fmt.Fprintf(b, "%s: %s\n", p.Name, r.Stat())
		return nil
	}
	switch f.format {
	case "docx":
		return a.writeWord(b, p.Pair, r)
	case "html":
		return a.writeHTML(b, p.Pair, r, f)
	case "markdown":
		fmt.Fprintf(b, "## %s → %s\n\n", p.Before.Name, p.After.Name)
		render.RedlineMarkdown(b, r, 0)
	default:
		if several || r.Stat().Changes > 0 {
			fmt.Fprintf(b, "%s → %s: ", p.Before.Name, p.After.Name)
		}
		render.RedlineText(b, r, render.TextOptions{Color: a.colour() && f.output == "", Width: a.width()})
	}
	return nil
}

// writeHTML writes a redline as a page of its own, or as a bare fragment.
func (a *app) writeHTML(b *bytes.Buffer, p workspace.Pair, r *redline.Redline, f diffFlags) error {
	if b.Len() > 0 {
		return severalChanged("a page")
	}
	options := render.RedlineOptions{Fragment: f.fragment, SideBySide: f.sideBySide, Lang: cmp.Or(p.Language(), "en")}
	if f.fragment {
		render.RedlineHTML(b, r, options)
		return nil
	}
	render.RedlinePage(b, r, p.Before.Name, p.After.Name, options)
	return nil
}

// severalChanged says that an output cannot hold more than one redline.
func severalChanged(what string) error {
	return hinted(errors.New(what+" holds the redline of one policy, and more than one changed"), "name one of them: `codicil diff --stat` shows which")
}

// deliver writes a result to a file, or to standard output.
func (a *app) deliver(content []byte, file string) error {
	if file == "" {
		_, err := a.exact().Write(content)
		return err
	}
	return worktree.Write(file, content)
}
