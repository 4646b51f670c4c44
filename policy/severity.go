package policy

import (
	"fmt"
	"strings"
)

// Severity says how much a change matters to the people it binds.
type Severity int

// The severities, from least to most.
const (
	None      Severity = iota // no reader could notice a change of words
	Editorial                 // words changed; rights, duties, risks and practices did not
	Minor                     // substance changed, but a reasonable user would not act differently
	Major                     // a right, duty, risk, price, sanction or data practice materially changed
)

// String returns the word used in front matter, JSON and pages.
func (s Severity) String() string {
	switch s {
	case None:
		return "none"
	case Editorial:
		return "editorial"
	case Minor:
		return "minor"
	case Major:
		return "major"
	}
	return fmt.Sprintf("Severity(%d)", int(s))
}

// ParseSeverity reads one of the words none, editorial, minor, major.
func ParseSeverity(s string) (Severity, error) {
	for severity := None; severity <= Major; severity++ {
		if strings.EqualFold(s, severity.String()) {
			return severity, nil
		}
	}
	return None, fmt.Errorf("%q is not a severity: write none, editorial, minor or major", s)
}

// MarshalText writes the severity as its word.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads a severity from its word.
func (s *Severity) UnmarshalText(text []byte) error {
	parsed, err := ParseSeverity(strings.Trim(strings.TrimSpace(string(text)), `"'`))
	if err != nil {
		return err
	}
	*s = parsed
	return nil
}
