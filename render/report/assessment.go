package report

import (
	"fmt"
	"strings"

	"github.com/codicil/codicil/policy/materiality"
	"github.com/codicil/codicil/policy/reading"
)

// Assessment writes an assessment of the change from one text to another for people: the verdict, then each reason.
func Assessment(before, after string, m *materiality.Assessment, markdown bool) string {
	var b strings.Builder
	verdict := m.Severity.String()
	if markdown {
		verdict = "**" + verdict + "**"
	}
	fmt.Fprintf(&b, "%s → %s: %s", before, after, verdict)
	if len(m.Categories) > 0 {
		fmt.Fprintf(&b, " (%s)", joined(m.Categories))
	}
	b.WriteString("\n")
	if m.Declared != nil && *m.Declared != m.Severity {
		fmt.Fprintf(&b, "declared %s by its editor\n", *m.Declared)
	}
	if m.Limited {
		b.WriteString("limited: part of the text could not be judged word by word\n")
	}
	if !m.Undecided {
		fmt.Fprintf(&b, "confidence: %s (%.0f %%)\n", m.Confidence.Band, 100*m.Confidence.Probability)
	} else {
		b.WriteString("read this first: it may be major or not, and counts as major until `change:` in the front matter says which\n")
	}
	for i, r := range m.Reasons {
		if i == MaxReasons {
			fmt.Fprintf(&b, "\nand %d more: see them with --format json\n", len(m.Reasons)-i)
			break
		}
		b.WriteString("\n")
		b.WriteString(reasonText(r, markdown))
	}
	if m.DraftSummary != "" {
		fmt.Fprintf(&b, "\ndraft for `summary:` %s\n", m.DraftSummary)
	}
	return b.String()
}

// reasonText writes one reason in a few lines.
func reasonText(r materiality.Reason, markdown bool) string {
	var b strings.Builder
	mark, indent := "", "  "
	if markdown {
		mark, indent = "- ", "  "
	}
	clause := r.Clause
	if clause == "" {
		clause = "(before the first clause)"
	}
	fmt.Fprintf(&b, "%s%s · %s", mark, r.Severity, clause)
	if r.Category != "" {
		fmt.Fprintf(&b, " · %s", r.Category)
	}
	fmt.Fprintf(&b, "\n%s%s (rule %s)\n", indent, r.Why, r.Rule)
	if r.Before != "" {
		fmt.Fprintf(&b, "%swas: %s\n", indent, r.Before)
	}
	if r.After != "" {
		fmt.Fprintf(&b, "%snow: %s\n", indent, r.After)
	}
	return b.String()
}

func joined(categories []materiality.Category) string {
	words := make([]string, 0, len(categories))
	for _, c := range categories {
		words = append(words, string(c))
	}
	return strings.Join(words, ", ")
}

// Opinion sets what a second reader said beside what the rules say; empty where
// nobody was asked.
func Opinion(o *reading.Opinion, markdown bool) string {
	if o == nil {
		return ""
	}
	var b strings.Builder
	fmt.Fprintf(&b, "\n%s\n", o.Verdict)
	rules, reader := o.Deciding()
	if !o.Agrees {
		fmt.Fprintf(&b, "\nthe rules: %s\n", o.Rules)
		for _, r := range rules {
			b.WriteString(reasonText(r, markdown))
		}
		if len(rules) == 0 {
			b.WriteString("  no rule fired\n")
		}
		fmt.Fprintf(&b, "\nthe second reader, %s on %s: %s\n", o.Reader, o.Read, o.Severity)
		for _, r := range reader {
			b.WriteString(reasonText(r.AsReason(), markdown))
		}
	}
	if o.Summary != "" {
		fmt.Fprintf(&b, "\ndraft for `summary:` by the second reader: %s\n", o.Summary)
	}
	return b.String()
}
