package redline

import "github.com/codicil/codicil/policy"

// Structure says which clauses of two documents stand for each other, by their
// anchors, numbers and places alone: so that texts in two languages can be
// compared, whose words have nothing in common.
type Structure struct {
	Pairs   int              // clauses with a counterpart
	Missing []*policy.Clause // of the old document, without a counterpart in the new one
	Extra   []*policy.Clause // of the new document, without a counterpart in the old one
}

// CompareStructure compares the clauses of two documents, level by level. A
// nil document counts as an empty one. A clause without a counterpart is told
// once, without those below it.
func CompareStructure(before, after *policy.Document) *Structure {
	o := newOrigins()
	o.level(roots(before), roots(after))
	s := &Structure{}
	s.Missing = lone(roots(before), o.Became, &s.Pairs)
	s.Extra = lone(roots(after), o.Was, new(int))
	return s
}

// lone lists the clauses without a counterpart, and counts the others.
func lone(clauses []*policy.Clause, counterpart func(*policy.Clause) *policy.Clause, pairs *int) []*policy.Clause {
	var out []*policy.Clause
	for _, c := range clauses {
		if counterpart(c) == nil {
			out = append(out, c)
			continue
		}
		*pairs++
		out = append(out, lone(c.Children, counterpart, pairs)...)
	}
	return out
}

func roots(d *policy.Document) []*policy.Clause {
	if d == nil {
		return nil
	}
	var out []*policy.Clause
	for _, c := range d.Clauses {
		if c.Parent == nil {
			out = append(out, c)
		}
	}
	return out
}

// level pairs the clauses below two clauses so that the pairs keep their order
// and agree as much as possible.
func (o *Origins) level(old, new []*policy.Clause) {
	if len(old)*len(new) > maxCells {
		return
	}
	best := make([][]int, len(old)+1)
	for i := len(old); i >= 0; i-- {
		best[i] = make([]int, len(new)+1)
		for j := len(new) - 1; j >= 0 && i < len(old); j-- {
			best[i][j] = max(best[i+1][j], best[i][j+1], best[i+1][j+1]+agreement(old[i], new[j]))
		}
	}
	for i, j := 0, 0; i < len(old) && j < len(new); {
		switch agree := agreement(old[i], new[j]); {
		case agree > 0 && best[i][j] == best[i+1][j+1]+agree:
			o.pair(old[i], new[j])
			o.level(old[i].Children, new[j].Children)
			i, j = i+1, j+1
		case best[i][j] == best[i+1][j]:
			i++
		default:
			j++
		}
	}
}

// agreement says how much speaks for two clauses being the same one: an anchor
// that the author gave both, the number, and as many clauses below; 0 where one
// has a number and the other has none.
func agreement(a, b *policy.Clause) int {
	n := 1
	switch {
	case a.ID == b.ID && a.ID != "":
		n += 8
	case (a.Number == "") != (b.Number == ""):
		return 0
	}
	if a.Number == b.Number {
		n += 4
	}
	if len(a.Children) == len(b.Children) {
		n++
	}
	return n
}
