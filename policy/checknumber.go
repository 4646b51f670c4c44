package policy

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// numbers checks that sibling headings, and sibling numbered paragraphs, count
// on from each other. Items of lists may start over, so they are left alone.
func (c *checker) numbers(siblings []*Clause) {
	var s series
	for _, clause := range siblings {
		c.numbers(clause.Children)
		n := parts(clause)
		if n == nil || !s.near(n) && c.goesOn(clause) {
			continue
		}
		c.number(clause, n, &s)
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
	case s.has(n) && !c.lettered(clause):
		rule, message = "number-repeated", fmt.Sprintf("clause number %s is given twice", clause.Number)
	case !s.follows(n) && (s.skipped(n) || c.lacks(clause, n, s)):
		rule, message = "number-gap", fmt.Sprintf("clause %s follows clause %s: a number is missing or out of order", clause.Number, s.label)
	}
	if rule != "" && !(rule == s.fault && s.follows(n)) {
		c.report(Warning, rule, clause.Line, message, hint)
	}
	s.fault, s.last, s.label = rule, n, clause.Number
	if len(s.seen) == 0 {
		s.first = clause.Line
	}
	s.note(n)
}

// lacks reports whether a number between the last one and n is nowhere before a
// clause: in its part of the text where it counts on there, else from the beginning on.
func (c *checker) lacks(clause *Clause, n []int, s *series) bool {
	if c.places == nil {
		c.places = numbersWritten(c.doc)
	}
	first := 1
	if s.beside(n) {
		first = s.first
	}
	return c.places.lack(s.last, n, first, clause.Line)
}

// goesOn reports whether what looks like a clause may be words that go on from
// the line above: "13.3 below" at the head of a line, or a price.
func (c *checker) goesOn(clause *Clause) bool {
	words := c.words(clause)
	first := strings.IndexFunc(words, unicode.IsLetter)
	return strings.HasPrefix(clause.Number, "0.") || first >= 0 && unicode.IsLower([]rune(words[first:])[0])
}

// lettered reports whether a letter or number behind the clause's own tells it
// from one of the same number: 3.1.8 (b), Article 19-2.
func (c *checker) lettered(clause *Clause) bool {
	return numberedOn.MatchString(c.words(clause))
}

var numberedOn = regexp.MustCompile(`^\(?(?:[a-z]\)|-\d)`)

// words returns what the text of a clause says behind its number.
func (c *checker) words(clause *Clause) string {
	if c.text == nil {
		c.text = make(map[string]*Block)
		for i := range c.doc.Blocks {
			if b := &c.doc.Blocks[i]; b.ID != "" && c.text[b.ID] == nil {
				c.text[b.ID] = b
			}
		}
	}
	if b := c.text[clause.ID]; b != nil {
		_, rest := splitHeading(b.Text())
		return rest
	}
	return ""
}

// series is a run of numbers that count on from each other.
type series struct {
	seen  map[string]bool // by their parts, printed
	last  []int
	label string // last, as it is written
	first int    // line of the first
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

// beside reports whether n is below the same section as the last number.
func (s *series) beside(n []int) bool {
	k := len(n) - 1
	return len(s.last) == len(n) && slices.Equal(s.last[:k], n[:k])
}

// near reports whether n is one to expect: the next, or one further on.
func (s *series) near(n []int) bool {
	k := len(n) - 1
	return s.follows(n) || s.beside(n) && n[k] > s.last[k]
}

// skipped reports whether the numbers before and after n were both counted: n
// stands behind the one that it should be before.
func (s *series) skipped(n []int) bool {
	k := len(n) - 1
	near := func(by int) []int { return append(slices.Clone(n[:k]), n[k]+by) }
	return s.has(near(1)) && (n[k] == 1 || s.has(near(-1)))
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
