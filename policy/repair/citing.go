package repair

import (
	"iter"
	"strings"
)

// opener is a word with which a citation may begin: its end, which all its forms
// share, and how many bytes are before that.
type opener struct {
	end    string
	before int
}

func openers() []opener {
	return []opener{{"ection", 1}, {"ECTION", 1}, {"lause", 1}, {"aragraph", 1}, {"rticle", 1}, {"§", 0}}
}

// next returns where the word begins whose end is the first from a place on; the end
// of the text where there is none.
func (o opener) next(text string, from int) int {
	if at := strings.Index(text[min(from, len(text)):], o.end); at >= 0 {
		return from + at - o.before
	}
	return len(text)
}

// citationsIn goes through the phrases of a text that cite clauses, by their first byte
// and the one after their last. The expression is asked only where a word is that may
// begin one: to see at every letter that none does takes long.
func citationsIn(text string) iter.Seq2[int, int] {
	return func(yield func(from, to int) bool) {
		words := openers()
		starts := make([]int, len(words))
		for i, w := range words {
			starts[i] = w.next(text, w.before)
		}
		for from := first(text, words, starts, 0); from < len(text); {
			to := citationAt(text, from)
			if to > from && !yield(from, to) {
				return
			}
			from = first(text, words, starts, max(to, from+1))
		}
	}
}

// first returns where the first word begins from a place on; starts says where each does,
// and moves on.
func first(text string, words []opener, starts []int, at int) int {
	from := len(text)
	for i, w := range words {
		for starts[i] < at {
			starts[i] = w.next(text, starts[i]+w.before+1)
		}
		from = min(from, starts[i])
	}
	return from
}

// citationAt returns the end of the citation that begins at a place; the place where
// none does.
func citationAt(text string, from int) int {
	if from > 0 && endsInWord(text[from-1]) && !strings.HasPrefix(text[from:], "§") {
		return from
	}
	if m := citing.FindStringIndex(text[from:]); m != nil {
		return from + m[1]
	}
	return from
}

// endsInWord reports whether a letter after this byte is within a word, as \b has it.
func endsInWord(c byte) bool {
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z'
}
