package main

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/notice"
	"github.com/codicil/codicil/render"
)

// commentMarker finds the comment again, so that it is updated and not repeated.
const commentMarker = "<!-- codicil:check -->"

// maxComment is how long a comment may be, in bytes: GitHub cuts at 65,536
// characters without a word.
const maxComment = 60000

// maxCommentChanges is how many changes the comment shows.
const maxCommentChanges = 20

// comment writes the one comment that a lawyer reads in a pull request.
func comment(results []*checked) string {
	var b strings.Builder
	b.WriteString(commentMarker + "\n")
	changed := 0
	for _, r := range results {
		if r.notice != nil {
			changed++
			b.WriteString(commentPolicy(r))
		}
	}
	if changed == 0 {
		b.WriteString("No policy text changes.\n")
	}
	b.WriteString(commentFindings(allFound(results)))
	return cut(b.String())
}

func commentPolicy(r *checked) string {
	var b bytes.Buffer
	n := r.notice
	fmt.Fprintf(&b, "## %s: %s → %s is **%s**\n\n", n.Title, r.before, n.Label, n.Severity)
	if n.Severity != r.assessment.Severity {
		fmt.Fprintf(&b, "The editor declared it %s; it reads as **%s**.\n\n", n.Severity, r.assessment.Severity)
	}
	fmt.Fprintf(&b, "%s.\n\n", r.redline.Stat())
	for i, reason := range r.assessment.Reasons {
		if i == maxReasons {
			fmt.Fprintf(&b, "- and %d more\n", len(r.assessment.Reasons)-i)
			break
		}
		fmt.Fprintf(&b, "- **%s** · %s: %s\n", reason.Severity, orElse(reason.Clause, "document"), reason.Why)
	}
	b.WriteString("\n" + commentNotice(n))
	b.WriteString("<details><summary>Redline</summary>\n\n")
	render.RedlineMarkdown(&b, r.redline, maxCommentChanges)
	b.WriteString("\n</details>\n\n")
	return b.String()
}

// commentNotice says who would be told, how and by when.
func commentNotice(n *notice.Notice) string {
	channels := make([]string, 0, len(n.Channels))
	for _, c := range n.Channels {
		channels = append(channels, string(c))
	}
	if len(channels) == 0 {
		return "No notice is due.\n\n"
	}
	return fmt.Sprintf("Takes effect on **%s**. Notice by %s, at the latest on **%s**.\n\n> %s\n\n",
		n.Effective, strings.Join(channels, ", "), n.Deadline, orElse(n.Summary, "(no summary yet)"))
}

func commentFindings(found []*policy.Diagnostic) string {
	if len(found) == 0 {
		return "All checks passed.\n"
	}
	var b strings.Builder
	b.WriteString("### Checks\n\n")
	for _, d := range found {
		fmt.Fprintf(&b, "- %s `%s` %s: %s\n", d.Level, d.Position(), d.Rule, sentence(d))
	}
	return b.String()
}

// cut shortens a comment from the bottom, at a line, and says so.
func cut(s string) string {
	if len(s) <= maxComment {
		return s
	}
	s = s[:strings.LastIndexByte(s[:maxComment], '\n')+1]
	if strings.Count(s, "<details>") > strings.Count(s, "</details>") {
		s += "\n</details>\n"
	}
	return s + "\nCut here: the comment would be too long. Run `codicil check --format markdown` for the whole.\n"
}
