package repair

import (
	"fmt"
	"regexp"
	"slices"
	"sort"
	"strings"
	"sync"

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
	good := make(map[string][]*excuse) // by their rule, in the order of their lines
	for _, e := range excuses {
		if e.reason != "" && ruleIDs()[e.rule] {
			good[e.rule] = append(good[e.rule], e)
		}
	}
	kept := slices.DeleteFunc(slices.Clone(found), func(d *policy.Diagnostic) bool { return excusedBy(good[d.Rule], d.Line) })
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
	var ends []int
	var list []*excuse
	for i, line := range lines {
		for _, m := range ignoring.FindAllStringSubmatch(line, -1) {
			if ends == nil {
				ends = blocksAfter(lines)
			}
			list = append(list, &excuse{rule: m[1], reason: m[2], line: i + 1, last: ends[i]})
		}
	}
	return list
}

// blocksAfter returns for each line the last line of the block that comes after
// it or that it is in the midst of. Its own lines count from 0, those that it
// returns from 1.
func blocksAfter(lines []string) []int {
	out := make([]int, len(lines))
	end, inside := len(lines), false
	for i := len(lines) - 1; i >= 0; i-- {
		out[i] = end
		words := strings.TrimSpace(lines[i]) != ""
		if words && !inside {
			end = i + 1
		}
		inside = words
	}
	return out
}

// excusedBy reports whether one of the comments about a rule, the first that does,
// covers a line.
func excusedBy(list []*excuse, line int) bool {
	at := sort.Search(len(list), func(i int) bool { return list[i].last >= line })
	if at == len(list) || list[at].line > line {
		return false
	}
	list[at].used = true
	return true
}

// fault says what is wrong with a comment.
func (e *excuse) fault() (message, hint string) {
	switch {
	case !ruleIDs()[e.rule]:
		return fmt.Sprintf("%q is no rule that can be ignored", e.rule), "`codicil rules` lists the rules of lint"
	case e.reason == "":
		return fmt.Sprintf("the comment that ignores %s gives no reason", e.rule), "write why: <!-- codicil:ignore " + e.rule + " reason -->"
	case !e.used:
		return fmt.Sprintf("the comment ignores %s, and there is no such fault here", e.rule), "remove the comment"
	}
	return "", ""
}

// ruleIDs are the rules that can be ignored.
var ruleIDs = sync.OnceValue(func() map[string]bool {
	ids := make(map[string]bool)
	for _, r := range Rules() {
		ids[r.ID] = true
	}
	return ids
})
