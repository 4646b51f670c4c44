package materiality

import "strings"

// isTypo reports whether one of two words is a misspelling of the other: they
// look alike, and one of them is no word that is known or used elsewhere.
func (j *judge) isTypo(a, b string) bool {
	if len(a) < 4 || len(b) < 4 || a == b {
		return false
	}
	if !letters(a) || !letters(b) || reverses(a, b) {
		return false
	}
	if len(a) > 7 && undoubled(a) == undoubled(b) {
		return true
	}
	if !near(a, b) && !(subsequence(a, b) && len(a) > 5) {
		return false
	}
	return isEnglish(a) != isEnglish(b) || j.isKnown(a, true) != j.isKnown(b, false)
}

// undoubled writes a word without doubled letters: cancelation and
// cancellation are the same word.
func undoubled(s string) string {
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if i == 0 || s[i] != s[i-1] {
			out = append(out, s[i])
		}
	}
	return string(out)
}

func letters(s string) bool {
	for i := 0; i < len(s); i++ {
		if isDigit(s[i]) || s[i] == '$' || s[i] == '%' {
			return false
		}
	}
	return true
}

// isKnown reports whether a word is a word: it is in the vocabulary, or
// elsewhere in the documents.
func (j *judge) isKnown(norm string, old bool) bool {
	st := stem(norm)
	if j.lexicon.known[st] || stopWords[st] || acts[st] || obliging[st] || modals[st] != "" || units[st].name != "" || synonyms[st] != "" {
		return true
	}
	if old {
		return j.texts.inNew(norm) > 0 || j.texts.inOld(norm) > 2
	}
	return j.texts.inOld(norm) > 0 || j.texts.inNew(norm) > 2
}

// reverses reports whether one word is the other with a prefix that turns its
// meaning round.
func reverses(a, b string) bool {
	for _, prefix := range []string{"un", "in", "il", "im", "ir", "dis", "non", "re", "mis", "de", "ex", "a", "sub", "pre", "co"} {
		if a == prefix+b || b == prefix+a {
			return true
		}
	}
	return false
}

// near reports whether two words are at most two letters apart, one for short
// words.
func near(a, b string) bool {
	allowed := 1
	if len(a) > 6 || len(b) > 6 {
		allowed = 2
	}
	if len(a)-len(b) > 2*allowed || len(b)-len(a) > 2*allowed {
		return false // a letter takes two bytes at most in most words
	}
	return distance(a, b) <= allowed
}

// distance is how many letters must be put in, taken out or replaced to make
// one word of the other, two neighbours that change places counting as one
// (Damerau 1964).
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	before, last, next := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(x); i++ {
		next[0] = i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			next[j] = min(last[j]+1, next[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				next[j] = min(next[j], before[j-2]+1)
			}
		}
		before, last, next = last, next, before
	}
	return last[len(y)]
}

// subsequence reports whether the letters of the shorter word are in the
// longer one in order, with at most four between them.
func subsequence(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 4 || strings.HasPrefix(b, a) || strings.HasSuffix(b, a) {
		return false
	}
	i := 0
	for j := 0; j < len(b) && i < len(a); j++ {
		if a[i] == b[j] {
			i++
		}
	}
	return i == len(a)
}
