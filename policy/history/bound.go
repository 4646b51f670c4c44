package history

import (
	"errors"
	"fmt"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/go-git/go-git/v5/plumbing"
)

// What is read of one repository is bounded: a few small objects can stand for
// more files, or for longer texts, than any machine holds. Each bound lies far
// above what a repository of documents needs, and each message names it.
const (
	manyEntries = 100_000   // from which on folders are weighed before they are opened
	mostEntries = 5_000_000 // files and folders of one commit that differ from its parent
	mostTexts   = 1_000_000 // texts among them, and texts in one folder with all below it
	mostPath    = 4096      // bytes: no system checks out a longer path
	mostObject  = 64 << 20  // bytes of one folder, commit or file; a text has policy.MaxText
)

// errTooMany ends a comparison that is beyond the bounds.
var errTooMany = errors.New("too many files")

// tooMany is the fault of a commit that is beyond the bounds however it is read.
func tooMany(commit plumbing.Hash) error {
	return &policy.Diagnostic{
		Level:   policy.Error,
		Message: fmt.Sprintf("commit %s changes more than %d files: a commit with more is not read", commit, mostEntries),
		Hint:    "keep policies in a repository of their own",
	}
}

// tooLong is an object that is beyond the bounds.
type tooLong struct {
	id   plumbing.Hash
	size int64
}

// Error names the bound.
func (t *tooLong) Error() string {
	return fmt.Sprintf("object %s has %d bytes: no more than %d are read of a file, a folder or a commit", t.id, t.size, mostObject)
}

// fault says what to do about it.
func (t *tooLong) fault() *policy.Diagnostic {
	return &policy.Diagnostic{Level: policy.Error, Message: t.Error(), Hint: "find what it is with: git log --all --find-object=" + t.id.String()}
}

// fact is that of a text that is not read.
func (t *tooLong) fact() *fact { return &fact{Fault: policy.TooLong("", t.size)} }

// warnOfLeftOut names the folders that hold too much. It is an error as long
// as the newest commit has them.
func (b *builder) warnOfLeftOut(head plumbing.Hash) error {
	c, err := b.store.readCommit(head)
	if err != nil {
		return err
	}
	seen := make(map[string]bool)
	for i := range b.steps {
		for _, folder := range b.steps[i].leftOut {
			if seen[folder] {
				continue
			}
			seen[folder] = true
			d := &policy.Diagnostic{
				File: folder, Level: policy.Warning, Rule: "too-many-files",
				Message: fmt.Sprintf("commit %.12s: this folder holds more than %d texts or %d files, or its path has more than %d bytes: nothing of it is read", b.steps[i].commit, mostTexts, mostEntries, mostPath),
				Hint:    fmt.Sprintf("look at it with: git ls-tree %.12s %s/", b.steps[i].commit, folder),
			}
			if e, err := b.store.lookUp(c.tree, strings.TrimSuffix(folder, "/")); err != nil {
				return err
			} else if e != nil {
				d.Level = policy.Error
			}
			b.warnings = append(b.warnings, d)
		}
	}
	return nil
}

// weigher counts the texts below folders, each folder once, however often it
// is in a tree.
type weigher struct {
	read  func(plumbing.Hash) ([]byte, error)
	want  func(name string) bool
	known map[plumbing.Hash]weight
}

// weight is how much lies below a folder; counts end at their bounds.
type weight struct {
	entries, texts int
	heavyFolders   int // of the folders right below
}

func (w weight) heavy() bool { return w.entries >= mostEntries || w.texts >= mostTexts }

// weigh returns the weight of a folder.
func (w *weigher) weigh(id plumbing.Hash) (weight, error) {
	if known, found := w.known[id]; found || id.IsZero() {
		return known, nil
	}
	var sum weight
	raw, err := w.read(id)
	if err != nil {
		return sum, err
	}
	for len(raw) > 0 {
		e, err := parseEntry(raw)
		if err != nil {
			return sum, damaged("tree", id, err)
		}
		raw = raw[e.size:]
		sum.entries++
		switch {
		case e.isTree():
			below, err := w.weigh(e.id)
			if err != nil {
				return sum, err
			}
			sum.entries += below.entries
			sum.texts += below.texts
			if below.heavy() {
				sum.heavyFolders++
			}
		case w.want(string(e.name)):
			sum.texts++
		}
		sum.entries, sum.texts = min(sum.entries, mostEntries), min(sum.texts, mostTexts)
	}
	w.known[id] = sum
	return sum, nil
}

// leaveOut tells whether a folder is to be left out: it holds too much, and not
// because of one folder below it, which then is left out in its place.
func (w *weigher) leaveOut(id plumbing.Hash) (bool, error) {
	sum, err := w.weigh(id)
	return sum.heavy() && sum.heavyFolders != 1, err
}
