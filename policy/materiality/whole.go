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
	if f.shift == Party {
		f.subject = nil
	}
	if p.old != nil {
		f.before = quoteWhole(s)
	} else {
		f.after = quoteWhole(s)
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
	case isPointer(s), s.place.linked && isTitleOfDocument(s):
		return Pointer
	case isRegister(s):
		return Entry
	case isStep(s):
		return Steps
	case s.place.item && s.prev == nil && s.next != nil && len(s.words) <= runInWords && !operative(s):
		return Title // of the item: "Fraud prevention. Vendors receive ..."
	case s.place.item && len(s.words) <= itemWords && !operative(s):
		return memberOf(s)
	case operative(s), j.acts(s):
		return shift
	case s.place.cell && len(s.words) < 4:
		return Furniture
	case j.weight(s.words) >= j.tuning.factWeight:
		return shift
	}
	return Fact
}

// acts reports whether a sentence without a modal tells what somebody does with
// data, money or accounts: "Advertisers receive your address from us".
func (j *judge) acts(s *sentence) bool {
	sum := map[Category]float64{}
	j.lexicon.frames.score(s, 1, sum)
	for _, weight := range sum {
		if weight >= actingFrame {
			return true
		}
	}
	return false
}

// actingFrame is the weight of a frame that binds by itself.
const actingFrame = 6

// runInWords is the length up to which the first sentence of an item is its
// title.
const runInWords = 5

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
	switch {
	case isOpen(strings.ToLower(s.place.lead)):
		return Instance
	case isProper(s) && isCountry(s.words, 0) == 0:
		return Party
	}
	return Member
}

// isProper reports whether a sentence is a name and nothing else: what its
// words mean elsewhere tells nothing of what it is about.
func isProper(s *sentence) bool {
	if len(s.words) > 6 || strings.ContainsAny(s.text, ":;,") {
		return false
	}
	small := 0
	for i := range s.words {
		if w := &s.words[i]; w.kind == plain && len(w.norm) > 3 && strings.ToLower(s.quote(i, i+1)) == s.quote(i, i+1) {
			small++
		}
	}
	return small*2 < len(s.words)
}
