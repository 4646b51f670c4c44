package materiality

import "slices"

// differences are the tokens that went and came in a sentence without a licence.
// What one shift explains is taken away, so that the next sees only what is left.
type differences struct {
	*judge
	passage    *passage
	gone, come []token
	list       []*found
}

// changes says of what kind the differences of a reworded sentence are, in an
// order in which the surer come first.
func (j *judge) changes(p *passage) []*found {
	d := &differences{judge: j, passage: p}
	d.collect()
	for _, pointing := range pointings {
		d.take(pointing.shift, pointing.is, pointing.is)
	}
	d.take(Entity, entityToken, entityToken)
	d.numbers()
	d.phrases()
	d.take(Jurisdiction, countryToken, countryToken)
	d.operators()
	d.rest()
	return d.list
}

// collect gathers what differs; words that only stand elsewhere in the sentence
// do not, nor do long runs that moved in from elsewhere or out.
func (d *differences) collect() {
	for _, s := range d.passage.held.unlicensed() {
		if len(s.old) < longRun || !d.texts.stays(&reading{words: d.passage.old.wordsOf(s.old)}) {
			d.gone = append(d.gone, s.old...)
		}
		if len(s.new) < longRun || !d.texts.wasThere(&reading{words: d.passage.new.wordsOf(s.new)}) {
			d.come = append(d.come, s.new...)
		}
	}
	d.gone, d.come = unmatched(d.gone, d.come, tokenKey)
}

// unmatched leaves out what both lists have.
func unmatched[T any, K comparable](a, b []T, key func(T) K) (restA, restB []T) {
	if len(a) == 0 || len(b) == 0 {
		return a, b
	}
	count, both := map[K]int{}, map[K]int{}
	for _, x := range b {
		count[key(x)]++
	}
	for _, x := range a {
		if k := key(x); count[k] > both[k] {
			both[k]++
			continue
		}
		restA = append(restA, x)
	}
	for _, x := range b {
		if k := key(x); both[k] > 0 {
			both[k]--
			continue
		}
		restB = append(restB, x)
	}
	return restA, restB
}

// tokenKey is what tokens have in common that say the same.
func tokenKey(t token) string { return t.key }

// longRun is the length from which words that also stand elsewhere on the
// other side count as moved.
const longRun = 5

// telling tells tokens of a sentence from others.
type telling func(*sentence, token) bool

// pointings are words that only point: dates, addresses, numbers of clauses.
var pointings = []struct {
	shift Shift
	is    telling
}{
	{Dating, func(s *sentence, t token) bool {
		return t.class == "date" && !isDeadline(s)
	}},
	{Address, func(s *sentence, t token) bool {
		w := &s.words[t.from]
		return w.kind == address || isPostal(s) && s.located(t) && (w.kind == numeric || w.kind == plain && capital(s, t.from) && !legalForms[w.norm])
	}},
	{Reference, func(s *sentence, t token) bool {
		return s.words[t.from].kind == numeric && t.to == t.from+1 && (s.points(t.from) || isEdition(s, t.from)) || isEnumerator(s, t.from)
	}},
}

func countryToken(s *sentence, t token) bool {
	return isCountry(s.words, t.from) > 0 || t.from > 0 && isCountry(s.words, t.from-1) == 2
}

// entityToken tells the words of the name of a company with its legal form.
func entityToken(s *sentence, t token) bool {
	if t.num != nil {
		return false
	}
	for i := t.from; i < min(t.from+4, len(s.words)) && (capital(s, i) || legalForms[s.words[i].norm]); i++ {
		if legalForms[s.words[i].norm] {
			return i > 0 && capital(s, i-1)
		}
	}
	return false
}

// take adds a shift of the tokens that are told, and takes them away.
func (d *differences) take(shift Shift, inOld, inNew telling) {
	if gone, come := d.drop(inOld, inNew); len(gone)+len(come) > 0 {
		d.add(shift, gone, come)
	}
}

// drop takes away the tokens that are told.
func (d *differences) drop(inOld, inNew telling) (gone, come []token) {
	gone = pick(d.gone, func(t token) bool { return inOld(d.passage.old, t) })
	come = pick(d.come, func(t token) bool { return inNew(d.passage.new, t) })
	d.gone, d.come = without(d.gone, gone), without(d.come, come)
	return gone, come
}

// ofClass tells the tokens of some classes.
func ofClass(names ...string) telling {
	return func(_ *sentence, t token) bool { return slices.Contains(names, t.class) }
}

func (d *differences) add(shift Shift, gone, come []token) {
	if d.language == nil && (shift == Jurisdiction || shift == Rewording || shift == Wording) {
		shift = d.openOr(shift, gone, come)
	}
	if shift == Reference && d.language == nil && d.leadsElsewhere(d.passage, gone, come) {
		shift = Repointed
	}
	f := d.found(d.passage, shift, spansOf(gone), spansOf(come))
	if unplaced, turns := turningShifts[shift]; turns && d.language != nil && d.foreignScores(f.subject, d.passage.new).none() {
		f.shift = unplaced
	}
	d.list = append(d.list, f)
}

func pick[T any](list []T, is func(T) bool) []T {
	return slices.DeleteFunc(slices.Clone(list), func(t T) bool { return !is(t) })
}

