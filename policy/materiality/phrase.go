package materiality

import (
	"strings"
	"sync"
)

// phraseLists are ways to say one thing: what is first is its key, what
// follows are phrases of equal force. A key in angle brackets is one that no
// single word has. Longer phrases are tried first.
var phraseLists = []string{
	"<at-least>: at least, no less than, not less than, no fewer than, not fewer than, a minimum of, minimum of, or more",
	"<at-most>: at most, up to, no more than, not more than, a maximum of, maximum of, not exceeding, does not exceed, no longer than, not longer than, not to exceed, will not exceed, may not exceed, must not exceed, shall not exceed, no higher than",
	"<more>: more than, in excess of, exceeding, greater than, longer than",
	"<less>: less than, fewer than, shorter than, smaller than",
	"<by>: no later than, not later than, at the latest, by the end of",
	"<free>: free of charge, free of cost, for free, without charge, at no cost, at no charge, at no extra cost, without payment, gratis, free",
	"<per-year>: each year, every year, per year, a year, once a year, yearly, annually, per annum, each calendar year, every calendar year",
	"<per-month>: each month, every month, per month, a month, once a month, monthly, per calendar month, each calendar month",
	"<per-week>: each week, every week, per week, a week, once a week, weekly",
	"<per-day>: each day, every day, per day, a day, once a day, daily",
	"they: he or she, she or he, his or her, her or his, him or her, her or him",
	"<no-longer>: no longer, not any longer, not any more",
	"<at-once>: forthwith, at once, right away, straight away, immediately, without delay",
	"<any-time>: at any time, at all times, whenever you like, any time",
	"may: is entitled to, are entitled to, be entitled to, has the right to, have the right to, is free to, are free to, is at liberty to, are at liberty to, be at liberty to, is able to, are able to, is permitted to, are permitted to, is allowed to, are allowed to, reserve the right to, reserves the right to, has the option to, have the option to",
	"must: is required to, are required to, be required to, is obliged to, are obliged to, be obliged to, is obligated to, are obligated to, has to, have to, need to, needs to, is bound to, are bound to, shall, has the duty to",
	"<must-not>: may not, must not, shall not, can not, is not allowed to, are not allowed to, is not permitted to, are not permitted to, is prohibited from, are prohibited from, is forbidden to, are forbidden to, is forbidden from, is not entitled to, are not entitled to",
	"<not-allowed>: not allowed, not permitted, forbidden, prohibited, banned, not admissible",
	"<allowed>: allowed, permitted",
	"<need-not>: need not, do not have to, does not have to, do not need to, does not need to, are not required to, is not required to, are not obliged to, is not obliged to, are under no obligation to, is under no obligation to, have no obligation to, has no obligation to",
	"if: in the event that, in the event of, in case of, in the case of, in case, where, provided that, on condition that, on the condition that, as long as, so long as, should there be, insofar as",
	"before: prior to, in advance of, ahead of, previous to",
	"after: following, subsequent to, upon expiry of, once",
	"about: with regard to, with respect to, in relation to, in respect of, regarding, concerning, in connection with, relating to, as regards",
	"to: in order to, so as to, for the purpose of, for the purposes of, with a view to",
	"because: due to, owing to, on account of, as a result of",
	"under: in accordance with, pursuant to, according to, in line with, in compliance with",
	"and: as well as, together with, along with, plus, in addition to, and also",
	"unless: except if, except where, save where, save if",
	"except: except for, save for, with the exception of, other than, apart from, excluding, save",
	"despite: notwithstanding, in spite of, regardless of, irrespective of",
	"soon: as soon as possible, as soon as practicable, as soon as reasonably possible",
	"during: in the course of, throughout, for the duration of",
	"until: up until, till",
	"<such-as>: such as, for instance, e.g, including, among others, including but not limited to, including without limitation, like",
	"without: in the absence of",
	"about-now: at present, at the moment, currently, at this time, now, presently",
	"email: by e-mail, e-mail, electronic mail",
	"in: be located in, be situated in, is located in, is situated in, are located in, are situated in",
	"<make-sure>: make sure, ensure, make certain, see to it",
	"<use>: use, make use of, utilise",
	"end: terminate, come to an end, cease, discontinue, stop",
	"keep: retain, store, hold",
	"delete: erase, wipe",
	"tell: inform, notify, advise, let know, give notice to, give notice",
	"change: modify, alter, amend, revise",
	"give: provide, supply, furnish, hand over, grant",
	"get: receive, obtain, acquire",
	"ask: request",
	"begin: start, commence",
	"several: a number of, multiple, various",
	"most: the majority of",
	"agree: consent",
	"<pay-back>: pay back, refund, reimburse, repay, return the money",
	"phone: telephone, by phone, by telephone, call",
	"person: individual, people, persons, individuals",
	"child: children, minor, minors",
	"money: funds, sums",
	"law: legislation, statute",
	"rule: provision",
	"duty: obligation",
	"illegal: unlawful, against the law",
	"together: jointly",
	"alone: on its own, by itself, on their own, by themselves",
}

// phraseSet finds phrases, by the first word of each.
type phraseSet map[string][]phraseEntry

type phraseEntry struct {
	words []string
	keys  []string
}

var phraseBook = sync.OnceValue(func() phraseSet {
	set := phraseSet{}
	for _, line := range phraseLists {
		key, list, _ := strings.Cut(line, ": ")
		keys := strings.Fields(key)
		for i, k := range keys {
			if k[0] != '<' && oneForm[k] == "" {
				keys[i] = inflected(k)
			}
		}
		for _, phrase := range strings.Split(list, ", ") {
			w := rawWords(phrase)
			set[w[0]] = append(set[w[0]], phraseEntry{w, keys})
		}
	}
	return set
})

// rawWords returns the words of a phrase as sentences have them.
func rawWords(phrase string) []string {
	var out []string
	for _, w := range words(phrase) {
		out = append(out, formOf(&w))
	}
	return out
}

// formOf is the form in which words of phrases are compared. The pronoun "us"
// is no form of "use".
func formOf(w *word) string {
	if w.norm == "us" {
		return w.norm + " "
	}
	return inflected(w.norm)
}

// at returns the keys of the longest phrase that begins at word i, and its
// length.
func (set phraseSet) at(list []word, i int) (keys []string, n int) {
	for _, e := range set[formOf(&list[i])] {
		if len(e.words) > n && len(e.words) <= len(list)-i && e.holds(list[i:]) {
			keys, n = e.keys, len(e.words)
		}
	}
	return keys, n
}

func (e *phraseEntry) holds(list []word) bool {
	for k, w := range e.words {
		if formOf(&list[k]) != w {
			return false
		}
	}
	return true
}
