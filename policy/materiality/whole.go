package materiality

import (
	"strings"

	"github.com/codicil/codicil/policy"
)

// whole judges a sentence that came or went.
func (j *judge) whole(p *passage) []*found {
	s := p.new
	shift := Appears
	if s == nil {
		s, shift = p.old, Vanishes
	}
	f := &found{passage: p, subject: s.words, shift: j.classify(s, shift)}
	if p.old != nil {
		f.before = s.around(0, len(s.words))
	} else {
		f.after = s.around(0, len(s.words))
	}
	return []*found{f}
}

// classify says what a sentence is that came or went.
func (j *judge) classify(s *sentence, shift Shift) Shift {
	switch {
	case isDateline(s), isChangelog(s):
		return Dating
	case isFurniture(s):
		return Furniture
	case isAddressLine(s):
		return Address
	case s.place.kind == policy.Heading, isLabel(s):
		return Title
	case isPointer(s):
		return Pointer
	case isRegister(s):
		return Entry
	case isStep(s):
		return Steps
	case s.place.item && len(s.words) <= itemWords && !operative(s):
		return memberOf(s)
	case operative(s):
		return shift
	case s.place.cell && len(s.words) < 4:
		return Furniture
	case j.weight(s.words) >= j.tuning.factWeight:
		return shift
	}
	return Fact
}

// itemWords is the length up to which a list item names something rather than
// saying something.
const itemWords = 14

// weight returns how strongly words belong to a category that matters.
func (j *judge) weight(list []word) float64 {
	most := 0.0
	for c, score := range j.hits(list) {
		if material(c) {
			most = max(most, score)
		}
	}
	return most
}

// memberOf says whether a list item stands in an open or a closed list.
func memberOf(s *sentence) Shift {
	if isOpen(strings.ToLower(s.place.lead)) {
		return Instance
	}
	return Member
}
