package proof

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/notify/email"
	"github.com/codicil/codicil/notify/ledger"
	"github.com/codicil/codicil/policy/redline"
	"github.com/codicil/codicil/render"
)

//go:embed bundle.md
var bundleReadme string

// Announced is what a bundle shows beside the records: the text that was
// announced, and what changed in it.
type Announced struct {
	Source  []byte           // of the text, as git holds it
	Redline *redline.Redline // nil for none
	Lang    string           // of the text, as a BCP 47 tag
}

// bundle is a proof on its way into one file.
type bundle struct {
	zip  *zip.Writer
	sums []string // lines for sha256sum
	date time.Time
}

// WriteBundle writes all that proves a notice as one zip file. The same ledger
// gives the same bytes.
func WriteBundle(ctx context.Context, w io.Writer, l *ledger.Ledger, p *ledger.Proof, text Announced) error {
	b := &bundle{zip: zip.NewWriter(w), date: orLater(p.Last, p.Notice.Created)}
	err := b.fill(ctx, l, p, text)
	if closing := b.zip.Close(); err == nil {
		err = closing
	}
	return err
}

func orLater(t, least time.Time) time.Time {
	if t.Before(least) {
		return least
	}
	return t
}

func (b *bundle) fill(ctx context.Context, l *ledger.Ledger, p *ledger.Proof, text Announced) error {
	summary, err := json.MarshalIndent(NewSummary(p), "", "  ")
	if err != nil {
		return err
	}
	if err := b.add("proof.json", append(summary, '\n')); err != nil {
		return err
	}
	if err := b.text(text); err != nil {
		return err
	}
	if err := b.messages(l, p); err != nil {
		return err
	}
	if err := b.attempts(ctx, l, p.Notice.ID); err != nil {
		return err
	}
	if err := b.add("README.md", []byte(b.readme(p))); err != nil {
		return err
	}
	slices.Sort(b.sums)
	return b.add("SHA256SUMS", []byte(strings.Join(b.sums, "")))
}

// text adds the text that was announced, and what changed in it.
func (b *bundle) text(text Announced) error {
	if err := b.add("text.md", text.Source); err != nil {
		return err
	}
	if text.Redline == nil {
		return nil
	}
	var page, markdown bytes.Buffer
	render.RedlineHTML(&page, text.Redline, render.RedlineOptions{Lang: text.Lang})
	render.RedlineMarkdown(&markdown, text.Redline, 0)
	if err := b.add("redline.html", page.Bytes()); err != nil {
		return err
	}
	return b.add("redline.md", markdown.Bytes())
}

// messages adds each message with its slots empty, as all were made from, and
// filled in for nobody, to be looked at.
func (b *bundle) messages(l *ledger.Ledger, p *ledger.Proof) error {
	for _, t := range p.Notice.Texts {
		if err := b.add("message-"+t.Lang+".template", t.Message); err != nil {
			return err
		}
		message, err := email.Load(p.Notice.ID, t.Lang, t.Message, l.Key())
		if err != nil {
			return err
		}
		sample, _, err := message.For(notify.Recipient{Email: "nobody@example.invalid"})
		if err != nil {
			return err
		}
		if err := b.add("message-"+t.Lang+".eml", sample); err != nil {
			return err
		}
	}
	return nil
}

// attempts adds the records of the notice, one a line. Records of other
// notices stand between them in the chain; of those there is the hash alone.
func (b *bundle) attempts(ctx context.Context, l *ledger.Ledger, id string) error {
	w, done, err := b.create("attempts.ndjson")
	if err != nil {
		return err
	}
	lines := json.NewEncoder(w)
	lines.SetEscapeHTML(false)
	before := strings.Repeat("0", 2*sha256.Size)
	err = l.Attempts(ctx, "", func(a ledger.Attempt) error {
		line := newAttempt(a)
		line.Before, before = before, line.Hash
		if a.Notice != id {
			return nil
		}
		return lines.Encode(line)
	})
	done()
	return err
}

// readme fills in what the steps name.
func (b *bundle) readme(p *ledger.Proof) string {
	return strings.NewReplacer(
		"{notice}", p.Notice.ID, "{commit}", p.Notice.Revision, "{path}", p.Notice.Path, "{digest}", p.Notice.Digest, "{head}", p.Chain.Head,
	).Replace(bundleReadme)
}

// add writes one file and notes its digest.
func (b *bundle) add(name string, content []byte) error {
	w, done, err := b.create(name)
	if err != nil {
		return err
	}
	_, err = w.Write(content)
	done()
	return err
}

// create begins a file; done notes its digest.
func (b *bundle) create(name string) (w io.Writer, done func(), err error) {
	w, err = b.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: b.date.UTC()})
	sum := sha256.New()
	if err != nil {
		return nil, nil, err
	}
	return io.MultiWriter(w, sum), func() { b.sums = append(b.sums, fmt.Sprintf("%x  %s\n", sum.Sum(nil), name)) }, nil
}
