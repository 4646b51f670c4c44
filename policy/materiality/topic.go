package materiality

import (
	"sort"
	"strings"

	"github.com/codicil/codicil/policy"
	languages "github.com/codicil/codicil/policy/materiality/lexicon"
)

// topic is a category with how strongly a change is about it.
type topic struct {
	category Category
	score    float64
}

// topicBook finds the words and phrases that tell what a sentence is about. Keys
// are stems; a phrase is stems with spaces between.
type topicBook struct {
	entries map[string]map[Category]float64
	longest map[string]int  // the length of the longest phrase that begins with a stem
	known   map[string]bool // every stem in a phrase
	frames  frameSet
	plain   *topicBook // what the same is called in plain words
}

// newLexicon reads the lists of the categories. A phrase weighs as it is
// listed: what is said in several words is surer than one word.
func newLexicon(lists []vocabulary) *topicBook {
	plain := &topicBook{entries: map[string]map[Category]float64{}, known: map[string]bool{}, longest: map[string]int{}}
	l := &topicBook{entries: map[string]map[Category]float64{}, known: map[string]bool{}, longest: map[string]int{}, frames: newFrameSet(), plain: plain}
	for _, v := range lists {
		l.add(v.category, v.strong, 2)
		l.add(v.category, v.weak, 1)
		plain.add(v.category, v.plain, 1)
	}
	return l
}

func (l *topicBook) add(c Category, list string, weight float64) {
	for _, phrase := range strings.Split(list, ",") {
		w := words(strings.TrimSpace(phrase))
		if len(w) == 0 {
			continue
		}
		for i := range w {
			l.known[w[i].stem] = true
		}
		key := phraseKey(w)
		if l.entries[key] == nil {
			l.entries[key] = map[Category]float64{}
		}
		l.entries[key][c] = weight
		l.longest[w[0].stem] = max(l.longest[w[0].stem], len(w))
	}
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
func (l *topicBook) score(list []word, factor float64, sum map[Category]float64) {
	for i := 0; i < len(list); {
		n := l.at(list, i, factor, sum)
		i += max(1, n)
	}
}

// at counts the longest entry that begins at word i and returns its length.
func (l *topicBook) at(list []word, i int, factor float64, sum map[Category]float64) int {
	for n := min(l.longest[list[i].stem], len(list)-i); n > 0; n-- {
		key := list[i].stem
		if n > 1 {
			key = phraseKey(list[i : i+n])
		}
		if entry, ok := l.entries[key]; ok {
			for c, weight := range entry {
				sum[c] += weight * factor
			}
			return n
		}
	}
	return 0
}

// judge finds the topics of a change and of the places in which it is.
type judge struct {
	lexicon  *topicBook
	headings map[*policy.Clause]map[Category]float64
	leads    map[string]map[Category]float64 // what words that lead into a list are about, and any of another language
	base     map[Category]float64            // what the document as a whole is about
	texts    *texts
	private  bool                // the document is about data: a privacy or cookie policy
	language *languages.Language // what the texts are in; nil for English

	notJudged []string
	tooMany   bool // sentences changed to judge each of them
	names     map[string]Shift
}

// choose returns what a change counts as: the strongest category, and the
// second when it is nearly as strong; one without a name when there is none.
func (j *judge) choose(list []topic, changed []word) []topic {
	if len(list) == 0 {
		return []topic{{}}
	}
	n := 1
	if len(list) > 1 && list[1].score >= secondShare*list[0].score && list[1].category != Service && len(j.hits(changed)) > 0 {
		n = 2
	}
	return list[:n]
}

// scores weighs how strongly a change is about each category.
func (j *judge) scores(changed []word, s *sentence) map[Category]float64 {
	if j.language != nil {
		return j.foreignScores(changed, s)
	}
	sum := map[Category]float64{}
	j.lexicon.score(changed, inChange, sum)
	if s != nil {
		j.sentence(s, len(changed) == len(s.words), sum)
		if len(sum) == 0 && s.prev != nil {
			j.sentence(s.prev, false, sum) // "We will then stop both": it goes on with what was said
		}
		addTo(sum, j.lead(s.place.lead+" "+s.place.row), inLead)
		addTo(sum, j.heading(s.place.clause), 1)
	}
	addTo(sum, j.base, 1)
	for c := range sum {
		if j.private && !ofData(c) {
			sum[c] *= outside // a credit card is data there, not a price
		}
	}
	return sum
}

// sentence adds what a sentence is about by its own words.
func (j *judge) sentence(s *sentence, whole bool, sum map[Category]float64) {
	j.lexicon.score(s.words, inSentence, sum)
	weight := inFrame
	if whole {
		weight *= ofWhole
	}
	j.lexicon.frames.score(s, weight, sum)
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
func (j *judge) hits(changed []word) map[Category]float64 {
	if j.language != nil {
		return j.foreignHits(changed, 1)
	}
	sum := map[Category]float64{}
	j.lexicon.score(changed, 1, sum)
	return sum
}

// heading returns what the titles above a sentence are about.
func (j *judge) heading(c *policy.Clause) map[Category]float64 {
	if c == nil {
		return nil
	}
	if sum, ok := j.headings[c]; ok {
		return sum
	}
	sum := map[Category]float64{}
	if c.Title != "" {
		j.lexicon.score(words(c.Title), inHeading, sum)
	}
	addTo(sum, j.heading(c.Parent), inParent)
	j.headings[c] = sum
	return sum
}

// lead returns what the words that lead into a list or row are about.
func (j *judge) lead(text string) map[Category]float64 {
	if text == " " {
		return nil
	}
	sum, ok := j.leads[text]
	if !ok {
		sum = map[Category]float64{}
		j.lexicon.score(words(text), 1, sum)
		j.leads[text] = sum
	}
	return sum
}

func addTo(sum, more map[Category]float64, factor float64) {
	for c, score := range more {
		sum[c] += score * factor
	}
}

// ranked sorts categories by their score, then by name.
func ranked(sum map[Category]float64) []topic {
	list := make([]topic, 0, len(sum))
	for c, score := range sum {
		if score > 0 {
			list = append(list, topic{c, score})
		}
	}
	sort.Slice(list, func(a, b int) bool {
		if list[a].score != list[b].score {
			return list[a].score > list[b].score
		}
		return list[a].category < list[b].category
	})
	return list
}
