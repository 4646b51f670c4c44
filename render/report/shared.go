package report

import (
	"fmt"
	"strings"

	"github.com/codicil/codicil/policy/expand"
	"github.com/codicil/codicil/policy/review"
)

// maxPaste is how many lines of a text the comment gives to be pasted.
const maxPaste = 60

// commentShared says which policies a shared text is part of, and what becomes of
// each.
func commentShared(list []*review.Shared) string {
	if len(list) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("### Shared texts\n\n")
	for _, s := range list {
		fmt.Fprintf(&b, "%s:\n\n", markdownSentence(s.String()))
		for _, p := range s.Policies {
			fmt.Fprintf(&b, "- %s %s\n", markdownWords(p.ID), markdownWords(p.Says))
		}
		b.WriteString("\n")
	}
	return b.String()
}

// commentPaste gives the lines that a text lacks of what its source makes of it,
// for who edits on a web page and has no `codicil expand`.
func commentPaste(file string, d *expand.Difference) string {
	var b strings.Builder
	lines := fmt.Sprintf("lines %d to %d", d.First, d.Last)
	switch {
	case d.Last < d.First:
		lines = fmt.Sprintf("no line, before line %d", d.First)
	case d.Last == d.First:
		lines = fmt.Sprintf("line %d", d.First)
	}
	fmt.Fprintf(&b, "<details><summary>What the source makes of it</summary>\n\nRun `codicil expand`, or edit %s here: put this in the place of %s.\n\n", codeSpan(file), lines)
	if len(d.Should) > maxPaste {
		fmt.Fprintf(&b, "These are %d lines, too many to paste.\n", len(d.Should))
	} else if text := plainText(strings.Join(d.Should, "")); text != "" {
		fmt.Fprintf(&b, "%s\n%s\n%[1]s\n", fence(text), strings.TrimSuffix(text, "\n"))
	} else {
		b.WriteString("Nothing: delete them.\n")
	}
	b.WriteString("\n</details>\n\n")
	return b.String()
}
