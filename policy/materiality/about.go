package materiality

import "slices"

// aboutFrom is the probability from which a change counts as being about a
// category.
const aboutFrom = 0.35

// tellAbout adds to what is known of changes what they are about.
func (j *judge) tellAbout(d *Described) {
	for _, u := range d.units {
		f := Features(nil)
		switch {
		case u.passage == nil:
		case j.language != nil:
			f = j.aboutForeign(u.passage, u.reasons)
		default:
			f = j.about(u.passage, u.reasons)
		}
		d.About = append(d.About, f)
	}
}

// about tells what the words of a change, and those of the place in which it
// is, are.
func (j *judge) about(p *passage, reasons []judged) Features {
	f := j.features("")
	f.set("one")
	for _, r := range reasons {
		f.set("reason:", string(r.Category))
	}
	s := p.new
	if s == nil {
		s = p.old
	}
	for _, side := range []*sentence{p.old, p.new} {
		if side == nil {
			continue
		}
		list := side.tokens()
		if p.held != nil {
			list = p.held.new
			if side == p.old {
				list = p.held.old
			}
		}
		for _, t := range list {
			j.word(f, "s:", t, 0.5)
		}
		if p.old == nil || p.new == nil {
			f.set("whole")
			j.aboutChanged(f, side, list)
		}
	}
	if p.held != nil {
		for _, h := range p.held.unlicensed() {
			j.aboutChanged(f, p.old, h.old)
			j.aboutChanged(f, p.new, h.new)
		}
	}
	j.aboutPlace(f, s)
	return f.sorted()
}

// aboutChanged tells of the words that changed.
func (j *judge) aboutChanged(f *features, s *sentence, list []token) {
	for _, t := range list {
		j.word(f, "c:", t, 1)
		if field := fieldOf(s.words[t.from].norm); field != "" {
			f.raise(0.5, "field:", field)
		}
	}
	if len(list) > 0 {
		f.topics(ofChanged, j.hits(s.wordsOf(list)))
		f.topics(ofPlainChanged, j.plainly(s.wordsOf(list)))
		f.learned(ofLearnedChanged, keysIn(list))
	}
}

// aboutPlace tells of the headings above a sentence, of what leads into it, and
// of what the lexicon says of all that.
func (j *judge) aboutPlace(f *features, s *sentence) {
	for k, title := range s.place.headings() {
		for _, w := range j.texts.memory.words(title) {
			if w.kind == plain && !stopWords[w.stem] {
				f.raise(1/float64(min(k, 1)+1), "h:", w.stem)
			}
		}
	}
	for _, w := range j.texts.memory.words(s.place.lead + " " + s.place.row + " " + s.place.column) {
		if w.kind == plain && !stopWords[w.stem] {
			f.raise(0.5, "l:", w.stem)
		}
	}
	j.aboutTopics(f, s)
}

// aboutTopics tells what the lexicon says of a sentence, by where its words stand.
func (j *judge) aboutTopics(f *features, s *sentence) {
	f.topics(ofAll, j.scores(nil, s))
	f.topics(ofSentence, j.speaks(s.reading))
	f.topics(ofPlainSentence, j.speaksPlainly(s.reading))
	f.learned(ofLearnedSentence, keysIn(s.tokens()))
	f.topics(ofFrame, j.frames(s))
	f.topics(ofLead, j.lead(s.place.lead+" "+s.place.row+" "+s.place.column))
	for k, title := range s.place.headings() {
		heading := sentence{reading: j.texts.memory.reading(title)}
		where, plainly := ofParent, ofPlainParent
		if k == 0 {
			where, plainly = ofHeading, ofPlainHeading
			f.learned(ofLearnedHeading, keysIn(heading.tokens()))
		}
		f.topics(where, j.speaks(heading.reading))
		f.topics(plainly, j.speaksPlainly(heading.reading))
	}
	f.topics(ofTitle, &j.base)
}

// plainly weighs what words are about by what plain language calls it.
func (j *judge) plainly(list []word) *tally {
	sum := new(tally)
	j.lexicon.plain.score(list, 1, sum)
	return sum
}

// speaksPlainly does so for all words of a text, once.
func (j *judge) speaksPlainly(r *reading) *tally {
	if r.plain == nil {
		r.plain = j.plainly(r.words)
	}
	return r.plain
}

// Own tells how much speaks for one category and how much for its strongest rival,
// by the same names for each, so that one set of weights serves them all.
func Own(f Features, c Category) Features {
	s, out := speakingOf(f), newFeatures()
	category := slices.Index(rubric[:], c)
	for at := range spotCount {
		own, rival := s[at][category], s.rivals(at)[category]
		if own > 0 {
			out.named["own "+spots[at]] = own
		}
		if rival > 0 && at != ofReason {
			out.named["rival "+spots[at]], out.named["lead "+spots[at]] = rival, own-rival
		}
	}
	out.set("one")
	return out.sorted()
}

