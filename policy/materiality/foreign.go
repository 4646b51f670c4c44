package materiality

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
)

// What is read in other languages than English: modals and negations. Numbers
// and lengths of time are read in all of them.
var foreignModals = map[string]string{
	"peut": "may", "peuvent": "may", "pouvez": "may", "pouvons": "may", "pourra": "may", "pourrons": "may", "doit": "must", "doivent": "must", "devez": "must", "devons": "must",
	"kann": "may", "können": "may", "darf": "may", "dürfen": "may", "muss": "must", "müssen": "must", "soll": "should", "sollen": "should", "sollte": "should",
	"puede": "may", "pueden": "may", "podrá": "may", "podemos": "may", "debe": "must", "deben": "must", "deberá": "must", "debemos": "must",
	"可以": "may", "可": "may", "应": "must", "必": "must", "须": "must",
}

var foreignNegations = wordSet("ne pas aucun aucune jamais sans nicht kein keine keinen niemals ohne nunca ningún ninguna sin 不 未 无 没 非")

// languages are small words by which a language is told; English comes first.
var languages = []string{
	"the and of to you your our we is that are for with this",
	"le la les des et du une vous nous est votre pour dans que",
	"der die das und sie wir ist nicht mit für von den auf ihre",
	"el los las y usted para con una que por su del nuestro en",
}

// smallWords tells for each of those words in which languages it stands, as a
// set of bits.
var smallWords = func() map[string]uint8 {
	in := make(map[string]uint8)
	for i, words := range languages {
		for w := range wordSet(words) {
			in[w] |= 1 << i
		}
	}
	return in
}()

// smallWord is the length in bytes of the longest of them.
const smallWord = len("nuestro")

// unread notes what cannot be judged of a redline.
func (j *judge) unread(r *redline.Redline) {
	if j.foreign {
		j.skip("The text is not in English: only numbers, lengths of time, sums, negations and modal verbs were judged in full.")
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

// english reports whether a document is mostly English, by the small words in
// a sample of its blocks and in those that changed: other languages are judged
// only in part.
func (t *texts) english() bool {
	count := make([]int, len(languages))
	ideographs := 0
	step := len(t.redline.Rows)/sampled + 1
	for i := range t.redline.Rows {
		if row := &t.redline.Rows[i]; row.New != nil && (i%step == 0 || row.Kind != redline.Equal) {
			ideographs += tally(row.New, count)
		}
	}
	return slices.Max(count) == count[0] && ideographs <= count[0]*2
}

// tally counts the small words of each language in a block and returns how
// many ideographs it has.
func tally(b *policy.Block, count []int) (ideographs int) {
	for _, s := range b.Spans {
		for _, w := range strings.FieldsFunc(s.Text, func(r rune) bool { return !unicode.IsLetter(r) }) {
			if r, _ := utf8.DecodeRuneInString(w); isIdeograph(r) {
				ideographs += utf8.RuneCountInString(w)
				continue
			}
			if len(w) > smallWord {
				continue
			}
			for i, in := 0, smallWords[strings.ToLower(w)]; in != 0; i, in = i+1, in>>1 {
				count[i] += int(in & 1)
			}
		}
	}
	return ideographs
}
