package materiality

import "strings"

// partWords is the length from which words that came into a sentence, or left
// it, are read as a rule of their own; memberWords that up to which they can be
// an item of a list.
const (
	partWords   = 5
	memberWords = 6
)

// phrases finds clauses, phrases and items of a list that came into the sentence
// or left it.
func (d *differences) phrases() {
	for _, s := range d.passage.held.unlicensed() {
		n, m := len(s.old), len(s.new)
		switch {
		case m >= partWords && n*3 <= m:
			d.phrase(d.passage.new, s.new, true)
		case n >= partWords && m*3 <= n:
			d.phrase(d.passage.old, s.old, false)
		case n == 0 && m <= memberWords && enumerated(d.passage.new, s.new):
			d.member(d.passage.new, s.new, true)
		case m == 0 && n <= memberWords && enumerated(d.passage.old, s.old):
			d.member(d.passage.old, s.old, false)
		}
	}
}

// claim takes the tokens of a run that no shift has explained yet.
func (d *differences) claim(run []token, new bool) []token {
	in := func(t token) bool { return t.from >= run[0].from && t.to <= run[len(run)-1].to }
	list := &d.gone
	if new {
		list = &d.come
	}
	taken := pick(*list, in)
	*list = without(*list, taken)
	return taken
}

func (d *differences) came(shift Shift, list []token, new bool) {
	if new {
		d.add(shift, nil, list)
	} else {
		d.add(shift, list, nil)
	}
}

// phrase says what a phrase is that came or went.
func (d *differences) phrase(s *sentence, run []token, new bool) {
	list := d.claim(run, new)
	if len(list) < 2 {
		if new {
			d.come = append(d.come, list...)
		} else {
			d.gone = append(d.gone, list...)
		}
		return
	}
	from, to := list[0].from, list[len(list)-1].to
	part := newSentence(s.text, s.words[from:to], s.place)
	shift := Vanishes
	if new {
		shift = Appears
	}
	switch {
	case isPointer(newSentence(s.text[s.words[from].start:], part.words, s.place)):
		shift = Pointer
	case hasCondition(list):
		shift = Condition
	case bracketed(s, from, to) && !binds(part), (opensBefore(s, from) || startsOpen(part)) && !operative(part):
		shift = Instance
	case !operative(part) && !operative(s) && d.weight(part.words) < factWeight:
		shift = Fact
	}
	d.came(shift, list, new)
}

// startsOpen reports whether a run begins with "such as" or the like.
func startsOpen(run *sentence) bool {
	return isOpen(strings.ToLower(run.text[run.words[0].start:run.words[min(2, len(run.words)-1)].end]))
}

// hasCondition reports whether words make a rule depend on something.
func hasCondition(list []token) bool {
	for i, t := range list {
		if strongConditions[t.class] || i < 4 && (t.class == "if" || t.class == "after" || t.key == "without" || t.key == "dur") {
			return true
		}
	}
	return false
}

// member says what kind of item came or went.
func (d *differences) member(s *sentence, run []token, new bool) {
	from, to := run[0].from, run[len(run)-1].to
	bare := true
	for i := from; i < to; i++ {
		bare = bare && stopWords[s.words[i].stem]
	}
	if bare {
		return
	}
	list := d.claim(run, new)
	if len(list) == 0 {
		return
	}
	d.came(d.memberShift(s, list, from, to), list, new)
}

func (d *differences) memberShift(s *sentence, list []token, from, to int) Shift {
	country, operator, proper := false, false, true
	for _, t := range list {
		country = country || countryToken(s, t)
		operator = operator || t.class == "not" || t.class == "may" || t.class == "must" || strongConditions[t.class]
		proper = proper && (capital(s, t.from) || stopWords[s.words[t.from].stem])
	}
	switch {
	case country && !bracketed(s, from, to):
		return Jurisdiction
	case operator:
		return Condition
	case bracketed(s, from, to), opensBefore(s, from):
		return Instance
	case proper:
		return Party
	}
	return Member
}

// bracketed reports whether words stand in brackets of their own: a remark.
func bracketed(s *sentence, from, to int) bool {
	return strings.Contains(s.between(from-1, from), "(") && strings.Contains(s.between(to-1, to), ")")
}

// enumerated reports whether words stand between the commas or the "or" of a
// list.
func enumerated(s *sentence, run []token) bool {
	from, to := run[0].from, run[len(run)-1].to
	head, tail := s.between(from-1, from), s.between(to-1, to)
	joined := s.joint(from-1) || s.joint(from) || s.joint(to-1) || s.joint(to)
	return joined || strings.ContainsAny(head, ",(") && strings.ContainsAny(tail, ",).")
}

// joint reports whether word i is an "and" or "or".
func (s *sentence) joint(i int) bool {
	return inside(s.words, i) && (classOf[s.words[i].norm] == "and" || classOf[s.words[i].norm] == "or")
}

// openOr returns Instance for words that only stand among examples, else the
// given shift.
func (d *differences) openOr(s Shift, gone, come []token) Shift {
	if len(gone) > 0 && !opensBefore(d.passage.old, gone[0].from) || len(come) > 0 && !opensBefore(d.passage.new, come[0].from) {
		return s
	}
	return Instance
}