// Pooled adds to what is known the answer that one set of weights for all
// categories gives.
func (m *Model) Pooled(f Features, c Category) Features {
	return append(slices.Clone(f), Feature{Name: "pooled", Value: pooledScale * m.Sum(PooledTarget, Own(f, c))})
}

// pooledScale makes it cheap for the weights of a category to follow the common
// ones, and dear to differ.
const pooledScale = 4

// leanings are how much speaks for each category, in the order of the rubric.
type leanings [categoryCount]float64

// leanings does for all categories at once what Pooled says.
func (m *Model) leanings(f Features) *leanings {
	out, p := new(leanings), m.pooling()
	m.sum(f, aboutTargets, out[:])
	pooled := p.of(speakingOf(f))
	for c := range out {
		out[c] += p.pooled[c] * pooledScale * pooled[c]
	}
	return out
}

// pooling is what a model makes of how much words speak for a category, wherever they
// stand: the weights that all categories have in common.
type pooling struct {
	one              float64
	own, rival, lead [spotCount]float64
	pooled           [categoryCount]float64 // what they count beside those of a category
}

// pooling returns these weights.
func (m *Model) pooling() *pooling {
	if m.catalogue != nil {
		return &m.catalogue.pooling
	}
	weight := func(name string) float64 { return m.weights(name)[PooledTarget] }
	p := &pooling{one: weight("one")}
	for at, where := range spots {
		p.own[at], p.rival[at], p.lead[at] = weight("own "+where), weight("rival "+where), weight("lead "+where)
	}
	weights := m.weights("pooled")
	copy(p.pooled[:], weights[aboutTargets:])
	return p
}

// of is how much speaks for each category by these weights.
func (p *pooling) of(s *speaking) *leanings {
	out := new(leanings)
	for at := range spotCount {
		rivals := s.rivals(at)
		for c, own := range s[at] {
			out[c] += p.own[at] * own
			if rival := rivals[c]; rival > 0 && at != ofReason {
				out[c] += p.rival[at]*rival + p.lead[at]*(own-rival)
			}
		}
	}
	for c := range out {
		out[c] += p.one
	}
	return out
}

// likeliest returns the category that a change is most likely about, and how
// likely that is.
func (l *leanings) likeliest() (Category, float64) {
	best := 0
	for c := range l {
		if l[c] > l[best] {
			best = c
		}
	}
	return rubric[best], logistic(l[best])
}

// of is how likely it is that a change is about a category.
func (l *leanings) of(c Category) float64 { return logistic(l[slices.Index(rubric[:], c)]) }

// word tells of a word by its key, of a number by its kind.
func (j *judge) word(f *features, sign string, t token, value float64) {
	switch {
	case t.num != nil:
		f.raise(value, sign, "#", string(t.num.kind))
	case !smallKeys[t.key]:
		f.raise(value, sign, t.key)
	}
}

// About is what all changes of a pair are about: that of each counts by how much
// speaks for its being major, beside the gravest.
func (m *Model) About(d Described) Features {
	return about(d, m.gradesOf(d.Changes), m.features())
}

// about notes in f what they are about.
func about(d Described, graves []grades, f *features) Features {
	weights := make([]float64, len(graves))
	most := 0.0
	for i := range graves {
		weights[i] = logistic(graves[i].major())
		most = max(most, weights[i])
	}
	for i, about := range d.About {
		for k := range about {
			f.raiseTo(&about[k], about[k].Value*weights[i]/most)
		}
	}
	return f.sorted()
}

// Categories returns what a change of substance is about: all categories that are
// likely, the likeliest in any case, and that of each single change that is most
// likely major. None is known of a change without words, or in a language of whose
// words nothing is known.
func (m *Model) Categories(d Described) []Category {
	if len(d.Changes) == 0 {
		return nil
	}
	graves := m.gradesOf(d.Changes)
	return m.categories(d, graves, m.leanings(about(d, graves, m.features())))
}

// speaks reports whether any word of the changes, or of their places, speaks of a
// category.
func (d Described) speaks() bool {
	return slices.ContainsFunc(d.About, func(f Features) bool { return *speakingOf(f) != speaking{} })
}

func (m *Model) categories(d Described, graves []grades, l *leanings) []Category {
	if len(d.Changes) == 0 || isForeign(d.Changes[0]) && !d.speaks() {
		return nil
	}
	best, _ := l.likeliest()
	out := []Category{best}
	for _, c := range rubric {
		if c != best && l.of(c) >= aboutFrom {
			out = append(out, c)
		}
	}
	for i := range graves {
		if graves[i].major() < 0 {
			continue
		}
		if own, p := m.leanings(d.About[i]).likeliest(); p >= 0.5 && !slices.Contains(out, own) {
			out = append(out, own)
		}
	}
	slices.Sort(out)
	return out
}
