package materiality

import "github.com/codicil/codicil/policy"

// repointed reports whether a number that points to a clause was changed with
// the number of that clause, leads to a clause that is there where the
// old one led nowhere, or to the one that tells of what it stands with.
func (j *judge) repointed(p *passage, s *spanned) bool {
	numbered := false
	points := func(s *sentence, list []token) (known, ok bool) {
		for _, t := range list {
			if t.class == "and" || t.class == "or" {
				numbered = numbered || t.from > 0 && t.to < len(s.words) && s.points(t.from-1) && s.points(t.to)
				continue
			}
			if !s.mayPoint(t) {
				return false, false
			}
			numbered = true
			numbers := j.texts.clauseNumbers() // only now, for it takes long
			known = known || numbers.old[s.quoteToken(t)] || numbers.new[s.quoteToken(t)]
		}
		return known, true
	}
	knownOld, okOld := points(p.old, s.old)
	knownNew, okNew := points(p.new, s.new)
	switch {
	case !okOld || !okNew || !numbered:
		return false
	case !knownOld && !knownNew:
		return true // no clause of this text
	case len(s.old) != 1 || len(s.new) != 1:
		return false
	}
	old, new := p.old.quoteToken(s.old[0]), p.new.quoteToken(s.new[0])
	numbers := j.texts.clauseNumbers()
	moved, stood := numbers.became[old]
	return stood && moved == new || !numbers.old[old] && numbers.new[new] || j.mends(p, s.new[0], old, new)
}

// leadsElsewhere reports whether the number of a clause gave way to that of another, both
// of which are called what they were: another rule applies than before.
func (j *judge) leadsElsewhere(p *passage, gone, come []token) bool {
	if len(gone) != 1 || len(come) != 1 || !p.old.mayPoint(gone[0]) || !p.new.mayPoint(come[0]) {
		return false
	}
	n := j.texts.clauseNumbers()
	old, new := p.old.quoteToken(gone[0]), p.new.quoteToken(come[0])
	return old != new && n.became[old] == old && n.became[new] == new
}

// mends reports whether what the number of a clause stands with is told in the new
// clause and not in the old one: "the yearly fee of clause 3" was wrong.
func (j *judge) mends(p *passage, at token, old, new string) bool {
	tells := func(number string) bool {
		said := j.texts.wordsOfClause(number)
		for i := max(0, at.from-namedBefore); i < at.from; i++ {
			if w := &p.new.words[i]; w.kind == plain && !stopWords[w.stem] && said[w.stem] {
				return true
			}
		}
		return false
	}
	return tells(new) && !tells(old)
}

// namedBefore is how many words before the number of a clause may name what it is about.
const namedBefore = 6

// wordsOfClause returns the stems of the words of a clause in the new text.
func (t *texts) wordsOfClause(number string) map[string]bool {
	said, in := map[string]bool{}, false
	for _, row := range t.blocks {
		b := row.new
		if b == nil {
			continue
		}
		if n := b.numberOf(); n != "" || b.Kind == policy.Heading {
			in = n == number
		}
		if in {
			for _, w := range t.memory.words(b.Text()) {
				said[w.stem] = true
			}
		}
	}
	return said
}

// mayPoint reports whether a token can be the number of a clause, or a year.
func (s *sentence) mayPoint(t token) bool {
	return t.num != nil && (t.num.value < 1000 || isYear(s.words, t.from)) && s.points(t.from)
}

// enumerates tells the letters and numbers of items within a sentence.
func enumerates(s *sentence) func(token) bool {
	return func(t token) bool {
		w := &s.words[t.from]
		return w.end < len(s.text) && s.text[w.end] == ')' && isEnumerator(s, t.from)
	}
}

// readdressed reports whether only names and numbers of a postal address gave
// way to others.
func readdressed(p *passage, s *spanned) bool {
	if len(s.old) == 0 || len(s.new) == 0 || !isPostal(p.old) && !isPostal(p.new) && !mailed(p.old) {
		return false
	}
	if ruleTexts.in(p.old.wordsOf(s.old)) || ruleTexts.in(p.new.wordsOf(s.new)) || !p.old.located(s.old[len(s.old)-1]) || !p.new.located(s.new[len(s.new)-1]) {
		return false // a text that holds as well, or who is found there
	}
	named := func(s *sentence, list []token) bool {
		return allTokens(list, func(t token) bool {
			w := &s.words[t.from]
			return w.kind == numeric && t.num != nil && t.num.unit == "" || w.kind == plain && t.num == nil && capital(s, t.from) && !legalForms[w.norm] && isCountry(s.words, t.from) == 0
		})
	}
	return named(p.old, s.old) && named(p.new, s.new)
}

// located reports whether a word is in the part of a sentence that says where somebody
// is found: who it is stands before the first number or street.
func (s *sentence) located(t token) bool {
	for i := range s.words[:t.to] {
		w := &s.words[i]
		if w.kind == numeric || i > 0 && capital(s, i) && postalWords[w.norm] {
			return true
		}
	}
	return mailed(s)
}

// mailed reports whether a sentence says where letters go.
func mailed(s *sentence) bool {
	for i := range s.words {
		switch s.words[i].norm {
		case "post", "c/o", "mailing", "postal", "address":
			return true
		}
	}
	return false
}

func (s *sentence) quoteToken(t token) string { return s.quote(t.from, t.to) }
