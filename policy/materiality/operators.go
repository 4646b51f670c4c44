package materiality

// quantities finds numbers that changed. What counts is the number with its
// unit: "30 days" against "one month".
func (d *detector) quantities() {
	p := d.passage
	old, new := quantities(p.old), quantities(p.new)
	old, new = unmatched(old, new)
	idle := d.idle()
	for len(old) > 0 || len(new) > 0 {
		var gone, come []change
		kind := Number
		if len(new) > 0 {
			kind = new[0].kind
			come = d.takeQuantity(&p.come, p.new, new[0])
		}
		if i := partner(old, new); i >= 0 {
			if len(new) == 0 {
				kind = old[i].kind
			}
			gone = d.takeQuantity(&p.gone, p.old, old[i])
			old = append(old[:i:i], old[i+1:]...)
		}
		if len(new) > 0 {
			new = new[1:]
		}
		if idle && (kind == Period || kind == Number) {
			kind = Fact
		}
		if len(gone)+len(come) > 0 {
			d.add(kind, gone, come)
		}
	}
}

// idle reports whether the sentence only reports: it binds nobody, before and
// now, and is not about a practice, so that no rule turns on its numbers.
func (d *detector) idle() bool {
	for _, s := range []*sentence{d.passage.old, d.passage.new} {
		if binds(s) || s.place.item || s.place.cell || d.weight(s.words) >= 2 || d.hits(s.words)[Service] >= 2 {
			return false
		}
	}
	return true
}

// partner returns the index of the old quantity that the first new one took
// the place of, -1 if there is none.
func partner(old, new []quantity) int {
	if len(new) == 0 {
		return 0
	}
	for i := range old {
		if old[i].kind == new[0].kind {
			return i
		}
	}
	return -1
}

// unmatched leaves out the quantities that both sentences have.
func unmatched(old, new []quantity) (restOld, restNew []quantity) {
	used := make([]bool, len(new))
	for _, q := range old {
		found := false
		for k := range new {
			if !used[k] && q.same(new[k]) {
				used[k], found = true, true
				break
			}
		}
		if !found {
			restOld = append(restOld, q)
		}
	}
	for k := range new {
		if !used[k] {
			restNew = append(restNew, new[k])
		}
	}
	return restOld, restNew
}

// takeQuantity takes the words of a quantity from the changed ones and returns
// the whole of it, unit included.
func (d *detector) takeQuantity(list *[]change, s *sentence, q quantity) []change {
	taken := take(list, func(c change) bool { return c.at < q.from || c.at >= q.to })
	if len(taken) == 0 && !q.bounded() {
		return nil
	}
	return appendChanges(nil, s, q.from, q.to)
}

// bounded reports whether the bound of a quantity was found in changed words.
func (q quantity) bounded() bool { return q.bound != "" || q.kind == Age }

// operators finds modals, negations, quantifiers, conditions and an "and" for
// an "or".
func (d *detector) operators() {
	p := d.passage
	d.opposed()
	d.modals()
	neg := func(c change) bool { return !negations[c.word.norm] }
	if gone, come := take(&p.gone, neg), take(&p.come, neg); len(gone) != len(come) {
		d.add(Negation, gone, come)
	}
	cond := func(c change) bool { return !strongConditions[c.word.norm] }
	if gone, come := take(&p.gone, cond), take(&p.come, cond); len(gone)+len(come) > 0 {
		d.add(Condition, gone, come)
	}
	d.quantifiers()
	d.connectives()
}

// modals finds a modal that gave way to another.
func (d *detector) modals() {
	p := d.passage
	is := func(c change) bool { return modalOf(c.word) == "" }
	gone, come := take(&p.gone, is), take(&p.come, is)
	switch {
	case len(gone) > 0 && len(come) > 0:
		if !binding(gone) || !binding(come) {
			d.add(Modal, gone, come)
		}
	case len(gone) > 0 && !binding(gone), len(come) > 0 && !binding(come):
		d.add(Modal, gone, come)
	}
}

// binding reports whether the modals all bind: "will", "must" and the plain
// verb do alike, "may" and "should" do not.
func binding(list []change) bool {
	for _, c := range list {
		if m := modalOf(c.word); m == "may" || m == "should" {
			return false
		}
	}
	return true
}

func modalOf(w *word) string {
	return modals[w.stem]
}

// opposed finds a word that gave way to its opposite.
func (d *detector) opposed() {
	p := d.passage
	for _, g := range p.gone {
		for _, c := range p.come {
			if opposite(g.word, c.word) {
				gone := take(&p.gone, func(x change) bool { return x.at != g.at })
				come := take(&p.come, func(x change) bool { return x.at != c.at })
				d.add(Negation, gone, come)
				return
			}
		}
	}
}

