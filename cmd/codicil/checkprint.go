package main

import (
	"fmt"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/review"
	"github.com/codicil/codicil/policy/workspace"
	"github.com/codicil/codicil/render/report"
	"github.com/codicil/codicil/render/terminal"
)

// printChecked prints the results of check in the wanted format.
func (a *app) printChecked(w *workspace.Workspace, result *review.Result, format string) error {
	found := result.All()
	switch format {
	case "json":
		return printJSON(a.stdout, report.JSON(result))
	case "github":
		fmt.Fprint(terminal.Bare(a.stdout), report.GitHub(found))
	case "sarif":
		return printJSON(a.stdout, report.SARIF(found, version(), book()))
	case "markdown":
		fmt.Fprint(a.exact(), report.Comment(result, a.previewEmails(w, result)))
	default:
		a.printVerdicts(result.Policies)
		a.printFindings(found)
	}
	if len(result.Policies) == 0 {
		a.say("0 policies checked: git knows of none; commit a Markdown file, or `git add` it")
		return nil
	}
	errors := review.Errors(found)
	a.say("%s checked: %s, %s", policy.Plural(len(result.Policies), "policy", "policies"),
		policy.Plural(errors, "error", "errors"), policy.Plural(len(found)-errors, "warning", "warnings"))
	return nil
}

// printVerdicts says, for each policy that would change, what the change is.
func (a *app) printVerdicts(results []*review.Reviewed) {
	for _, r := range results {
		if r.StatusChange != "" {
			fmt.Fprintf(a.stdout, "%s\n", r.StatusChange)
		}
		if r.Notice == nil {
			continue
		}
		fmt.Fprintf(a.stdout, "%s → %s: %s, %s\n", r.Before, r.Notice.ID(), r.Notice.Severity, r.Redline.Stat())
		for _, m := range r.Moves {
			fmt.Fprintf(a.stdout, "  moved: %s\n", m)
		}
		for _, given := range r.Approvals {
			fmt.Fprintf(a.stdout, "  approved by %s\n", given)
		}
		if r.Opinion != nil {
			fmt.Fprintf(a.stdout, "  %s\n", r.Opinion.Verdict)
		}
		for i, reason := range r.Assessment.Reasons {
			if i == report.MaxReasons {
				fmt.Fprintf(a.stdout, "  and %d more: codicil assess %s\n", len(r.Assessment.Reasons)-i, r.Policy.ID)
				break
			}
			fmt.Fprintf(a.stdout, "  %s · %s: %s\n", reason.Severity, orElse(reason.Clause, "document"), reason.Why)
		}
	}
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// printFindings prints faults as compilers do, each with its hint.
func (a *app) printFindings(found []*policy.Diagnostic) {
	for _, d := range found {
		fmt.Fprintf(a.stdout, "%s: %s: %s [%s]\n", d.Position(), d.Level, d.Message, d.Rule)
		if d.Excerpt != "" {
			fmt.Fprintln(a.stdout, d.Excerpt)
		}
		if d.Hint != "" {
			fmt.Fprintf(a.stdout, "  hint: %s\n", d.Hint)
		}
	}
}
