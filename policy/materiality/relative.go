package materiality

import (
	"slices"
	"strings"
)

// limits finds the sentences in which nothing but a comma or a bracket ahead of "who" came
// or went: it tells whether the clause says who is meant, or something of all of them.
func (t *texts) limits() []*passage {
	var list []*passage
	for _, row := range t.rows {
		were := map[uint64]*sentence{}
		for _, o := range row.old {
			if o.relative() {
				were[o.letters()] = o
			}
		}
		for _, n := range row.new {
			if len(were) == 0 || !n.relative() {
				continue
			}
			if o := were[n.letters()]; o != nil && o.apart() != n.apart() {
				list = append(list, &passage{old: o, new: n, limited: true})
			}
		}
	}
	return list
}

// relative reports whether a sentence has a clause that begins with "who".
func (s *sentence) relative() bool {
	return slices.ContainsFunc(s.words, func(w word) bool { return persons[w.norm] })
}

// apart counts those of them that a comma or a bracket sets apart.
func (s *sentence) apart() int {
	n := 0
	for i := range s.words {
		if i > 0 && persons[s.words[i].norm] && strings.ContainsAny(s.between(i-1, i), ",(") {
			n++
		}
	}
	return n
}

var persons = wordSet("who whose whom")
