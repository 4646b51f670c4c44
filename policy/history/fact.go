package history

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"runtime"
	"slices"
	"sync"

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
	doc, words, err := parser.ParseWords("", text)
	var fault *policy.Diagnostic
	if errors.As(err, &fault) {
		warning := *fault
		warning.Level = policy.Warning
		f.Fault = &warning
	}
	if doc == nil {
		return f
	}
	f.Words, f.Front = words, doc.Front
	f.Title, f.Lang = doc.Title(), parser.Language(doc)
	f.Moved = isStub(doc, text)
	if f.Broken = fault != nil && fault != doc.Foreign; !f.Broken {
		plain, _ := policy.UTF8("", text)
		f.Dated = dates.text(plain)
	}
	return f
}
