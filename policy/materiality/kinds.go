package materiality

import (
	"strings"

	"github.com/codicil/codicil/policy"
)

// isChangelog reports whether a sentence tells what a past update did.
func isChangelog(s *sentence) bool {
	if len(s.words) == 0 {
		return false
	}
	for _, h := range s.place.headings() {
		h = strings.ToLower(h)
		if hasAny(h, "change log", "changelog", "revision history", "summary of changes", "what's new", "what changed") {
			return true
		}
	}
	text := s.lower()
	for _, head := range []string{"we've updated", "we’ve updated", "we have updated", "we updated", "this policy was updated", "we recently updated", "we're updating", "we’re updating", "we are updating", "we have made", "we've made", "we’ve made", "we're making", "we’re making"} {
		if strings.HasPrefix(text, head) && (len(s.words) < 16) {
			return true
		}
	}
	return s.words[0].kind == dated && s.place.item
}

// isHeading reports whether a sentence is a heading that binds nobody.
func isHeading(s *sentence) bool { return s.place.kind == policy.Heading && !operative(s) }

// isLabel reports whether a short line without a verb serves as a heading.
func isLabel(s *sentence) bool {
	if s.place.item || s.place.cell || len(s.words) > 7 || strings.ContainsAny(s.text, ".;!") {
		return false
	}
	return !operative(s) && (s.place.clause == nil || !strings.HasSuffix(s.text, ":") || len(s.words) < 5)
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
	for _, label := range []string{"duration:", "purpose:", "type:", "provider:", "expiry:", "expires:", "retention:", "category:"} {
		if s.place.item && strings.HasPrefix(s.lower(), label) {
			return true
		}
	}
	for i := range s.words {
		if w := s.words[i].norm; s.place.item && len(s.words) < 6 && (w == "pixel" || w == "cookie" || w == "sdk") {
			return true
		}
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
	return steps > 1 || steps == 1 && labels || opensSetting(s)
}

// opensSetting reports whether a sentence tells its reader to open a setting.
func opensSetting(s *sentence) bool {
	switch s.words[0].norm {
	case "open", "select", "choose", "go", "navigate":
	default:
		return false
	}
	for i := 1; i < len(s.words); i++ {
		switch s.words[i].norm {
		case "preferences", "settings", "panel", "menu", "tab", "screen":
			return true
		}
	}
	return false
}

// isAge reports whether a line tells how long ago a page was changed, which it
// counts by itself: "Updated: 3 days ago".
func isAge(s *sentence) bool {
	age, told := false, false
	for i := range s.words {
		switch s.words[i].norm {
		case "ago", "yesterday", "today":
			age = true
		case "updated", "modified", "edited", "posted", "published":
			told = true
		}
	}
	return age && told && len(s.words) <= 6
}
