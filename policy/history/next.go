package history

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"github.com/codicil/codicil/policy"
	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/filemode"
	gitindex "github.com/go-git/go-git/v5/plumbing/format/index"
)

// What a change would make of a history is asked of the history itself: the files
// that git's index names, as they lie in the work tree, are read as one more
// commit. Nothing is written.

// pending holds texts that no commit has yet, by their ids.
type pending struct {
	mutex sync.RWMutex
	texts map[plumbing.Hash][]byte
	files map[string]plumbing.Hash // of the next commit, by path
}

// file returns the id of a text of the next commit.
func (p *pending) file(path string) (plumbing.Hash, bool) {
	p.mutex.RLock()
	defer p.mutex.RUnlock()
	id, found := p.files[path]
	return id, found
}

func (p *pending) setFiles(files map[string]plumbing.Hash) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.files = files
}

func (p *pending) text(id plumbing.Hash) ([]byte, bool) {
	if p == nil {
		return nil, false
	}
	p.mutex.RLock()
	defer p.mutex.RUnlock()
	text, found := p.texts[id]
	return text, found
}

// add keeps a text, and returns the id that git would give it.
func (p *pending) add(text []byte) plumbing.Hash {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if p.texts == nil {
		p.texts = make(map[plumbing.Hash][]byte)
	}
	id := plumbing.ComputeHash(plumbing.BlobObject, text)
	p.texts[id] = text
	return id
}

// addNext puts the next commit before the steps of the walk, if it would change
// anything of interest.
func (b *builder) addNext(ctx context.Context, head plumbing.Hash) error {
	if b.options.WorkTree == nil {
		return nil
	}
	before, err := b.filesAt(head)
	if errors.Is(err, errTooMany) {
		return nil // folders that hold too much are told of already
	}
	if err != nil {
		return err
	}
	after, err := b.filesNext(before)
	if err != nil {
		return err
	}
	b.store.pending.setFiles(after)
	s := step{committed: stampOf(b.options.Day), published: stampOf(b.options.Day)}
	s.at = s.published.time()
	if len(b.steps) > 0 && s.at.Before(b.steps[0].at) {
		s.at = b.steps[0].at
	}
	paths := maps.Clone(before)
	maps.Copy(paths, after)
	for _, path := range slices.Sorted(maps.Keys(paths)) {
		if before[path] != after[path] {
			s.found = append(s.found, difference{path, before[path], after[path]})
		}
	}
	if len(s.found) == 0 {
		return nil
	}
	b.steps = append([]step{s}, b.steps...)
	for i := range b.others {
		b.others[i].at++
	}
	return pairUp(ctx, b.store, nil, b.steps[:1])
}

// stampOf is noon of a day.
func stampOf(day policy.Date) stamp { return stamp{Seconds: day.Time().Unix() + 12*60*60} }

// filesAt lists the texts of a commit.
func (b *builder) filesAt(head plumbing.Hash) (map[string]plumbing.Hash, error) {
	files := make(map[string]plumbing.Hash)
	if head.IsZero() {
		return files, nil
	}
	c, err := b.store.readCommit(head)
	if err != nil {
		return nil, err
	}
	w := walker{store: b.store, trees: make(map[plumbing.Hash][]byte)}
	d := differ{read: w.tree, want: b.choose.want}
	if err := d.trees("", plumbing.ZeroHash, c.tree); err != nil {
		return nil, err
	}
	for _, f := range d.out {
		files[f.path] = f.new
	}
	return files, nil
}

// filesNext lists the texts of the next commit.
func (b *builder) filesNext(before map[string]plumbing.Hash) (map[string]plumbing.Hash, error) {
	entries, err := b.repo.index()
	if err != nil {
		return nil, err
	}
	if entries == nil {
		return before, nil // of an index that cannot be read nothing is known
	}
	files := make(map[string]plumbing.Hash)
	for _, e := range entries {
		if e.Mode == filemode.Symlink || e.Mode == filemode.Submodule || !b.choose.want(e.Name) {
			continue
		}
		id, there, err := b.idNext(e)
		if err != nil {
			return nil, err
		}
		if there {
			files[e.Name] = id
		}
	}
	return files, nil
}

// idNext returns the id of a file as it lies in the work tree. Where git itself
// would write other bytes than lie there, the index has the id: line ends of
// another system, pointers to large files.
func (b *builder) idNext(e *gitindex.Entry) (id plumbing.Hash, there bool, err error) {
	info, err := os.Lstat(filepath.Join(b.repo.root, filepath.FromSlash(e.Name)))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return id, false, nil
	case err == nil && untouched(info, e):
		return e.Hash, true, nil
	}
	text, err := b.options.WorkTree(e.Name)
	if err != nil || text == nil {
		return id, false, err
	}
	if plumbing.ComputeHash(plumbing.BlobObject, text) == e.Hash {
		return e.Hash, true, nil
	}
	if staged, err := b.store.read(plumbing.BlobObject, e.Hash); err == nil {
		if bytes.Equal(plainEnds(text), plainEnds(staged)) || policy.LFSPointer("", staged) != nil {
			return e.Hash, true, nil
		}
	}
	return b.store.pending.add(text), true, nil
}

// untouched reports whether a file lies as git wrote it.
func untouched(info fs.FileInfo, e *gitindex.Entry) bool {
	return info.Size() == int64(e.Size) && !e.ModifiedAt.IsZero() && info.ModTime().Equal(e.ModifiedAt)
}

// Untouched returns the ids of those of the files that lie in the work tree as git
// wrote them, by their paths. An attribute of the repository can have git write other
// words than it holds: in another encoding, by a filter.
func (r *Repository) Untouched(files []string) (map[string]string, error) {
	entries, err := r.index()
	held := make(map[string]string)
	for _, e := range entries {
		if !slices.Contains(files, e.Name) {
			continue
		}
		if info, err := os.Lstat(filepath.Join(r.root, filepath.FromSlash(e.Name))); err == nil && untouched(info, e) {
			held[e.Name] = e.Hash.String()
		}
	}
	return held, err
}

func plainEnds(text []byte) []byte { return bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")) }
