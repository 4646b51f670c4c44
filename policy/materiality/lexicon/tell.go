package lexicon

import (
	"strings"
	"unicode"
)

// Tell returns the language of a text by its script and its function words.
// lang is what the document says of itself, "" for nothing: it decides unless
// the text plainly speaks against it. Without evidence and without lang the
// language is "und", of which only numbers are read, and never English.
func Tell(text, lang string) *Language {
	l := tell(text, lang)
	if l == nil {
		l, _ = Of("und")
	}
	return l
}

// tell is Tell, with nil for an unknown language.
func tell(text, lang string) *Language {
	stated, _ := Of(lang)
	counts := count(text)
	best := counts.best()
	switch {
	case stated == nil && lang != "" && best != nil && counts.points[best] < certain:
		return nil // a language that is not known, and no good evidence of another
	case stated == nil:
		return best
	case best == nil || best == stated:
		return stated
	case counts.against(stated, best):
		return best
	}
	return stated
}

// certain is how many function words tell a language beyond doubt.
const certain = 8

// evidence is what speaks for each language.
type evidence struct {
	points  map[*Language]float64
	letters float64 // of the text
	scripts map[string]float64
	marked  map[rune]int // small letters beyond ASCII, which some languages alone have
}

// count counts the function words and the letters of each script.
func count(text string) *evidence {
	e := &evidence{points: make(map[*Language]float64), scripts: make(map[string]float64), marked: make(map[rune]int)}
	e.countScripts(text)
	words := smallWords()
	for w := range strings.FieldsFuncSeq(text, func(r rune) bool { return !isLetter(r) && r != '-' }) {
		if len(w) > longestSmall {
			continue
		}
		for _, l := range words[fold(w)] {
			e.points[l]++
		}
	}
	for _, l := range languages() {
		if l.letters != "" {
			e.points[l] += min(0.5*float64(e.occurrences(l.letters)), 4)
		}
		if e.share(l.script) < 0.5 {
			delete(e.points, l)
		}
	}
	e.countUnspaced(text)
	return e
}

// occurrences returns how many letters of the text are among some beyond ASCII.
func (e *evidence) occurrences(letters string) int {
	n := 0
	for r, times := range e.marked {
		if strings.ContainsRune(letters, r) {
			n += times
		}
	}
	return n
}

func (e *evidence) countScripts(text string) {
	ascii := 0
	for _, r := range text {
		if r <= unicode.MaxASCII {
			if c := r | 0x20; 'a' <= c && c <= 'z' {
				ascii++
			}
			continue
		}
		if !unicode.IsLetter(r) {
			continue
		}
		e.marked[unicode.ToLower(r)]++
		weight := 1.0
		if unbroken(r) || unicode.Is(unicode.Hangul, r) {
			weight = 2.5 // a character says as much as several letters
		}
		e.letters += weight
		for _, script := range scripts {
			if unicode.Is(unicode.Scripts[script], r) {
				e.scripts[script] += weight
			}
		}
	}
	e.letters += float64(ascii)
	e.scripts["Latin"] += float64(ascii)
}

// scripts are those in which the languages are written.
var scripts = []string{"Latin", "Cyrillic", "Greek", "Arabic", "Hebrew", "Devanagari", "Thai", "Hangul", "Han", "Hiragana", "Katakana"}

// share returns which part of the letters is of a script.
func (e *evidence) share(script string) float64 {
	if e.letters == 0 {
		return 0
	}
	n := e.scripts[script]
	if script == "Hiragana" {
		n += e.scripts["Katakana"] + e.scripts["Han"]
		if e.scripts["Hiragana"]+e.scripts["Katakana"] < 0.05*e.letters {
			return 0
		}
	}
	return n / e.letters
}

// countUnspaced gives points to the languages of scripts that put no blanks,
// or that one language alone is written in, by what is in the text.
func (e *evidence) countUnspaced(text string) {
	for _, l := range languages() {
		if l.script == "Latin" || e.share(l.script) < 0.5 {
			continue
		}
		e.points[l] += e.share(l.script)
		for _, w := range l.small {
			if unbroken([]rune(w)[0]) {
				e.points[l] += min(float64(strings.Count(text, w)), 5)
			}
		}
	}
}

// best returns the language that most speaks for, nil when nothing does.
func (e *evidence) best() *Language {
	var best *Language
	for _, l := range languages() {
		if p := e.points[l]; p > 0 && (best == nil || p > e.points[best]) {
			best = l
		}
	}
	return best
}

// against reports whether the text plainly is not in the language that it
// states.
func (e *evidence) against(stated, best *Language) bool {
	if stated.script != best.script {
		return e.share(stated.script) < 0.2
	}
	return e.points[best] >= certain && e.points[best] > 3*e.points[stated]
}
