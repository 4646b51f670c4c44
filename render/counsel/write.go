package counsel

import (
	"cmp"
	"fmt"
	"io"

	"github.com/codicil/codicil/render"
)

// Write tells people what a file brought back: the edits as a redline, what is
// left to them, comments, and what the reader of the file noticed.
func (r *Returned) Write(out io.Writer, file string) {
	render.RedlineText(out, r.Edits, render.TextOptions{})
	for _, l := range r.Report.Left {
		fmt.Fprintf(out, "%s: for you: an edit was not brought back, %s: %q → %q [not-merged]\n", file, cmp.Or(l.Clause, "no clause"), l.Before, l.After)
	}
	for _, c := range r.Report.Comments {
		fmt.Fprintf(out, "%s: comment by %s at %s, about %q: %s\n", file, cmp.Or(c.Author, "somebody"), cmp.Or(c.Clause, "an unnumbered paragraph"), c.About, c.Text)
	}
	for _, n := range r.Report.Repairs {
		fmt.Fprintf(out, "%s: %s [%s]\n", file, n.Message, n.Rule)
	}
}

// WriteOrigins tells where the words of each edit come from, in a text that is made
// of others: origin says it of a line.
func (r *Returned) WriteOrigins(out io.Writer, file string, origin func(line int) string) {
	for _, c := range r.Edits.Changes() {
		block := c.Old
		if block == nil {
			block = c.New
		}
		name := "no clause"
		if c.Clause != nil {
			name = cmp.Or(c.Clause.Name(), name)
		}
		fmt.Fprintf(out, "%s: edit %d belongs into %s (%s)\n", file, c.Number, origin(block.Line), name)
	}
}
