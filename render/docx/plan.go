package docx

import (
	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
)

// para is one paragraph of the file.
type para struct {
	old, new *policy.Block  // whose form it has in each text; nil where it has none
	words    trackedChange  // of the words, where edits do not say it
	mark     trackedChange  // of the paragraph mark
	move     int            // of a paragraph that moved; else 0
	edits    []redline.Edit // nil when all words of the block share their trackedChange
}

// shown is the block whose form and words the paragraph takes.
func (p para) shown() *policy.Block {
	if p.new != nil {
		return p.new
	}
	return p.old
}

// planner turns rows into paragraphs.
type planner struct {
	tree
	rows   []redline.Row
	paired map[int]bool // moves that Word can show as such
}

// plan arranges the rows of a redline as paragraphs and tables.
func plan(r *redline.Redline) []*node {
	p := &planner{tree: newTree(), rows: r.Rows, paired: pairedMoves(r.Rows)}
	for i := 0; i < len(p.rows); {
		if n := p.joined(i); n > 0 {
			i += n
			continue
		}
		p.row(p.rows[i])
		i++
	}
	return p.root.kids
}

// row adds the paragraph of a row, or two: what is in another table cell than
// before went there and came here.
func (p *planner) row(r redline.Row) {
	if r.Old != nil && r.New != nil && !p.fits(r.Old, r.New) {
		p.add(para{old: r.Old, words: goes, mark: goes})
		p.add(para{new: r.New, words: comes, mark: comes})
		return
	}
	q := para{old: r.Old, new: r.New, edits: r.Edits}
	switch moved := r.Kind == redline.Moved && p.paired[r.Move]; {
	case moved && r.New == nil:
		q.words, q.move = leaves, r.Move
	case moved && r.Old == nil:
		q.words, q.move = arrives, r.Move
	case r.New == nil:
		q.words = goes
	case r.Old == nil:
		q.words = comes
	}
	if r.Kind == redline.Moved && q.move == 0 {
		q.edits = nil // they tell what changed on the way, and the way is not shown
	}
	for i := range q.edits {
		if m := q.edits[i].Move; m != 0 && !p.paired[m] {
			q.edits = withoutMoves(q.edits, p.paired)
			break
		}
	}
	q.mark = q.words
	p.add(q)
}

// withoutMoves returns edits in which the words of moves that cannot be shown
// only went or came.
func withoutMoves(edits []redline.Edit, paired map[int]bool) []redline.Edit {
	out := make([]redline.Edit, len(edits))
	for i, e := range edits {
		if !paired[e.Move] {
			e.Move, e.Inner = 0, nil
		}
		out[i] = e
	}
	return out
}

// pairedMoves finds the moves with one old and one new place outside tables.
// Word has no moved table rows.
func pairedMoves(rows []redline.Row) map[int]bool {
	from, to := make(map[int]int), make(map[int]int)
	for _, r := range rows {
		const many = 2
		n := 1
		if r.Old != nil && inTable(r.Old) || r.New != nil && inTable(r.New) {
			n = many
		}
		if r.Kind == redline.Moved && r.New == nil {
			from[r.Move] += n
		}
		if r.Kind == redline.Moved && r.Old == nil {
			to[r.Move] += n
		}
		for _, e := range r.Edits {
			switch {
			case e.Move == 0 || r.Kind == redline.Moved:
			case e.Op == redline.Delete:
				from[e.Move] += n
			case e.Op == redline.Insert:
				to[e.Move] += n
			}
		}
	}
	paired := make(map[int]bool)
	for n := range from {
		paired[n] = n != 0 && from[n] == 1 && to[n] == 1
	}
	return paired
}

func inTable(b *policy.Block) bool { return len(cells(b)) > 0 }
