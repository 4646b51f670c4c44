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
		report.Findings(a.stdout, found)
	}
	if len(result.Policies) == 0 {
		a.say("0 policies checked: git knows of none; commit a Markdown file, or `git add` it")
		return nil
	}
	errors := review.Errors(found)
	a.say("%s checked: %s, %s", policy.Plural(result.Texts(), "policy", "policies"),
		policy.Plural(errors, "error", "errors"), policy.Plural(len(found)-errors, "warning", "warnings"))
	return nil
}
