package materiality

import (
	_ "embed" // the list of words
	"strings"
	"sync"
)

//go:embed words.txt
var wordList string

// dictionary holds for each English word the field that it is most used in, as
// WordNet names them: "noun.possession".
var dictionary = sync.OnceValue(func() map[string]string {
	m := make(map[string]string)
	for line := range strings.Lines(wordList) {
		if word, field, ok := strings.Cut(strings.TrimSpace(line), " "); ok && line[0] != '#' {
			m[word] = field
		}
	}
	return m
})

// isEnglish reports whether a word is an English one, or an inflected form of
// one.
func isEnglish(w string) bool { return len(w) < 4 || fieldOf(w) != "" }

// fieldOf returns the field of a word or of the word that it is a form of,
// empty when it is not known.
func fieldOf(w string) string {
	d := dictionary()
	if field := d[w]; field != "" {
		return field
	}
	for _, end := range endings {
		if base, ok := strings.CutSuffix(w, end.off); ok && len(base) > 2 && d[base+end.on] != "" {
			return d[base+end.on]
		}
	}
	if n := len(w); n > 6 {
		for _, off := range []string{"ing", "ed"} {
			if base, ok := strings.CutSuffix(w, off); ok && base[len(base)-1] == base[len(base)-2] {
				return d[base[:len(base)-1]]
			}
		}
	}
	return ""
}

// endings are those that an inflected word takes, and what its base has in
// their place.
var endings = []struct{ off, on string }{
	{"s", ""}, {"es", ""}, {"ies", "y"}, {"ed", ""}, {"ed", "e"}, {"ied", "y"}, {"ing", ""}, {"ing", "e"}, {"ly", ""}, {"ily", "y"}, {"er", ""}, {"er", "e"}, {"ers", ""}, {"ers", "e"}, {"ness", ""}, {"able", ""}, {"able", "e"}, {"ment", ""},
}
