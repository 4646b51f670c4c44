package main

import (
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/codicil/codicil/policy/workspace"
	"github.com/codicil/codicil/policy/worktree"
	"github.com/codicil/codicil/render"
	"github.com/codicil/codicil/render/pdf"
	"github.com/codicil/codicil/render/terminal"
	"github.com/codicil/codicil/site"
)

// printer returns what PDF files are printed with. It fails where there is none,
// before anything is written.
func (a *app) printer(ctx context.Context) (*pdf.Printer, error) {
	program, err := pdf.Find(a.getenv)
	if err != nil {
		return nil, err
	}
	return pdf.New(ctx, program)
}

// exportPDF writes one version, or the redline between two, as a PDF file.
func (a *app) exportPDF(ctx context.Context, reference, output string) error {
	printer, err := a.printer(ctx)
	if err != nil {
		return err
	}
	defer printer.Close()
	w, err := a.open(ctx)
	if err != nil {
		return err
	}
	paper, err := a.paper(w, reference)
	if err != nil {
		return err
	}
	if output == "" {
		output = strings.Replace(strings.ReplaceAll(paper.Reference, "/", "-"), "@", "-", 1) + ".pdf"
		if _, err := os.Stat(output); err == nil {
			return hinted(fmt.Errorf("%s exists already", output), "name the file with -o to write over it")
		}
	}
	data, err := printer.Print(paper)
	if err != nil {
		return err
	}
	if err := worktree.Write(output, data); err != nil {
		return err
	}
	a.say("wrote %s: %s, printed by %s", output, paper.Reference, printer.Name())
	return nil
}

// paper prepares what a reference names: ID, ID@VERSION, or ID@VERSION...VERSION.
func (a *app) paper(w *workspace.Workspace, reference string) (*render.Paper, error) {
	options, err := a.siteOptions(w, buildFlags{}, &terminal.Progress{Quiet: true})
	if err != nil {
		return nil, err
	}
	p, v, newer, err := w.LookupRange(reference, a.today())
	if err != nil {
		return nil, err
	}
	if newer == nil {
		return site.Paper(w.History.Policies, w.Repo, options, p, v)
	}
	return site.RedlinePaper(w.History.Policies, w.Repo, options, p, v, newer)
}
