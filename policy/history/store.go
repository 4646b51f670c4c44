package history

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/codicil/codicil/policy"
	"github.com/go-git/go-billy/v5"
	"github.com/go-git/go-billy/v5/osfs"
	"github.com/go-git/go-git/v5/plumbing"
	"github.com/go-git/go-git/v5/plumbing/cache"
	"github.com/go-git/go-git/v5/storage/filesystem"
	"github.com/go-git/go-git/v5/storage/filesystem/dotgit"
)

// cacheSize bounds the objects kept to resolve deltas. Neighbours in a walk
// are neighbours in a delta chain, so more memory makes reading slower, not
// faster: measured from 8 to 512 MiB.
const cacheSize = 16 * cache.MiByte

// store reads raw objects. It is not safe for concurrent use.
type store struct {
	main   *filesystem.Storage
	layers []*filesystem.Storage // the object folders borrowed from others first, main last
	packs  []*packs              // of the layers
	raw    []*rawPack            // in these; nil before the first object was asked for

	pending *pending // texts that no commit has; nil for none
}

// newStore opens the objects of a repository. Object folders borrowed by
// `clone --shared` are opened once and asked first, as they hold most objects:
// left to itself go-git would read their indexes anew for each object.
func newStore(p place) (*store, error) {
	objects := cache.NewObjectLRU(cacheSize)
	var s store
	borrowed, err := alternates(filepath.Join(p.common, "objects"))
	if err != nil {
		return nil, err
	}
	for _, folder := range borrowed {
		s.layers = append(s.layers, s.newStorage(osfs.New(filepath.Dir(folder)), objects))
	}
	var common billy.Filesystem
	if p.common != p.git {
		common = osfs.New(p.common)
	}
	s.main = s.newStorage(dotgit.NewRepositoryFilesystem(osfs.New(p.git), common), objects)
	s.layers = append(s.layers, s.main)
	return &s, nil
}

func (s *store) newStorage(files billy.Filesystem, objects cache.Object) *filesystem.Storage {
	packs := newPacks(files)
	s.packs = append(s.packs, packs)
	return filesystem.NewStorageWithOptions(packs, objects, filesystem.Options{
		KeepDescriptors:      true,
		LargeObjectThreshold: mostObject,
		AlternatesFS:         osfs.New("/"),
	})
}

// alternates lists the object folders that this one borrows from, and theirs.
func alternates(objects string) ([]string, error) {
	var found []string
	queue := []string{objects}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		text, err := os.ReadFile(filepath.Join(at, "info", "alternates"))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("open repository: %w", err)
		}
		for line := range strings.Lines(string(text)) {
			folder := strings.TrimSpace(line)
			if folder == "" || strings.HasPrefix(folder, "#") {
				continue
			}
			if !filepath.IsAbs(folder) {
				folder = filepath.Join(at, folder)
			}
			if folder = filepath.Clean(folder); folder != objects && !slices.Contains(found, folder) {
				found = append(found, folder)
				queue = append(queue, folder)
			}
		}
	}
	return found, nil
}

// read returns the bytes of an object, which nobody may change. The error is *missing
// when it is not there, or is of another type.
func (s *store) read(kind plumbing.ObjectType, id plumbing.Hash) ([]byte, error) {
	if text, found := s.pending.text(id); found && kind == plumbing.BlobObject {
		return text, nil
	}
	if content := s.packed(kind, id, mostObject); content != nil {
		return content, nil
	}
	object, err := s.find(kind, id)
	if err != nil {
		return nil, err
	}
	if object.Size() > mostObject {
		return nil, &tooLong{id, object.Size()}
	}
	reader, err := object.Reader()
	if err != nil {
		return nil, fmt.Errorf("read object %s: %w", id, err)
	}
	defer reader.Close()
	content := bytes.NewBuffer(make([]byte, 0, object.Size()+bytes.MinRead))
	if _, err := io.Copy(content, reader); err != nil {
		return nil, fmt.Errorf("read object %s: %w", id, err)
	}
	return content.Bytes(), nil
}

// readText returns the bytes of a text, which has fewer than other objects may
// have.
func (s *store) readText(id plumbing.Hash) ([]byte, error) {
	if _, found := s.pending.text(id); !found {
		if content := s.packed(plumbing.BlobObject, id, policy.MaxText); content != nil {
			return content, nil
		}
		object, err := s.find(plumbing.BlobObject, id)
		if err != nil {
			return nil, err
		}
		if object.Size() > policy.MaxText {
			return nil, &tooLong{id, object.Size()}
		}
	}
	return s.read(plumbing.BlobObject, id)
}

// readShort returns the bytes of a text, and nothing for a longer one.
func (s *store) readShort(id plumbing.Hash, most int64) ([]byte, error) {
	if text, found := s.pending.text(id); found && int64(len(text)) <= most {
		return text, nil
	}
	if content := s.packed(plumbing.BlobObject, id, most); content != nil {
		return content, nil
	}
	object, err := s.find(plumbing.BlobObject, id)
	if err != nil || object.Size() > most {
		return nil, err
	}
	return s.read(plumbing.BlobObject, id)
}

// find looks into every layer, and once more with fresh indexes: git may have
// packed the objects anew since they were read.
func (s *store) find(kind plumbing.ObjectType, id plumbing.Hash) (plumbing.EncodedObject, error) {
	for fresh := range 2 {
		for _, layer := range s.layers {
			if fresh == 1 {
				layer.Reindex()
			}
			object, err := layer.EncodedObject(kind, id)
			if err == nil {
				return object, nil
			}
			if !errors.Is(err, plumbing.ErrObjectNotFound) {
				return nil, fmt.Errorf("read object %s: %w", id, err)
			}
		}
	}
	return nil, &missing{id}
}

// has tells whether there is a commit of that id.
func (s *store) has(id plumbing.Hash) bool {
	_, err := s.find(plumbing.CommitObject, id)
	return err == nil
}

func (s *store) close() error {
	var all []error
	for _, layer := range s.layers {
		all = append(all, layer.Close())
	}
	for _, packs := range s.packs {
		all = append(all, packs.close())
	}
	return errors.Join(all...)
}

// pool lends each goroutine a store of its own.
type pool struct {
	place   place
	mutex   sync.Mutex
	idle    []*store
	pending pending
}

// with calls do with a store that nobody else uses meanwhile.
func (p *pool) with(do func(*store) error) error {
	s, err := p.take()
	if err != nil {
		return err
	}
	defer p.give(s)
	return do(s)
}

func (p *pool) take() (*store, error) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if last := len(p.idle) - 1; last >= 0 {
		s := p.idle[last]
		p.idle = p.idle[:last]
		return s, nil
	}
	s, err := newStore(p.place)
	if err == nil {
		s.pending = &p.pending
	}
	return s, err
}

func (p *pool) give(s *store) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.idle = append(p.idle, s)
}

func (p *pool) close() error {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	var all []error
	for _, s := range p.idle {
		all = append(all, s.close())
	}
	p.idle = nil
	return errors.Join(all...)
}
