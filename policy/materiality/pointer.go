package materiality

import "strings"

// pointerHeads begin sentences that only say where to read more.
var pointerHeads = []string{"learn more", "to learn more", "for more information", "for more details", "for further", "more information", "for details",
	"read more", "read new", "read our", "read the", "see also", "please see", "find out more", "to find out more", "you can find more information", "click here", "view our", "for additional information",
	"you can learn more", "you can find more", "list of", "a list of", "learn about", "for details about", "please read our", "please refer", "pour en savoir plus", "weitere informationen", "más información", "(see", "see "}

// readings are what a reader is told to do with a text, behind "you can" and the
// like.
var readings = stems("read see view find review learn visit check consult refer look browse explore")

// readables are what a reader is sent to: not a setting, nor data of his own.
var readables = newPhrases(textsOfRules + ", page, more information, further information, additional information, more details, list, version, article, center, faq, site, website, guide, documentation, blog, report, answer, solution, archive, here, below")

// isPointer reports whether a sentence only says where to read more.
func isPointer(s *sentence) bool {
	text := strings.ToLower(strings.TrimLeft(s.text, "*_[(“\" "))
	if hasAny(text, " must ", " may not ", " shall ", " agree ") {
		return false
	}
	return hasAnyPrefix(text, pointerHeads...) || sendsOn(s)
}

// sendsOn reports whether a sentence tells its readers what they can read, and
// ends with where: "You can read the Acme terms for more information".
func sendsOn(s *sentence) bool {
	for i := 0; i < min(4, len(s.words)-1); i++ {
		w := &s.words[i]
		switch {
		case readings[w.stem]:
			head, tail := s.words[i+1:min(i+7, len(s.words))], s.words[max(i+1, len(s.words)-4):]
			return readables.in(head) || readables.in(tail) || tail[len(tail)-1].kind == address
		case w.norm != "you" && w.norm != "please" && w.norm != "also" && modals[w.stem] != "may":
			return false
		}
	}
	return false
}
