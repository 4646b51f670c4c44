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
	proved   bool // every difference has a licence, or is none of the policy's words
}

// describe says what is known of one passage.
func (j *judge) describe(p *passage, list []*found, reasons []judged, total int) *unit {
	if j.language != nil {
		return j.describeForeign(p, list, reasons, total)
	}
	u := &unit{passage: p, reasons: reasons}
	f := j.features("")
	f.set("one")
	s, kind := p.new, "~"
	switch {
	case p.old == nil:
		kind = "+"
	case p.new == nil:
		s, kind = p.old, "-"
	}
	f.set("kind:", kind)
	j.placeFeatures(f, s)
	j.findingFeatures(f, s, kind, list)
	f.set("total:", bucket(total))
	switch {
	case p.old == nil || p.new == nil:
		j.wholeFeatures(f, s, kind)
		u.proved = boilerplateOnly(list)
	case p.rejoined:
		f.set("licensed")
		f.set("lic:rejoined")
		u.proved = true
	default:
		j.hunkFeatures(f, p)
		u.proved = p.held != nil && len(p.held.unlicensed()) == 0 || boilerplateOnly(list)
	}
	for _, r := range reasons {
		if r.found != nil {
			f.set("found:", string(r.found.shift), " ", r.Severity.String(), f.sized())
			if r.Severity == policy.Major {
				f.set("major ", f.sized())
			}
		}
	}
	f.families(p)
	u.features = j.meaning(f.sorted(), p)
	return u
}

// findingFeatures tell what was found in a passage and what it is about.
func (j *judge) findingFeatures(f *features, s *sentence, kind string, list []*found) {
	var changed []word
	for _, x := range list {
		f.set("shift:", string(x.shift))
		changed = append(changed, x.subject...)
	}
	if topics := ranked(j.scores(changed, s)); len(topics) > 0 {
		f.set("top:", string(topics[0].category))
		f.set("top:", string(topics[0].category), kind)
		f.set("topw:", bucket(int(topics[0].score)))
	}
	for c, score := range j.hits(changed) {
		if score > 0 {
			f.set("chg:", string(rubric[c]))
			f.set("chg:", string(rubric[c]), kind)
		}
	}
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
	if isOpen(strings.ToLower(s.place.lead)) {
		f.set("lead:open")
	} else if s.place.lead != "" {
		f.set("lead:closed")
	}
	if namesPlace(s) {
		f.set("country")
	}
	f.set("slen:", bucket(len(s.words)))
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
	f.set("said elsewhere:", bucket(int(10*j.texts.echo(s, kind == "+"))))
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
