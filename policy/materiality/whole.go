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
	case isBoilerplate(s):
		return Boilerplate
	case isAddressLine(s):
		return Address
	case s.place.kind == policy.Heading && !statesRule(s), isLabel(s):
		return Title
	case isPointer(s), s.place.linked && isTitleOfDocument(s):
		return Pointer
	case isRegister(s):
		return Entry
	case isStep(s):
		return Steps
	case isProfession(s), isInvitation(s):
		return Fact
	case s.place.item && s.prev == nil && s.next != nil && len(s.words) <= runInWords && !operative(s):
		return Title // of the item: "Fraud prevention. Vendors receive ..."
	case s.place.item && len(s.words) <= itemWords && !operative(s):
		return memberOf(s)
	case operative(s), j.acts(s):
		return shift
	case s.place.cell && len(s.words) < 4:
		return Entry
	case j.weight(s.words) >= factWeight:
		return shift
	}
	return Fact
}

// acts reports whether a sentence without a modal tells what somebody does with
// data, money or accounts: "Advertisers receive your address from us".
func (j *judge) acts(s *sentence) bool {
	for _, weight := range j.frames(s) {
		if weight >= actingFrame {
			return true
		}
	}
	return false
}

// isInvitation reports whether a sentence only asks readers to write or call.
func isInvitation(s *sentence) bool {
	text := s.lower()
	return hasAnyPrefix(text, "please contact", "please email", "please e-mail", "please write", "please follow up", "please reach out", "please let us know", "feel free", "contact us", "get in touch", "reach out", "to report ", "you can sign up to receive") &&
		!hasAny(text, "must", "shall") && !hasAny(text, "right", "opt out", "opt-out", "object", "erase", "delet", "access", "complain", "appeal", "refund", "cancel")
}

// professions are words with which a company speaks of itself, or of the world,
// and promises nothing.
var professions = newPhrases("committed to, believe, recognize the importance, strive, our mission, we value, proud, according to, we care, take seriously, important to us, our goal, our aim")

// isProfession reports whether a sentence tells what somebody thinks or wants,
// and binds nobody: no rule can be read from "we believe in openness".
func isProfession(s *sentence) bool {
	person := s.words[0].norm == "he" || s.words[0].norm == "she"
	if !person && !professions.in(s.words) {
		return false
	}
	for i := range s.words {
		w := &s.words[i]
		if modals[w.stem] != "" || negations[w.norm] || obliging[w.stem] && w.stem != "right" {
			return false
		}
	}
	return true
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
		if material(rubric[c]) {
			most = max(most, score)
		}
	}
	return most
}

// memberOf says whether a list item is in an open or a closed list.
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
