package proof

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/flate"
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/codicil/codicil/notify"
	"github.com/codicil/codicil/notify/email"
	"github.com/codicil/codicil/notify/ledger"
)

//go:embed bundle.md
var bundleReadme string

// The names under which a ledger keeps what is fixed with a notice, and a bundle
// shows it.
const (
	FrozenText     = "text.md" // as git holds it
	FrozenRedline  = "redline.html"
	FrozenMarkdown = "redline.md"
	FrozenPlan     = "plan.json" // as it was shown before the notice was begun
)

// Frozen lists them.
func Frozen() []string { return []string{FrozenText, FrozenRedline, FrozenMarkdown, FrozenPlan} }

// ErrDisagree is the error of a bundle whose parts contradict one another.
var ErrDisagree = errors.New("the parts of the bundle disagree, and it was not made")

// File is one file of a bundle.
type File struct {
	Name    string
	Content []byte
}

// The names of what shows that a version is in the log of versions.
const (
	LogProof     = "version.tlog-proof"
	LogTimestamp = "checkpoint.tsr"
)

// bundle is a proof on its way into one file.
type bundle struct {
	zip  *zip.Writer
	sums []string        // lines for sha256sum
	has  map[string]bool // what was fixed with the notice
	date time.Time
}

// WriteBundle writes all that proves a notice as one zip file: what was fixed
// with it, never what would be made now. Source is the text as git holds it, for
// notices of ledgers that did not keep it. Logged shows that the version is in
// the log of versions, as far as it is. The whole ledger is verified on the way, and
// p says so afterwards. The same ledger and log give the same bytes.
func WriteBundle(ctx context.Context, w io.Writer, l *ledger.Ledger, p *ledger.Proof, source []byte, logged ...File) error {
	b := &bundle{zip: zip.NewWriter(w), has: map[string]bool{}, date: orLater(p.Last, p.Notice.Created)}
	// What is in it is mostly hashes, on which harder packing is wasted time.
	b.zip.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
	err := b.fill(ctx, l, p, source, logged)
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

func (b *bundle) fill(ctx context.Context, l *ledger.Ledger, p *ledger.Proof, source []byte, logged []File) error {
	if err := b.frozen(ctx, l, p, source); err != nil {
		return err
	}
	if err := b.messages(l, p); err != nil {
		return err
	}
	if err := b.records(ctx, l, p); err != nil {
		return err
	}
	extent, err := NewExtent(ctx, l, p.Notice.ID)
	if err != nil {
		return err
	}
	summary, err := json.MarshalIndent(NewSummary(p, extent), "", "  ")
	if err != nil {
		return err
	}
	if err := b.add("proof.json", append(summary, '\n')); err != nil {
		return err
	}
	for _, f := range logged {
		if err := b.add(f.Name, f.Content); err != nil {
			return err
		}
	}
	if err := b.add("README.md", []byte(b.readme(p))); err != nil {
		return err
	}
	slices.Sort(b.sums)
	return b.add("SHA256SUMS", []byte(strings.Join(b.sums, "")))
}

// frozen adds what was fixed with the notice: its text, what changed in it, the
// plan.
func (b *bundle) frozen(ctx context.Context, l *ledger.Ledger, p *ledger.Proof, source []byte) error {
	for _, name := range Frozen() {
		content, err := l.Frozen(ctx, p.Notice.ID, name)
		if err != nil {
			return err
		}
		if name == FrozenText {
			if content == nil {
				content = source
			}
			if digest := fmt.Sprintf("%x", sha256.Sum256(content)); digest != p.Notice.Digest {
				return fmt.Errorf("%w: the text has sha256 %s, and %s was announced", ErrDisagree, digest, p.Notice.Digest)
			}
		}
		if content == nil {
			continue
		}
		b.has[name] = true
		if err := b.add(name, content); err != nil {
			return err
		}
	}
	return nil
}

// messages adds each message with its slots empty, as all were made from, and
// filled in for nobody, to be looked at.
func (b *bundle) messages(l *ledger.Ledger, p *ledger.Proof) error {
	for _, t := range p.Notice.Texts {
		if p.Notice.Channel != "" {
			if err := b.add("message-"+t.Lang+".json", t.Message); err != nil {
				return err
			}
			continue
		}
		if err := b.add("message-"+t.Lang+".template", t.Message); err != nil {
			return err
		}
		message, err := email.Load(p.Notice.ID, t.Lang, t.Message, l.Key())
		if err != nil {
			return err
		}
		sample, _, err := message.For(notify.Recipient{Email: "nobody@example.invalid"}, orLater(p.First, p.Notice.Created))
		if err != nil {
			return err
		}
		if err := b.add("message-"+t.Lang+".eml", sample); err != nil {
			return err
		}
	}
	return nil
}

// records adds the records of the notice, one a line: the attempts, and the
// entries that began it, added to it or ended what was due. Records of other
// notices are between them in the chain; of those there is the hash alone.
func (b *bundle) records(ctx context.Context, l *ledger.Ledger, p *ledger.Proof) error {
	w, done, err := b.create("attempts.ndjson")
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(w, 64<<10)
	var entries []Entry
	var line []byte
	tries := int64(0)
	p.Chain, err = l.VerifyEach(ctx, func(r ledger.Link) error {
		switch {
		case r.Entry != nil && (r.Entry.Notice == p.Notice.ID || r.Entry.Kind == ledger.EntryDeclined && r.Entry.Notice == versionOf(p.Notice.ID)):
			entries = append(entries, newEntry(r.Before, r.Entry))
		case r.Attempt != nil && r.Attempt.Notice == p.Notice.ID:
			tries++
			line = appendAttempt(line[:0], r.Before, r.Attempt)
			_, err := out.Write(line)
			return err
		}
		return nil
	})
	err = errors.Join(err, out.Flush())
	done()
	if err != nil {
		return err
	}
	if tries != p.Tries {
		return fmt.Errorf("%w: %d attempts are on record, and the notice counts %d", ErrDisagree, tries, p.Tries)
	}
	return b.entries(entries, p)
}

// entries adds the entries, and holds what is in the bundle against them.
func (b *bundle) entries(entries []Entry, p *ledger.Proof) error {
	var text bytes.Buffer
	lines := json.NewEncoder(&text)
	lines.SetEscapeHTML(false)
	for _, e := range entries {
		if err := b.agrees(e, p); err != nil {
			return err
		}
		if err := lines.Encode(e); err != nil {
			return err
		}
	}
	return b.add("entries.ndjson", text.Bytes())
}

// agrees holds the start of a notice against what the bundle shows of it.
func (b *bundle) agrees(e Entry, p *ledger.Proof) error {
	if e.Kind != ledger.EntryStart {
		return nil
	}
	var start struct{ Text, Messages string }
	if err := json.Unmarshal([]byte(e.Detail), &start); err != nil {
		return fmt.Errorf("read the start of the notice: %w", err)
	}
	if start.Text != p.Notice.Digest {
		return fmt.Errorf("%w: the notice was begun about another text", ErrDisagree)
	}
	for i, digest := range p.Digests() {
		if !strings.Contains(start.Messages, digest+" message-"+p.Notice.Texts[i].Lang) {
			return fmt.Errorf("%w: the message in %s is not the one with which the notice was begun", ErrDisagree, p.Notice.Texts[i].Lang)
		}
	}
	for _, line := range b.sums {
		digest, name, _ := strings.Cut(strings.TrimSpace(line), "  ")
		if b.has[name] && strings.Contains(start.Messages, " "+name) && !strings.Contains(start.Messages, digest+" "+name) {
			return fmt.Errorf("%w: %s is not the one with which the notice was begun", ErrDisagree, name)
		}
	}
	return nil
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
