package materiality

import (
	"math"
	"slices"
	"sync"
)

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
		f.topics("changed", j.hits(s.wordsOf(list)))
		f.topics("plain changed", j.plainly(s.wordsOf(list)))
		f.learned("learned changed", keysIn(list))
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
	f.topics("all", j.scores(nil, s))
	f.topics("sentence", j.speaks(s.reading))
	f.topics("plain sentence", j.speaksPlainly(s.reading))
	f.learned("learned sentence", keysIn(s.tokens()))
	f.topics("frame", j.frames(s))
	f.topics("lead", j.lead(s.place.lead+" "+s.place.row+" "+s.place.column))
	for k, title := range s.place.headings() {
		heading := sentence{reading: j.texts.memory.reading(title)}
		where := "parent"
		if k == 0 {
			where = "heading"
			f.learned("learned heading", keysIn(heading.tokens()))
		}
		f.topics(where, j.speaks(heading.reading))
		f.topics("plain "+where, j.speaksPlainly(heading.reading))
	}
	f.topics("title", &j.base)
}

// topics tells of which categories the words at a spot speak.
func (f *features) topics(where string, sum *tally) {
	for c, score := range sum {
		if score > 0 {
			f.raise(math.Log1p(score)/2, "topic:", string(rubric[c]), "@", where)
		}
	}
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

// spots are where words stand that speak of a category; a reason speaks of it
// as well.
var spots = [spotCount]string{"all", "sentence", "plain sentence", "changed", "plain changed", "frame", "lead", "heading", "plain heading", "parent", "plain parent", "title", "reason",
	"learned changed", "learned sentence", "learned heading"}

const spotCount = 16

// topicNames are what it is called how much the words at each spot speak of a
// category.
var topicNames = sync.OnceValue(func() map[string]spotted {
	names := map[string]spotted{}
	for spot, where := range spots {
		for c, category := range rubric {
			names[topicName(category, where)] = spotted{spot, c}
		}
	}
	return names
})

// spotted is a spot, and a category by its place in the rubric.
type spotted struct{ spot, category int }

func topicName(c Category, where string) string {
	if where == "reason" {
		return "reason:" + string(c)
	}
	return "topic:" + string(c) + "@" + where
}

// speaking is how much the words at each spot speak for each category; less than
// nothing where they do not.
type speaking [spotCount][categoryCount]float64

func speakingOf(f Features) *speaking {
	s := new(speaking)
	for i := range f {
		if at := f[i].spotted(); at != nil {
			s[at.spot][at.category] = f[i].Value
		}
	}
	return s
}

// spotted returns the spot at which words speak of a category; nil for any other
// feature.
func (x *Feature) spotted() *spotted {
	if x.listed != nil {
		return x.listed.spot
	}
	if at, ok := topicNames()[x.Name]; ok {
		return &at
	}
	return nil
}

// of tells how much the words at a spot speak for one category, and how much for
// its strongest rival.
func (s *speaking) of(spot, category int) (own, rival float64) {
	for c, x := range s[spot] {
		if c != category {
			rival = max(rival, x)
		}
	}
	return s[spot][category], rival
}

// Own tells how much speaks for one category and how much for its strongest rival,
// by the same names for each, so that one set of weights serves them all.
func Own(f Features, c Category) Features {
	s, out := speakingOf(f), newFeatures()
	at := slices.Index(rubric[:], c)
	for spot, where := range spots {
		own, rival := s.of(spot, at)
		if own > 0 {
			out.named["own "+where] = own
		}
		if rival > 0 && where != "reason" {
			out.named["rival "+where], out.named["lead "+where] = rival, own-rival
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
	out := new(leanings)
	m.sum(f, aboutTargets, out[:])
	weights, pooled := m.weights("pooled"), m.pooled(f)
	for c := range out {
		out[c] += weights[int(aboutTargets)+c] * pooledScale * pooled[c]
	}
	return out
}

// pooled is how much speaks for each category by the weights that all of them
// have in common.
func (m *Model) pooled(f Features) *leanings {
	out, s := new(leanings), speakingOf(f)
	weight := func(whose, where string) float64 { return m.weights(whose + where)[PooledTarget] }
	one := weight("one", "")
	for spot, where := range spots {
		ownWeight, rivalWeight, leadWeight := weight("own ", where), weight("rival ", where), weight("lead ", where)
		for c := range out {
			own, rival := s.of(spot, c)
			out[c] += ownWeight * own
			if rival > 0 && where != "reason" {
				out[c] += rivalWeight*rival + leadWeight*(own-rival)
			}
		}
	}
	for c := range out {
		out[c] += one
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
func (m *Model) About(d Described) Features { return m.about(d, m.features()) }

// about notes in f what they are about.
func (m *Model) about(d Described, f *features) Features {
	weights := make([]float64, len(d.Changes))
	most := 0.0
	for i, c := range d.Changes {
		g := m.grades(c)
		weights[i] = logistic(g.major())
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
	return m.categories(d, m.leanings(m.About(d)))
}

// speaks reports whether any word of the changes, or of their places, speaks of a
// category.
func (d Described) speaks() bool {
	return slices.ContainsFunc(d.About, func(f Features) bool { return *speakingOf(f) != speaking{} })
}

func (m *Model) categories(d Described, l *leanings) []Category {
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
	for i, c := range d.Changes {
		if g := m.grades(c); g.major() < 0 {
			continue
		}
		if own, p := m.leanings(d.About[i]).likeliest(); p >= 0.5 && !slices.Contains(out, own) {
			out = append(out, own)
		}
	}
	slices.Sort(out)
	return out
}
