package materiality

import "strings"

// operative reports whether a sentence binds somebody: it has a modal, a
// negation or a number, or says what a party does.
func operative(s *sentence) bool {
	if binds(s) {
		return true
	}
	for i := range s.words {
		if isPerfect(s.words, i) {
			return false
		}
	}
	return len(s.words) > 3 && len(s.measures()) > 0
}

// binds reports whether a sentence binds somebody by its words alone, its
// numbers apart.
func binds(s *sentence) bool {
	for i := range s.words {
		w := &s.words[i]
		if isPerfect(s.words, i) {
			return false
		}
		switch {
		case modals[w.stem] != "", negations[w.norm], obliges(s.words, i):
			return true
		case isParty(w.norm) && i+1 < len(s.words) && actsAt(s.words, i+1):
			return true
		case (w.norm == "apply" || w.norm == "applies" || w.norm == "govern" || w.norm == "governs" || w.norm == "covers") && ruleTexts.in(s.words[:i]):
			return true
		}
	}
	return false
}

// ruleTexts are what a policy calls itself and its parts: "these terms apply
// to" says whom a document binds.
var ruleTexts = newPhrases(textsOfRules)

// isPerfect reports whether a party only tells what it has done, or never did.
func isPerfect(list []word, i int) bool {
	if !isParty(list[i].norm) || i+2 >= len(list) || list[i+1].norm != "have" {
		return false
	}
	next := list[i+2].norm
	return next == "never" || next == "not" || strings.HasSuffix(next, "ed")
}

// obliging are stems of words that bind without a modal.
var obliging = stems(`required prohibited forbidden permitted agree acknowledge consent warrant represent entitled responsible liable subject waive
	obliged obligation reserve right opt governed eligible restricted refuse deny grant suspend terminate don't require requires retain retained store stored owned owns bound`)

// obliges reports whether word i binds without a modal. Somebody is responsible
// for something; a responsible disclosure is a good one.
func obliges(list []word, i int) bool {
	if list[i].norm == "responsible" && i+1 < len(list) && list[i+1].norm != "for" && list[i+1].norm != "to" {
		return false
	}
	return obliging[list[i].stem]
}

// isParty reports whether a word stands for the company or the user.
func isParty(norm string) bool {
	switch norm {
	case "we", "you", "they", "users", "user", "customer", "customers", "company", "members", "member":
		return true
	}
	return false
}

// acts are stems of what parties do with data, money and content.
var acts = stems(`collect use process share disclose sell retain store keep transfer delete receive combine track send provide charge bill pay
	agree grant own remove restrict suspend terminate ban allow prohibit require report notify review monitor scan train analyze log access comply
	protect encrypt offer refund renew limit record gather obtain`)

// actsAt reports whether a party does something at word i, adverbs between
// apart.
func actsAt(list []word, i int) bool {
	for n := 0; n < 3 && i < len(list); n, i = n+1, i+1 {
		if acts[list[i].stem] {
			return true
		}
	}
	return false
}
