package materiality

// repointed reports whether a number that points to a clause was changed with
// the number of that clause, or leads to a clause that is there where the
// old one led nowhere.
func (j *judge) repointed(p *passage, s *spanned) bool {
	numbers := j.texts.clauseNumbers()
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
	moved, stood := numbers.became[old]
	return stood && moved == new || !numbers.old[old] && numbers.new[new]
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
			return w.kind == numeric && t.num != nil && t.num.unit == "" || w.kind == plain && capital(s, t.from) && !legalForms[w.norm] && isCountry(s.words, t.from) == 0
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
