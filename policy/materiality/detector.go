package materiality

import "strings"

// detector looks for the shifts of one reworded sentence. What one of them
// explains is taken away, so that the next sees only what is left.
type detector struct {
	*judge
	passage *passage
	names   map[string]Shift
	list    []*found
}

// run looks for shifts in an order in which the surer come first.
func (d *detector) run() []*found {
	d.pointing()
	d.typos()
	d.entities()
	d.renamed()
	d.quantities()
	d.parts()
	d.members()
	d.jurisdictions()
	d.operators()
	d.rest()
	return d.list
}

func (d *detector) add(s Shift, gone, come []change) {
	d.list = append(d.list, d.found(d.passage, s, gone, come))
}

// take removes from the changed words those that keep answers false for, and
// returns what was removed.
func take(list *[]change, keep func(change) bool) []change {
	var taken, rest []change
	for _, c := range *list {
		if keep(c) {
			rest = append(rest, c)
		} else {
			taken = append(taken, c)
		}
	}
	*list = rest
	return taken
}

// pointing takes away what only points: dates, addresses, numbers of clauses
// and houses.
func (d *detector) pointing() {
	p := d.passage
	postal := isPostal(p.old) || isPostal(p.new)
	kinds := []struct {
		shift Shift
		is    func(*sentence, change) bool
	}{
		{Dating, func(s *sentence, c change) bool {
			return c.word.kind == dated && !isDeadline(s) || countsViews(s, c.at)
		}},
		{Address, func(s *sentence, c change) bool {
			return c.word.kind == address || linkWords[c.word.norm] && d.hasAddress() || postal && (c.word.kind == numeric || capital(s, c.at))
		}},
		{Reference, func(s *sentence, c change) bool {
			return c.word.kind == numeric && (s.points(c.at) || isEdition(s, c.at)) || isEnumerator(s, c.at)
		}},
	}
	for _, k := range kinds {
		gone := take(&p.gone, func(c change) bool { return !k.is(p.old, c) })
		come := take(&p.come, func(c change) bool { return !k.is(p.new, c) })
		if len(gone)+len(come) > 0 {
			d.add(k.shift, gone, come)
		}
	}
}

// countsViews reports whether word i counts those who have seen a page: it goes
// with the day.
func countsViews(s *sentence, i int) bool {
	return s.words[i].kind == numeric && i+1 < len(s.words) && strings.HasPrefix(s.words[i+1].norm, "views")
}

// linkWords are what a link is called where its address is not written out.
var linkWords = wordSet("here link page website")

// hasAddress reports whether an address came or went.
func (d *detector) hasAddress() bool {
	for _, list := range [][]change{d.passage.gone, d.passage.come} {
		for _, c := range list {
			if c.word.kind == address {
				return true
			}
		}
	}
	return false
}

// isDeadline reports whether a date in the sentence starts or ends a duty.
func isDeadline(s *sentence) bool {
	return operative(s) && !hasAny(strings.ToLower(s.text), "updated", "effective", "modified", "version", "revised")
}

// isEnumerator reports whether a word is the letter or number of an item:
// (a), iv.
func isEnumerator(s *sentence, at int) bool {
	w := &s.words[at]
	if w.end-w.start > 4 || w.norm == "a" && capital(s, at) {
		return false
	}
	before := w.start > 0 && s.text[w.start-1] == '('
	after := w.end < len(s.text) && s.text[w.end] == ')'
	if before && after {
		return len(strings.Trim(w.norm, "ivxlc")) == 0 || len(w.norm) == 1 || w.kind == numeric
	}
	return at > 0 && pointers[s.words[at-1].norm] && len(w.norm) == 1 || after && len(w.norm) == 1
}

// isPostal reports whether a sentence holds a postal address.
func isPostal(s *sentence) bool {
	n := 0
	for i := range s.words {
		w := &s.words[i]
		if postalWords[w.norm] && i > 0 && capital(s, i) {
			n++
		}
		if w.kind == numeric && len(w.norm) == 5 && !strings.ContainsAny(w.norm, ".,$€£%") {
			n++
		}
	}
	return n > 1
}

var postalWords = wordSet("street st avenue ave road rd suite ste floor box pmb building blvd boulevard drive lane square place city zip pl rue avenue straße strasse platz calle north south east west")

// capital reports whether word i begins with a capital letter.
func capital(s *sentence, i int) bool {
	b := s.text[s.words[i].start]
	return 'A' <= b && b <= 'Z' || b >= 0xC3 && b <= 0xC5
}
