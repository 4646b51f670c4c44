package materiality

import (
	"slices"
	"strings"
)

// renames finds the names and terms that gave way to others throughout: the
// old one is gone from the document, or the same swap was made more than once.
// The swap is "old>new". A term that brings another practice with it, such as
// "lend" for "sell", is no term of the same thing.
func (j *judge) renames(list []*passage) map[string]Shift {
	count := map[string]int{}
	shifts := map[string]Shift{}
	for _, p := range list {
		if p.held == nil {
			continue
		}
		for _, s := range p.held.spans {
			key, proper := swap(p, s)
			if key == "" {
				continue
			}
			count[key]++
			if shift, ok := j.shiftOf(p, s, proper, count[key]); ok {
				shifts[key] = shift
			}
		}
	}
	return shifts
}

// shiftOf says what a swap that was met so many times is: a rename, another term
// for the same, or neither.
func (j *judge) shiftOf(p *passage, s *spanned, proper bool, times int) (Shift, bool) {
	old, new := p.old.wordsOf(s.old), p.new.wordsOf(s.new)
	switch {
	case hasRole(old) || hasRole(new):
		return Term, times > 1 && !j.survives(old) && !j.stoodBefore(new)
	case proper:
		return Rename, times > 1 || !j.survives(old) && j.named(old)
	}
	return Term, times > 1 && *j.hits(old) == *j.hits(new)
}

// swap returns the key of a difference that puts one name or term for another,
// and whether both are names; no key for any other difference.
func swap(p *passage, s *spanned) (key string, proper bool) {
	if len(s.old) == 0 || len(s.new) == 0 {
		return "", false
	}
	a, b := span{s.old[0].from, s.old[len(s.old)-1].to}, span{s.new[0].from, s.new[len(s.new)-1].to}
	old, new := p.old.words[a.from:a.to], p.new.words[b.from:b.to]
	switch {
	case len(old) > longestName || len(new) > longestName, heavy(p.old, a.from, a.to), heavy(p.new, b.from, b.to),
		shareWord(old, new), legalNext(p.old, a.to), legalNext(p.new, b.to):
		return "", false
	}
	return phraseKey(old) + ">" + phraseKey(new), isName(p.old, a.from, a.to) && isName(p.new, b.from, b.to)
}

// longestName is how many words a name or term has at most.
const longestName = 4

// shareWord reports whether two runs have a word in common: then one is no
// name for the other.
func shareWord(a, b []word) bool {
	for i := range a {
		for k := range b {
			if a[i].stem == b[k].stem {
				return true
			}
		}
	}
	return false
}

// legalNext reports whether a legal form is at word i or next to it.
func legalNext(s *sentence, i int) bool {
	for k := i; k < min(i+2, len(s.words)); k++ {
		if legalForms[s.words[k].norm] {
			return true
		}
	}
	return false
}

// heavy reports whether a run holds a word that no renaming changes: a number,
// a modal, a negation, a country, a legal form.
func heavy(s *sentence, from, to int) bool {
	for i := from; i < to; i++ {
		w := &s.words[i]
		if _, counts := numberWord(w.norm); counts || w.kind == numeric || classOf[w.norm] != "" && classOf[w.norm] != "role" || currencies[w.norm] != "" || months[w.norm] || modals[w.stem] != "" ||
			isCountry(s.words, i) > 0 || legalForms[w.norm] || obliging[w.stem] {
			return true
		}
	}
	return false
}

// isName reports whether all words of a run that carry a meaning begin with a
// capital, as names do.
func isName(s *sentence, from, to int) bool {
	names := 0
	for i := from; i < to; i++ {
		if stopWords[s.words[i].stem] && !capital(s, i) {
			continue
		}
		if !capital(s, i) {
			return false
		}
		if i > 0 {
			names++
		}
	}
	return names > 0 && !shouting(s)
}

// shouting reports whether a sentence is written in capitals throughout.
func shouting(s *sentence) bool { return strings.ToUpper(s.text) == s.text }

// survives reports whether all words that carry a meaning are still used anywhere.
func (j *judge) survives(list []word) bool {
	return !slices.ContainsFunc(list, func(w word) bool { return !stopWords[w.stem] && j.texts.inNew(w.norm) == 0 })
}

// named reports whether a name was used more than once in the old text: of one that was
// used once, nobody knows whether another is the same under a new name.
func (j *judge) named(list []word) bool {
	return !slices.ContainsFunc(list, func(w word) bool { return !stopWords[w.stem] && j.texts.inOld(w.norm) < 2 })
}

// stoodBefore reports whether a word that carries a meaning was used in the old
// text.
func (j *judge) stoodBefore(list []word) bool {
	return slices.ContainsFunc(list, func(w word) bool { return !stopWords[w.stem] && j.texts.inOld(w.norm) > 0 })
}

// hasRole reports whether a party to a contract is among the words.
func hasRole(list []word) bool {
	for i := range list {
		if classOf[list[i].norm] == "role" {
			return true
		}
	}
	return false
}

// legalForms are what marks a name as that of a company.
var legalForms = wordSet(`inc llc ltd limited gmbh corp corporation plc bv b.v oü ab ag pty sarl s.a.r.l sas srl kg oy a.s aps kk llp lp pte s.a n.v nv spa s.p.a incorporated`)
