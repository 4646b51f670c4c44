package repair

import (
	"github.com/codicil/codicil/policy"
)

// Anchors tells to which ids the other anchors of the blocks of a document lead once
// it is written: each to that of its block, or of the clause that the block is in.
func Anchors(d *policy.Document) map[string]string {
	parsed, err := policy.Parse(d.Name, Document(d))
	if err != nil {
		return nil
	}
	return anchors(d, parsed)
}

// anchors does so for a document that was written and read again.
func anchors(d, parsed *policy.Document) map[string]string {
	ids := make(map[string]string)
	if len(d.Blocks) != len(parsed.Blocks) {
		return ids
	}
	last := ""
	for i := range d.Blocks {
		b := &parsed.Blocks[i]
		id := b.ID
		if id == "" && b.Clause != nil {
			id = b.Clause.ID
		}
		if id == "" {
			id = last // a paragraph before any clause: the title above it
		}
		last = id
		for _, name := range d.Blocks[i].Aliases {
			if id != "" {
				ids[name] = id
			}
		}
	}
	return ids
}

// Lead lets the links within a document lead to other ids.
func Lead(d *policy.Document, ids map[string]string) {
	for i := range d.Blocks {
		spans := d.Blocks[i].Spans
		for k := range spans {
			name, within := policy.Anchor(spans[k].Link)
			if id := ids[name]; within && id != "" {
				spans[k].Link = "#" + id
			}
		}
	}
}
