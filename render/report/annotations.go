package report

import (
	"fmt"
	"strings"

	"github.com/codicil/codicil/policy"
)

// maxAnnotations is how many annotations of one kind GitHub shows for a step.
const maxAnnotations = 10

// GitHub writes findings as workflow commands of GitHub Actions, errors first; past
// the limit the last line says how many are left.
func GitHub(found []*policy.Diagnostic) string {
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
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", "##[", "## [").Replace(plainText(s))
}

func escapeProperty(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C", "##[", "## [").Replace(plainText(s))
}

// sentence joins what is wrong with what to do.
func sentence(d *policy.Diagnostic) string {
	if d.Hint == "" {
		return plainText(d.Message)
	}
	return plainText(d.Message + ". " + d.Hint)
}
