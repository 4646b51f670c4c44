package history

import (
	"container/heap"
	"fmt"

	"github.com/codicil/codicil/policy"
	"github.com/go-git/go-git/v5/plumbing"
)

// MergeBase returns the id of the newest commit that two revisions both go
// back to: what a pull request is compared with. Two histories without one are
// a *policy.Diagnostic.
func (r *Repository) MergeBase(a, b string) (string, error) {
	var base plumbing.Hash
	err := r.pool.with(func(s *store) error {
		first, err := s.resolve(a)
		if err != nil {
			return unborn(err)
		}
		second, err := s.resolve(b)
		if err != nil {
			return unborn(err)
		}
		base, err = s.mergeBase(first, second, r.boundary)
		return err
	})
	if err != nil {
		return "", r.explain(err)
	}
	if base.IsZero() {
		return "", r.noMergeBase(a, b)
	}
	return base.String(), nil
}

func (r *Repository) noMergeBase(a, b string) error {
	fault := &policy.Diagnostic{Level: policy.Error, Message: fmt.Sprintf("%s and %s have no commit in common", a, b), Hint: "compare revisions of one history"}
	if len(r.boundary) > 0 {
		fault.Hint = "in a shallow clone it may only be out of reach: git fetch --unshallow"
	}
	return fault
}

// Which of the two revisions reach a commit; and that it lies behind a common one.
const (
	fromFirst uint8 = 1 << iota
	fromSecond
	stale
	both = fromFirst | fromSecond
)

// mergeBase paints both histories, newest commits first, until all that is
// left to visit lies behind a commit that both reach. When there are several
// merge bases it returns the newest one, of equal ones that with the least id.
func (s *store) mergeBase(first, second plumbing.Hash, boundary map[plumbing.Hash]bool) (plumbing.Hash, error) {
	p := painter{store: s, boundary: boundary, colour: make(map[plumbing.Hash]uint8)}
	for _, paint := range []struct {
		id     plumbing.Hash
		colour uint8
	}{{first, fromFirst}, {second, fromSecond}} {
		if err := p.paint(paint.id, paint.colour); err != nil {
			return plumbing.Hash{}, err
		}
	}
	var bases []plumbing.Hash
	for p.fresh > 0 {
		at := heap.Pop(&p.queue).(queued)
		colour := p.colour[at.id]
		if colour&stale == 0 {
			p.fresh--
		}
		if colour&both == both && colour&stale == 0 {
			bases = append(bases, at.id)
			colour |= stale
		}
		if boundary[at.id] {
			continue
		}
		for _, parent := range at.parents {
			if err := p.paint(parent, colour); err != nil {
				return plumbing.Hash{}, err
			}
		}
	}
	for _, id := range bases {
		if p.colour[id]&stale == 0 { // not behind another one
			return id, nil
		}
	}
	return plumbing.Hash{}, nil
}

// painter holds the commits that wait to be visited.
type painter struct {
	store    *store
	boundary map[plumbing.Hash]bool
	colour   map[plumbing.Hash]uint8
	queue    queue
	fresh    int // how many waiting ones are not stale
}

// paint adds colours to a commit, and lets it wait again if any was new.
func (p *painter) paint(id plumbing.Hash, colour uint8) error {
	had := p.colour[id]
	if had|colour == had {
		return nil
	}
	c, err := p.store.readCommit(id)
	if err != nil {
		return err
	}
	p.colour[id] = had | colour
	waiting := p.queue.drop(id)
	if waiting && had&stale == 0 {
		p.fresh--
	}
	heap.Push(&p.queue, queued{id, c.published.Seconds, c.parents})
	if p.colour[id]&stale == 0 {
		p.fresh++
	}
	return nil
}

type queued struct {
	id      plumbing.Hash
	when    int64
	parents []plumbing.Hash
}

// queue yields the newest commit first.
type queue []queued

func (q queue) Len() int { return len(q) }
func (q queue) Less(i, j int) bool {
	if q[i].when != q[j].when {
		return q[i].when > q[j].when
	}
	return q[i].id.String() < q[j].id.String()
}
func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)   { *q = append(*q, x.(queued)) }
func (q *queue) Pop() any {
	last := len(*q) - 1
	x := (*q)[last]
	*q = (*q)[:last]
	return x
}

// drop takes a commit out of the queue, if it is there.
func (q *queue) drop(id plumbing.Hash) bool {
	for i := range *q {
		if (*q)[i].id == id {
			heap.Remove(q, i)
			return true
		}
	}
	return false
}
