package docx

import (
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
)

// joint is a block that was split into several, or several that were merged
// into one, with nothing else in between. Word tells that by paragraph marks
// that came or went, and its words stay where they are.
type joint struct {
	one     redline.Row
	members []redline.Row // the other blocks of a split or merge, in order
	before  int           // so many of them are before the one
	op      redline.Op    // Delete when the one was split: it lost words to the others
}

// joined adds the paragraphs of a split or merge that begins at row i and
// returns how many rows they take; 0 where there is none.
func (p *planner) joined(i int) int {
	j, ok := p.findJoint(p.rows[i:])
	if !ok {
		return 0
	}
	paras, ok := j.paragraphs()
	if !ok {
		return 0
	}
	for _, q := range paras {
		p.add(q)
	}
	return len(paras) + j.absent()
}

// absent is 1 where the one has no partner in its place, and so no paragraph
// of its own.
func (j joint) absent() int {
	if j.host() == nil {
		return 1
	}
	return 0
}

// host is the one of the several blocks that is in the place of the one.
func (j joint) host() *policy.Block {
	if j.op == redline.Delete {
		return j.one.New
	}
	return j.one.Old
}

// findJoint reads a split or merge at the head of rows.
func (p *planner) findJoint(rows []redline.Row) (joint, bool) {
	k := 0
	for k < len(rows) && rows[k].Kind == redline.Moved {
		k++
	}
	if k == len(rows) {
		return joint{}, false
	}
	var moves []redline.Edit
	for _, e := range rows[k].Edits {
		if e.Move != 0 {
			moves = append(moves, e)
		}
	}
	if len(moves) == 0 || k > len(moves) || len(rows) <= len(moves) {
		return joint{}, false
	}
	j := joint{one: rows[k], before: k, op: moves[0].Op}
	j.members = append(j.members, rows[:k]...)
	j.members = append(j.members, rows[k+1:len(moves)+1]...)
	for i, e := range moves {
		if e.Op != j.op || !p.paired[e.Move] || j.members[i].Kind != redline.Moved || j.members[i].Move != e.Move || j.member(i).Kind == policy.Code {
			return joint{}, false
		}
	}
	return j, true
}

// member returns the block of a member.
func (j joint) member(i int) *policy.Block {
	if j.op == redline.Delete {
		return j.members[i].New
	}
	return j.members[i].Old
}

// paragraphs puts the words of the one beside those of the several: the words
// that the one lost to a member, or gained from it, are in a paragraph for
// that member.
func (j joint) paragraphs() ([]para, bool) {
	var blocks []*policy.Block
	var edits [][]redline.Edit
	var loose []redline.Edit // words of the one before the first paragraph
	next := func(b *policy.Block, e []redline.Edit) {
		blocks, edits = append(blocks, b), append(edits, append(loose, e...))
		loose = nil
	}
	gaps, moved := j.gaps()
	for i, gap := range gaps {
		switch {
		case i == j.before && j.host() != nil:
			next(j.host(), gap)
		case !only(gap, j.op):
			return nil, false
		case len(edits) == 0:
			loose = gap
		default:
			last := len(edits) - 1
			edits[last] = append(edits[last], gap...)
		}
		if i < len(moved) {
			next(j.member(i), j.words(i, moved[i]))
		}
	}
	return j.marked(blocks, edits), true
}

// gaps cuts the edits of the one at the words that it shares with members.
func (j joint) gaps() (gaps [][]redline.Edit, moved []redline.Edit) {
	gaps = [][]redline.Edit{nil}
	for _, e := range j.one.Edits {
		if e.Move != 0 {
			moved = append(moved, e)
			gaps = append(gaps, nil)
			continue
		}
		last := len(gaps) - 1
		gaps[last] = append(gaps[last], e)
	}
	return gaps, moved
}

func only(edits []redline.Edit, op redline.Op) bool {
	for _, e := range edits {
		if e.Op != op {
			return false
		}
	}
	return true
}

// words returns what changed between a member and its part of the one.
func (j joint) words(i int, moved redline.Edit) []redline.Edit {
	switch {
	case j.op == redline.Insert && moved.Inner != nil:
		return moved.Inner
	case j.op == redline.Insert:
		return []redline.Edit{{Op: redline.Keep, Spans: moved.Spans}}
	case j.members[i].Edits != nil:
		return withRest(j.members[i].Edits, moved)
	}
	return withRest([]redline.Edit{{Op: redline.Keep, Spans: j.members[i].New.Spans}}, moved)
}

// withRest adds to the words of a member the space that was between them and
// the next ones of the one.
func withRest(edits []redline.Edit, moved redline.Edit) []redline.Edit {
	old := ""
	for _, e := range edits {
		switch {
		case e.Op == redline.Keep && e.Old != nil:
			old += redline.Edit{Spans: e.Old}.Text()
		case e.Op != redline.Insert:
			old += e.Text()
		}
	}
	rest, ok := strings.CutPrefix(moved.Text(), old)
	if !ok || rest == "" {
		return edits
	}
	return append(slices.Clip(edits), redline.Edit{Op: redline.Delete, Spans: []policy.Span{{Text: rest}}})
}

// marked makes paragraphs whose marks came or went, all but the last: that
// mark is in both texts.
func (j joint) marked(blocks []*policy.Block, edits [][]redline.Edit) []para {
	out := make([]para, len(blocks))
	for i, b := range blocks {
		if edits[i] == nil {
			edits[i] = []redline.Edit{}
		}
		if j.op == redline.Delete {
			out[i] = para{new: b, mark: comes, edits: edits[i]}
		} else {
			out[i] = para{old: b, mark: goes, edits: edits[i]}
		}
	}
	last := &out[len(out)-1]
	last.mark = stays
	if j.op == redline.Delete {
		last.old = j.one.Old
	} else {
		last.new = j.one.New
	}
	return out
}
