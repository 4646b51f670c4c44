package counsel

import (
	"bytes"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
	readword "github.com/codicil/codicil/policy/repair/docx"
	"github.com/codicil/codicil/render/docx"
)

const lending = `---
title: Lending rules
---
# Lending rules

## 1. Loans

We lend each book for three weeks.

## 2. Fines

A late book costs ten cents a day.
`

// written is the Word file of a version, read back as it came.
func written(t *testing.T) *readword.Result {
	t.Helper()
	doc, err := policy.Parse("lending.md", []byte(lending))
	if err != nil {
		t.Fatal(err)
	}
	p, v := &policy.Policy{ID: "lending", Title: "Lending rules"}, &policy.Version{Label: "1.0", SHA256: "abc"}
	var b bytes.Buffer
	if err := Write(&b, p, v, doc, "Library"); err != nil {
		t.Fatal(err)
	}
	read, err := readword.Read("lending.docx", b.Bytes(), readword.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return read
}

func TestAFileKnowsOfWhichVersionItWasMade(t *testing.T) {
	read := written(t)
	if read.Version != "lending@1.0" || read.Digest != "abc" {
		t.Errorf("version %q, digest %q", read.Version, read.Digest)
	}
}

func TestAFileThatNobodyEditedBringsNothingBack(t *testing.T) {
	r, err := Return("lending.md", []byte(lending), written(t))
	if err != nil {
		t.Fatal(err)
	}
	if r.Report.Changes != 0 || len(r.Report.Left) != 0 || string(r.Markdown) != lending {
		t.Errorf("%+v\n%s", r.Report, r.Markdown)
	}
}

func TestAnEditComesBackAndIsCounted(t *testing.T) {
	old, err := policy.Parse("lending.md", []byte(lending))
	if err != nil {
		t.Fatal(err)
	}
	now, err := policy.Parse("lending.md", []byte(strings.Replace(lending, "three weeks", "two weeks", 1)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := docx.Write(&b, redline.Compare(old, now), docx.Options{}); err != nil {
		t.Fatal(err)
	}
	read, err := readword.Read("lending.docx", b.Bytes(), readword.Options{Changes: readword.Accept})
	if err != nil {
		t.Fatal(err)
	}
	r, err := Return("lending.md", []byte(lending), read)
	if err != nil {
		t.Fatal(err)
	}
	if r.Report.Changes != 1 || !strings.Contains(string(r.Markdown), "for two weeks") || r.Rewritten {
		t.Errorf("%+v\n%s", r.Report, r.Markdown)
	}
}
