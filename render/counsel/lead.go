package counsel

import (
	"maps"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
	"github.com/codicil/codicil/policy/repair"
	"github.com/codicil/codicil/render/docx"
)

// lead lets the links within a copy lead to the ids of the text, instead of to
// bookmarks: our own are named after the ids; one of another program leads to the
// clause in whose copy it begins; a new clause has the id that it gets when it is
// written. Made is the copy as it was made of the text.
func lead(copied, made, text *policy.Document) {
	ids := make(map[string]string)
	for b, name := range docx.Bookmarks(text) {
		ids[name] = b.ID
	}
	if copied != made && strange(copied, ids) {
		known := maps.Clone(ids)
		maps.Copy(ids, repair.Anchors(copied))
		maps.Copy(ids, begun(copied, made, known))
		maps.Copy(ids, known)
	}
	repair.Lead(copied, ids)
}

// strange reports whether a link leads to a bookmark that is not ours.
func strange(d *policy.Document, ids map[string]string) bool {
	return slices.ContainsFunc(d.Blocks, func(b policy.Block) bool {
		return slices.ContainsFunc(b.Spans, func(s policy.Span) bool {
			name, within := strings.CutPrefix(s.Link, "#")
			return within && ids[name] == ""
		})
	})
}

// begun tells in which clause of the copy as it was made each bookmark of a copy
// begins, by the ids of our own bookmarks.
func begun(copied, made *policy.Document, known map[string]string) map[string]string {
	clause, last := make(map[*policy.Block]string), ""
	for i := range made.Blocks {
		for _, name := range made.Blocks[i].Aliases {
			if known[name] != "" {
				last = known[name]
			}
		}
		clause[&made.Blocks[i]] = last
	}
	ids := make(map[string]string)
	for _, row := range redline.Compare(made, copied).Rows {
		if row.New == nil || row.Old == nil || clause[row.Old] == "" {
			continue
		}
		for _, name := range row.New.Aliases {
			ids[name] = clause[row.Old]
		}
	}
	return ids
}
