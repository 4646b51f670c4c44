package materiality

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// sentence is a stretch of a block that says one thing: up to a full stop, a
// semicolon or a line end.
type sentence struct {
	*reading
	place *place
	prev  *sentence // the one before it in its block
	next  *sentence // the one after it
}

// reading is what is read of the words of a sentence, wherever it stands.
type reading struct {
	text   string
	words  []word
	key    uint64   // the same for sentences of the same words, capitals apart
	small  string   // the text in small letters; empty until asked for
	read   []token  // nil until asked for
	run    []uint64 // hashes of every run of words of the length runLength; nil until asked for
	about  *tally   // by its words in English; nil until asked for
	framed *tally   // by who does what with what; nil until asked for
	plain  *tally   // by what plain language calls it; nil until asked for
	meant  *meaning // where its words point; nil until asked for, and where none is known
}

// newSentence returns a sentence of these words.
func newSentence(text string, words []word, at *place) *sentence {
	return &sentence{reading: &reading{text: text, words: words, key: keyOf(words)}, place: at}
}

// lower returns the text in small letters.
func (r *reading) lower() string {
	if r.small == "" {
		r.small = strings.ToLower(r.text)
	}
	return r.small
}

// runs returns the hashes of every run of words of the length runLength.
func (r *reading) runs() []uint64 {
	if r.run == nil && len(r.words) >= runLength {
		r.run = make([]uint64, len(r.words)-runLength+1)
		for i := range r.run {
			r.run[i] = keyOf(r.words[i : i+runLength])
		}
	}
	return r.run
}

// split parts the text of a block into sentences.
func split(text string, at *place, m *Memory) []*sentence {
	var list []*sentence
	start := 0
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		i += size
		if !ends(text, i, r) && !runsOn(text, i, r) {
			continue
		}
		list = appendSentence(list, text[start:i], at, m)
		start = i
	}
	return appendSentence(list, text[start:], at, m)
}

func appendSentence(list []*sentence, text string, at *place, m *Memory) []*sentence {
	text = strings.TrimSpace(text)
	text = text[enumerator(text):]
	r := m.reading(text)
	if len(r.words) == 0 {
		return list
	}
	s := &sentence{reading: r, place: at}
	if n := len(list); n > 0 {
		s.prev, list[n-1].next = list[n-1], s
	}
	return append(list, s)
}

// ends reports whether a sentence ends with the mark r that is before
// text[i:].
func ends(text string, i int, r rune) bool {
	switch r {
	case '\n', '。', '；', '！', '？':
		return true
	case ';':
		next, _ := utf8.DecodeRuneInString(text[i:])
		return !isWordRune(next) // or it is in an address
	case '.', '!', '?':
	default:
		return false
	}
	rest := strings.TrimLeft(text[i:], "\"”’')*_")
	if rest == "" {
		return false
	}
	next, size := utf8.DecodeRuneInString(rest)
	if !unicode.IsSpace(next) {
		return false
	}
	after, _ := utf8.DecodeRuneInString(strings.TrimLeft(rest[size:], " \u00a0\t*_"))
	if !unicode.IsUpper(after) && !strings.ContainsRune("(\"“‘[", after) {
		return false
	}
	return r != '.' || !abbreviated(text[:i-1])
}

// runsOn reports whether a sentence begins at text[i:] behind a word without a space,
// where a page lost the line between a heading and its text: "Our providersWhen you".
func runsOn(text string, i int, r rune) bool {
	if r < 'a' || r > 'z' || i < longWord || i >= len(text) || text[i] < 'A' || text[i] > 'Z' {
		return false
	}
	if strings.ContainsFunc(text[i-longWord:i], func(r rune) bool { return r < 'a' || r > 'z' }) {
		return false
	}
	return hasAnyPrefix(text[i:], "We ", "When ", "The ", "If you ", "You ", "Our ", "This ", "These ", "Your ", "Please ")
}

// longWord is how many letters the last word of such a heading has at least.
const longWord = 4

// abbreviated reports whether the full stop after text belongs to a shortened
// word and ends no sentence.
func abbreviated(text string) bool {
	text = text[max(0, len(text)-longestShort):]
	last := text[strings.LastIndexAny(text, " \u00a0\n(")+1:]
	last = last[strings.LastIndexByte(last, ' ')+1:]
	if len(last) == 1 && last[0] < utf8.RuneSelf || strings.Count(last, ".") > 0 && len(last) < 6 {
		return true
	}
	switch strings.ToLower(last) {
	case "inc", "ltd", "co", "corp", "no", "art", "sec", "vs", "mr", "mrs", "ms", "dr", "st", "cf", "etc", "pty", "bzw", "nr", "abs":
		return true
	}
	return false
}

// longestShort is more bytes than a shortened word has.
const longestShort = 16

// keyOf hashes the words (FNV-1a), so that equal sentences are found quickly.
func keyOf(list []word) uint64 {
	h := uint64(emptyHash)
	for i := range list {
		h = hashWord(h, list[i].norm)
	}
	return h
}

func hashWord(h uint64, s string) uint64 {
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return (h ^ ' ') * 1099511628211
}

// quote returns the words from i up to j as they are in the sentence.
func (s *sentence) quote(i, j int) string {
	if s == nil || i >= j || i >= len(s.words) {
		return ""
	}
	return s.text[s.words[i].start:s.words[min(j, len(s.words))-1].end]
}

// between returns the marks and spaces between word i and the next one, j.
// The two words of a contraction have nothing between them.
func (s *sentence) between(i, j int) string {
	from, to := 0, len(s.text)
	if i >= 0 {
		from = s.words[i].end
	}
	if j < len(s.words) {
		to = s.words[j].start
	}
	if from >= to {
		return ""
	}
	return s.text[from:to]
}

// letters hashes the letters of the sentence without the spaces, which pages
// lose and gain by accident.
func (s *sentence) letters() uint64 { return s.lettersAfter(emptyHash) }

// lettersAfter goes on with a hash of letters (FNV-1a).
func (s *sentence) lettersAfter(h uint64) uint64 {
	for i := range s.words {
		for k := 0; k < len(s.words[i].norm); k++ {
			h = (h ^ uint64(s.words[i].norm[k])) * 1099511628211
		}
	}
	return h
}

const emptyHash = 14695981039346656037
