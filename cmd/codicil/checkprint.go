package main

import (
	"fmt"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/review"
)

// printChecked prints the results of check in the wanted format.
func (a *app) printChecked(w *workspace, result *review.Result, format string) error {
	found := result.All()
	switch format {
	case "json":
		return printJSON(a.stdout, checkJSON(result))
	case "github":
		fmt.Fprint(a.stdout, githubAnnotations(found))
	case "sarif":
		return printJSON(a.stdout, sarifOf(found))
	case "markdown":
		fmt.Fprint(a.stdout, comment(result, w.previewEmails(result, a.today())))
	default:
		a.printVerdicts(result.Policies)
		a.printFindings(found)
	}
	if len(result.Policies) == 0 {
		a.say("0 policies checked: git knows of none; commit a Markdown file, or `git add` it")
		return nil
	}
	errors := review.Errors(found)
	a.say("%s checked: %s, %s", plural(len(result.Policies), "policy", "policies"),
		plural(errors, "error", "errors"), plural(len(found)-errors, "warning", "warnings"))
	return nil
}

// printVerdicts says, for each policy that would change, what the change is.
func (a *app) printVerdicts(results []*review.Reviewed) {
	for _, r := range results {
		if r.Notice == nil {
			continue
		}
		fmt.Fprintf(a.stdout, "%s → %s: %s, %s\n", r.Before, r.Notice.ID(), r.Notice.Severity, r.Redline.Stat())
		for i, reason := range r.Assessment.Reasons {
			if i == maxReasons {
				fmt.Fprintf(a.stdout, "  and %d more: codicil assess %s\n", len(r.Assessment.Reasons)-i, r.Policy.ID)
				break
			}
			fmt.Fprintf(a.stdout, "  %s · %s: %s\n", reason.Severity, orElse(reason.Clause, "document"), reason.Why)
		}
	}
}

// maxReasons is how many reasons people are shown before they are sent on.
const maxReasons = 5

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

// checkedJSON is a policy in the JSON of check.
type checkedJSON struct {
	ID         string       `json:"id"`
	Before     string       `json:"before,omitempty"`
	Label      string       `json:"label,omitempty"`
	Effective  *policy.Date `json:"effective,omitempty"`
	Deadline   *policy.Date `json:"deadline,omitempty"` // last day to tell
	Changes    int          `json:"changes"`
	Assessment *assessed    `json:"assessment"`
}

func checkJSON(result *review.Result) any {
	policies := make([]checkedJSON, 0, len(result.Policies))
	for _, r := range result.Policies {
		entry := checkedJSON{ID: r.Policy.ID}
		if r.Notice != nil {
			assessment := assessJSON(r.Assessment)
			entry.Before, entry.Label, entry.Changes = r.Before, r.Notice.Label, r.Redline.Stat().Changes
			entry.Effective, entry.Deadline, entry.Assessment = &r.Notice.Effective, &r.Notice.Deadline, &assessment
		}
		policies = append(policies, entry)
	}
	return map[string]any{"policies": policies, "findings": result.All()}
}

// maxAnnotations is how many annotations of one kind GitHub shows for a step.
const maxAnnotations = 10

// githubAnnotations writes findings as workflow commands, errors first; past
// the limit the last line says how many are left.
func githubAnnotations(found []*policy.Diagnostic) string {
	var b strings.Builder
	for _, level := range []policy.Level{policy.Error, policy.Warning} {
		var lines []string
		for _, d := range found {
			if d.Level == level {
				lines = append(lines, fmt.Sprintf("::%s file=%s,line=%d,col=%d,title=%s::%s",
					level, escapeProperty(d.File), max(1, d.Line), max(1, d.Column), escapeProperty(d.Rule), escapeData(sentence(d))))
			}
		}
		if len(lines) > maxAnnotations {
			left := len(lines) - maxAnnotations + 1
			lines = append(lines[:maxAnnotations-1], fmt.Sprintf("::%s title=codicil::and %d more", level, left))
		}
		for _, line := range lines {
			b.WriteString(line + "\n")
		}
	}
	return b.String()
}

func escapeData(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

func escapeProperty(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C").Replace(s)
}
