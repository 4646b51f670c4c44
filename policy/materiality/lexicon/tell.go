package lexicon

import (
	"slices"
	"strings"
	"unicode"
)

// Tell returns the language of a text by its script and its function words.
// lang is what the document says of itself, "" for nothing: it decides unless
// the text plainly speaks against it. Without evidence and without lang the
// language is "und", of which only numbers are read, and never English.
func Tell(text, lang string) *Language { return EvidenceOf(text).Tell(lang) }

// Evidence is what a text tells of its language. That of several texts adds up, as that
// of one text with a line for each of them. The zero Evidence is that of no text.
type Evidence struct {
	small   []int                // how many function words of each language it has, in the order of languages()
	letters float64              // of the text
	scripts [scriptCount]float64 // letters of each script
	marked  map[rune]int         // small letters beyond ASCII, which some languages alone have
	dense   []string             // the texts in scripts that put no blank between words
}

// EvidenceOf counts the function words of a text and the letters of each script.
func EvidenceOf(text string) *Evidence {
	e := &Evidence{small: make([]int, len(languages()))}
	e.countScripts(text)
	words := smallWords()
	for w := range strings.FieldsFuncSeq(text, func(r rune) bool { return !isLetter(r) && r != '-' }) {
		if len(w) > longestSmall {
			continue
		}
		for _, l := range words[fold(w)] {
			e.small[l.at]++
		}
	}
	return e
}

// Add adds the evidence of another text.
func (e *Evidence) Add(o *Evidence) {
	if e.small == nil {
		e.small = make([]int, len(languages()))
	}
	for i, n := range o.small {
		e.small[i] += n
	}
	e.letters += o.letters
	for script, n := range o.scripts {
		e.scripts[script] += n
	}
	for r, n := range o.marked {
		e.mark(r, n)
	}
	e.dense = append(e.dense, o.dense...)
}

func (e *Evidence) mark(r rune, n int) {
	if e.marked == nil {
		e.marked = make(map[rune]int)
	}
	e.marked[r] += n
}

// Tell returns the language that the evidence is of, as the function of this name does.
func (e *Evidence) Tell(lang string) *Language {
	l := e.tell(lang)
	if l == nil {
		l, _ = Of("und")
	}
	return l
}

// tell is Tell, with nil for an unknown language.
func (e *Evidence) tell(lang string) *Language {
	stated, _ := Of(lang)
	points := e.points()
	best := points.best()
	switch {
	case stated == nil && lang != "" && best != nil && points[best.at] < certain:
		return nil // a language that is not known, and no good evidence of another
	case stated == nil:
		return best
	case best == nil || best == stated:
		return stated
	case e.against(points, stated, best):
		return best
	}
	return stated
}

// certain is how many function words tell a language beyond doubt.
const certain = 8

// points are what speaks for each language.
type points []float64

// points weighs the evidence.
func (e *Evidence) points() points {
	p := make(points, len(languages()))
	for _, l := range languages() {
		share := e.share(l.script)
		if share < 0.5 {
			continue
		}
		if e.small != nil {
			p[l.at] = float64(e.small[l.at])
		}
		if l.letters != "" {
			p[l.at] += min(0.5*float64(e.occurrences(l.letters)), 4)
		}
		if l.script == "Latin" {
			continue
		}
		p[l.at] += share
		for _, w := range l.small {
			if unbroken([]rune(w)[0]) {
				p[l.at] += min(float64(e.unspaced(w)), 5)
			}
		}
	}
	return p
}

// unspaced returns how often a word is in what is written without blanks.
func (e *Evidence) unspaced(word string) int {
	n := 0
	for _, text := range e.dense {
		n += strings.Count(text, word)
	}
	return n
}

// occurrences returns how many letters of the text are among some beyond ASCII.
func (e *Evidence) occurrences(letters string) int {
	n := 0
	for r, times := range e.marked {
		if strings.ContainsRune(letters, r) {
			n += times
		}
	}
	return n
}

func (e *Evidence) countScripts(text string) {
	ascii, dense := 0, false
	for _, r := range text {
		if r <= unicode.MaxASCII {
			if c := r | 0x20; 'a' <= c && c <= 'z' {
				ascii++
			}
			continue
		}
		dense = dense || unbroken(r)
		if !unicode.IsLetter(r) {
			continue
		}
		e.mark(unicode.ToLower(r), 1)
		weight := 1.0
		if unbroken(r) || unicode.Is(unicode.Hangul, r) {
			weight = 2.5 // a character says as much as several letters
		}
		e.letters += weight
		for i, script := range scripts {
			if unicode.Is(unicode.Scripts[script], r) {
				e.scripts[i] += weight
			}
		}
	}
	e.letters += float64(ascii)
	e.scripts[latin] += float64(ascii)
	if dense {
		e.dense = []string{text}
	}
}

// scripts are those in which the languages are written.
var scripts = [scriptCount]string{"Latin", "Cyrillic", "Greek", "Arabic", "Hebrew", "Devanagari", "Thai", "Hangul", "Han", "Hiragana", "Katakana"}

// The places of some of them.
const (
	latin       = 0
	han         = 8
	hiragana    = 9
	katakana    = 10
	scriptCount = 11
)

// share returns which part of the letters is of a script.
func (e *Evidence) share(script string) float64 {
	at := slices.Index(scripts[:], script)
	if e.letters == 0 || at < 0 {
		return 0
	}
	n := e.scripts[at]
	if at == hiragana {
		n += e.scripts[katakana] + e.scripts[han]
		if e.scripts[hiragana]+e.scripts[katakana] < 0.05*e.letters {
			return 0
		}
	}
	return n / e.letters
}

// best returns the language that most speaks for, nil when nothing does.
func (p points) best() *Language {
	var best *Language
	for _, l := range languages() {
		if p[l.at] > 0 && (best == nil || p[l.at] > p[best.at]) {
			best = l
		}
	}
	return best
}

// against reports whether the text plainly is not in the language that it
// states.
func (e *Evidence) against(p points, stated, best *Language) bool {
	if stated.script != best.script {
		return e.share(stated.script) < 0.2
	}
	return p[best.at] >= certain && p[best.at] > 3*p[stated.at]
}
