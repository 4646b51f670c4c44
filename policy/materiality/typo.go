package materiality

// isTypo reports whether one of two words is a misspelling of the other: they
// look alike, and one of them is no word.
func isTypo(a, b string) bool {
	if len(a) < 4 || len(b) < 4 || a == b {
		return false
	}
	if !letters(a) || !letters(b) || reverses(a, b) {
		return false
	}
	return near(a, b) && isEnglish(a) != isEnglish(b)
}

func letters(s string) bool {
	for i := 0; i < len(s); i++ {
		if isDigit(s[i]) || s[i] == '$' || s[i] == '%' {
			return false
		}
	}
	return true
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
