package history

import (
	"maps"

	"github.com/codicil/codicil/policy"
	"github.com/go-git/go-git/v5/plumbing"
)

// index is what one run leaves for the next: the steps of the walk from a
// commit back to the first one, and the facts of their texts; where the steps may
// have to be found anew, what moved in them. Deleting it costs time and nothing
// else. The next walk stops where it meets the head of the index; if it never does,
// history was rewritten and the steps are not used. Facts belong to a text, and
// moves to a change of files, whatever history it is in.
type index struct {
	Head  string
	Steps []savedStep
	Facts map[string]*fact
	Moves moves
	parts int             // lines of the file; 0 for one that must be written anew
	print map[string]bool // the texts whose fingerprints were saved
}

type savedStep struct {
	Commit    string      `json:"c"`
	Committed stamp       `json:"a"`
	Published stamp       `json:"p"`
	Changes   [][3]string `json:"f"` // path before, path after, text
	LeftOut   []string    `json:"l,omitempty"`
}

// steps returns the saved steps as a walk would.
func (x *index) steps() []step {
	steps := make([]step, len(x.Steps))
	for i, s := range x.Steps {
		steps[i] = step{commit: plumbing.NewHash(s.Commit), committed: s.Committed, published: s.Published, leftOut: s.LeftOut}
		for _, c := range s.Changes {
			steps[i].changes = append(steps[i].changes, change{from: c[0], to: c[1], blob: plumbing.NewHash(c[2])})
		}
	}
	return steps
}

// loadIndex takes over the facts of the saved index, and returns it. A shallow
// clone has no index: what its last commit seems to add is not news.
func (b *builder) loadIndex() *index {
	if b.options.Index == "" || len(b.boundary) > 0 {
		return &index{}
	}
	x := loadIndex(b.indexFile())
	for id, f := range x.Facts {
		b.facts[plumbing.NewHash(id)] = f
	}
	maps.Copy(b.moves, x.Moves)
	return x
}

// saveIndex leaves what this run found, if it is more than it was given: all
// steps, also those after the day whose knowledge was asked for, and the facts.
// Steps that the next run may have to find anew are left out.
func (b *builder) saveIndex(head plumbing.Hash, given *index, steps []step) {
	if b.options.Index == "" || len(b.boundary) > 0 {
		return
	}
	walked := !b.unsure && !usesTags(b.options)
	if walked && !b.extends || given.parts == 0 || given.parts > mostParts {
		given = &index{}
	}
	var parts []*indexPart
	if walked {
		parts = given.additions(head.String(), steps, b.facts)
	} else {
		parts = given.findings(b.facts, b.moves)
	}
	if err := writeParts(b.indexFile(), parts, given.parts > 0); err != nil {
		b.warnings = append(b.warnings, &policy.Diagnostic{
			File: b.options.Index, Level: policy.Warning, Rule: "index",
			Message: "the index of the history cannot be saved: " + err.Error(),
			Hint:    "the next run reads the whole history again; make the folder writable to spare that",
		})
	}
}

// additions returns what is to be added to x for it to hold the steps and their
// facts; nothing if it holds them. The first steps are those that x lacks.
func (x *index) additions(head string, steps []step, facts map[plumbing.Hash]*fact) []*indexPart {
	var parts []*indexPart
	known := make(map[string]bool)
	add := func(p *indexPart, id plumbing.Hash) {
		blob := id.String()
		if f := facts[id]; f != nil && !known[blob] && (x.Facts[blob] == nil || f.Print != 0 && !x.print[blob]) {
			known[blob] = true
			p.Facts[blob] = f
		}
	}
	fresh := steps[:len(steps)-len(x.Steps)]
	base := x.Head
	for end := len(fresh); end > 0; {
		start := max(0, end-partSteps)
		p := &indexPart{Base: base, Head: fresh[start].commit.String(), Facts: make(map[string]*fact)}
		for _, s := range fresh[start:end] {
			saved := savedStep{Commit: s.commit.String(), Committed: s.committed, Published: s.published, LeftOut: s.leftOut}
			for _, c := range s.changes {
				saved.Changes = append(saved.Changes, [3]string{c.from, c.to, c.blob.String()})
				add(p, c.blob)
			}
			p.Steps = append(p.Steps, saved)
		}
		parts = append(parts, p)
		base, end = p.Head, start
	}
	last := &indexPart{Base: base, Head: head, Facts: make(map[string]*fact)}
	for _, s := range steps[len(fresh):] {
		for _, c := range s.changes {
			add(last, c.blob)
		}
	}
	if base != head || len(last.Facts) > 0 {
		parts = append(parts, last)
	}
	return parts
}

// findings returns the facts and moves that are to be added to x, and no step.
func (x *index) findings(facts map[plumbing.Hash]*fact, found moves) []*indexPart {
	p := &indexPart{Base: x.Head, Head: x.Head, Facts: make(map[string]*fact), Moves: make(moves)}
	for key, from := range found {
		if _, known := x.Moves[key]; !known {
			p.Moves[key] = from
		}
	}
	for id, f := range facts {
		if blob := id.String(); x.Facts[blob] == nil || f.Print != 0 && !x.print[blob] {
			p.Facts[blob] = f
		}
	}
	if len(p.Facts)+len(p.Moves) == 0 {
		return nil
	}
	return []*indexPart{p}
}

func (b *builder) indexFile() string {
	return indexFile(b.options.Index, b.choose.names)
}

// usesTags tells whether tags start versions. Tags are on commits that
// changed no file too, which an index does not keep.
func usesTags(o Options) bool { return o.Starts == policy.StartTag }
