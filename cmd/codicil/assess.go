package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/materiality"
	"github.com/codicil/codicil/policy/redline"
)

func (a *app) assessCommand() *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "assess A [B]",
		Short: "Say how much a change matters, and why",
		Long: "Assess proposes a severity (none, editorial, minor, major) for a change and gives its reasons,\n" +
			"each with the clause and the words it rests on. A and B are versions, commits or files, as in diff.",
		Example: "  codicil assess privacy@2.0\n  codicil assess before.md after.md --json",
		Args:    cobra.RangeArgs(1, 2),
		RunE:    func(cmd *cobra.Command, args []string) error { return a.assess(cmd.Context(), args, format) },
	}
	cmd.Flags().StringVar(&format, "format", "text", "`FORMAT` of the assessment: text, markdown or json")
	return cmd
}

// assessed is the JSON of assess.
type assessed struct {
	Policy     string                 `json:"policy,omitempty"`
	Severity   policy.Severity        `json:"severity"`
	Categories []materiality.Category `json:"categories"`
	Reasons    []assessedReason       `json:"reasons"`
	Declared   *policy.Severity       `json:"declared"`
	Limited    bool                   `json:"limited"`
}

// assessedReason is a reason in the JSON of assess and check.
type assessedReason struct {
	Rule     string               `json:"rule"`
	Category materiality.Category `json:"category"`
	Severity policy.Severity      `json:"severity"`
	Clause   string               `json:"clause"`
	Before   string               `json:"before"`
	After    string               `json:"after"`
	Why      string               `json:"why"`

	Confidence materiality.Confidence `json:"confidence"`
}

func (a *app) assess(ctx context.Context, args []string, format string) error {
	if a.json {
		format = "json"
	}
	if !oneOf(format, "text", "markdown", "json") {
		return usagef("--format: %q is not text, markdown or json", format)
	}
	cfg, err := loadConfig(a.config)
	if err != nil {
		return err
	}
	book, err := cfg.book()
	if err != nil {
		return err
	}
	pairs, err := a.pairs(ctx, args)
	if err != nil {
		return err
	}
	for i, p := range pairs {
		assessment := book.Assess(redline.Compare(p.before.doc, p.after.doc))
		if format == "json" {
			result := assessJSON(assessment)
			if len(pairs) > 1 {
				result.Policy = p.name
			}
			if err := printJSON(a.stdout, result); err != nil {
				return err
			}
			continue
		}
		if i > 0 {
			fmt.Fprintln(a.stdout)
		}
		fmt.Fprint(a.stdout, assessmentText(p, assessment, format == "markdown"))
	}
	return nil
}

func assessJSON(m *materiality.Assessment) assessed {
	result := assessed{
		Severity:   m.Severity,
		Categories: append([]materiality.Category{}, m.Categories...),
		Reasons:    make([]assessedReason, 0, len(m.Reasons)),
		Declared:   m.Declared,
		Limited:    m.Limited,
	}
	for _, r := range m.Reasons {
		result.Reasons = append(result.Reasons, assessedReason(r))
	}
	return result
}

// assessmentText writes an assessment for people: the verdict, then each reason.
func assessmentText(p pair, m *materiality.Assessment, markdown bool) string {
	var b strings.Builder
	verdict := m.Severity.String()
	if markdown {
		verdict = "**" + verdict + "**"
	}
	fmt.Fprintf(&b, "%s → %s: %s", p.before.name, p.after.name, verdict)
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
	for _, r := range m.Reasons {
		b.WriteString("\n")
		b.WriteString(reasonText(r, markdown))
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
