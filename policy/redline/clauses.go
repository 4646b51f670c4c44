package redline

import (
	"cmp"
	"slices"

	"github.com/codicil/codicil/policy"
)

// Origins is the answer to "which clause was it": for the clauses of a newer
// text, what they were in an older one. Redlines find it by words, as clauses
// are renumbered, moved and headed anew; texts in two languages, which have no
// words in common, by their structure.
type Origins struct {
	was, became map[*policy.Clause]*policy.Clause
}

func newOrigins() *Origins {
	return &Origins{make(map[*policy.Clause]*policy.Clause), make(map[*policy.Clause]*policy.Clause)}
}

// Was returns the clause of the old text that a clause of the new one was; nil
// for one that is new.
func (o *Origins) Was(now *policy.Clause) *policy.Clause { return o.was[now] }

// Became returns the clause of the new text that a clause of the old one
// became, the first of several; nil for one that went.
func (o *Origins) Became(before *policy.Clause) *policy.Clause { return o.became[before] }

func (o *Origins) pair(before, now *policy.Clause) {
	o.was[now] = before
	if first := o.became[before]; first == nil || now.Line < first.Line {
		o.became[before] = now
	}
}

// What speaks for two clauses being one, beside the bytes of the words that
// went from the one to the other.
const (
	sameOpening = 1 << 28 // the blocks that begin them are paired
	sameAnchor  = 1 << 29 // their author gave both one anchor
)

// Origins finds which clause of the old text each clause of the new one was:
// the one with the anchor that its author gave it, else the one whose heading
// it has, else the one that most of its words come from. Clauses count as the
// units that the function makes of them, such as the nearest ones with a
// heading; nil is none.
func (r *Redline) Origins(unit func(*policy.Clause) *policy.Clause) *Origins {
	shares := make(map[*policy.Clause]map[*policy.Clause]int)
	add := func(before, now *policy.Clause, weight int) {
		if shares[now] == nil {
			shares[now] = make(map[*policy.Clause]int)
		}
		shares[now][before] += weight
	}
	for _, row := range r.Rows {
		if row.Old == nil || row.New == nil {
			continue
		}
		before, now := unit(row.Old.Clause), unit(row.New.Clause)
		if before == nil || now == nil {
			continue
		}
		weight := len(row.New.Text())
		if begins(row.Old, before) && begins(row.New, now) {
			weight += sameOpening
		}
		add(before, now, weight)
	}
	old := anchored(r.Old, unit)
	for id, now := range anchored(r.New, unit) {
		if before := old[id]; before != nil {
			add(before, now, sameAnchor)
		}
	}
	o := newOrigins()
	for now, of := range shares {
		o.pair(largest(of), now)
	}
	return o
}

// begins reports whether a block is the one that a clause starts with.
func begins(b *policy.Block, c *policy.Clause) bool { return b.ID == c.ID && b.Clause == c }

// anchored finds the units that bear an anchor which their author gave them.
func anchored(d *policy.Document, unit func(*policy.Clause) *policy.Clause) map[string]*policy.Clause {
	out := make(map[string]*policy.Clause)
	for i := range d.Blocks {
		if b := &d.Blocks[i]; b.ID != "" && !b.Made && b.Clause != nil && begins(b, b.Clause) && unit(b.Clause) == b.Clause {
			out[b.ID] = b.Clause
		}
	}
	return out
}

// largest returns the clause with the largest share, the first of equals.
func largest(shares map[*policy.Clause]int) *policy.Clause {
	var list []*policy.Clause
	for c := range shares {
		list = append(list, c)
	}
	return slices.MinFunc(list, func(a, b *policy.Clause) int {
		return cmp.Or(cmp.Compare(shares[b], shares[a]), cmp.Compare(a.Line, b.Line))
	})
}
