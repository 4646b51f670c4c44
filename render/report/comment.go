package report

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/materiality"
	"github.com/codicil/codicil/policy/notice"
	"github.com/codicil/codicil/policy/reading"
	"github.com/codicil/codicil/policy/redline"
	"github.com/codicil/codicil/policy/review"
	"github.com/codicil/codicil/render"
)

// Marker is first in the comment and finds the comment again, so that it is updated and not repeated.
const Marker = "<!-- codicil:check -->"

// MaxReasons is how many reasons of a change people are shown before they are
// sent on.
const MaxReasons = 5

// Email is the email of one notice as a reviewer is to see it.
type Email struct {
	Audience string // whom it would go to: "to 3 recipients"
	Text     string // subject and body; why there is none, where it cannot be written
}

// maxComment is how long a comment may be, in bytes: GitHub cuts at 65,536
// characters without a word.
const maxComment = 60000

// Of a comment, maxFindings bytes at most tell what the checks found, and of each
// name or sentence maxFound characters: what a change says can be cut, but nothing
// that it says can push the faults out.
const (
	maxFindings = 20000
	maxFound    = 300
)

// maxCommentChanges is how many changes the comment shows.
const maxCommentChanges = 20

// Comment writes the one comment that a lawyer reads in a pull request.
// Emails are those of the notices, by the id of the policy.
func Comment(result *review.Result, emails map[string]Email) string {
	var b strings.Builder
	b.WriteString(Marker + "\n")
	changed := 0
	for _, r := range result.Policies {
		if r.StatusChange != "" {
			changed++
			fmt.Fprintf(&b, "**%s.**\n\n", markdownSentence(r.StatusChange))
		}
		if r.Notice != nil {
			changed++
			b.WriteString(commentPolicy(r, emails[r.Policy.ID]))
		}
	}
	b.WriteString(commentShared(result.Shared))
	for _, r := range result.Policies {
		if r.Differs != nil {
			b.WriteString(commentPaste(r.Policy.Path, r.Differs))
		}
	}
	if changed == 0 {
		b.WriteString("No words of a policy change.\n")
	}
	findings := commentFindings(result.All())
	return cut(b.String(), maxComment-len(findings)) + findings
}

func commentPolicy(r *review.Reviewed, email Email) string {
	var b bytes.Buffer
	n := r.Notice
	fmt.Fprintf(&b, "## %s: %s → %s is **%s**\n\n", markdownWords(n.Title), markdownWords(r.Before), markdownWords(n.Label), n.Severity)
	switch {
	case r.Assessment.Declared == nil && r.Assessment.Undecided:
		b.WriteString("**Read this first.** It may be major or not, and counts as major until `change:` in the front matter says which.\n\n")
	case n.Severity != r.Assessment.Severity:
		fmt.Fprintf(&b, "The editor declared it %s; it reads as **%s**.\n\n", n.Severity, r.Assessment.Severity)
	}
	fmt.Fprintf(&b, "%s.\n\n", r.Redline.Stat())
	b.WriteString(commentOpinion(r.Opinion))
	b.WriteString(commentReasons(r.Assessment.Reasons))
	if r.Opinion != nil && r.Notice.Summary == "" && r.Opinion.Summary != "" {
		fmt.Fprintf(&b, "A draft for `summary:` by the second reader: %s\n\n", markdownWords(r.Opinion.Summary))
	}
	if r.Notice.Summary == "" && r.Assessment.DraftSummary != "" {
		fmt.Fprintf(&b, "A draft for `summary:` %s\n\n", markdownWords(r.Assessment.DraftSummary))
	}
	for _, m := range r.Moves {
		fmt.Fprintf(&b, "Moved between policies: %s.\n\n", markdownWords(m.String()))
	}
	b.WriteString(commentTable(r))
	b.WriteString(commentWhen(n))
	for _, given := range r.Approvals {
		fmt.Fprintf(&b, "Approved by %s.\n\n", markdownWords(given.String()))
	}
	b.WriteString("<details><summary>Redline</summary>\n\n")
	var shown bytes.Buffer
	render.RedlineMarkdown(&shown, r.Redline, maxCommentChanges)
	b.WriteString(unlinked.Replace(plainText(shown.String())))
	b.WriteString("\n</details>\n\n")
	b.WriteString(commentNotice(r.Notice, email))
	return b.String()
}

