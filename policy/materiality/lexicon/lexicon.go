// Package lexicon knows languages: in which one a text is, and what the words
// of its sentences do, so that a change can be judged in another language than
// English as well. Each language is one file of data:
//
//	data/fr.txt ─► Language ─► Read(sentence) ─► tokens (number, modal, negation, party, plain word)
//	               ▲
//	text, lang ─► Tell
//
// To add a language, add its file; README.md says what is in it.
//
// What the package does not do: it parses no grammar, and it weighs nothing.
package lexicon

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
)

// Language is what is known of one language. It never changes.
type Language struct {
	Code string // BCP 47: "de", "zh-Hans"
	Name string // in English: "German"
	// Full says that modals, conditions, quantifiers and the topics of sentences
	// are known, too, and not only numbers and negations.
	Full bool

	at      int      // its place among the languages
	script  string   // of the letters, as unicode.Scripts names it
	small   []string // function words by which it is told
	letters string   // that few other languages have
	endings []string // that make no other word, the longest first
	bare    bool     // has no articles: a unit without a number may count one
	glue    string   // between the ones and the tens in one word: einUNDzwanzig
	links   []string // between the parts of a number of several words: treinta Y uno

	phrases  *matcher // the words and phrases that are known, what they do
	counting *matcher // number words
	units    *matcher // what numbers count
	months   *matcher
	topics   *matcher
	clock    *matcher // what is before a time of the day: às 9
}

// Token is what a sentence says at one place.
type Token struct {
	Start, End int    // bytes of the sentence
	Key        string // equal for what says the same
	Class      string // what it does: "may", "must", "not", "you"; "num" for a number, "date"; empty for an ordinary word
	Value      float64
	Unit       string // what Value counts: "s", "month", "business day", "eur", "%"; empty for a bare number

	count float64 // the number as written: 2 of "two weeks"
}

//go:embed data
var files embed.FS

// languages holds the languages by code once their files are read.
var languages = sync.OnceValue(func() []*Language {
	entries, err := fs.Glob(files, "data/*.txt")
	if err != nil {
		panic("lexicon: " + err.Error()) // the pattern is wrong
	}
	list := make([]*Language, 0, len(entries))
	for _, name := range entries {
		data, err := files.ReadFile(name)
		if err != nil {
			panic("lexicon: " + err.Error())
		}
		l, err := parse(string(data))
		if err != nil {
			panic(fmt.Sprintf("lexicon: %s: %v", name, err)) // a test reads every file
		}
		list = append(list, l)
	}
	slices.SortFunc(list, func(a, b *Language) int { return strings.Compare(a.Code, b.Code) })
	for i, l := range list {
		l.at = i
	}
	return list
})

// All returns the languages, sorted by code.
func All() []*Language { return slices.Clone(languages()) }

// Of returns the language of a BCP 47 tag: "de-AT" finds "de", "zh" and "zh-CN"
// find "zh-Hans".
func Of(tag string) (*Language, bool) {
	tag = strings.ToLower(strings.ReplaceAll(tag, "_", "-"))
	for _, l := range languages() {
		if strings.EqualFold(l.Code, tag) {
			return l, true
		}
	}
	primary, _, _ := strings.Cut(tag, "-")
	for _, l := range languages() {
		if own, _, _ := strings.Cut(strings.ToLower(l.Code), "-"); own == primary && primary != "" {
			return l, true
		}
	}
	return nil, false
}

// Topics returns how strongly a sentence is about the categories of the rubric.
func (l *Language) Topics(sentence string) map[string]float64 {
	sum := make(map[string]float64)
	atoms := l.atoms(sentence)
	for i := 0; i < len(atoms); {
		e, n := l.topics.longest(atoms[i:])
		if e == nil {
			i++
			continue
		}
		sum[e.key] += e.value
		i += n
	}
	return sum
}
