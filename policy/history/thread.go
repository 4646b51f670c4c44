package history

import (
	"time"

	"github.com/go-git/go-git/v5/plumbing"
)

// thread is one file in all its revisions, whatever its path was.
type thread struct {
	revisions []revision      // newest first
	others    []otherRevision // newest first, of each doubtful merge
}

// revision is a commit that wrote, moved or removed a file.
type revision struct {
	step      int // which step of the walk, 0 for the newest
	commit    plumbing.Hash
	committed stamp
	published stamp
	at        time.Time // when it counts as published
	path      string
	blob      plumbing.Hash
	gone      bool // the commit removed the file from path
}

// path returns where the file is, or was when it was removed.
func (t *thread) path() string { return t.revisions[0].path }

// removed tells whether the file is no longer there.
func (t *thread) removed() bool { return t.revisions[0].gone }

// newest returns the newest revision that holds a text.
func (t *thread) newest() *revision {
	if t.removed() {
		return &t.revisions[1]
	}
	return &t.revisions[0]
}

// first returns the oldest revision.
func (t *thread) first() *revision { return &t.revisions[len(t.revisions)-1] }

// weaver puts the steps of a walk together to threads.
type weaver struct {
	threads []*thread
	open    map[string]*thread // by the path that the file had after the step in hand
	begun   map[string]*thread // threads whose oldest revision was seen, by its path
}

// weave follows every file from the newest step to the oldest. A file that was
// removed and later came back to the same path goes on as the same thread.
func weave(steps []step) []*thread {
	w := weaver{open: make(map[string]*thread), begun: make(map[string]*thread)}
	for i := range steps {
		w.step(i, &steps[i])
	}
	return w.threads
}

func (w *weaver) step(number int, s *step) {
	before := make(map[string]*thread)
	for i := range s.changes {
		c := &s.changes[i]
		r := revision{step: number, commit: s.commit, committed: s.committed, published: s.published, at: s.at, path: c.path(), blob: c.blob}
		if c.to == "" {
			before[c.from] = w.removal(r)
			continue
		}
		t := w.open[c.to]
		if t == nil {
			t = w.begin()
		}
		delete(w.open, c.to)
		t.revisions = append(t.revisions, r)
		if c.from == "" {
			w.begun[c.to] = t
		} else {
			before[c.from] = t
		}
	}
	for path, t := range before {
		w.open[path] = t
		delete(w.begun, path) // an older removal here is not its own
	}
}

// removal returns the thread of a file that the step took away.
func (w *weaver) removal(r revision) *thread {
	t := w.begun[r.path]
	if t == nil {
		t = w.begin()
	}
	r.gone = true
	t.revisions = append(t.revisions, r)
	return t
}

func (w *weaver) begin() *thread {
	t := &thread{}
	w.threads = append(w.threads, t)
	return t
}
