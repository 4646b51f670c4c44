package materiality

import (
	_ "embed" // the topics of words
	"math"
	"strings"
	"sync"
)

// Topics are how much words speak of each category, in the order of Categories.
type Topics [categoryCount]float64

// TitleTopics returns what the words of an English title speak of, by the lists of the
// categories. Of these the topics of other words are learned.
func TitleTopics(title string) Topics {
	var sum tally
	list := words(title)
	english().score(list, 1, &sum)
	english().plain.score(list, plainTitle, &sum)
	return Topics(sum)
}

// plainTitle is what a plain word weighs in a title, where a weak one weighs 1.
const plainTitle = 0.7

//go:embed learned.txt
var learnedText string

// learned are the words of which it is known under which headings they stand: the
// logarithm of how much more often than all words do.
var learned = sync.OnceValue(func() map[string]*tally {
	all := map[string]*tally{}
	for line := range strings.Lines(learnedText) {
		word, letters, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if !ok || len(letters) != categoryCount {
			continue
		}
		t := new(tally)
		for c := range t {
			t[c] = float64(int(letters[c])-middleLetter) / LearnedUnit
		}
		all[word] = t
	}
	return all
})

// LearnedUnit is how finely learned.txt tells a logarithm.
const LearnedUnit = 8

const (
	manySaid      = 0.3  // words repeat each other: what n of them say together counts as n to the power of so much less
	leastLearned  = 0.02 // the probability from which a category counts
	learnedWeight = 2.0
)

// learned tells how likely the words at a spot are to speak of each category.
func (f *features) learned(at spot, keys []string) {
	sum, known := new(tally), 0
	for _, key := range keys {
		if t := learned()[key]; t != nil {
			sum.add(t, 1)
			known++
		}
	}
	if known == 0 {
		return
	}
	all := 0.0
	for c := range sum {
		sum[c] = math.Exp(sum[c] / math.Pow(float64(known), manySaid))
		all += sum[c]
	}
	for c, x := range sum {
		if p := x / all; p > leastLearned {
			f.speak(at, c, learnedWeight*p)
		}
	}
}

// keysIn returns the keys of tokens, a number as "#".
func keysIn(list []token) []string {
	keys := make([]string, len(list))
	for i, t := range list {
		if keys[i] = t.key; t.num != nil {
			keys[i] = "#"
		}
	}
	return keys
}
