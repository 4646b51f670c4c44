package materiality

import "strings"

// pointerHeads begin sentences that only say where to read more.
var pointerHeads = []string{"learn more", "to learn more", "for more information", "for more details", "for further", "more information", "for details",
	"read more", "see also", "please see", "find out more", "to find out more", "you can find more information", "click here", "view our", "for additional information",
	"you can learn more", "you can find more", "you can view the", "list of", "a list of", "you can view previous", "learn about", "for details about", "please read our", "please refer", "pour en savoir plus", "weitere informationen", "más información", "(see", "see "}

// readings are what a reader is told to do with a text, behind "you can" and the
// like.
var readings = stems("read see view find review learn visit check consult refer look browse explore")

// readables are what a reader is sent to: not a setting, nor data of his own.
var readables = newPhrases(textsOfRules + ", page, information, detail, list, version, article, center, faq, site, website, guide, documentation, blog, post, report, answer, solution, archive, here, below")

// isPointer reports whether a sentence only says where to read more.
func isPointer(s *sentence) bool {
	text := strings.ToLower(strings.TrimLeft(s.text, "*_[(“\" "))
	if hasAny(text, " must ", " may not ", " shall ", " agree ") {
		return false
	}
	for _, head := range pointerHeads {
		if strings.HasPrefix(text, head) {
			return true
		}
	}
	return sendsOn(s)
}

// sendsOn reports whether a sentence tells its readers what they can read, and
// ends with where: "You can read the Acme terms for more information".
func sendsOn(s *sentence) bool {
	if len(s.words) < 4 || s.words[0].norm != "you" && s.words[0].norm != "please" {
		return false
	}
	for i := 1; i < min(4, len(s.words)); i++ {
		w := &s.words[i]
		switch {
		case readings[w.stem]:
			tail := s.words[max(i+1, len(s.words)-4):]
			return readables.in(tail) || tail[len(tail)-1].kind == address
		case modals[w.stem] != "may" && w.norm != "also" && w.norm != "might":
			return false
		}
	}
	return false
}
