package history

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"

	"github.com/codicil/codicil/policy"
	"github.com/go-git/go-git/v5/plumbing"
)

// index is what one run leaves for the next: the steps of the walk from a
// commit back to the first one, and the facts of their texts. Deleting it
// costs time and nothing else. The next walk stops where it meets the head of
// the index; if it never does, history was rewritten and the steps are not
// used. Facts belong to a text, whatever history it stands in.
type index struct {
	Head  string           `json:"head"`
	Steps []savedStep      `json:"steps"`
	Facts map[string]*fact `json:"facts"`
}

type savedStep struct {
	Commit    string      `json:"c"`
	Committed stamp       `json:"a"`
	Published stamp       `json:"p"`
	Changes   [][3]string `json:"f"` // path before, path after, text
}

// indexFormat counts the changes to what an index holds.
const indexFormat = 2

// indexFile names the index that this very program would write for the files
// of interest. Another build may parse texts in another way.
func indexFile(folder string, names []string) string {
	build := fmt.Sprint(indexFormat, names)
	if info, ok := debug.ReadBuildInfo(); ok {
		build += info.String()
	}
	if program, err := os.Executable(); err == nil {
		if info, err := os.Stat(program); err == nil {
			build += fmt.Sprint(info.Size(), info.ModTime().UnixNano())
		}
	}
	sum := sha256.Sum256([]byte(build))
	return filepath.Join(folder, "history-"+hex.EncodeToString(sum[:8])+".json")
}

// loadIndex reads an index. One that is not there, cut short or altered is an
// empty one. Its first line is the digest of the rest.
func loadIndex(file string) *index {
	empty := &index{}
	content, err := os.ReadFile(file)
	if err != nil {
		return empty
	}
	digest, body, _ := bytes.Cut(content, []byte("\n"))
	if sum := sha256.Sum256(body); string(digest) != hex.EncodeToString(sum[:]) {
		return empty
	}
	var x index
	if err := json.Unmarshal(body, &x); err != nil {
		return empty
	}
	return &x
}

// save writes the index in one piece: whoever reads it meanwhile sees the old
// one or the new one.
func (x *index) save(file string) error {
	body, err := json.Marshal(x)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	temporary, err := os.CreateTemp(filepath.Dir(file), ".history-*")
	if err != nil {
		return err
	}
	defer os.Remove(temporary.Name())
	sum := sha256.Sum256(body)
	_, err = fmt.Fprintf(temporary, "%x\n%s", sum, body)
	if closed := temporary.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	return os.Rename(temporary.Name(), file)
}

// steps returns the saved steps as a walk would.
func (x *index) steps() []step {
	steps := make([]step, len(x.Steps))
	for i, s := range x.Steps {
		steps[i] = step{commit: plumbing.NewHash(s.Commit), committed: s.Committed, published: s.Published}
		for _, c := range s.Changes {
			steps[i].changes = append(steps[i].changes, change{from: c[0], to: c[1], blob: plumbing.NewHash(c[2])})
		}
	}
	return steps
}

// newIndex keeps steps, and the facts of the texts in them.
func newIndex(head plumbing.Hash, steps []step, facts map[plumbing.Hash]*fact) *index {
	x := &index{Head: head.String(), Steps: make([]savedStep, len(steps)), Facts: make(map[string]*fact)}
	for i, s := range steps {
		x.Steps[i] = savedStep{Commit: s.commit.String(), Committed: s.committed, Published: s.published}
		for _, c := range s.changes {
			blob := c.blob.String()
			x.Steps[i].Changes = append(x.Steps[i].Changes, [3]string{c.from, c.to, blob})
			if f := facts[c.blob]; f != nil {
				x.Facts[blob] = f
			}
		}
	}
	return x
}

// loadIndex takes over the facts of the saved index, and returns it. A shallow
// clone has no index: what its last commit seems to add is not news.
func (b *builder) loadIndex() *index {
	if b.options.Index == "" || len(b.boundary) > 0 {
		return &index{}
	}
	x := loadIndex(b.indexFile())
	for id, f := range x.Facts {
		b.facts[plumbing.NewHash(id)] = f
	}
	return x
}

// saveIndex leaves what this run found, if it is more than it was given.
func (b *builder) saveIndex(head plumbing.Hash, given *index) {
	if b.options.Index == "" || len(b.boundary) > 0 || usesTags(b.options) {
		return
	}
	x := newIndex(head, b.steps, b.facts)
	if x.Head == given.Head && len(x.Facts) == len(given.Facts) {
		return
	}
	if err := x.save(b.indexFile()); err != nil {
		b.warnings = append(b.warnings, &policy.Diagnostic{
			File: b.options.Index, Level: policy.Warning, Rule: "index",
			Message: "the index of the history cannot be saved: " + err.Error(),
			Hint:    "the next run reads the whole history again; make the folder writable to spare that",
		})
	}
}

func (b *builder) indexFile() string {
	return indexFile(b.options.Index, b.choose.names)
}

// usesTags tells whether tags start versions. Tags stand on commits that
// changed no file too, which an index does not keep.
func usesTags(o Options) bool { return o.Starts == policy.StartTag }
