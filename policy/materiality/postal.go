package materiality

import (
	"strings"
)

// isDeadline reports whether a date in the sentence starts or ends a duty.
func isDeadline(s *sentence) bool {
	return operative(s) && !hasAny(s.lower(), "updated", "effective", "modified", "version", "revised")
}

// datesText reports whether a date in the sentence tells of a text, and not of what it
// rules: when it was written, and from when it holds.
func datesText(s *sentence) bool {
	return isDateline(s) || !isDeadline(s) && hasAny(s.lower()+" "+s.place.lead, "updated", "effective", "modified", "version", "revised", "published", "posted", "edited", "dated", "issued", "reviewed", "changed", "amended", "as of", "date", "©", "previous", "applies from", "in force")
}

// isEnumerator reports whether a word is the letter or number of an item:
// (a), iv.
func isEnumerator(s *sentence, at int) bool {
	w := &s.words[at]
	if w.end-w.start > 4 || w.norm == "a" && capital(s, at) {
		return false
	}
	before := w.start > 0 && s.text[w.start-1] == '('
	after := w.end < len(s.text) && s.text[w.end] == ')'
	if before && after {
		return len(strings.Trim(w.norm, "ivxlc")) == 0 || len(w.norm) == 1 || w.kind == numeric
	}
	return at > 0 && pointers[s.words[at-1].norm] && len(w.norm) == 1 || after && len(w.norm) == 1
}

// isPostal reports whether a sentence holds a postal address.
func isPostal(s *sentence) bool {
	n := 0
	for i := range s.words {
		w := &s.words[i]
		if i > 0 && capital(s, i) && postalWords[w.norm] {
			n++
		}
		if w.kind == numeric && len(w.norm) == 5 && !strings.ContainsAny(w.norm, ".,$€£%") {
			n++
		}
	}
	return n > 1
}

var postalWords = wordSet("street st avenue ave road rd suite ste floor box pmb building blvd boulevard drive lane square place city zip pl rue avenue way court house quay terrace crescent parkway pkwy highway hwy dr plaza tower via straße strasse platz calle north south east west")

// capital reports whether word i begins with a capital letter.
func capital(s *sentence, i int) bool {
	b := s.text[s.words[i].start]
	return 'A' <= b && b <= 'Z' || b >= 0xC3 && b <= 0xC5
}
