package lexicon

import "sync"

// smallWords tells for each function word in which languages it occurs.
var smallWords = sync.OnceValue(func() map[string][]*Language {
	in := make(map[string][]*Language)
	for _, l := range languages() {
		for _, w := range l.small {
			in[fold(w)] = append(in[fold(w)], l)
		}
	}
	return in
})

// longestSmall is the length in bytes above which no word is looked up.
const longestSmall = 20
