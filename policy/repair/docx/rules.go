package docx

import "github.com/codicil/codicil/policy"

// Rules lists the rules that a note about a Word file names.
func Rules() []policy.RuleEntry {
	return []policy.RuleEntry{
		{ID: "word-file", Title: "A Word file can be read", Reason: "what cannot be opened whole would lose words without a trace"},
		{ID: "macro", Title: "Macros of a Word file are left out", Reason: "a policy is text; nothing that comes with it is run"},
		{ID: "embedded-file", Title: "Files that are embedded in a Word file are left out", Reason: "a page shows the words alone; what stands in the file must be written into them"},
		{ID: "table-of-contents", Title: "The table of contents of a Word file is left out", Reason: "pages make their own, which cannot fall behind"},
		{ID: "number-unknown", Title: "A number that Word shows is written as it shows it", Reason: "citations go by it; where it cannot be told, a person must look"},
		{ID: "text-box", Title: "A text box follows the paragraph it is fixed to", Reason: "a page has one order of reading"},
		{ID: "merged-cells", Title: "The words of merged cells are in each place they cover", Reason: "a table of a page has one cell a place"},
		{ID: "note-missing", Title: "A footnote that is referred to is there", Reason: "a mark without its note leaves open what was meant"},
		{ID: "note-table", Title: "A table in a note is written as words", Reason: "a note of a page is one paragraph, which has room for no table"},
		{ID: "hidden-text", Title: "Text that Word hides is left out", Reason: "readers of the file did not see it either"},
		{ID: "empty-field", Title: "A field shows what belongs in its place", Reason: "a gap in a sentence changes what it says"},
		{ID: "symbol", Title: "A character of a font for symbols has a plain form", Reason: "without the font, readers would see another character"},
		{ID: "unfilled-field", Title: "What a Word file asks to be filled in is filled in", Reason: "the words of an empty field are no text of a policy"},
		{ID: "dead-bookmark", Title: "A link of a Word file leads to a text of it", Reason: "a cross reference that leads nowhere leaves open what was meant"},
		{ID: "page-number", Title: "A text cites clauses, not pages", Reason: "a page of the web has no page numbers; a reader would look in vain"},
		{ID: "reading-aid", Title: "Readings above characters are left out", Reason: "plain text has no place above the line"},
		{ID: "picture", Title: "Pictures of a Word file are left out", Reason: "words in a picture can neither be compared nor read aloud"},
		{ID: "tracked-changes", Title: "Tracked changes are settled", Reason: "a text is published in one wording"},
		{ID: "form-kept", Title: "A paragraph beside a tracked one keeps its form", Reason: "programs give it the form of its neighbour, which nobody asked for"},
		{ID: "comments", Title: "Comments of reviewers stay out of the text", Reason: "they were not written for readers"},
	}
}
