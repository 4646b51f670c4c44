package materiality

import (
	"maps"
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
		if p.old == nil || p.new == nil {
			continue
		}
		for _, h := range p.hunks {
			key, proper := swap(p, h)
			if key == "" {
				continue
			}
			count[key]++
			if shift, ok := j.shiftOf(p, h, proper, count[key]); ok {
				shifts[key] = shift
			}
		}
	}
	return shifts
}

// shiftOf says what a swap that was met so many times is: a rename, another term
// for the same, or neither.
func (j *judge) shiftOf(p *passage, h hunk, proper bool, times int) (Shift, bool) {
	old, new := p.old.words[h.oldFrom:h.oldTo], p.new.words[h.newFrom:h.newTo]
	switch {
	case hasRole(old) || hasRole(new):
		return Term, times > 1 && !j.survives(p.old, h.oldFrom, h.oldTo) && !j.stoodBefore(p.new, h.newFrom, h.newTo)
	case proper:
		return Rename, times > 1 || !j.survives(p.old, h.oldFrom, h.oldTo)
	}
	return Term, times > 1 && maps.Equal(j.hits(old), j.hits(new))
}

// swap returns the key of a hunk that puts one name or term for another, and
// whether both are names.
func swap(p *passage, h hunk) (key string, proper bool) {
	n, m := h.oldTo-h.oldFrom, h.newTo-h.newFrom
	if n == 0 || m == 0 || n > 4 || m > 4 {
		return "", false
	}
	if heavy(p.old, h.oldFrom, h.oldTo) || heavy(p.new, h.newFrom, h.newTo) {
		return "", false
	}
	if shareWord(p.old.words[h.oldFrom:h.oldTo], p.new.words[h.newFrom:h.newTo]) || legalNext(p.old, h.oldTo) || legalNext(p.new, h.newTo) {
		return "", false
	}
	key = phraseKey(p.old.words[h.oldFrom:h.oldTo]) + ">" + phraseKey(p.new.words[h.newFrom:h.newTo])
	return key, isName(p.old, h.oldFrom, h.oldTo) && isName(p.new, h.newFrom, h.newTo)
}

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

// legalNext reports whether a legal form stands at word i or next to it.
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
		if _, counts := numberWord(w.norm); counts || w.kind == numeric || classOf[w.norm] != "" && classOf[w.norm] != "role" || currencies[w.norm] != "" || months[w.norm] || modals[w.stem] != "" || negations[w.norm] || quantifiers[w.stem] != "" || strongConditions[w.norm] ||
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

// survives reports whether all words of the run are still used anywhere.
func (j *judge) survives(s *sentence, from, to int) bool {
	for i := from; i < to; i++ {
		if !stopWords[s.words[i].stem] && j.texts.inNew(s.words[i].norm) == 0 {
			return false
		}
	}
	return true
}

// stoodBefore reports whether a word of the run that carries a meaning was used
// in the old text.
func (j *judge) stoodBefore(s *sentence, from, to int) bool {
	for i := from; i < to; i++ {
		if !stopWords[s.words[i].stem] && j.texts.inOld(s.words[i].norm) > 0 {
			return true
		}
	}
	return false
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

// renamed takes away names and terms that gave way to others throughout.
func (d *detector) renamed() {
	p := d.passage
	for _, h := range p.hunks {
		key, _ := swap(p, h)
		kind := d.names[key]
		if kind == "" {
			continue
		}
		gone := take(&p.gone, func(c change) bool { return c.at < h.oldFrom || c.at >= h.oldTo })
		come := take(&p.come, func(c change) bool { return c.at < h.newFrom || c.at >= h.newTo })
		if len(gone)+len(come) == 0 {
			continue
		}
		d.add(kind, gone, come)
	}
}

// legalForms are what marks a name as that of a company.
var legalForms = wordSet(`inc llc ltd limited gmbh corp corporation plc bv b.v oü ab ag pty sarl s.a.r.l sas srl kg oy a.s aps kk llp lp pte s.a n.v nv spa s.p.a incorporated`)

// entities finds companies that took the place of others, came or went.
func (d *detector) entities() {
	p := d.passage
	for _, h := range p.hunks {
		oldName, newName := entityAt(p.old, h.oldFrom, h.oldTo), entityAt(p.new, h.newFrom, h.newTo)
		if !oldName && !newName {
			continue
		}
		shift := Entity
		if careOf(p.old) && careOf(p.new) {
			shift = Address
		}
		gone := take(&p.gone, func(c change) bool { return c.at < h.oldFrom || c.at >= h.oldTo })
		come := take(&p.come, func(c change) bool { return c.at < h.newFrom || c.at >= h.newTo })
		if len(gone)+len(come) > 0 {
			d.add(shift, gone, come)
		}
	}
}

// careOf reports whether a sentence is the line of a postal address that names
// who takes letters for somebody else.
func careOf(s *sentence) bool { return strings.HasPrefix(strings.ToLower(s.text), "c/o ") }

// entityAt reports whether a run names a company, or part of its name.
func entityAt(s *sentence, from, to int) bool {
	name := false
	for i := from; i < to; i++ {
		if legalForms[s.words[i].norm] && (i > 0 && capital(s, i-1)) {
			return true
		}
		name = name || capital(s, i) && s.words[i].kind == plain
	}
	if !name || to == from || !capital(s, to-1) {
		return false
	}
	for i := to; i < min(to+2, len(s.words)); i++ {
		if legalForms[s.words[i].norm] {
			return true
		}
		if !capital(s, i) {
			return false
		}
	}
	return false
}
