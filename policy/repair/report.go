package repair

import (
	"fmt"
	"io"

	"github.com/codicil/codicil/policy"
)

// WriteRepairs tells people of each repair of a file, and of each doubt that is left to the
// author, and returns how many doubts there are.
func WriteRepairs(out io.Writer, file string, repairs []Repair) (doubts int) {
	for _, r := range repairs {
		if r.Open() {
			doubts += WriteDoubts(out, file, []Repair{r})
			continue
		}
		fmt.Fprintf(out, "%s: repaired: %s [%s]\n  %q → %q\n", r.place(file), r.Message, r.Rule, r.Before, r.After)
	}
	return doubts
}

// WriteDoubts tells people of the doubts alone, and returns how many there are.
func WriteDoubts(out io.Writer, file string, repairs []Repair) (doubts int) {
	for _, r := range repairs {
		if r.Open() {
			doubts++
			fmt.Fprintf(out, "%s: for you: %s [%s]\n", r.place(file), r.Message, r.Rule)
		}
	}
	return doubts
}

// place names the line of a repair; what concerns the whole file, or comes from a
// Word file, has none.
func (r Repair) place(file string) string {
	return (&policy.Diagnostic{File: file, Line: r.Line}).Position()
}
