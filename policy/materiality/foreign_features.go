package materiality

import "strings"

// foreignMark stands before the names of what is known of a change in another
// language than English: its weights are its own, and the same in all of them.
const foreignMark = "x "

// describeForeign says what is known of a passage of which a lexicon knows some
// words only.
func (j *judge) describeForeign(p *passage, list []*found, reasons []judged, total int) *unit {
	f, s, kind := j.features(foreignMark), p.new, "~"
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
	for _, x := range list {
		f.set("shift:", string(x.shift), kind)
	}
	for _, r := range reasons {
		f.set("rule:", r.Severity.String())
		if len(r.topics) > 0 {
			f.set("top:", string(r.topics[0].category), kind)
			f.set("topw:", bucket(int(r.topics[0].score)))
		} else {
			f.set("top:none", kind)
		}
		if r.found != nil {
			f.set("found:", string(r.found.shift), " ", r.Severity.String(), p.differs.size())
		}
	}
	if p.differs == nil {
		f.set("said elsewhere:", bucket(int(10*j.texts.echo(s, kind == "+"))))
		f.classes("W", j.read(s))
	} else {
		p.differs.features(f)
	}
	u := &unit{passage: p, reasons: reasons, proved: boilerplateOnly(list) || p.differs.nothing()}
	u.features = f.sorted()
	return u
}

// marked returns the same features as those of another language.
func (f Features) marked() Features {
	for i := range f {
		f[i].Name = foreignMark + f[i].Name
	}
	return f
}

func isForeign(f Features) bool { return len(f) > 0 && strings.HasPrefix(f[0].Name, foreignMark) }

// differing is what differs between two sentences in another language.
type differing struct {
	gone, come []foreignToken
	runs       int
	share      float64 // of all tokens
}

func (d *differing) nothing() bool { return d != nil && len(d.gone)+len(d.come) == 0 && d.runs == 0 }

// size says how much differs.
func (d *differing) size() string {
	switch {
	case d == nil:
		return " whole"
	case d.share < 0.2 && len(d.gone) <= 3 && len(d.come) <= 3:
		return " surgical"
	}
	return " wide"
}

func (d *differing) features(f *features) {
	f.set("size:", d.size())
	f.set("hunks:", bucket(d.runs))
	f.set("chgw:", bucket(len(d.gone)+len(d.come)))
	f.set("share:", bucket(int(10*d.share)))
	switch {
	case len(d.gone) == 0 && len(d.come) > 0:
		f.set("op:ins")
	case len(d.come) == 0 && len(d.gone) > 0:
		f.set("op:del")
	}
	f.classes("-", d.gone)
	f.classes("+", d.come)
}

// classes tells of which classes tokens are, and how many are of none.
func (f *features) classes(sign string, list []foreignToken) {
	unknown := 0
	for _, t := range list {
		if t.Class == "" {
			unknown++
			continue
		}
		f.set(sign, "c:", t.Class)
		if t.Class == "num" {
			f.set(sign, "num:", t.Unit)
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
	if d := p.differs; d != nil {
		changed = append(wordsOfTokens(p.old, d.gone), wordsOfTokens(p.new, d.come)...)
	}
	f.topics("all", j.foreignScores(changed, s))
	f.topics("changed", j.foreignHits(changed, 1))
	f.topics("sentence", in(s.text))
	f.topics("lead", in(s.place.lead+" "+s.place.row+" "+s.place.column))
	for k, title := range s.place.headings() {
		where := "heading"
		if k > 0 {
			where = "parent"
		}
		f.topics(where, in(title))
	}
	f.topics("title", &j.base)
	return f.sorted()
}

// wordsOfTokens returns the words that tokens take.
func wordsOfTokens(s *sentence, list []foreignToken) []word {
	var out []word
	for _, t := range list {
		out = append(out, s.words[t.from:t.to]...)
	}
	return out
}
