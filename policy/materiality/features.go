package materiality

import (
	"strings"

	"github.com/codicil/codicil/policy"
)

// unit is one sentence that changed, with what was found in it.
type unit struct {
	passage  *passage
	reasons  []judged
	features Features
	grades   grades // by the model of the program, once the whole is weighed
	proved   bool   // every difference has a licence, or is none of the policy's words
}

// describe says what is known of one passage. In another language than English a
// lexicon knows some words only.
func (j *judge) describe(p *passage, list []*found, reasons []judged, total int) *unit {
	foreign, mark := j.language != nil, ""
	if foreign {
		mark = foreignMark
	}
	f, s, kind := j.features(mark), p.new, "~"
	switch {
	case p.old == nil:
		kind = "+"
	case p.new == nil:
		s, kind = p.old, "-"
	}
	f.set("one")
	f.set("kind:", kind)
	f.set("total:", bucket(total))
	j.placeFeatures(f, s)
	var changed []word
	for _, x := range list {
		f.set("shift:", string(x.shift), kind)
		changed = append(changed, x.subject...)
	}
	if topics := ranked(j.scores(changed, s)); len(topics) > 0 {
		f.set("top:", string(topics[0].category))
		f.set("top:", string(topics[0].category), kind)
		f.set("topw:", bucket(int(topics[0].score)))
	}
	switch {
	case foreign && p.held != nil:
		f.differing(p.held)
	case foreign:
		f.classes("W", j.read(s))
	case p.old == nil || p.new == nil:
		j.wholeFeatures(f, s, kind)
	case p.held == nil: // it was cut anew, or moved
		f.set("moved")
	default:
		j.hunkFeatures(f, p)
	}
	if !foreign {
		j.subjectFeatures(f, s, kind, changed)
	}
	f.reasons(reasons, foreign)
	u := &unit{passage: p, reasons: reasons}
	u.proved = p.rejoined && !foreign || p.held != nil && len(p.held.unlicensed()) == 0 || boilerplateOnly(list)
	if foreign {
		u.features = f.sorted()
		return u
	}
	f.families(p)
	u.features = j.meaning(f.sortedFor(meansAtOnce*meaningSize), p)
	return u
}

// reasons tell what the rules found.
func (f *features) reasons(list []judged, foreign bool) {
	for _, r := range list {
		if r.found == nil {
			continue
		}
		f.set("found:", string(r.found.shift), " ", r.Severity.String(), f.sized())
		if foreign {
			f.set("rule:", r.Severity.String())
		} else if r.Severity == policy.Major {
			f.set("major ", f.sized())
		}
	}
}

// subjectFeatures tell what the changed words are about, and what kind of sentence, in
// what kind of list, they are in.
func (j *judge) subjectFeatures(f *features, s *sentence, kind string, changed []word) {
	for c, score := range j.hits(changed) {
		if score > 0 {
			f.set("chg:", string(rubric[c]))
			f.set("chg:", string(rubric[c]), kind)
		}
	}
	if isOpen(strings.ToLower(s.place.lead)) {
		f.set("lead:open")
	} else if s.place.lead != "" {
		f.set("lead:closed")
	}
	if namesPlace(s) {
		f.set("country")
	}
	f.set("slen:", bucket(len(s.words)))
}

// namesPlace reports whether a country or state is named: a section for its
// people may begin there.
func namesPlace(s *sentence) bool {
	if s == nil {
		return false
	}
	for i := range s.words {
		if isCountry(s.words, i) > 0 {
			return true
		}
	}
	return false
}

// boilerplateOnly reports whether only what a page shows around a policy, a
// heading without a rule, or the day of an update, was found.
func boilerplateOnly(list []*found) bool {
	for _, f := range list {
		p := f.passage
		heading := p != nil && f.shift == Title && p.place().kind == policy.Heading && !namesPlace(p.old) && !namesPlace(p.new)
		if f.shift != Boilerplate && f.shift != Dating && !heading {
			return false
		}
	}
	return len(list) > 0
}

// sized returns how large the difference is that features tell of.
func (f *features) sized() string {
	if f.size == "" {
		return ""
	}
	return " " + f.size
}

func bucket(n int) string {
	switch {
	case n <= 3:
		return string(rune('0' + max(n, 0)))
	case n <= 6:
		return "4-6"
	case n <= 12:
		return "7-12"
	case n <= 25:
		return "13-25"
	case n <= 60:
		return "26-60"
	}
	return "61+"
}

func (j *judge) placeFeatures(f *features, s *sentence) {
	switch {
	case s.place.cell:
		f.set("in:cell")
	case s.place.item:
		f.set("in:item")
	case s.place.kind == policy.Heading:
		f.set("in:heading")
	default:
		f.set("in:text")
	}
	if s.place.linked {
		f.set("in:linked")
	}
	if s.place.menu {
		f.set("in:menu")
	}
	if s.place.clause == nil {
		f.set("in:noclause")
	}
	s.aroundFeatures(f)
	if s.place.cell {
		j.cellFeatures(f, s)
	}
}

// aroundFeatures tell where on the page a sentence is.
func (s *sentence) aroundFeatures(f *features) {
	if a := s.place.around; a != nil {
		switch {
		case a.first:
			f.set("at:first")
		case a.last:
			f.set("at:last")
		case a.part < 0.1:
			f.set("at:top")
		case a.part > 0.9:
			f.set("at:bottom")
		}
		if a.aside {
			f.set("at:aside")
		}
		f.set("at:links", bucket(a.links))
		if a.pieces > 2 {
			f.set("at:pieces")
		}
	}
}

// cellFeatures tell of the column of a cell.
func (j *judge) cellFeatures(f *features, s *sentence) {
	col := j.texts.memory.words(s.place.column)
	for i := range col {
		f.set("col:", col[i].stem)
	}
	if s.place.column == "" {
		f.set("col:none")
	}
	for c, score := range j.hits(col) {
		if score > 0 {
			f.set("colcat:", string(rubric[c]))
		}
	}
}

// wholeFeatures tell of the words of a sentence that came or went.
func (j *judge) wholeFeatures(f *features, s *sentence, kind string) {
	if s.prev == nil && s.next == nil {
		f.set("whole block", kind)
	} else {
		f.set("part of block", kind)
	}
	for i := range s.words {
		w := &s.words[i]
		if c := classOf[w.norm]; c != "" {
			f.set("W", kind, "c:", c)
		}
		if w.kind == plain && !stopWords[w.stem] && len(w.norm) > 2 {
			f.raise(1, "W:", w.stem)
		}
	}
	for _, t := range s.measures() {
		f.set("W:num:", string(t.num.kind))
	}
}