func without(list, taken []token) []token {
	return slices.DeleteFunc(slices.Clone(list), func(t token) bool {
		return slices.ContainsFunc(taken, func(o token) bool { return o.from == t.from && o.key == t.key })
	})
}

// numbers finds quantities that changed: what counts is the number with its unit
// and its bound, "at least 30 days" against "one month".
func (d *differences) numbers() {
	idle := d.idle()
	for _, kind := range []Shift{Amount, Percentage, Age, Period, Number} {
		shift := kind
		if idle && (kind == Period || kind == Number) {
			shift = Fact
		}
		is := func(s *sentence, t token) bool { n := s.bounds(t); return n != nil && n.kind == kind }
		d.take(shift, is, is)
	}
}

// bounds returns the measure that a token is, or that it says the bound of.
func (s *sentence) bounds(t token) *measure {
	if t.num != nil || t.class != "bound" {
		return t.num
	}
	for _, o := range s.tokens() {
		if o.num != nil && o.from <= t.to+boundReach && o.to >= t.from-1 {
			return o.num
		}
	}
	return nil
}

// boundReach is how many words may stand between a bound and its number: "over
// the age of 16".
const boundReach = 3

// idle reports whether the sentence only reports: it binds nobody, before and
// now, and is not about a practice, so that no rule turns on its numbers.
func (d *differences) idle() bool {
	for _, s := range []*sentence{d.passage.old, d.passage.new} {
		if binds(s) || s.place.item || s.place.cell || d.weight(s.words) >= 2 || d.hits(s.words).of(Service) >= 2 {
			return false
		}
	}
	return true
}

// operators finds the small words on which a rule turns.
func (d *differences) operators() {
	if x, y, ok := d.opposed(); ok {
		d.add(Negation, []token{x}, []token{y})
		d.gone, d.come = without(d.gone, []token{x}), without(d.come, []token{y})
	}
	d.take(Negation, denies, denies)
	modal := ofClass("may", "must", "will", "should")
	if !d.bound(d.gone, modal) || !d.bound(d.come, modal) {
		d.take(Modal, modal, modal)
	}
	condition := func(_ *sentence, t token) bool { return strongConditions[t.class] }
	d.take(Condition, condition, condition)
	d.take(Quantifier, ofClass("only", "some", "either"), ofClass("only", "some", "either"))
	joint := ofClass("and", "or")
	if len(pick(d.gone, func(t token) bool { return joint(nil, t) })) > 0 && len(pick(d.come, func(t token) bool { return joint(nil, t) })) > 0 {
		d.take(Connective, joint, joint)
	}
}

// denies tells a not, never or without, and a modal with one.
func denies(s *sentence, t token) bool {
	return t.class == "not" && slices.ContainsFunc(s.words[t.from:t.to], func(w word) bool { return negations[w.norm] })
}

// strongConditions are the classes of words that make a rule depend on something.
var strongConditions = wordSet("unless despite subject until")

// bound reports whether the modals among tokens all bind: "will", "must" and the
// plain verb do alike, "may" and "should" do not.
func (d *differences) bound(list []token, modal telling) bool {
	return !slices.ContainsFunc(list, func(t token) bool { return modal(nil, t) && (t.class == "may" || t.class == "should") })
}

// opposed finds a word that gave way to its opposite.
func (d *differences) opposed() (gone, come token, ok bool) {
	for _, g := range d.gone {
		for _, c := range d.come {
			if opposite(&d.passage.old.words[g.from], &d.passage.new.words[c.from]) {
				return g, c, true
			}
		}
	}
	return token{}, token{}, false
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

// rest judges the words that nothing explained so far.
func (d *differences) rest() {
	style := func(s *sentence) func(token) bool {
		return func(t token) bool {
			w := &s.words[t.from]
			return !stopWords[w.stem] && !datelineWords[w.stem] && len(w.norm) > 1
		}
	}
	gone, come := pick(d.gone, style(d.passage.old)), pick(d.come, style(d.passage.new))
	if len(gone)+len(come) > 0 {
		d.add(d.wording(gone, come), gone, come)
	}
}

// wording weighs the words that are left over: whether they are such as a rule
// turns on.
func (d *differences) wording(gone, come []token) Shift {
	p := d.passage
	var list []word
	loaded, pointing, other := false, false, false
	for _, side := range []struct {
		s    *sentence
		list []token
	}{{p.old, gone}, {p.new, come}} {
		for _, t := range side.list {
			w := side.s.words[t.from]
			list = append(list, w)
			loaded = loaded || obliges(side.s.words, t.from) || turning[w.stem]
			points := pointingWords[w.stem]
			pointing, other = pointing || points, other || !points && !capital(side.s, t.from)
		}
	}
	switch {
	case pointing && !other:
		return Pointer
	case loaded || d.weight(list) >= loadedFrom || len(list) >= manyWords:
		return Rewording
	}
	return Wording
}

// turning are stems of words on which a rule turns, whatever it is about.
var turning = stems(`collect share disclose sell retain store keep transfer delete charge pay agree grant suspend terminate ban prohibit train
	waive guarantee refund indemnify consent appeal permit forbid compel exclude include`)

var pointingWords = stems("section paragraph clause described above below following preceding described listed entitled titled heading")
