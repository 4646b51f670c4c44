package materiality

import (
	"cmp"
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
	languages "github.com/codicil/codicil/policy/materiality/lexicon"
)

// topic is a category with how strongly a change is about it.
type topic struct {
	category Category
	score    float64
}

// tally is how much words speak of each category, in the order of the rubric; 0
// where they do not.
type tally [categoryCount]float64

// add adds what other words speak of.
func (t *tally) add(more *tally, factor float64) {
	for c := range t {
		t[c] += more[c] * factor
	}
}

// count adds what an entry speaks of.
func (t *tally) count(list []mention, factor float64) {
	for _, m := range list {
		t[m.category] += m.weight * factor
	}
}

// of returns how much they speak of one category.
func (t *tally) of(c Category) float64 { return t[slices.Index(rubric[:], c)] }

// none reports whether no category is spoken of.
func (t *tally) none() bool { return *t == tally{} }

// mention is a category, by its place in the rubric, of which an entry speaks.
type mention struct {
	category int
	weight   float64
}

// topicBook finds the words and phrases that tell what a sentence is about, by
// the stem of their first word. A phrase is stems with spaces between.
type topicBook struct {
	begins map[string]*beginning
	frames frameSet
	plain  *topicBook // what the same is called in plain words
}

// beginning is what begins with a stem: that word alone, and phrases, the longest
// first.
type beginning struct {
	alone   []mention
	phrases []topicPhrase
}

// topicPhrase is several words that speak of categories together.
type topicPhrase struct {
	stems []string
	of    []mention
}

func newTopicBook() *topicBook {
	return &topicBook{begins: map[string]*beginning{}}
}

// newLexicon reads the lists of the categories. A phrase weighs as it is
// listed: what is said in several words is surer than one word.
func newLexicon(lists []vocabulary) *topicBook {
	l, plain := newTopicBook(), newTopicBook()
	l.frames, l.plain = newFrameSet(), plain
	for _, v := range lists {
		c := slices.Index(rubric[:], v.category)
		l.add(c, v.strong, 2)
		l.add(c, v.weak, 1)
		plain.add(c, v.plain, 1)
	}
	return l
}

func (l *topicBook) add(category int, list string, weight float64) {
	for _, phrase := range strings.Split(list, ",") {
		w := words(strings.TrimSpace(phrase))
		if len(w) == 0 {
			continue
		}
		stems := make([]string, len(w))
		for i := range w {
			stems[i] = w[i].stem
		}
		b := l.begins[w[0].stem]
		if b == nil {
			b = &beginning{}
			l.begins[w[0].stem] = b
		}
		b.add(stems, mention{category, weight})
	}
}

// add adds a mention to an entry.
func (b *beginning) add(stems []string, m mention) {
	if len(stems) == 1 {
		b.alone = withMention(b.alone, m)
		return
	}
	at := 0
	for at < len(b.phrases) && len(b.phrases[at].stems) >= len(stems) {
		if p := &b.phrases[at]; slices.Equal(p.stems, stems) {
			p.of = withMention(p.of, m)
			return
		}
		at++
	}
	b.phrases = slices.Insert(b.phrases, at, topicPhrase{stems, []mention{m}})
}

// withMention adds a mention, in the place of one of the same category.
func withMention(list []mention, m mention) []mention {
	for i := range list {
		if list[i].category == m.category {
			list[i] = m
			return list
		}
	}
	return append(list, m)
}

func phraseKey(list []word) string {
	parts := make([]string, len(list))
	for i := range list {
		parts[i] = list[i].stem
	}
	return strings.Join(parts, " ")
}

// score adds to sum the weight of every entry that is in the words. Of
// entries that overlap, the longest counts.
func (l *topicBook) score(list []word, factor float64, sum *tally) {
	for i := 0; i < len(list); {
		n := l.at(list, i, factor, sum)
		i += max(1, n)
	}
}

// at counts the longest entry that begins at word i and returns its length.
func (l *topicBook) at(list []word, i int, factor float64, sum *tally) int {
	b := l.begins[list[i].stem]
	if b == nil {
		return 0
	}
	for _, p := range b.phrases {
		if hasPhrase(list[i:], p.stems) {
			sum.count(p.of, factor)
			return len(p.stems)
		}
	}
	sum.count(b.alone, factor)
	return min(len(b.alone), 1)
}

