package materiality

import (
	"slices"

	"github.com/codicil/codicil/policy"
)

// inLanguage finds the shifts of one passage of a text in another language
// than English, by what its lexicon knows of the words.
func (j *judge) inLanguage(p *passage) []*found {
	if p.old == nil || p.new == nil {
		return []*found{j.foreignWhole(p)}
	}
	d := &differences{judge: j, passage: p}
	return d.run()
}

// foreignWhole judges a sentence that came or went.
func (j *judge) foreignWhole(p *passage) *found {
	s, shift := p.new, Appears
	if s == nil {
		s, shift = p.old, Vanishes
	}
	tokens := j.read(s)
	switch {
	case isStamp(tokens):
		shift = Dating
	case s.place.kind == policy.Heading:
		shift = Title
	case isAddressLine(s):
		shift = Address
	case readMore(tokens):
		shift = Pointer
	case !j.language.Full && !s.place.cell:
		shift = Unread
	case !slices.ContainsFunc(tokens, func(t token) bool { return bindingClasses[t.class] }) && len(j.language.Topics(s.text)) == 0:
		shift = Unread
	}
	f := &found{passage: p, subject: s.words, shift: shift}
	if p.old != nil {
		f.before = quoteWhole(s)
	} else {
		f.after = quoteWhole(s)
	}
	return f
}

// bindingClasses are the classes of words by which a sentence binds somebody.
var bindingClasses = wordSet("not may must num")

// readMore reports whether a sentence says where to read more, and neither
// forbids nor demands anything.
func readMore(list []token) bool {
	is := func(class string) bool {
		return slices.ContainsFunc(list, func(t token) bool { return t.class == class })
	}
	return is("pointer") && !is("not") && !is("must") && !is("num")
}

// isStamp reports whether a sentence only tells when the text was changed.
func isStamp(list []token) bool {
	stamp, date, other := false, false, 0
	for _, t := range list {
		switch t.class {
		case "stamp":
			stamp = true
		case "date", "num", "hours":
			date = date || t.class != "hours"
		default:
			other++
		}
	}
	return date && (stamp && other <= 4 || other == 0 && len(list) == 1 && list[0].class == "date")
}

// run looks for shifts; what only moved within the sentence did not change.
func (d *differences) run() []*found {
	c := d.passage.held
	d.gone, d.come = c.unmatched()
	switch {
	case isStamp(c.old) && isStamp(c.new):
		d.add(Dating, d.gone, d.come)
	case d.passage.new.place.kind == policy.Heading:
		d.add(Title, d.gone, d.come)
	case len(d.gone)+len(d.come) == 0 && c.partiesExchanged():
		d.add(Rewording, c.old, c.new)
	case len(d.gone)+len(d.come) == 0:
		d.add(Synonym, c.old, c.new)
	default:
		d.classed()
		d.unknown()
	}
	return d.list
}

// partiesExchanged reports whether parties are in each other's place, and all else
// where it was.
func (c *comparison) partiesExchanged() bool {
	exchanged := false
	for i := range c.old {
		if len(c.old) != len(c.new) || c.old[i].key != c.new[i].key && !(c.old[i].isParty() && c.new[i].isParty()) {
			return false
		}
		exchanged = exchanged || c.old[i].key != c.new[i].key
	}
	return exchanged
}

func (t *token) isParty() bool {
	return t.class == "us" || t.class == "you" || t.class == "role" || t.class == "third"
}

// turningShifts says what a shift is when it is not known what the sentence is
// about.
var turningShifts = map[Shift]Shift{Negation: Unplaced, Modal: Unplaced, Quantifier: Unplaced, Condition: Unplaced, Connective: Unplaced,
	Period: Unplaced, Amount: Unplaced, Percentage: Unplaced, Age: Unplaced, Number: Unread, Rewording: Unread}
