package repair

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
)

// ignoring is the comment by which an author excuses a fault, with the reason:
//
//	<!-- codicil:ignore RULE reason -->
var ignoring = regexp.MustCompile(`<!--\s*codicil:ignore\s+([\w-]+)[ \t]*(.*?)\s*-->`)

// excuse is one such comment. It holds for its own line and for the block
// that follows.
type excuse struct {
	rule, reason string
	line         int // where it is, from 1
	last         int // of the block
	used         bool
}

// Excused drops the findings that a comment in the text excuses, and reports
// the comments that give no reason or excuse nothing: an excuse that outlives
// its fault would hide the next one. Findings of rules that are not among
// those of Rules stay: the gate cannot be talked out of anything.
func Excused(name string, src []byte, found []*policy.Diagnostic) []*policy.Diagnostic {
	excuses := readExcuses(string(src))
	if len(excuses) == 0 {
		return found
	}
	kept := slices.DeleteFunc(slices.Clone(found), func(d *policy.Diagnostic) bool {
		return slices.ContainsFunc(excuses, func(e *excuse) bool { return e.covers(d) })
	})
	for _, e := range excuses {
		if message, hint := e.fault(); message != "" {
			kept = append(kept, &policy.Diagnostic{
				File: name, Line: e.line, Column: 1, Level: policy.Warning, Rule: "ignore", Message: message, Hint: hint,
			})
		}
	}
	return kept
}

func readExcuses(text string) []*excuse {
	lines := strings.Split(text, "\n")
	var list []*excuse
	for i, line := range lines {
		for _, m := range ignoring.FindAllStringSubmatch(line, -1) {
			list = append(list, &excuse{rule: m[1], reason: m[2], line: i + 1, last: blockAfter(lines, i)})
		}
	}
	return list
}

// blockAfter returns the last line of the block after a comment on line i,
// both counted as the callers do: i from 0, the result from 1.
func blockAfter(lines []string, i int) int {
	i++
	for i < len(lines) && strings.TrimSpace(lines[i]) == "" {
		i++
	}
	for i < len(lines) && strings.TrimSpace(lines[i]) != "" {
		i++
	}
	return i
}

// covers reports whether a comment excuses a finding.
func (e *excuse) covers(d *policy.Diagnostic) bool {
	if d.Rule != e.rule || d.Line < e.line || d.Line > e.last || e.reason == "" || !isRule(d.Rule) {
		return false
	}
	e.used = true
	return true
}

// fault says what is wrong with a comment.
func (e *excuse) fault() (message, hint string) {
	switch {
	case !isRule(e.rule):
		return fmt.Sprintf("%q is no rule that can be ignored", e.rule), "`codicil rules` lists the rules of lint"
	case e.reason == "":
		return fmt.Sprintf("the comment that ignores %s gives no reason", e.rule), "write why: <!-- codicil:ignore " + e.rule + " reason -->"
	case !e.used:
		return fmt.Sprintf("the comment ignores %s, and there is no such fault here", e.rule), "remove the comment"
	}
	return "", ""
}

func isRule(id string) bool {
	return slices.ContainsFunc(Rules(), func(r policy.RuleEntry) bool { return r.ID == id })
}
