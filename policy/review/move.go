package review

import (
	"fmt"
	"strings"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
)

// Move is a clause that is in another policy now, word for word.
type Move struct {
	Clause string `json:"clause"` // where it was, or is, in this policy
	Policy string `json:"policy"` // the other one
	Other  string `json:"other"`  // where it is, or was, there
	Came   bool   `json:"came"`   // from the other policy; else it went there
}

// String tells of a move in a line.
func (m Move) String() string {
	if m.Came {
		return fmt.Sprintf("%s came from %s, where it was %s", clauseName(m.Clause), m.Policy, clauseName(m.Other))
	}
	return fmt.Sprintf("%s went to %s, where it is %s", clauseName(m.Clause), m.Policy, clauseName(m.Other))
}

func clauseName(name string) string {
	if name == "" {
		return "a passage"
	}
	return "clause " + name
}

// movedWords is how many words a passage has at least that is taken for the same
// one in another policy: shorter ones are written twice by chance.
const movedWords = 6

// moves notes the clauses that one candidate has lost and another has got.
func moves(policies []*Reviewed) {
	type place struct {
		of     *Reviewed
		clause string
	}
	gone := make(map[string][]place)
	each(policies, redline.Removed, func(r *Reviewed, words, clause string) {
		gone[words] = append(gone[words], place{r, clause})
	})
	each(policies, redline.Added, func(r *Reviewed, words, clause string) {
		for i, from := range gone[words] {
			if from.of == r {
				continue // the redline of one policy finds its own moves
			}
			r.Moves = append(r.Moves, Move{clause, from.of.Policy.ID, from.clause, true})
			from.of.Moves = append(from.of.Moves, Move{from.clause, r.Policy.ID, clause, false})
			gone[words] = append(gone[words][:i], gone[words][i+1:]...)
			return
		}
	})
}

// each calls a function for every passage that came, or went, in reading order.
func each(policies []*Reviewed, kind redline.Kind, do func(r *Reviewed, words, clause string)) {
	for _, r := range policies {
		if r.Redline == nil {
			continue
		}
		for _, c := range r.Redline.Changes() {
			if c.Kind != kind {
				continue
			}
			before, after := c.Texts()
			words := strings.Fields(before + after)
			if len(words) > 0 && c.Clause != nil && strings.TrimRight(words[0], ".)") == c.Clause.Number {
				words = words[1:] // its number is that of its place
			}
			if len(words) >= movedWords {
				do(r, strings.Join(words, " "), nameOf(c.Clause))
			}
		}
	}
}

func nameOf(c *policy.Clause) string {
	if c == nil {
		return ""
	}
	return c.Name()
}
