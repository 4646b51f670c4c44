package materiality

import "strings"

// foreignMark stands before the names of what is known of a change in another
// language than English: its weights are its own, and the same in all of them.
const foreignMark = "x "

// marked returns the same features as those of another language.
func (f Features) marked() Features {
	for i := range f {
		f[i].Name = foreignMark + f[i].Name
	}
	return f
}

func isForeign(f Features) bool { return len(f) > 0 && strings.HasPrefix(f[0].Name, foreignMark) }

// differing tells what differs between two sentences in another language.
func (f *features) differing(c *comparison) {
	gone, come := c.unmatched()
	f.size = "wide"
	if changed := len(gone) + len(come); 5*changed < len(c.old)+len(c.new) && len(gone) <= 3 && len(come) <= 3 {
		f.size = "surgical"
	}
	f.set("size:", f.size)
	f.set("hunks:", bucket(len(c.spans)))
	f.set("chgw:", bucket(len(gone)+len(come)))
	f.set("share:", bucket(10*(len(gone)+len(come))/max(1, len(c.old)+len(c.new))))
	switch {
	case len(gone) == 0 && len(come) > 0:
		f.set("op:ins")
	case len(come) == 0 && len(gone) > 0:
		f.set("op:del")
	}
	f.classes("-", gone)
	f.classes("+", come)
}

// classes tells of which classes tokens are, and how many are of none.
func (f *features) classes(sign string, list []token) {
	unknown := 0
	for _, t := range list {
		if t.class == "" {
			unknown++
			continue
		}
		f.set(sign, "c:", t.class)
		if t.class == "num" {
			f.set(sign, "num:", t.num.unit)
		}
	}
	f.set(sign, "unknown:", bucket(unknown))
}

// aboutForeign tells what a change in another language is about, by what its lexicon
// says of the words at each spot. The spots are those of English; the words are not.
func (j *judge) aboutForeign(p *passage, reasons []judged) Features {
	f := j.features("")
	f.set(foreignMark, "one")
	for _, r := range reasons {
		f.set("reason:", string(r.Category))
	}
	s := p.new
	if s == nil {
		s = p.old
	}
	in := func(text string) *tally {
		sum := new(tally)
		j.addTopics(text, 1, sum)
		return sum
	}
	changed := s.words
	if p.held != nil {
		gone, come := p.held.unmatched()
		changed = j.found(p, Rewording, spansOf(gone), spansOf(come)).subject
	}
	f.topics(ofAll, j.foreignScores(changed, s))
	f.topics(ofChanged, j.foreignHits(changed, 1))
	f.topics(ofSentence, in(s.text))
	f.topics(ofLead, in(s.place.lead+" "+s.place.row+" "+s.place.column))
	for k, title := range s.place.headings() {
		where := ofHeading
		if k > 0 {
			where = ofParent
		}
		f.topics(where, in(title))
	}
	f.topics(ofTitle, &j.base)
	return f.sorted()
}