// opposites are words that mean the contrary of each other.
var opposites = map[string]string{
	"yes": "no", "in": "out", "allow": "prohibit", "enabl": "disabl", "includ": "exclud", "accept": "reject", "befor": "after", "prior": "after",
	"opt-in": "opt-out", "permit": "forbid", "publicly": "privately", "public": "privat", "increas": "decreas", "minimum": "maximum",
	"mandatory": "optional", "required": "optional", "requir": "waiv", "free": "paid", "with": "without", "voluntary": "mandatory", "optional": "need",
}

func opposite(a, b *word) bool {
	if opposites[a.stem] == b.stem || opposites[b.stem] == a.stem {
		return true
	}
	x, y := a.norm, b.norm
	if len(x) > len(y) {
		x, y = y, x
	}
	for _, prefix := range []string{"un", "in", "il", "non", "dis"} {
		if len(x) > 3 && y == prefix+x {
			return true
		}
	}
	return false
}

// quantifiers finds all, any, only and some that came, went or were swapped.
func (d *detector) quantifiers() {
	p := d.passage
	is := func(c change) bool { return quantifiers[c.word.stem] == "" }
	gone, come := take(&p.gone, is), take(&p.come, is)
	if sameQuantifiers(gone, come) {
		return
	}
	d.add(Quantifier, gone, come)
}

// sameQuantifiers reports whether the quantifiers of both sides mean the same.
// "All" and "any" alone say nothing that the plain noun does not.
func sameQuantifiers(gone, come []change) bool {
	return strongQuantifiers(gone) == strongQuantifiers(come)
}

func strongQuantifiers(list []change) string {
	set := ""
	for _, c := range list {
		switch q := quantifiers[c.word.stem]; q {
		case "only", "some", "both", "always":
			set = q
		}
	}
	return set
}

// connectives finds an "and" for an "or".
func (d *detector) connectives() {
	p := d.passage
	for _, h := range p.hunks {
		if h.oldTo-h.oldFrom != 1 || h.newTo-h.newFrom != 1 {
			continue
		}
		a, b := p.old.words[h.oldFrom].norm, p.new.words[h.newFrom].norm
		if a == "and" && b == "or" || a == "or" && b == "and" {
			d.add(Connective, appendChanges(nil, p.old, h.oldFrom, h.oldTo), appendChanges(nil, p.new, h.newFrom, h.newTo))
		}
	}
}

// rest judges the words that nothing explained so far.
func (d *detector) rest() {
	p := d.passage
	style := func(c change) bool {
		return !stopWords[c.word.stem] && !datelineWords[c.word.stem] && c.word.kind != tag && len(c.word.norm) > 1
	}
	take(&p.gone, style)
	take(&p.come, style)
	if len(p.gone)+len(p.come) > 0 {
		d.add(d.openOr(d.wording(p.gone, p.come), p.gone, p.come), p.gone, p.come)
	}
}

// unlicensed says what kind of rewording the differences are that no licence
// covers.
func (d *detector) unlicensed() Shift {
	if d.passage.held.weighty(d.passage) {
		return Rewording
	}
	return Wording
}

// wording weighs the words that are left over: whether they are such as a rule
// turns on.
func (d *detector) wording(gone, come []change) Shift {
	p := d.passage
	var list []word
	loaded := false
	for _, c := range gone {
		list = append(list, *c.word)
		loaded = loaded || obliges(p.old.words, c.at) || turning[c.word.stem]
	}
	for _, c := range come {
		list = append(list, *c.word)
		loaded = loaded || obliges(p.new.words, c.at) || turning[c.word.stem]
	}
	switch {
	case isCrossReference(p):
		return Pointer
	case loaded || d.weight(list) >= d.tuning.loaded || len(list) >= d.tuning.manyWords:
		return Rewording
	}
	return Wording
}

// isCrossReference reports whether the changed words only say where in the
// text something stands.
func isCrossReference(p *passage) bool {
	found := false
	for _, side := range []struct {
		s    *sentence
		list []change
	}{{p.old, p.gone}, {p.new, p.come}} {
		for _, c := range side.list {
			switch {
			case pointingWords[c.word.stem], isSectionName(side.s, c.at):
				found = true
			case !capital(side.s, c.at):
				return false
			}
		}
	}
	return found
}

// isSectionName reports whether word i is in the name of a section: "the Data
// We Collect section".
func isSectionName(s *sentence, i int) bool {
	for ; i < len(s.words) && capital(s, i); i++ {
		if i+1 < len(s.words) && s.words[i+1].norm == "section" {
			return true
		}
	}
	return false
}

// turning are stems of words on which a rule turns, whatever it is about.
var turning = stems(`collect share disclose sell retain store keep transfer delete charge pay agree grant suspend terminate ban prohibit train
	waive guarantee refund indemnify consent appeal permit forbid compel exclude include`)

var pointingWords = stems("section paragraph clause described above below following preceding described listed entitled titled heading")
