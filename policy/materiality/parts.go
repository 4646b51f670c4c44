package materiality

import "strings"

// partWords is the length from which words that came into a sentence, or left
// it, are read as a rule of their own.
const partWords = 5

// parts finds clauses and phrases that came into the sentence or left it.
func (d *detector) parts() {
	p := d.passage
	for _, h := range p.hunks {
		n, m := h.oldTo-h.oldFrom, h.newTo-h.newFrom
		in := func(from, to int) func(change) bool {
			return func(c change) bool { return c.at < from || c.at >= to }
		}
		switch {
		case m >= partWords && n*3 <= m:
			d.part(Appears, p.new, nil, take(&p.come, in(h.newFrom, h.newTo)), h.newFrom, h.newTo)
		case n >= partWords && m*3 <= n:
			d.part(Vanishes, p.old, take(&p.gone, in(h.oldFrom, h.oldTo)), nil, h.oldFrom, h.oldTo)
		}
	}
}

// part says what a phrase is that came or went.
func (d *detector) part(shift Shift, s *sentence, gone, come []change, from, to int) {
	list := append(append([]change(nil), gone...), come...)
	if len(list) < 2 {
		d.passage.gone, d.passage.come = append(d.passage.gone, gone...), append(d.passage.come, come...)
		return
	}
	run := &sentence{text: s.text, words: s.words[from:to], place: s.place}
	switch {
	case isPointer(&sentence{text: s.text[s.words[from].start:], words: run.words, place: s.place}):
		shift = Pointer
	case isCommencement(list):
		shift = Dating
	case pointsOnly(s, list):
		shift = Reference
	case bracketed(s, list) && from > 0 && isReference(s.words, from-1):
		shift = Reference
	case hasCondition(list):
		shift = Condition
	case bracketed(s, list) && !binds(run):
		shift = Instance
	case (opensBefore(s, from) || startsOpen(run)) && !operative(run):
		shift = Instance
	case !operative(run) && !operative(s) && d.weight(run.words) < d.tuning.factWeight:
		shift = Fact
	}
	d.add(shift, gone, come)
}

// pointsOnly reports whether words only say where in the text something
// stands: "described in the Payments section below".
func pointsOnly(s *sentence, list []change) bool {
	pointing := false
	for _, c := range list {
		switch {
		case pointingWords[c.word.stem]:
			pointing = true
		case !stopWords[c.word.stem] && !capital(s, c.at) && c.word.kind != numeric:
			return false
		}
	}
	return pointing
}

// isCommencement reports whether words only tell when a law or text took
// effect.
func isCommencement(list []change) bool {
	effect := false
	for _, c := range list {
		switch {
		case c.word.stem == "effect":
			effect = true
		case !stopWords[c.word.stem] && c.word.kind != dated && c.word.stem != "go" && c.word.norm != "goes" && c.word.stem != "tak" && c.word.stem != "com":
			return false
		}
	}
	return effect
}

// startsOpen reports whether a run begins with "such as" or the like.
func startsOpen(run *sentence) bool {
	return isOpen(strings.ToLower(run.text[run.words[0].start:run.words[min(2, len(run.words)-1)].end]))
}

// hasCondition reports whether words make a rule depend on something.
func hasCondition(list []change) bool {
	for _, c := range list[:min(4, len(list))] {
		if strongConditions[c.word.norm] || weakConditions[c.word.norm] {
			return true
		}
	}
	for _, c := range list {
		if strongConditions[c.word.norm] {
			return true
		}
	}
	return false
}

// members finds items that came to a list within the sentence, or left it.
func (d *detector) members() {
	p := d.passage
	for _, h := range p.hunks {
		n, m := h.oldTo-h.oldFrom, h.newTo-h.newFrom
		switch {
		case n == 0 && m <= partWords+1 && enumerated(p.new, h.newFrom, h.newTo):
			if come := takeRun(&p.come, h.newFrom, h.newTo); len(come) > 0 {
				d.add(d.memberShift(p.new, nil, come), nil, come)
			}
		case m == 0 && n <= partWords+1 && enumerated(p.old, h.oldFrom, h.oldTo):
			if gone := takeRun(&p.gone, h.oldFrom, h.oldTo); len(gone) > 0 {
				d.add(d.memberShift(p.old, gone, nil), gone, nil)
			}
		}
	}
}

// memberShift says what kind of item came or went.
func (d *detector) memberShift(s *sentence, gone, come []change) Shift {
	list := append(append([]change(nil), gone...), come...)
	switch {
	case namesCountry(s, list) && !bracketed(s, list):
		return d.openOr(Jurisdiction, gone, come)
	case operators(list):
		return Condition
	case bracketed(s, list):
		if strings.ContainsAny(s.between(list[0].at-1, list[0].at), "\"“") {
			return Synonym // a name for what was just said
		}
		return Instance
	case d.openOr(Member, gone, come) == Instance:
		return Instance
	}
	for _, c := range list {
		if !capital(s, c.at) && !stopWords[c.word.stem] {
			return Member
		}
	}
	return Party
}

// bracketed reports whether words stand in brackets of their own: a remark.
func bracketed(s *sentence, list []change) bool {
	from, to := list[0].at, list[len(list)-1].at
	return strings.Contains(s.between(from-1, from), "(") && strings.Contains(s.between(to, to+1), ")")
}

func namesCountry(s *sentence, list []change) bool {
	for _, c := range list {
		if isCountry(s.words, c.at) > 0 {
			return true
		}
	}
	return false
}

// takeRun takes the words of a run from the changed ones, if one of them
// carries a meaning.
func takeRun(list *[]change, from, to int) []change {
	for _, c := range *list {
		if c.at >= from && c.at < to && !stopWords[c.word.stem] {
			return take(list, func(c change) bool { return c.at < from || c.at >= to })
		}
	}
	return nil
}

// operators reports whether words hold a modal, a negation or a condition.
func operators(list []change) bool {
	for _, c := range list {
		if modals[c.word.stem] != "" || negations[c.word.norm] || strongConditions[c.word.norm] {
			return true
		}
	}
	return false
}

// enumerated reports whether words stand between the commas or the "or" of a
// list.
func enumerated(s *sentence, from, to int) bool {
	head, tail := s.between(from-1, from), s.between(to-1, to)
	joined := joint(s, from-1) || joint(s, from) || joint(s, to-1) || joint(s, to)
	return joined || strings.ContainsAny(head, ",(") && strings.ContainsAny(tail, ",).")
}

// joint reports whether word i is an "and" or "or".
func joint(s *sentence, i int) bool {
	if !inside(s.words, i) {
		return false
	}
	switch s.words[i].norm {
	case "and", "or", "&", "et", "ou", "und", "oder", "y", "o", "和", "或":
		return true
	}
	return false
}