// judge finds the topics of a change and of the places in which it is.
type judge struct {
	lexicon  *topicBook
	noted    *features // of the change at hand
	model    *Model    // whose features count; nil where all that is known is asked for
	headings map[*policy.Clause]*tally
	foreign  map[string]*tally // what words of another language are about
	base     tally             // what the document as a whole is about
	texts    *texts
	private  bool                // the document is about data: a privacy or cookie policy
	language *languages.Language // what the texts are in; nil for English

	notJudged  []string
	tooMany    bool // sentences changed to judge each of them
	translated bool // the text is in another language than before
	names      map[string]Shift
}

// choose returns what a change counts as: the strongest category, and the
// second when it is nearly as strong; one without a name when there is none.
func (j *judge) choose(list []topic, changed []word) []topic {
	if len(list) == 0 {
		return []topic{{}}
	}
	n := 1
	if len(list) > 1 && list[1].score >= secondShare*list[0].score && list[1].category != Service && !j.hits(changed).none() {
		n = 2
	}
	return list[:n]
}

// scores weighs how strongly a change is about each category.
func (j *judge) scores(changed []word, s *sentence) *tally {
	if j.language != nil {
		return j.foreignScores(changed, s)
	}
	sum := new(tally)
	j.lexicon.score(changed, inChange, sum)
	if s != nil {
		j.sentence(s, len(changed) == len(s.words), sum)
		if sum.none() && s.prev != nil {
			j.sentence(s.prev, false, sum) // "We will then stop both": it goes on with what was said
		}
		sum.add(j.lead(s.place.lead+" "+s.place.row), inLead)
		sum.add(j.heading(s.place.clause), 1)
	}
	sum.add(&j.base, 1)
	for c := range sum {
		if j.private && !ofData(rubric[c]) {
			sum[c] *= outside // a credit card is data there, not a price
		}
	}
	return sum
}

// sentence adds what a sentence is about by its own words.
func (j *judge) sentence(s *sentence, whole bool, sum *tally) {
	sum.add(j.speaks(s.reading), inSentence)
	weight := inFrame
	if whole {
		weight *= ofWhole
	}
	sum.add(j.frames(s), weight)
}

// frames returns what a sentence is about by who does what with what in it.
func (j *judge) frames(s *sentence) *tally {
	if s.framed == nil {
		s.framed = j.lexicon.frames.of(s)
	}
	return s.framed
}

// speaks returns what a text is about by its words alone, in English.
func (j *judge) speaks(r *reading) *tally {
	if r.about == nil {
		r.about = new(tally)
		j.lexicon.score(r.words, 1, r.about)
	}
	return r.about
}

// ofData reports whether a category is one of the practices that a privacy
// policy is about.
func ofData(c Category) bool {
	switch c {
	case DataCollection, DataUse, Sharing, TransferRetention, Security, UserRightsChoice, Minors, DisputesLaw, NoticeChange, EntityScope:
		return true
	}
	return false
}

// hits returns the weight of category words among the changed words alone.
func (j *judge) hits(changed []word) *tally {
	if j.language != nil {
		return j.foreignHits(changed, 1)
	}
	sum := new(tally)
	j.lexicon.score(changed, 1, sum)
	return sum
}

// heading returns what the titles above a sentence are about.
func (j *judge) heading(c *policy.Clause) *tally {
	if c == nil {
		return new(tally)
	}
	if sum, ok := j.headings[c]; ok {
		return sum
	}
	sum := new(tally)
	if c.Title != "" {
		sum.add(j.lead(c.Title), inHeading)
	}
	sum.add(j.heading(c.Parent), inParent)
	j.headings[c] = sum
	return sum
}

// lead returns what the words that lead into a list or row, or those of a title,
// are about.
func (j *judge) lead(text string) *tally { return j.speaks(j.texts.memory.reading(text)) }

// ranked sorts categories by their score, then by name.
func ranked(sum *tally) []topic {
	var list []topic
	for c, score := range sum {
		if score > 0 {
			list = append(list, topic{rubric[c], score})
		}
	}
	slices.SortFunc(list, func(a, b topic) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.category, b.category))
	})
	return list
}
