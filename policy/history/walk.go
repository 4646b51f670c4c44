package history

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"github.com/go-git/go-git/v5/plumbing"
)

// step is what one first-parent commit did to the files that matter.
type step struct {
	commit    plumbing.Hash
	committed stamp
	published stamp
	at        time.Time    // when it counts as published: its clock, mended
	found     []difference // from its parent, until they are made changes
	changes   []change     // in order of path
	leftOut   []string     // folders that hold too much to be read
}

// change is a file that a step wrote, moved or removed.
type change struct {
	from string        // path before; empty for a new file
	to   string        // path after; empty for a removed file
	blob plumbing.Hash // the text after
}

// walker goes through the first-parent commits, newest first.
type walker struct {
	store    *store
	boundary map[plumbing.Hash]bool
	want     func(name string) bool
	keep     map[plumbing.Hash]bool // commits to return even if they changed nothing
	until    plumbing.Hash          // stop before this commit; zero for never
	line     *mainline              // which parent to follow; nil for the first
	leave    map[plumbing.Hash]int  // stop before any of these commits
	trees    map[plumbing.Hash][]byte
	order    []plumbing.Hash // the commits met, newest first
	stopped  bool            // whether until was reached
	cut      bool            // whether a shallow clone ended the walk
}

// keptTrees is how many raw trees are remembered: the tree that a commit's
// parent has is the next one to be compared.
const keptTrees = 256

// parent returns the commit before one on the line walked, and which parent that
// is; before the first there is one without a tree.
func (w *walker) parent(at plumbing.Hash, child *commit, first bool) (parent *commit, follow int, err error) {
	if first {
		return new(commit), 0, nil
	}
	if w.line != nil {
		follow = w.line.parent(at, child)
	}
	parent, err = w.store.readCommit(child.parents[follow])
	return parent, follow, err
}

// walk returns the steps of head and of the first-parent commits before it
// that changed anything of interest.
func (w *walker) walk(ctx context.Context, head plumbing.Hash) ([]step, error) {
	var steps []step
	w.trees = make(map[plumbing.Hash][]byte)
	child, err := w.store.readCommit(head)
	if err != nil {
		return nil, err
	}
	for at := head; ; {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if at == w.until {
			w.stopped = true
			return steps, nil
		}
		if _, found := w.leave[at]; found {
			return steps, nil
		}
		w.order = append(w.order, at)
		w.cut = w.boundary[at]
		first := len(child.parents) == 0 || w.cut
		parent, follow, err := w.parent(at, child, first)
		if err != nil {
			return nil, err
		}
		s := step{commit: at, committed: child.committed, published: child.published}
		if err = w.compare(&s, parent.tree, child.tree); err != nil {
			return nil, err
		}
		if len(s.found) > 0 || len(s.leftOut) > 0 || w.keep[at] {
			steps = append(steps, s)
		}
		if first {
			return steps, nil
		}
		at, child = child.parents[follow], parent
	}
}

// met returns the place of each commit met, 0 for the newest.
func (w *walker) met() map[plumbing.Hash]int {
	met := make(map[plumbing.Hash]int, len(w.order))
	for i, id := range w.order {
		met[id] = i
	}
	return met
}

// compare fills a step with the differences between the trees of a parent and
// a commit.
func (w *walker) compare(s *step, old, new plumbing.Hash) error {
	if old == new {
		return nil
	}
	d := differ{read: w.tree, want: w.want}
	err := d.trees("", old, new)
	if errors.Is(err, errTooMany) {
		d = differ{read: w.tree, want: w.want, weigh: &weigher{w.tree, w.want, make(map[plumbing.Hash]weight)}}
		err = d.trees("", old, new)
	}
	if errors.Is(err, errTooMany) {
		return tooMany(s.commit)
	}
	s.found, s.leftOut = d.out, d.leftOut
	return err
}

// tree returns a raw tree, from memory if it was seen a moment ago.
func (w *walker) tree(id plumbing.Hash) ([]byte, error) {
	if id.IsZero() {
		return nil, nil
	}
	if raw, found := w.trees[id]; found {
		return raw, nil
	}
	raw, err := w.store.readTree(id)
	if err != nil {
		return nil, err
	}
	if len(w.trees) >= keptTrees {
		clear(w.trees)
	}
	w.trees[id] = raw
	return raw, nil
}

// pairUp makes changes of the differences that a walk found: files that moved
// are looked for among those that a commit removed and added.
func pairUp(ctx context.Context, s *store, known moves, steps []step) error {
	for i := range steps {
		if err := ctx.Err(); err != nil {
			return err
		}
		changes, err := changesOf(s, known, steps[i].found)
		if err != nil {
			return err
		}
		steps[i].changes, steps[i].found = changes, nil
	}
	return nil
}

func changesOf(s *store, known moves, found []difference) ([]change, error) {
	var changes []change
	var removed, added []difference
	for _, d := range found {
		switch {
		case d.new.IsZero():
			removed = append(removed, d)
		case d.old.IsZero():
			added = append(added, d)
		default:
			changes = append(changes, change{from: d.path, to: d.path, blob: d.new})
		}
	}
	from, err := known.find(s, removed, added)
	if err != nil {
		return nil, err
	}
	left := make(map[string]bool)
	for _, d := range added {
		old := from[d.path]
		left[old] = old != ""
		changes = append(changes, change{from: old, to: d.path, blob: d.new})
	}
	for _, d := range removed {
		if !left[d.path] {
			changes = append(changes, change{from: d.path})
		}
	}
	slices.SortFunc(changes, func(a, b change) int {
		return cmp.Or(cmp.Compare(a.path(), b.path()), cmp.Compare(a.to, b.to))
	})
	return changes, nil
}

// path returns where the file is after the change, or was before it.
func (c *change) path() string { return cmp.Or(c.to, c.from) }