// commentOpinion sets what a second reader said beside what the rules say: the
// reasons of both, side by side, where they differ.
func commentOpinion(o *reading.Opinion) string {
	if o == nil {
		return ""
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s It was read by %s on %s.\n\n", markdownWords(o.Verdict), markdownWords(o.Reader), o.Read)
	if o.Agrees {
		return b.String()
	}
	rules, reader := o.Deciding()
	fmt.Fprintf(&b, "| The rules: %s | The second reader: %s |\n|---|---|\n", o.Rules, o.Severity)
	for i := range max(len(rules), len(reader), 1) {
		left, right := "", ""
		switch {
		case i < len(rules):
			left = commentCell(rules[i])
		case i == 0:
			left = "no rule fired"
		}
		if i < len(reader) {
			right = commentCell(reader[i].AsReason())
		}
		fmt.Fprintf(&b, "| %s | %s |\n", left, right)
	}
	return b.String() + "\n"
}

// commentCell writes a reason into a cell of a table.
func commentCell(r materiality.Reason) string {
	words := []string{fmt.Sprintf("**%s** · %s: %s", r.Severity, markdownWords(cmp.Or(r.Clause, "document")), markdownWords(r.Why))}
	if r.Before != "" {
		words = append(words, "was: *"+markdownWords(r.Before)+"*")
	}
	if r.After != "" {
		words = append(words, "now: *"+markdownWords(r.After)+"*")
	}
	return strings.Join(words, "<br>")
}

// commentReasons says why, each reason with the words before and after.
func commentReasons(reasons []materiality.Reason) string {
	var b strings.Builder
	for i, reason := range reasons {
		if i == MaxReasons {
			fmt.Fprintf(&b, "- and %d more\n", len(reasons)-i)
			break
		}
		lines := []string{fmt.Sprintf("- **%s** · %s: %s", reason.Severity, markdownWords(cmp.Or(reason.Clause, "document")), markdownWords(reason.Why))}
		for _, quote := range [][2]string{{"was", reason.Before}, {"now", reason.After}} {
			if quote[1] != "" {
				lines = append(lines, fmt.Sprintf("  %s: *%s*", quote[0], markdownWords(quote[1])))
			}
		}
		b.WriteString(strings.Join(lines, "\\\n") + "\n") // a backslash ends a line, and not the item
	}
	return b.String() + "\n"
}

// commentTable lists what happened in which clause, and how much it matters.
func commentTable(r *review.Reviewed) string {
	severities := make(map[string]policy.Severity)
	for _, reason := range r.Assessment.Reasons {
		severities[reason.Clause] = max(severities[reason.Clause], reason.Severity)
	}
	var names []string
	kinds := make(map[string][]string)
	for _, c := range r.Redline.Changes() {
		name := "document"
		if c.Clause != nil {
			name = cmp.Or(c.Clause.Name(), name)
		}
		if kinds[name] == nil {
			names = append(names, name)
		}
		if kind := kindOf(c, name, r.Moves); !slices.Contains(kinds[name], kind) {
			kinds[name] = append(kinds[name], kind)
		}
	}
	var b strings.Builder
	b.WriteString("| Section | Change | Severity |\n|---|---|---|\n")
	for i, name := range names {
		if i == maxCommentChanges {
			fmt.Fprintf(&b, "| and %d more | | |\n", len(names)-i)
			break
		}
		severity := "-"
		if found, ok := severities[name]; ok {
			severity = found.String()
		}
		fmt.Fprintf(&b, "| %s | %s | %s |\n", markdownWords(name), strings.Join(kinds[name], ", "), severity)
	}
	return b.String() + "\n"
}

// kindOf says what happened to a clause: one that went to another policy, or
// came from one, moved.
func kindOf(c redline.Change, name string, moves []review.Move) string {
	for _, m := range moves {
		switch {
		case cmp.Or(m.Clause, "document") != name:
		case m.Came && c.Kind == redline.Added:
			return "moved from " + markdownWords(m.Policy)
		case !m.Came && c.Kind == redline.Removed:
			return "moved to " + markdownWords(m.Policy)
		}
	}
	return string(c.Kind)
}

// commentWhen says from when the change binds, and by when it must be told.
func commentWhen(n *notice.Notice) string {
	if len(n.Channels) == 0 {
		return "No notice is due.\n\n"
	}
	return fmt.Sprintf("Takes effect on **%s**. Notice by %s, at the latest on **%s**.\n\n", n.Effective, notice.ChannelNames(n.Channels), n.Deadline)
}

// commentNotice shows the notice as people will see it: in the banner, and in
// the email with all its words.
func commentNotice(n *notice.Notice, email Email) string {
	if len(n.Channels) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("<details><summary>The notice, as people will see it</summary>\n\n")
	fmt.Fprintf(&b, "**Banner.** Change to our %s: will apply from %s. %s\n\n", markdownWords(n.Title), n.Effective, markdownWords(cmp.Or(n.Summary, "(no summary yet)")))
	if n.Through(notice.Email) {
		b.WriteString("**Email**, " + markdownWords(email.Audience) + ".\n\n")
		if email.Text != "" {
			text := plainText(email.Text)
			fmt.Fprintf(&b, "%s\n%s\n%[1]s\n\n", fence(text), text)
		}
	}
	b.WriteString("</details>\n\n")
	return b.String()
}

// fence is a fence of code that nothing in the text can close.
func fence(text string) string {
	mark := "```"
	for strings.Contains(text, mark) {
		mark += "`"
	}
	return mark
}

func commentFindings(found []*policy.Diagnostic) string {
	if len(found) == 0 {
		return "No check found a fault.\n"
	}
	list := slices.Clone(found)
	slices.SortStableFunc(list, func(x, y *policy.Diagnostic) int { return cmp.Compare(rank(x), rank(y)) })
	var b strings.Builder
	b.WriteString("### Checks\n\n")
	for i, d := range list {
		line := fmt.Sprintf("- %s %s %s: %s\n", d.Level, codeSpan(brief(d.Position())), markdownWords(d.Rule), markdownSentence(brief(sentence(d))))
		if b.Len()+len(line) > maxFindings {
			fmt.Fprintf(&b, "\n%d more: run `codicil check` for all.\n", len(list)-i)
			break
		}
		b.WriteString(line)
	}
	return b.String()
}

// rank puts errors before what does not keep a text from being published.
func rank(d *policy.Diagnostic) int {
	if d.Level == policy.Error {
		return 0
	}
	return 1
}

// brief cuts what is longer than maxFound characters.
func brief(s string) string {
	list := []rune(s)
	if len(list) <= maxFound {
		return s
	}
	return string(list[:maxFound]) + " …"
}

// cut shortens what a comment tells of the changes from the bottom, at a line, to so
// many bytes, and says so.
func cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	s = s[:strings.LastIndexByte(s[:most], '\n')+1]
	if open := openFence(s); open != "" {
		s += open + "\n"
	}
	if strings.Count(s, "<details>") > strings.Count(s, "</details>") {
		s += "\n</details>\n"
	}
	return s + "\nCut here: the comment would be too long. Run `codicil check --format markdown` for the whole.\n\n"
}

// openFence returns the fence that is open at the end of a text, if one is.
func openFence(s string) string {
	open := ""
	for line := range strings.Lines(s) {
		line = strings.TrimRight(line, "\n")
		switch {
		case open == "" && strings.HasPrefix(line, "```"):
			open = line
		case line == open:
			open = ""
		}
	}
	return open
}
