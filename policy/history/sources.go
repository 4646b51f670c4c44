package history

import (
	"io/fs"
	"slices"

	"github.com/codicil/codicil/policy/expand"
	"github.com/go-git/go-git/v5/plumbing"
)

// withoutSources leaves out the files that policies are made of, now or at some
// time: what several brands share is no policy itself. One that was a policy
// before is withdrawn from the commit that took its front matter away.
func (b *builder) withoutSources(head plumbing.Hash, threads []*thread) []*thread {
	shared := b.sources(head, threads)
	if len(shared) == 0 {
		return threads
	}
	var kept []*thread
	for _, t := range threads {
		if !slices.Contains(shared, t.path()) || !b.bare(t.newest()) {
			kept = append(kept, t)
			continue
		}
		b.leave(t, "a source of other policies")
		if i := slices.IndexFunc(t.revisions, func(r revision) bool { return !r.gone && !b.bare(&r) }); i > 0 {
			left := t.revisions[i-1]
			left.path, left.gone = t.revisions[i].path, true
			t.revisions = append([]revision{left}, t.revisions[i:]...)
			kept = append(kept, t)
		}
	}
	return kept
}

// bare reports whether a text says nothing of itself in front matter.
func (b *builder) bare(r *revision) bool {
	f := b.facts[r.blob]
	return f == nil || f.Front.Title == "" && f.Front.Version == "" && f.Front.EffectiveDate.IsZero() && f.Front.Source == ""
}

// sources lists the files that a text of the history names as its source, and
// what these bring in by now.
func (b *builder) sources(head plumbing.Hash, threads []*thread) []string {
	var named []string
	for _, t := range threads {
		for i := range t.revisions {
			r := &t.revisions[i]
			f := b.facts[r.blob]
			if f == nil || r.gone {
				continue
			}
			if source := expand.Of(r.path, f.Front); source != "" && !slices.Contains(named, source) {
				named = append(named, source)
			}
		}
	}
	if len(named) == 0 {
		return nil
	}
	return expand.Included(named, b.readNext(head))
}

// readNext reads a file of the newest commit, or of the next one where that is
// asked for.
func (b *builder) readNext(head plumbing.Hash) expand.Read {
	return func(file string) ([]byte, error) {
		if b.options.WorkTree != nil {
			return b.options.WorkTree(file)
		}
		if head.IsZero() {
			return nil, fs.ErrNotExist
		}
		return b.store.readAt(head.String(), file)
	}
}
