package main

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/notify/email"
	"github.com/codicil/codicil/notify/ledger"
	"github.com/codicil/codicil/render"
)

// recordLine is one attempt as a bundle has it: all that its hash covers, the
// time once more for people, and the hash of the attempt before it.
type recordLine struct {
	Before    string       `json:"before,omitempty"`
	Seq       int64        `json:"seq"`
	Notice    string       `json:"notice"`
	Recipient string       `json:"recipient"`
	Time      int64        `json:"time"`
	State     notify.State `json:"state"`
	Stage     notify.Stage `json:"stage"`
	Code      int          `json:"code"`
	Enhanced  string       `json:"enhanced"`
	Reply     string       `json:"reply"`
	MessageID string       `json:"message_id"`
	SHA256    string       `json:"sha256"`
	Hash      string       `json:"hash"`
	At        string       `json:"at"`
}

func newRecordLine(a ledger.Attempt) recordLine {
	return recordLine{
		Seq: a.Seq, Notice: a.Notice, Recipient: hex.EncodeToString(a.Recipient), Time: a.Time.UnixMilli(),
		State: a.State, Stage: a.Stage, Code: a.Code, Enhanced: a.Enhanced, Reply: a.Reply,
		MessageID: a.MessageID, SHA256: a.SHA256, Hash: hex.EncodeToString(a.Hash), At: moment(a.Time),
	}
}

//go:embed proofbundle.md
var bundleReadme string

// bundle is a proof on its way into one file.
type bundle struct {
	zip  *zip.Writer
	sums []string // lines for sha256sum
	date time.Time
}

// bundle writes all that proves a notice to one file. The same ledger gives
// the same bytes.
func (a *app) bundle(ctx context.Context, m *mailing, l *ledger.Ledger, p *ledger.Proof, name string) error {
	f, err := os.CreateTemp(filepath.Dir(name), ".codicil-*")
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	defer os.Remove(f.Name()) // gone already once it is renamed
	b := &bundle{zip: zip.NewWriter(f), date: orLater(p.Last, p.Notice.Created)}
	err = b.fill(ctx, m, l, p)
	for _, end := range []func() error{b.zip.Close, f.Close} {
		if closing := end(); err == nil {
			err = closing
		}
	}
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	a.say("wrote %s", name)
	return nil
}

func orLater(t, least time.Time) time.Time {
	if t.Before(least) {
		return least
	}
	return t
}

func (b *bundle) fill(ctx context.Context, m *mailing, l *ledger.Ledger, p *ledger.Proof) error {
	summary, err := json.MarshalIndent(newProofJSON(p), "", "  ")
	if err != nil {
		return err
	}
	if err := b.add("proof.json", append(summary, '\n')); err != nil {
		return err
	}
	if err := b.text(m, p); err != nil {
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

// text adds the text that was announced, as git holds it, and what changed in it.
func (b *bundle) text(m *mailing, p *ledger.Proof) error {
	source, err := m.workspace.repo.ReadAt(p.Notice.Revision, p.Notice.Path)
	if err != nil {
		return fmt.Errorf("the text that was announced: %w", err)
	}
	if err := b.add("text.md", source); err != nil {
		return err
	}
	r := m.notice.Redline
	if r == nil {
		return nil
	}
	var page, markdown bytes.Buffer
	render.RedlineHTML(&page, r, render.RedlineOptions{Lang: m.notice.Lang})
	render.RedlineMarkdown(&markdown, r, 0)
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
		line := newRecordLine(a)
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
