// Package repair turns a messy text into clean Markdown with numbered clauses,
// mends the numbering of Markdown that has drifted, and names the structural
// faults of a text.
//
// Its law is that no word is lost or changed. What may change is white space,
// mark-up and the numbers that headings, clauses and items carry; each such
// change is a Repair with its reason. Whatever is doubtful is reported and
// left to the author.
//
// A text is read as units: headings, numbered clauses and items, each with the
// mark that numbers it. Plain texts are taken apart by their lines, Markdown
// by policy.Parse; numbering and lint then work on the same units.
package repair

// Repair is one change made to a text, or one doubt that its author must
// settle: then Before and After are equal.
type Repair struct {
	Line    int    `json:"line"`   // in the input, from 1; 0 when it concerns the whole text
	Column  int    `json:"column"` // in characters, from 1; 0 as for Line
	Rule    string `json:"rule"`
	Message string `json:"message"`
	Before  string `json:"before"`
	After   string `json:"after"`
}

// Open reports whether the repair is left to the author: nothing was changed.
func (r Repair) Open() bool { return r.Before == r.After }
