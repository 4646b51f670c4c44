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
		report.Verdicts(a.stdout, result)
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
