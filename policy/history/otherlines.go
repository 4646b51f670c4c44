package history

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/codicil/codicil/policy"
	"github.com/go-git/go-git/v5/plumbing"
)

// branching is the parent of a merge that leads away from the line that was walked.
type branching struct {
	merge  plumbing.Hash
	parent int
}

// behind finds, for each commit on a line that was merged into the one walked,
// the newest such merge.
func (w *walker) behind(met map[plumbing.Hash]int) (map[plumbing.Hash]branching, error) {
	found := make(map[plumbing.Hash]branching)
	for _, id := range w.order {
		c, err := w.store.readCommit(id)
		if err != nil {
			return nil, err
		}
		for i, at := range c.parents {
			if err := w.follow(at, branching{id, i}, met, found); err != nil {
				return nil, err
			}
		}
	}
	return found, nil
}

// follow notes for a commit and those before it, up to the line walked or to one
// that was found before, at which merge they joined it.
func (w *walker) follow(at plumbing.Hash, joined branching, met map[plumbing.Hash]int, found map[plumbing.Hash]branching) error {
	for {
		_, onLine := met[at]
		_, known := found[at]
		if onLine || known {
			return nil
		}
		found[at] = joined
		c, err := w.store.readCommit(at)
		if err != nil {
			return err
		}
		if len(c.parents) == 0 || w.boundary[at] {
			return nil
		}
		at = c.parents[0]
	}
}

// side is the other line of a doubtful merge.
type side struct {
	doubt
	at    int // the step of the walk that is the merge, or the last one after it; -1 for none
	steps []step
}

// sides walks the other lines of the doubtful merges, each back to where it
// left the line that was walked.
func (b *builder) walkSides(ctx context.Context, w *walker, met map[plumbing.Hash]int) error {
	for _, d := range slices.Clone(w.line.doubtful) {
		other := walker{store: w.store, boundary: w.boundary, want: w.want, line: w.line, leave: met}
		steps, err := other.walk(ctx, d.other)
		if err != nil {
			return err
		}
		if err := pairUp(ctx, b.store, b.moves, steps); err != nil {
			return err
		}
		if len(steps) > 0 {
			at, _ := slices.BinarySearchFunc(b.steps, met[d.merge], func(s step, place int) int { return cmp.Compare(met[s.commit], place) })
			if at == len(b.steps) || b.steps[at].commit != d.merge {
				at--
			}
			b.others = append(b.others, side{d, at, steps})
		}
	}
	return nil
}

// attach gives each thread the revisions that the other lines of doubtful merges
// have of its file.
func (b *builder) attach(threads []*thread) {
	for _, s := range b.others {
		for i := range s.steps {
			s.steps[i].at = s.steps[i].published.time()
		}
		for _, other := range weave(s.steps) {
			i := slices.IndexFunc(threads, func(t *thread) bool { r := t.at(s.at); return r != nil && r.path == other.path() })
			if i < 0 {
				continue
			}
			for _, r := range other.revisions {
				if known := b.options.Known; !known.IsZero() && policy.DateOf(r.at).After(known) {
					continue
				}
				r.step = s.at
				threads[i].others = append(threads[i].others, otherRevision{r, s.doubt})
			}
		}
	}
}

// otherRevision is a revision on the other line of a doubtful merge.
type otherRevision struct {
	revision
	doubt doubt
}

// bothLines puts the revisions of other lines among those of the line walked, if
// else a label would be lost: then each that this line had not used before the
// merge.
func (b *builder) bothLines(t *thread, all []published) []published {
	if len(t.others) == 0 {
		return all
	}
	both := make([]*published, len(all))
	used := make(oldest)
	for i := range all {
		both[i] = &all[i]
		used.note(both[i])
	}
	for _, d := range t.doubts() {
		add, lost := b.newOnOtherLines(d, used)
		if !lost {
			continue
		}
		b.warnOfDoubt(d.doubt, t.path())
		for _, p := range add {
			i := slices.IndexFunc(both, func(q *published) bool { return q.step <= p.step || q.at.After(p.at) })
			if i < 0 {
				i = len(both)
			}
			both = slices.Insert(both, i, p)
			used.note(p)
		}
	}
	merged := make([]published, len(both))
	for i, p := range both {
		merged[i] = *p
	}
	return merged
}

// oldest is the oldest step that has each label.
type oldest map[string]int

func (o oldest) note(p *published) {
	if step, known := o[p.label()]; !known || step < p.step {
		o[p.label()] = p.step
	}
}

// newOnOtherLines returns the revisions of the other line whose labels the line
// walked had not used before a merge, newest first, and whether it never uses one
// of them.
func (b *builder) newOnOtherLines(d doubtful, used oldest) (add []*published, lost bool) {
	for _, r := range d.revisions {
		f := b.facts[r.blob]
		if !r.readable(b.facts) || f.label() == "" {
			continue
		}
		step, ever := used[f.label()]
		if ever && step > d.revisions[0].step {
			continue
		}
		lost = lost || !ever
		add = append(add, &published{revision: r, fact: f})
	}
	return add, lost
}

// doubtful is a doubtful merge with the revisions that its other line has of a
// file, newest first.
type doubtful struct {
	doubt
	revisions []revision
}

// doubts lists the doubtful merges that a thread has other revisions of, newest
// first, each once.
func (t *thread) doubts() []doubtful {
	var found []doubtful
	places := make(map[doubt]int)
	for _, r := range t.others {
		i, known := places[r.doubt]
		if !known {
			i = len(found)
			places[r.doubt] = i
			found = append(found, doubtful{doubt: r.doubt})
		}
		found[i].revisions = append(found[i].revisions, r.revision)
	}
	return found
}

// warnOfOtherLine says of a policy without labels which line is shown where the
// other one has other words: what is a version there and what is work in hand,
// nothing tells.
func (b *builder) warnOfOtherLine(t *thread, all []published) {
	words := make(map[string]bool)
	for i := range all {
		words[all[i].Words] = true
	}
	for _, d := range t.doubts() {
		lost := slices.ContainsFunc(d.revisions, func(r revision) bool {
			return r.readable(b.facts) && !words[b.facts[r.blob].Words]
		})
		if lost {
			b.warnOfDoubt(d.doubt, t.path())
			last := b.warnings[len(b.warnings)-1]
			last.Message = fmt.Sprintf("merge %.12s joins two lines of commits, and nothing tells which of them was published: that on which it was made is shown, and the texts of the other are not", d.merge)
		}
	}
}

// warnOfDoubt asks the editor which of two lines was published.
func (b *builder) warnOfDoubt(d doubt, file string) {
	b.warnings = append(b.warnings, &policy.Diagnostic{
		File: file, Level: policy.Warning, Rule: "mainline",
		Message: fmt.Sprintf("merge %.12s joins two lines of commits, and nothing tells which of them was published: versions of both are kept", d.merge),
		Hint:    fmt.Sprintf("say it once in codicil.yaml: `versions: {mainline: [%.12s]}` for the line that was pulled in, [%.12s] for the other", d.other, d.first),
	})
}
