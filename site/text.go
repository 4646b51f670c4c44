package site

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/codicil/codicil/policy"
)

// text is one version with its words, while its pages are being written.
type text struct {
	index int // among the versions of the plan
	raw   []byte
	doc   *policy.Document
}

// read fetches and parses one version. A text with faults is published
// nevertheless, as it was published before, and the faults become warnings.
func (b *builder) read(pl *plan, i int) (*text, error) {
	v := pl.versions[i]
	ref := pl.policy.Ref(v)
	raw, err := b.src.Text(v)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", ref, err)
	}
	sum := sha256.Sum256(raw)
	if digest := hex.EncodeToString(sum[:]); v.SHA256 != "" && v.SHA256 != digest {
		return nil, fmt.Errorf("the text of %s has digest %s, but its history says %s", ref, digest, v.SHA256)
	}
	doc, err := parse(v.Path, raw)
	if err != nil {
		b.warn(diagnostic(ref, v.Path, err))
	}
	if doc == nil {
		return nil, fmt.Errorf("parsing %s: %w", ref, err)
	}
	dead := b.links.settle(v.Path, doc)
	if i == pl.current {
		for _, link := range dead {
			b.warn(&policy.Diagnostic{File: v.Path, Level: policy.Warning, Rule: "dead-link", Message: ref + ": the link " + link + " leads to no page of this site"})
		}
	}
	rank(doc.Blocks)
	return &text{index: i, raw: raw, doc: doc}, nil
}

// parse takes a text apart; bytes that are not UTF-8 are shown as U+FFFD.
func parse(name string, raw []byte) (*policy.Document, error) {
	doc, err := policy.Parse(name, raw)
	if doc != nil || err == nil {
		return doc, err
	}
	doc, again := policy.Parse(name, bytes.ToValidUTF8(raw, []byte("\uFFFD")))
	return doc, errors.Join(err, again)
}

// diagnostic makes a warning about one version of an error.
func diagnostic(ref, path string, err error) *policy.Diagnostic {
	warning := policy.Diagnostic{File: path, Rule: "text", Message: err.Error()}
	var d *policy.Diagnostic
	if errors.As(err, &d) {
		warning = *d
	}
	warning.Level = policy.Warning
	warning.Message = ref + ": " + warning.Message
	return &warning
}

// rank gives the headings of a text ranks that fit a page: below the page's
// own, and never skipping one, whatever the author wrote (WCAG 1.3.1).
func rank(blocks []policy.Block) {
	var open []int
	for i := range blocks {
		if blocks[i].Kind != policy.Heading {
			continue
		}
		for len(open) > 0 && open[len(open)-1] >= blocks[i].Level {
			open = open[:len(open)-1]
		}
		open = append(open, blocks[i].Level)
		blocks[i].Level = min(6, 1+len(open))
	}
}

// title returns the heading with which a text begins, if it stands for the
// whole of it.
func title(d *policy.Document) *policy.Block {
	if len(d.Blocks) == 0 {
		return nil
	}
	first := &d.Blocks[0]
	if first.Kind != policy.Heading || len(first.Path) > 0 || first.Text() == "" {
		return nil
	}
	for i := 1; i < len(d.Blocks); i++ {
		if d.Blocks[i].Kind == policy.Heading && d.Blocks[i].Level <= first.Level {
			return nil
		}
	}
	return first
}

// untitled returns the document without its title, which the page shows by
// itself.
func untitled(d *policy.Document) *policy.Document {
	if title(d) == nil {
		return d
	}
	rest := *d
	rest.Blocks = append([]policy.Block(nil), d.Blocks[1:]...)
	rank(rest.Blocks)
	if len(rest.Clauses) == 1 {
		rest.Clauses = rest.Clauses[0].Children
	}
	return &rest
}

// name returns what a version of a policy is called: by its front matter, its
// first heading, or the policy's title.
func name(pl *plan, d *policy.Document) string {
	if d.Front.Title != "" {
		return d.Front.Title
	}
	if t := title(d); t != nil {
		return clip(t.Text(), maxWords)
	}
	if pl.policy.Title != "" {
		return pl.policy.Title
	}
	return pl.policy.ID
}
