package integrity

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
)

// SumName is the file that pins what was published, as go.sum pins modules.
const SumName = "codicil.sum"

// Pin is a line of that file: privacy@1.0 SHA256 EFFECTIVE COMMIT.
type Pin struct {
	Ref, SHA256, Effective, Commit string

	Line int // in the file, from 1; 0 for one that is not written yet
}

// String writes the pin as the file has it.
func (p Pin) String() string {
	return strings.Join([]string{p.Ref, p.SHA256, p.Effective, p.Commit}, " ")
}

// ParseSum reads the pins of a file, each version once. What it cannot read it
// reports as a *policy.Diagnostic.
func ParseSum(file string, src []byte) ([]Pin, error) {
	var lines []Pin
	first := make(map[string]int)
	n := 0
	fault := func(message string) error {
		return &policy.Diagnostic{
			File: file, Line: n, Column: 1, Level: policy.Error, Rule: "sum-form", Message: message,
			Hint: "restore the file from git; `codicil verify --update` adds what is not pinned yet",
		}
	}
	for text := range strings.Lines(string(src)) {
		n++
		fields := strings.Fields(text)
		switch {
		case len(fields) == 0 || strings.HasPrefix(fields[0], "#"):
			continue
		case len(fields) != 4:
			return nil, fault("a line holds four words: id@label, sha256, effective date, commit")
		case first[fields[0]] > 0:
			return nil, fault(fmt.Sprintf("%s is pinned twice, first on line %d", fields[0], first[fields[0]]))
		}
		first[fields[0]] = n
		lines = append(lines, Pin{fields[0], fields[1], fields[2], fields[3], n})
	}
	return lines, nil
}

// PinsOf returns a pin for every version of the policies, sorted.
func PinsOf(policies []*policy.Policy) []Pin {
	var pins []Pin
	for _, p := range policies {
		for _, v := range p.Versions {
			pins = append(pins, Pin{Ref: p.Ref(v), SHA256: v.SHA256, Effective: v.Effective.String(), Commit: v.Commit})
		}
	}
	sortPins(pins)
	return pins
}

func sortPins(pins []Pin) {
	slices.SortFunc(pins, func(a, b Pin) int { return cmp.Compare(a.Ref, b.Ref) })
}

// sumHead explains the file to who opens it.
const sumHead = "# What was published: id@label sha256 effective commit. Check a line with git alone:\n" +
	"#   git show COMMIT:PATH | sha256sum\n"

// FormatSum writes the file with what is pinned and a pin for every version of
// the policies that has none yet. What is pinned stays as it is.
func FormatSum(pinned []Pin, policies []*policy.Policy) []byte {
	pins := slices.Clone(pinned)
	for _, pin := range PinsOf(policies) {
		if !slices.ContainsFunc(pinned, func(p Pin) bool { return p.Ref == pin.Ref }) {
			pins = append(pins, pin)
		}
	}
	sortPins(pins)
	var b strings.Builder
	b.WriteString(sumHead)
	for _, pin := range pins {
		b.WriteString(pin.String() + "\n")
	}
	return []byte(b.String())
}
