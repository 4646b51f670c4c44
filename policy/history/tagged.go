package history

import (
	"slices"
	"strings"

	"github.com/go-git/go-git/v5/plumbing"
)

// approvedBy begins the names of tags that approve a text, which are set on
// branches before anything of them is published.
const approvedBy = "approved/"

// byTags decides merges of which nothing else tells which line was published: the
// one on which somebody set tags, where nobody did on the other since the two
// parted. It returns how many that decided.
func (m *mainline) byTags(w *walker, met map[plumbing.Hash]int) (decided int, err error) {
	if w.stopped {
		return 0, nil // the whole line is walked before anything is decided
	}
	tags, err := w.store.tags()
	if err != nil || len(tags) == 0 {
		return 0, err
	}
	tagged := func(id plumbing.Hash) bool {
		return slices.ContainsFunc(tags[id], func(name string) bool { return !strings.HasPrefix(name, approvedBy) })
	}
	for _, d := range m.doubtful {
		if _, known := m.forced[d.merge]; known {
			continue
		}
		other, fork, err := w.taggedBefore(d.other, met, tagged)
		if err != nil {
			return decided, err
		}
		first := false
		for _, id := range w.order[min(met[d.merge]+1, len(w.order)):] {
			if id == fork {
				break
			}
			first = first || tagged(id)
		}
		if first == other {
			continue
		}
		if m.forced[d.merge] = 0; other {
			m.forced[d.merge] = 1
		}
		decided++
	}
	return decided, nil
}

// taggedBefore reports whether a commit or one before it has a tag, up to the line
// that was walked, and where it meets that line.
func (w *walker) taggedBefore(at plumbing.Hash, met map[plumbing.Hash]int, tagged func(plumbing.Hash) bool) (found bool, fork plumbing.Hash, err error) {
	for {
		if _, onLine := met[at]; onLine {
			return found, at, nil
		}
		found = found || tagged(at)
		c, err := w.store.readCommit(at)
		if err != nil {
			return found, fork, err
		}
		if len(c.parents) == 0 || w.boundary[at] {
			return found, fork, nil
		}
		at = c.parents[0]
	}
}
