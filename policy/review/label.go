package review

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/codicil/codicil/policy"
)

// labels holds the label of a candidate against those that were given before.
func labels(p *policy.Policy, v *policy.Version) []*policy.Diagnostic {
	newest := p.Versions[0]
	if v.Label == newest.Label {
		return nil
	}
	if plain := inDigits(string(v.Front.Version)); plain != "" {
		return []*policy.Diagnostic{fault(p, "label-misspelt",
			fmt.Sprintf("the label %s is not the number that it looks like", v.Front.Version), fmt.Sprintf("write `version: \"%s\"`, in digits with points", plain))}
	}
	switch older := p.Lookup(v.Label); {
	case older != nil:
		return []*policy.Diagnostic{fault(p, "label-reused",
			fmt.Sprintf("%s was published on %s already, and %s since then", p.Ref(older), policy.DateOf(older.Published), newest.Label),
			"give the text a label that no version had, such as "+nextLabel(newest.Label))}
	case goesBack(v.Label, newest.Label):
		return []*policy.Diagnostic{fault(p, "label-goes-back",
			fmt.Sprintf("the label goes back from %s to %s", newest.Label, v.Label), "give the text a later label, such as "+nextLabel(newest.Label))}
	}
	return nil
}

// fault makes a finding that keeps a text from being published.
func fault(p *policy.Policy, rule, message, hint string) *policy.Diagnostic {
	return &policy.Diagnostic{File: p.Path, Line: 1, Column: 1, Level: policy.Error, Rule: rule, Message: message, Hint: hint}
}

// numbered is a label that counts: 2, 2.1, v2.1.3.
var numbered = regexp.MustCompile(`^[vV]?\d{1,9}(?:\.\d{1,9})*$`)

// likeNumber is a number that was typed with letters or commas: 2.O, l.2, 2,0.
var likeNumber = regexp.MustCompile(`^[vV]?[\dOolI]{1,9}(?:[.,][\dOolI]{1,9})*$`)

// inDigits returns the number that a label is meant to be; empty for one that is a
// number, or none at all.
func inDigits(label string) string {
	if !likeNumber.MatchString(label) || numbered.MatchString(label) || !strings.ContainsAny(label, "0123456789") {
		return ""
	}
	return strings.NewReplacer("O", "0", "o", "0", "l", "1", "I", "1", ",", ".").Replace(label)
}

// goesBack reports whether a label counts lower than the one before it. Labels
// that are no numbers have no order.
func goesBack(label, before string) bool {
	if !numbered.MatchString(label) || !numbered.MatchString(before) {
		return false
	}
	a, b := parts(label), parts(before)
	for i := range max(len(a), len(b)) {
		if x, y := at(a, i), at(b, i); x != y {
			return x < y
		}
	}
	return false
}

func parts(label string) []int {
	var list []int
	for _, s := range strings.Split(strings.TrimLeft(label, "vV"), ".") {
		n, _ := strconv.Atoi(s) // nine digits at most
		list = append(list, n)
	}
	return list
}

func at(list []int, i int) int {
	if i < len(list) {
		return list[i]
	}
	return 0
}

// nextLabel proposes the label after one.
func nextLabel(label string) string {
	if !numbered.MatchString(label) {
		return label + ".1"
	}
	cut := strings.LastIndexByte(label, '.') + 1
	n, err := strconv.Atoi(strings.TrimLeft(label[cut:], "vV"))
	if err != nil {
		return label + ".1"
	}
	prefix := label[:cut]
	if cut == 0 && (label[0] == 'v' || label[0] == 'V') {
		prefix = label[:1]
	}
	return prefix + strconv.Itoa(n+1)
}
