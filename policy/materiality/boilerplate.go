package materiality

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/codicil/codicil/policy"
)

// furnishings are words of what a web page shows around a policy.
var furnishings = []string{"was this helpful", "was this page helpful", "was this article helpful", "cookie banner", "accept all", "accept cookies", "reject all",
	"related articles", "related links", "share this", "skip to", "sign in", "log in", "sign up", "download the app", "app store", "google play", "get it on",
	"all rights reserved", "back to top", "print this page", "follow us", "subscribe to our newsletter", "on this page", "in this article",
	"people found this", "out of", "views", "more articles", "still have questions", "need more help", "community forum", "careers", "sitemap", "press", "about us",
	"select your language", "change language", "previous article", "next article", "contact us", "download on the", "shop", "copyright ©", "©", "loading", "menu", "search", "edit this page", "feedback"}

func hasAnyPrefix(text string, list ...string) bool {
	return slices.ContainsFunc(list, func(p string) bool { return strings.HasPrefix(text, p) })
}

// isPagePart reports whether a sentence is where a page has its menu, its
// links or its banner.
func isPagePart(s *sentence) bool {
	return s.place.menu || s.place.banner || isAnswer(s)
}

// isHeld reports whether what surrounds a sentence tells that it is none of the policy.
func isHeld(s *sentence) bool {
	a := s.place.around
	return a != nil && !s.place.cell && a.holds(s, s.lower())
}

// isCopyright reports whether a line says whose the page is, and since which year.
func isCopyright(s *sentence, text string) bool {
	if len(s.words) > 2*labelWords || s.place.cell || !hasAny(text, "© ", "all rights reserved") {
		return false
	}
	return !slices.ContainsFunc(s.words, func(w word) bool { return modals[w.stem] != "" || negations[w.norm] || acts[w.stem] })
}

// isBoilerplate reports whether a sentence is what a page shows around the
// policy: a menu entry, a button, a view counter.
func isBoilerplate(s *sentence) bool {
	if strings.Contains(s.text, "](") || strings.Contains(s.text, "data:image") {
		return true
	}
	text := s.lower()
	if hasAny(text, "was this helpful", "found this helpful", "was this page", "was this article", "tell us how we", "have a moment?", "take survey", "take our survey", "did you get the help you needed", "did this answer your question", "did you find what you were looking for") {
		return true
	}
	if s.place.kind == policy.Heading && !s.place.linked {
		return strings.HasPrefix(text, "related ")
	}
	if isPagePart(s) || isHeld(s) {
		return true
	}
	if s.place.cell && s.place.around != nil {
		return false
	}
	if isCopyright(s, text) {
		return true
	}
	if operative(s) {
		return false
	}
	if s.place.linked && len(s.words) <= 8 {
		return !isTitleOfDocument(s) && !s.place.listed()
	}
	return isFurnishing(s, text)
}

// isFurnishing reports whether a short line is a button, a counter or marks alone.
func isFurnishing(s *sentence, text string) bool {
	if len(s.words) > 7 {
		return false
	}
	number := func(w word) bool { return w.kind == numeric }
	if s.place.item && slices.ContainsFunc(s.words, number) || len(s.measures()) > 0 && !countsReaders(text) {
		return false // "Searches: thirteen months" is no button
	}
	furnishing := func(f string) bool { return headed(text, f) || tailed(text, f) }
	return slices.Contains(buttons, text) || slices.ContainsFunc(furnishings, furnishing) || onlyMarks(s)
}

// buttons unfold what a page hides. More words beside these say where to read on.
var buttons = []string{"read more", "find out more", "learn more", "show more", "see more", "view more", "read less", "show less", "expand all", "collapse all"}

// countsReaders reports whether a line counts readers: "3 out of 5", "120 views".
func countsReaders(text string) bool {
	return strings.Contains(text, "out of") || tailed(text, "views") || strings.Contains(text, "found this")
}

// headed and tailed report whether a text begins or ends with words, and not only
// with their letters.
func headed(text, words string) bool {
	rest, ok := strings.CutPrefix(text, words)
	return ok && !startsLetter(rest)
}

func tailed(text, words string) bool {
	rest, ok := strings.CutSuffix(text, words)
	last, _ := utf8.DecodeLastRuneInString(rest)
	return ok && !unicode.IsLetter(last)
}

func startsLetter(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	return unicode.IsLetter(first)
}

// labelWords is how many words a label has at most.
const labelWords = 7

// offers reports whether a line ahead of the title of a document is what a page
// asks its visitors: to allow cookies, to sign in, to search.
func offers(text string) bool {
	return hasAny(text, "cookie", "accept", "log in", "sign in", "sign up", "search", "menu", "skip to", "basket", "cart", "share this", "download", "your privacy", "clicking", "language", "subscribe")
}

// isAnswer reports whether a line is what a reader is given to click on below
// such a question. Alone below any other line, yes or no is a statement about it.
func isAnswer(s *sentence) bool {
	return !s.place.item && !s.place.cell && isYesOrNo(s.text)
}

// isTitleOfDocument reports whether a linked line names a document: an entry of
// a table of contents rather than of a menu.
func isTitleOfDocument(s *sentence) bool {
	return len(s.words) > 3 && ruleTexts.in(s.words)
}

// onlyMarks reports whether a sentence has no word of letters. Addresses are none, but
// where a policy lists them.
func onlyMarks(s *sentence) bool {
	listed := s.place.listed()
	for i := range s.words {
		if w := &s.words[i]; w.kind == plain && len(w.norm) > 1 || w.kind == address && listed {
			return false
		}
	}
	return true
}
