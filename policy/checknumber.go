package policy

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// numbers checks that sibling headings, and sibling numbered paragraphs, count
// on from each other. Items of lists may start over, so they are left alone.
func (c *checker) numbers(siblings []*Clause) {
	var s series
	for _, clause := range siblings {
		c.numbers(clause.Children)
		if n := parts(clause); n != nil {
			c.number(clause, n, &s)
		}
	}
}

// number checks one clause against those counted before it. What follows from
// a fault that was named is not named again.
func (c *checker) number(clause *Clause, n []int, s *series) {
	const hint = "number the clauses in order; their {#id} keeps links alive"
	rule, message := "", ""
	switch {
	case s.restarts(n):
		s.seen = nil
	case s.has(n):
		rule, message = "number-repeated", fmt.Sprintf("clause number %s is given twice", clause.Number)
	case !s.follows(n):
		rule, message = "number-gap", fmt.Sprintf("clause %s follows clause %s: a number is missing or out of order", clause.Number, s.label)
	}
	if rule != "" && !(rule == s.fault && s.follows(n)) {
		c.report(Warning, rule, clause.Line, message, hint)
	}
	s.fault, s.last, s.label = rule, n, clause.Number
	s.note(n)
}

// series is a run of numbers that count on from each other.
type series struct {
	seen  map[string]bool // by their parts, printed
	last  []int
	label string // last, as it is written
	fault string // the rule that last broke
}

// restarts reports whether n begins a new part, whose clauses count from 1 again.
func (s *series) restarts(n []int) bool {
	return len(n) == 1 && n[0] == 1 && len(s.last) > 0 && s.last[0] > 1
}

func (s *series) has(n []int) bool { return s.seen[fmt.Sprint(n)] }

// note counts a number among those of the run.
func (s *series) note(n []int) {
	if s.seen == nil {
		s.seen = make(map[string]bool)
	}
	s.seen[fmt.Sprint(n)] = true
}

// follows reports whether n may come after the last number: 2.1 and 3 after 2,
// 2.4 and 3 after 2.3, 3.1 after 2.3 where the sections themselves have no number.
func (s *series) follows(n []int) bool {
	last, k := s.last, len(n)-1
	switch {
	case len(last) == 0:
		return true
	case k > len(last):
		return true
	case k == len(last) || !slices.Equal(n[:k], last[:k]):
		return n[k] <= 1 // the first below its section
	}
	return n[k] == last[k]+1
}

// lettered is a number with a letter behind it: 10A.
var lettered = regexp.MustCompile(`^(\d{1,3})([A-Z])[.)]?\s`)

// parts returns the parts of a clause's decimal number, or nil. The letter of
// a 10A counts below the 10.
func parts(c *Clause) []int {
	if c.Level > paragraphLevel {
		return nil
	}
	if m := lettered.FindStringSubmatch(c.Title); m != nil && c.Number == "" {
		n, _ := strconv.Atoi(m[1])
		return []int{n, int(m[2][0]-'A') + 1}
	}
	var n []int
	for part := range strings.SplitSeq(c.Number, ".") {
		i, err := strconv.Atoi(part)
		if err != nil {
			return nil
		}
		n = append(n, i)
	}
	return n
}
