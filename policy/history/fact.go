package history

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"runtime"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/codicil/codicil/policy"
	"github.com/go-git/go-git/v5/plumbing"
)

// fact is all that the history keeps of a text: the text itself is read again
// when it is asked for.
type fact struct {
	SHA256 string             `json:"sha256"`
	Words  string             `json:"words,omitempty"` // digest of the words and their structure; empty when it cannot be published
	Front  policy.FrontMatter `json:"front,omitzero"`
	Title  string             `json:"title,omitempty"`  // what it calls itself
	Lang   string             `json:"lang,omitempty"`   // that it is written in, by its words
	Dated  policy.Date        `json:"dated,omitzero"`   // what its "last updated" line says
	Fault  *policy.Diagnostic `json:"fault,omitempty"`  // File is left open: one text may have several paths
	Broken bool               `json:"broken,omitempty"` // Fault keeps its front matter from being read, or it says two things
	Moved  bool               `json:"moved,omitempty"`  // it says no more than where the text is now
	Print  uint64             `json:"print,omitempty"`  // its fingerprint, once somebody asked for it
}

// batch is how many texts are parsed one after the other: neighbours are most
// often versions of one policy, and share their sections.
const batch = 16

// blob is a text and its id.
type blob struct {
	id      plumbing.Hash
	text    []byte
	tooLong *tooLong // why it was not read
}

// gather fills known with the facts of every text in ids that it does not
// have. One goroutine reads, in the order given, as neighbours share their
// deltas; the others parse. The result does not depend on how many there are.
func gather(ctx context.Context, s *store, ids []plumbing.Hash, known map[plumbing.Hash]*fact) error {
	var mutex sync.Mutex
	var workers sync.WaitGroup
	jobs := make(chan []blob)
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			dates, parser := newDateReader(), new(policy.Parser)
			for blobs := range jobs {
				for _, b := range blobs {
					f := b.fact(parser, dates)
					mutex.Lock()
					known[b.id] = f
					mutex.Unlock()
				}
			}
		})
	}
	err := readBlobs(ctx, s, ids, jobs)
	close(jobs)
	workers.Wait()
	return err
}

// readBlobs hands out the texts in batches.
func readBlobs(ctx context.Context, s *store, ids []plumbing.Hash, jobs chan<- []blob) error {
	for some := range slices.Chunk(ids, batch) {
		blobs := make([]blob, 0, len(some))
		for _, id := range some {
			text, err := s.readText(id)
			var long *tooLong
			if err != nil && !errors.As(err, &long) {
				return err
			}
			blobs = append(blobs, blob{id, text, long})
		}
		select {
		case jobs <- blobs:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

func (b *blob) fact(parser *policy.Parser, dates *dateReader) *fact {
	if b.tooLong != nil {
		return b.tooLong.fact()
	}
	return newFact(b.text, parser, dates)
}

// newFact reads one text.
func newFact(text []byte, parser *policy.Parser, dates *dateReader) *fact {
	sum := sha256.Sum256(text)
	f := &fact{SHA256: hex.EncodeToString(sum[:])}
	if fault := policy.LFSPointer("", text); fault != nil {
		fault.Level = policy.Warning
		f.Fault = fault
		return f
	}
	doc, err := parser.ParseWords("", text)
	var fault *policy.Diagnostic
	if errors.As(err, &fault) {
		warning := *fault
		warning.Level = policy.Warning
		f.Fault = &warning
	}
	if doc == nil {
		return f
	}
	f.Words = digest(doc)
	f.Front = doc.Front
	f.Title, f.Lang = doc.Title(), policy.TextLanguage(doc)
	f.Moved = isStub(doc, text)
	if f.Broken = fault != nil && fault != doc.Foreign; !f.Broken {
		plain, _ := policy.UTF8("", text)
		f.Dated = dates.text(plain)
	}
	return f
}

// digest tells texts apart whose words, numbers, lists, tables, headings or
// links differ. Emphasis, white space, wrapping, heading levels and the marks
// that make a list are form: a commit that changes nothing else starts no
// version.
func digest(doc *policy.Document) string {
	size := 0
	for i := range doc.Blocks {
		for _, s := range doc.Blocks[i].Spans {
			size += len(s.Text) + len(s.Link) + 16
		}
	}
	text := make([]byte, 0, size)
	for i := range doc.Blocks {
		if b := &doc.Blocks[i]; b.Kind != policy.Rule {
			text = appendBlock(text, b)
		}
	}
	sum := sha256.Sum256(text)
	return base64.RawStdEncoding.EncodeToString(sum[:16])
}

// appendBlock writes down what counts of a block; NUL ends each part.
func appendBlock(text []byte, b *policy.Block) []byte {
	switch b.Kind {
	case policy.Heading:
		text = append(text, "heading\x00"...)
	case policy.Code:
		text = append(text, "code\x00"...)
		return append(append(text, b.Text()...), 0)
	}
	for _, c := range b.Path {
		switch c.Kind {
		case policy.Item:
			text = append(append(append(text, "item "...), c.Number...), 0)
		case policy.HeadCell, policy.Cell:
			text = append(text, "cell\x00"...)
		}
	}
	from := len(text)
	for i := range b.Spans {
		text = append(text, b.Spans[i].Text...)
	}
	text = spaceOnce(text, from)
	for _, s := range b.Spans {
		if s.Link != "" {
			text = append(append(append(text, 0), "link "...), linkTarget(s.Link)...)
		}
	}
	return append(text, 0)
}

// spaceOnce leaves one space after each word from a place on.
func spaceOnce(text []byte, from int) []byte {
	if spacedPlainly(text[from:]) {
		return append(text, ' ')
	}
	words := string(text[from:])
	text = text[:from]
	for word := range strings.FieldsSeq(words) {
		text = append(append(text, word...), ' ')
	}
	return text
}

// spacedPlainly reports whether nothing but single spaces is between words:
// then they need not be told apart one by one.
func spacedPlainly(words []byte) bool {
	if plainASCII(words) {
		return !bytes.Contains(words, []byte("  ")) && words[0] != ' ' && words[len(words)-1] != ' '
	}
	last := byte(' ')
	for i, c := range words {
		if c <= ' ' && (c != ' ' || last == ' ') || c >= 0xC2 && c <= 0xE3 && beginsSpace(words[i:]) {
			return false
		}
		last = c
	}
	return last != ' '
}

// plainASCII reports whether there are bytes, and all are letters, marks or spaces
// of ASCII, eight at a time.
func plainASCII(words []byte) bool {
	const low, high = 0x2020202020202020, 0x8080808080808080
	rest := words
	for ; len(rest) >= 8; rest = rest[8:] {
		if x := binary.NativeEndian.Uint64(rest); (x|(x-low))&high != 0 {
			return false
		}
	}
	for _, c := range rest {
		if c < ' ' || c >= utf8.RuneSelf {
			return false
		}
	}
	return len(words) > 0
}

// beginsSpace reports whether a character of several bytes is white space; all
// of these begin with a byte from 0xC2 to 0xE3.
func beginsSpace(words []byte) bool {
	r, _ := utf8.DecodeRune(words)
	return unicode.IsSpace(r)
}

// linkTarget leaves out what a link carries besides the page that it leads to:
// tracking parameters and places on the page.
func linkTarget(link string) string {
	if end := strings.IndexAny(link, "?#"); end >= 0 {
		return link[:end]
	}
	return link
}
