package main

import (
	"fmt"
	"strings"

	"github.com/codicil/codicil/policy"
)

// printChecked prints the results of check in the wanted format.
func (a *app) printChecked(results []*checked, format string) error {
	found := allFound(results)
	switch format {
	case "json":
		return printJSON(a.stdout, checkJSON(results))
	case "github":
		fmt.Fprint(a.stdout, githubAnnotations(found))
	case "sarif":
		return printJSON(a.stdout, sarifOf(found))
	case "markdown":
		fmt.Fprint(a.stdout, comment(results))
	default:
		a.printVerdicts(results)
		a.printFindings(found)
	}
	if len(results) == 0 {
		a.say("0 policies checked: git knows of none; commit a Markdown file, or `git add` it")
		return nil
	}
	errors, warnings := countErrors(results), len(found)-countErrors(results)
	a.say("%s checked: %s, %s", plural(len(results), "policy", "policies"),
		plural(errors, "error", "errors"), plural(warnings, "warning", "warnings"))
	return nil
}

// printVerdicts says, for each policy that would change, what the change is.
func (a *app) printVerdicts(results []*checked) {
	for _, r := range results {
		if r.notice == nil {
			continue
		}
		fmt.Fprintf(a.stdout, "%s → %s: %s, %s\n", r.before, r.notice.ID(), r.notice.Severity, r.redline.Stat())
		for i, reason := range r.assessment.Reasons {
			if i == maxReasons {
				fmt.Fprintf(a.stdout, "  and %d more: codicil assess %s\n", len(r.assessment.Reasons)-i, r.policy.ID)
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

func allFound(results []*checked) []*policy.Diagnostic {
	found := []*policy.Diagnostic{}
	for _, r := range results {
		found = append(found, r.found...)
	}
	return found
}

func countErrors(results []*checked) int {
	n := 0
	for _, d := range allFound(results) {
		if d.Level == policy.Error {
			n++
		}
	}
	return n
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

func checkJSON(results []*checked) any {
	policies := make([]checkedJSON, 0, len(results))
	for _, r := range results {
		entry := checkedJSON{ID: r.policy.ID}
		if r.notice != nil {
			assessment := assessJSON(r.assessment)
			entry.Before, entry.Label, entry.Changes = r.before, r.notice.Label, r.redline.Stat().Changes
			entry.Effective, entry.Deadline, entry.Assessment = &r.notice.Effective, &r.notice.Deadline, &assessment
		}
		policies = append(policies, entry)
	}
	return map[string]any{"policies": policies, "findings": allFound(results)}
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
