package main

import (
	"bytes"
	"errors"

	"github.com/codicil/codicil/policy/config"
	"github.com/codicil/codicil/policy/redline"
	"github.com/codicil/codicil/policy/workspace"
	"github.com/codicil/codicil/render/docx"
	"github.com/codicil/codicil/render/terminal"
)

// wordOutput fails where a Word document would end up on a screen.
func (a *app) wordOutput(f diffFlags) error {
	if _, screen := terminal.Size(a.stdout); !screen || f.output != "" || f.stat || f.format != "docx" {
		return nil
	}
	return &exitError{code: exitUsage, err: hinted(errors.New("a Word document is not text for a terminal"), "name a file for it: -o redline.docx")}
}

// writeWord writes a redline as a Word document with tracked changes. They are
// those of the configured title, of the time at which the newer version was
// published.
func (a *app) writeWord(b *bytes.Buffer, p workspace.Pair, r *redline.Redline) error {
	if b.Len() > 0 {
		return severalChanged("a Word document")
	}
	cfg, err := config.Load(a.config)
	if err != nil {
		return err
	}
	o := docx.Options{Author: cfg.Title, Date: p.After.Published, Title: p.Before.Name + " → " + p.After.Name, Lang: p.Language()}
	return docx.Write(b, r, o)
}
