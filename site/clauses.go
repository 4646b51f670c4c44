package site

import (
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
)

// clauseName is a clause of the text in force whose history is told.
type clauseName struct{ ID, Name string }

// clauseHistory says which versions brought and changed a clause of the text in
// force.
type clauseHistory struct {
	clauseName
	Changes []clauseVersion // the newest first
	First   *record         // the version it came with
}

// clauseVersion is a version that changed a clause, and the number of the first
// change in it.
type clauseVersion struct {
	*record
	Change int
	Parts  []string // names of the clauses without a heading that changed within it
}

// clausePage is the page of all of them.
type clausePage struct {
	*policyBuild
	Clauses []clauseHistory
}

// Told lists the clauses that came or changed after the first version.
func (c clausePage) Told() []clauseHistory {
	return slices.DeleteFunc(slices.Clone(c.Clauses), clauseHistory.still)
}

// Still lists the others.
func (c clausePage) Still() []clauseHistory {
	return slices.DeleteFunc(slices.Clone(c.Clauses), func(h clauseHistory) bool { return !h.still() })
}

// still reports whether the clause is as it was in the first version.
func (h clauseHistory) still() bool { return len(h.Changes) == 0 && (h.First == nil || h.First.First) }

// writeClauses writes when each clause of the text in force came and changed.
func (b *builder) writeClauses(h *policyBuild, current *policy.Document) error {
	h.rest.Clauses = nil
	heading := title(current)
	if blocks := untitled(current).Blocks; len(current.Clauses) > 0 && len(blocks) > 0 && blocks[0].Clause == nil {
		h.rest.Clauses = append(h.rest.Clauses, clauseName{}) // what is before the first
	}
	for _, c := range units(current) {
		if heading != nil && c == heading.Clause && !introduced(current, c) {
			continue // it only names the whole
		}
		h.rest.Clauses = append(h.rest.Clauses, clauseName{strings.Clone(c.ID), strings.Clone(clip(headed(c), maxWords))})
	}
	title, w := h.Current().Title, b.words(h.lang)
	return b.writePage("clauses", &page{
		Dir: h.address.Clauses(), Title: w.say("clauses.of", title), words: w,
		Description: w.say("clauses.describe", title),
		Crumbs:      []crumb{{title, h.dir}},
		Languages:   h.tongues(func(o *plan) string { return o.address.Clauses() }),
		C:           clausePage{h, h.clauseHistories()},
	})
}

// introduced reports whether words are below a heading before the next one.
func introduced(d *policy.Document, c *policy.Clause) bool {
	for i := range d.Blocks {
		if d.Blocks[i].Clause == c && d.Blocks[i].Kind != policy.Heading {
			return true
		}
	}
	return false
}

// clauseHistories follows the clauses of the text in force back through the
// versions, under the ids that they had.
func (h *policyBuild) clauseHistories() []clauseHistory {
	list := make([]clauseHistory, len(h.rest.Clauses))
	for i, c := range h.rest.Clauses {
		list[i].clauseName = c
	}
	at := make(map[string][]int, len(list)) // id in the version at hand -> places in list
	for i, c := range list {
		at[c.ID] = append(at[c.ID], i)
	}
	for i := h.current; i < len(h.Records); i++ {
		followBack(list, at, h.Records[i])
	}
	for i := range list {
		if list[i].First == nil && len(h.Records) > 0 {
			list[i].First = h.Records[len(h.Records)-1]
		}
	}
	return list
}

// followBack notes what one version changed in the clauses, and moves them to the
// ids that they had in the version before it.
func followBack(list []clauseHistory, at map[string][]int, r *record) {
	next := make(map[string][]int)
	for _, t := range r.ClauseChanges {
		for _, place := range at[t.ID] {
			list[place].note(r, t)
		}
		if t.New || t.Was != "" {
			if !t.New {
				next[t.Was] = append(next[t.Was], at[t.ID]...)
			}
			delete(at, t.ID)
		}
	}
	for id, places := range next {
		at[id] = append(at[id], places...)
	}
}

// note notes what a version did to the clause.
func (c *clauseHistory) note(r *record, t clauseChange) {
	switch {
	case t.New:
		c.First = r
	case t.Change > 0:
		c.Changes = append(c.Changes, clauseVersion{r, t.Change, t.Parts})
	}
}

// Latest returns the version that changed or brought the clause last.
func (c *clauseHistory) Latest() *record {
	if len(c.Changes) > 0 {
		return c.Changes[0].record
	}
	return c.First
}
