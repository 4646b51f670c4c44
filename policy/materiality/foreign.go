package materiality

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"strings"

	languages "github.com/codicil/codicil/policy/materiality/lexicon"
	"github.com/codicil/codicil/policy/redline"
)

// unread notes what cannot be judged of a redline.
func (j *judge) unread(r *redline.Redline) {
	switch {
	case j.language == nil:
	case j.language.Code == "und":
		j.skip("It is not known which language the text is in: only numbers were judged.")
	case j.language.Full:
		j.skip(fmt.Sprintf("The text is in %s: numbers, lengths of time, sums, negations, modal verbs, conditions and words of weight were judged, and what a sentence is about; other words were not.", j.language.Name))
	default:
		j.skip(fmt.Sprintf("The text is in %s: only numbers, lengths of time, sums and negations were judged.", j.language.Name))
	}
	if r.Limited {
		j.skip("The texts were too large or too different to be compared word by word throughout.")
	}
}

// skip notes that something was not judged, once.
func (j *judge) skip(what string) {
	if !slices.Contains(j.notJudged, what) {
		j.notJudged = append(j.notJudged, what)
	}
}

// sampled is how many blocks tell the language of a document.
const sampled = 48

// sampledBytes is how much of each block tells it, at most.
const sampledBytes = 200

// language tells in which language the texts are: by a sample of the blocks and those that changed, and by what the document
// states.
func (t *texts) language() *languages.Language {
	var all sample
	step := len(t.blocks)/sampled + 1
	for i, row := range t.blocks {
		if i%step != 0 && t.redline.Rows[i].Kind == redline.Equal {
			continue
		}
		if all.add(cmp.Or(row.new, row.old)) {
			break
		}
	}
	return all.Tell(stated(t.redline.New))
}

// read takes a sentence apart by what is known of the language.
func (j *judge) read(s *sentence) []token {
	if j.language == nil {
		return s.tokens()
	}
	var list []token
	for _, x := range j.language.Read(s.text) {
		t := token{key: x.Key, class: x.Class}
		t.from, t.to = s.wordsAt(x.Start, x.End)
		if t.class == "num" {
			t.num = &measure{value: x.Value, unit: x.Unit, kind: measured(x.Unit)}
		}
		list = append(list, t)
	}
	return list
}

// measured says what kind of number has a unit.
func measured(unit string) Shift {
	switch unit {
	case "s", "month", "business day", "night":
		return Period
	case "%":
		return Percentage
	case "age":
		return Age
	}
	if len(unit) == 3 {
		return Amount
	}
	return Number
}

// wordsAt returns the words that are between two bytes of a sentence.
func (s *sentence) wordsAt(start, end int) (from, to int) {
	from = sort.Search(len(s.words), func(i int) bool { return s.words[i].end > start })
	to = from + sort.Search(len(s.words)-from, func(i int) bool { return s.words[from+i].start >= end })
	return from, to
}

// foreignScores weighs how strongly a change is about each category, by the
// words of its language.
func (j *judge) foreignScores(changed []word, s *sentence) *tally {
	sum := j.foreignHits(changed, inChange)
	add := func(text string, factor float64) { j.addTopics(text, factor, sum) }
	if s != nil {
		add(s.text, inSentence)
		if sum.none() && s.prev != nil {
			add(s.prev.text, inSentence)
		}
		add(s.place.lead+" "+s.place.row, inLead)
		for i, heading := range s.place.headings() {
			add(heading, inHeading/float64(i+1))
		}
	}
	sum.add(&j.base, 1)
	return sum
}

// foreignHits returns the weight of the words of categories among the changed
// words alone.
func (j *judge) foreignHits(changed []word, factor float64) *tally {
	var b strings.Builder
	sum := new(tally)
	for i := range changed {
		if i > 0 && changed[i] == changed[i-1] { // tokens share the word where no space parts them
			j.addTopics(changed[i].norm, factor, sum)
			continue
		}
		b.WriteString(changed[i].norm)
		b.WriteByte(' ')
	}
	j.addTopics(b.String(), factor, sum)
	return sum
}

func (j *judge) addTopics(text string, factor float64, sum *tally) {
	topics := j.foreign[text]
	if topics == nil {
		topics = new(tally)
		said := j.language.Topics(text)
		for c, category := range rubric {
			topics[c] = 2 * said[string(category)]
		}
		j.foreign[text] = topics
	}
	sum.add(topics, factor)
}
