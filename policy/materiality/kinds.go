package materiality

import (
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
)

// isChangelog reports whether a sentence tells what a past update did.
func isChangelog(s *sentence) bool {
	text := s.lower()
	if len(s.words) < 16 && hasAnyPrefix(text, "we've updated", "we’ve updated", "we have updated", "we updated", "this policy was updated", "we recently updated", "we're updating", "we’re updating", "we are updating", "we have made", "we've made", "we’ve made", "we're making", "we’re making") {
		return true
	}
	return s.words[0].kind == dated && s.place.item
}

// isHeading reports whether a sentence is a heading that binds nobody.
func isHeading(s *sentence) bool {
	return s.place.kind == policy.Heading && !operative(s) && !statesRule(s)
}

// statesRule reports whether a heading says behind a colon when or for whom its rule
// holds: "Newsletter: only if you tick the box".
func statesRule(s *sentence) bool {
	_, rule, ok := strings.Cut(s.text, ": ")
	return ok && slices.ContainsFunc(words(rule), func(w word) bool {
		class := classOf[w.norm]
		return classGroups[class] == "operator" || classGroups[class] == "standard"
	})
}

// isLabel reports whether a short line without a verb serves as a heading.
func isLabel(s *sentence) bool {
	if s.place.item || s.place.cell || len(s.words) > 7 || strings.ContainsAny(s.text, ".;!") {
		return false
	}
	return !operative(s) && !statesRule(s) && (s.place.clause == nil || !strings.HasSuffix(s.text, ":") || len(s.words) < 5)
}

// isAddressLine reports whether a sentence is a line of a postal address.
func isAddressLine(s *sentence) bool {
	if len(s.words) > 12 {
		return false
	}
	number, street := false, false
	for i := range s.words {
		w := &s.words[i]
		number = number || w.kind == numeric
		street = street || postalWords[w.norm]
		if w.kind == plain && !capital(s, i) && !stopWords[w.stem] && !street {
			return false
		}
	}
	return number && street
}

// isRegister reports whether a sentence is in a register that the document
// keeps of things of one kind: cookies by name, processors by name.
func isRegister(s *sentence) bool {
	if s.place.cell {
		return (len(s.words) < 13 || !operative(s)) && hasAny(strings.ToLower(s.place.lead+" "+strings.Join(s.place.headings(), " ")), "cookie", "tracker", "duration", "expiry", "processor", "provider")
	}
	for _, h := range s.place.headings() {
		if hasAny(strings.ToLower(h), "processor", "pixel", "trackers") && s.place.item && !operative(s) {
			return true
		}
	}
	return false
}

// isStep reports whether a sentence says where to click.
func isStep(s *sentence) bool {
	steps, labels := 0, strings.ContainsAny(s.text, ">›→\"“")
	for i := range s.words {
		switch s.words[i].norm {
		case "click", "clicking", "tap", "tapping", "select", "icon", "tab", "button", "menu", "dropdown", "toggle":
			steps++
		case "page", "screen", "setting", "settings":
			labels = labels || i > 0 && capital(s, i-1) && i > 1
		}
	}
	return steps > 1 || steps == 1 && labels
}
