package repair

import "github.com/codicil/codicil/policy"

// ImportRules lists the rules that a Repair names beside those of Rules: what is
// mended when a text becomes clauses, or is numbered anew.
func ImportRules() []policy.RuleEntry {
	return []policy.RuleEntry{
		{ID: "trailing-space", Title: "No line ends in white space", Reason: "Markdown reads two spaces at the end of a line as a break"},
		{ID: "encoding", Title: "A page is read in the encoding that it declares", Reason: "in another one its letters would be others"},
		{ID: "second-title", Title: "A text has one title", Reason: "which of two names it bears is for its author to say"},
		{
			ID: "heading", Title: "A line that stands for a part is a heading", Reason: "clauses begin at headings, and readers jump to them",
			Before: "Cookies\n\nWe set cookies.\n", After: "## Cookies\n\nWe set cookies.\n",
		},
		{ID: "heading-level", Title: "The title of a text is above its headings", Reason: "two levels in one make parts of what is beside the title"},
		{ID: "heading-number", Title: "Headings count on", Reason: "a reader who looks for section 5 must find it between 4 and 6"},
		{ID: "clause-number", Title: "Clauses count on", Reason: "a number that is given twice or left out leads a citation astray"},
		{
			ID: "cross-reference", Title: "A citation follows the clause whose number changed", Reason: "it would name another clause than was meant",
			Before: "See section 4.\n", After: "See section 5.\n",
		},
		{ID: "bullet", Title: "Items of a list begin with a hyphen", Reason: "other marks are not read as a list"},
		{ID: "rule", Title: "A line of marks parts two parts", Reason: "else its marks would be read as words"},
	}
}
