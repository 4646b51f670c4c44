package site

import (
	"bytes"
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/render"
)

// plainPrinter prints what it is given, so that a test can read it.
type plainPrinter struct{ name string }

func (p plainPrinter) Name() string { return p.name }

func (plainPrinter) Print(p *render.Paper) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(p.Reference + "\n" + p.Label + "\n" + p.Digest + "\n" + p.Address + "\n")
	err := p.HTML(&b)
	return b.Bytes(), err
}

func TestEveryPermanentPageHasItsPaper(t *testing.T) {
	s, o := library(t), options(t)
	o.Printer, o.BaseURL = plainPrinter{"a printer"}, "https://example.com/legal/"
	dst := s.build(o)
	files := allFiles(t, dst)
	for page := range files {
		dir, isPage := strings.CutSuffix(page, "index.html")
		permanent := files[dir+"index.json"] != "" && !strings.Contains(dir, "current")
		if isPage && permanent && strings.Count(dir, "/") > 1 && !strings.HasSuffix(dir, "upcoming/") && dir != "de/privacy/" && dir != "ar/privacy/" && files[dir+"index.pdf"] == "" {
			t.Errorf("%s has no file for paper", dir)
		}
	}
	paper := files["privacy/2.0/index.pdf"]
	for _, want := range []string{"privacy@2.0\nVersion 2.0 · effective 15 January 2027 · published 1 November 2026\n", "https://example.com/legal/privacy/2.0/", "two years"} {
		if !strings.Contains(paper, want) {
			t.Errorf("the sheets lack %q:\n%s", want, paper)
		}
	}
	if terms := files["terms/1/index.pdf"]; !strings.Contains(terms, `href="https://example.com/legal/privacy/`) {
		t.Errorf("a link to another text does not hold on paper:\n%s", terms)
	}
	redline := files["privacy/compare/1.1...2.0/index.pdf"]
	for _, want := range []string{"privacy@1.1...2.0\n", "Version 1.1, effective 1 March 2026 → Version 2.0, effective 15 January 2027", "<del>", "We tell you"} {
		if want != "We tell you" && !strings.Contains(redline, want) {
			t.Errorf("the redline lacks %q:\n%s", want, redline)
		}
	}
	if strings.Contains(redline, "<details") {
		t.Error("the redline on paper folds something away")
	}
	for page, to := range map[string]string{"privacy/2.0/index.html": "./index.pdf", "privacy/index.html": "./1.1/index.pdf", "privacy/compare/1.1...2.0/index.html": "./index.pdf"} {
		if len(all(document(t, files, page), `a[type="application/pdf"][href="`+to+`"]`)) != 1 {
			t.Errorf("%s does not lead to %s", page, to)
		}
	}
	if !strings.Contains(files[ManifestName], "privacy/2.0/index.pdf") {
		t.Error("the manifest does not list the sheets")
	}
}

func TestASheetWithoutASiteLeadsNowhereElse(t *testing.T) {
	s, o := library(t), options(t)
	terms := s.policies[1]
	paper, err := Paper(s.policies, s.texts, o, terms, terms.Versions[0])
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(paper.Body), "href") || paper.Address != "" || !strings.Contains(string(paper.Body), "privacy") {
		t.Errorf("the sheets are %s, of %q", paper.Body, paper.Address)
	}
}

func TestExportedSheetsAreThoseOfTheSite(t *testing.T) {
	s, o := library(t), options(t)
	o.Printer = plainPrinter{"a printer"}
	files := allFiles(t, s.build(o))
	p := s.policies[0]
	text, err := Paper(s.policies, s.texts, o, p, p.Versions[0])
	if err != nil {
		t.Fatal(err)
	}
	redline, err := RedlinePaper(s.policies, s.texts, o, p, p.Versions[1], p.Versions[0])
	if err != nil {
		t.Fatal(err)
	}
	for name, paper := range map[string]*render.Paper{"privacy/2.0/index.pdf": text, "privacy/compare/1.1...2.0/index.pdf": redline} {
		if data, err := o.Printer.Print(paper); err != nil || string(data) != files[name] {
			t.Errorf("%s differs from what is exported (%v)", name, err)
		}
	}
}

func TestPrintedSitesStayPrinted(t *testing.T) {
	s, o := library(t), options(t)
	o.Printer = plainPrinter{"a printer"}
	dst := s.build(o)
	if found, err := CompareBuilt(context.Background(), dst, s.policies, s.texts, func() Options { o := o; o.Printer = nil; return o }()); err != nil || len(found) > 0 {
		t.Errorf("compared with one that nobody printed: %v, %v", found, err)
	}
	before := allFiles(t, dst)["privacy/2.0/index.pdf"]
	o.Printer = plainPrinter{"another"}
	if _, err := Build(context.Background(), dst, s.policies, s.texts, o); err != nil {
		t.Fatal(err)
	}
	if allFiles(t, dst)["privacy/2.0/index.pdf"] != before {
		t.Error("the same sheets differ")
	}
	o.Printer = nil
	_, err := Build(context.Background(), dst, s.policies, s.texts, o)
	var d *policy.Diagnostic
	if !errors.As(err, &d) || !strings.Contains(d.Message, "index.pdf") || !strings.Contains(d.Hint, "--pdf") {
		t.Errorf("error = %v", err)
	}
	if fresh := s.build(o); len(allFiles(t, filepath.Join(fresh, "privacy"))) == 0 {
		t.Error("nothing was built")
	}
}
