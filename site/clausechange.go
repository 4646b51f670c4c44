package site

import (
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
)

// clauseChange is what a version did to one clause.
type clauseChange struct {
	ID     string   // of the clause in the version
	Was    string   // its id in the version before, where that was another one
	New    bool     // it was not there before
	Change int      // number of the first change in it; 0 when only its id changed
	Parts  []string // names of the clauses without a heading that changed within it
}

// unit returns the clause whose history is told when c changes: the nearest
// one with a heading, else the outermost.
func unit(c *policy.Clause) *policy.Clause {
	for at := c; at != nil; at = at.Parent {
		if at.Title != "" || at.Parent == nil {
			return at
		}
	}
	return nil
}

// units lists the clauses of a text whose histories are told, in reading order.
func units(d *policy.Document) []*policy.Clause {
	var list []*policy.Clause
	var walk func([]*policy.Clause)
	walk = func(clauses []*policy.Clause) {
		for _, c := range clauses {
			if unit(c) == c && c.ID != "" {
				list = append(list, c)
			}
			walk(c.Children)
		}
	}
	seen := make(map[*policy.Clause]bool)
	for i := range d.Blocks {
		for c := d.Blocks[i].Clause; c != nil; c = c.Parent {
			if c.Parent == nil && !seen[c] {
				seen[c] = true
				walk([]*policy.Clause{c})
			}
		}
	}
	return list
}

// clauseChanges lists the clauses that a redline adds, changes or gives another id,
// by the ids they have in the new text.
func clauseChanges(x *redline.Redline, changes []redline.Change) []clauseChange {
	origins := x.Origins(unit)
	first := make(map[*policy.Clause]int)
	parts := make(map[*policy.Clause][]string)
	var order []*policy.Clause
	for _, c := range changes {
		u := newUnit(c, origins)
		if u == nil && !outside(c) {
			continue
		}
		if first[u] == 0 {
			first[u] = c.Number
			order = append(order, u)
		}
		if part := partOf(c, u); part != "" && !slices.Contains(parts[u], part) && len(parts[u]) < maxClauses {
			parts[u] = append(parts[u], part)
		}
	}
	for _, u := range units(x.New) {
		if before := origins.Was(u); first[u] == 0 && before != nil && before.ID != u.ID {
			order = append(order, u)
		}
	}
	list := make([]clauseChange, 0, len(order))
	for _, u := range order {
		if u == nil {
			list = append(list, clauseChange{Change: first[nil]})
			continue
		}
		t := clauseChange{Parts: parts[u], ID: strings.Clone(u.ID), Change: first[u], New: origins.Was(u) == nil}
		if before := origins.Was(u); before != nil && before.ID != u.ID {
			t.Was = strings.Clone(before.ID)
		}
		list = append(list, t)
	}
	return list
}

// outside reports whether a change is before the first clause, in whichever
// text it is.
func outside(c redline.Change) bool {
	return (c.New == nil || c.New.Clause == nil) && (c.Old == nil || c.Old.Clause == nil)
}

// partOf names the clause of a change where it is one without a heading below
// the one whose history is told.
func partOf(c redline.Change, unit *policy.Clause) string {
	if c.New == nil || c.New.Clause == nil || c.New.Clause == unit || c.New.Clause.Number == "" {
		return ""
	}
	return strings.Clone(c.New.Clause.Name())
}

// newUnit returns the clause of the new text that a change touches. Words that
// went belong to the clause that their own has become, if there is one.
func newUnit(c redline.Change, origins *redline.Origins) *policy.Clause {
	if c.New != nil {
		return unit(c.New.Clause)
	}
	return origins.Became(unit(c.Old.Clause))
}
