package integrity

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/codicil/codicil/policy"
)

// SumName is the file that pins what was published, as go.sum pins modules.
const SumName = "codicil.sum"

// Pin is a line of that file: privacy@1.0 SHA256 EFFECTIVE COMMIT ANNOUNCED. As
// it is written there it is an entry of the log of versions.
type Pin struct {
	Ref       string // id@label, its spaces as Word writes them
	SHA256    string
	Effective string // the day it was announced to bind
	Commit    string
	Announced string // the day it was published; empty in lines of before there was a log

	Line int // in the file, from 1; 0 for one that is not written yet
}

// String writes the pin as the file has it.
func (p Pin) String() string {
	words := []string{p.Ref, p.SHA256, p.Effective, p.Commit, p.Announced}
	if p.Announced == "" {
		words = words[:4]
	}
	return strings.Join(words, " ")
}

// OneWord keeps a value in one word of a line, such as the name of a version that
// holds spaces.
func OneWord(s string) string {
	if !strings.ContainsFunc(s, unicode.IsSpace) {
		return s
	}
	return strings.Join(strings.Fields(strings.ReplaceAll(s, " ", "%20")), "%20")
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
		case len(fields) != 4 && len(fields) != 5:
			return nil, fault("a line holds five words: id@label, sha256, effective date, commit, day of publication")
		case first[fields[0]] > 0:
			return nil, fault(fmt.Sprintf("%s is pinned twice, first on line %d", fields[0], first[fields[0]]))
		}
		first[fields[0]] = n
		pin := Pin{Ref: fields[0], SHA256: fields[1], Effective: fields[2], Commit: fields[3], Line: n}
		if len(fields) == 5 {
			pin.Announced = fields[4]
		}
		lines = append(lines, pin)
	}
	return lines, nil
}

// PinsOf returns a pin for every published version of the policies, the first
// published first.
func PinsOf(policies []*policy.Policy) []Pin {
	type dated struct {
		Pin
		at time.Time
	}
	var list []dated
	for _, p := range policies {
		for _, v := range p.Versions {
			if !v.Front.Draft && v.SHA256 != "" {
				list = append(list, dated{pinOf(p, v), v.Published})
			}
		}
	}
	slices.SortFunc(list, func(a, b dated) int { return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.Ref, b.Ref)) })
	pins := make([]Pin, len(list))
	for i := range list {
		pins[i] = list[i].Pin
	}
	return pins
}

func pinOf(p *policy.Policy, v *policy.Version) Pin {
	return Pin{Ref: OneWord(p.Ref(v)), SHA256: v.SHA256, Effective: v.Effective.String(), Commit: v.Commit, Announced: policy.DateOf(v.Published).String()}
}

// Missing returns the pins of the published versions that have none yet, in the
// order in which they are to be added.
func Missing(pinned []Pin, policies []*policy.Policy) []Pin {
	has := make(map[string]bool, len(pinned))
	for _, pin := range pinned {
		has[pin.Ref] = true
	}
	return slices.DeleteFunc(PinsOf(policies), func(p Pin) bool { return has[p.Ref] })
}

// sumHead explains the file to who opens it.
const sumHead = "# What was published: id@label sha256 effective commit published. Lines are only ever added, at the end.\n" +
	"# Check a line with git alone: git show COMMIT:PATH | sha256sum\n"

// AppendSum returns the file with more pins at its end. What is there stays
// as it is, byte for byte.
func AppendSum(src []byte, pins []Pin) []byte {
	b := bytes.Clone(src)
	if len(b) == 0 {
		b = append(b, sumHead...)
	}
	if !bytes.HasSuffix(b, []byte("\n")) {
		b = append(b, '\n')
	}
	for _, pin := range pins {
		b = append(b, pin.String()+"\n"...)
	}
	return b
}
