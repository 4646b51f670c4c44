package materiality

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// word is one word of a sentence, beside the forms in which it is compared.
type word struct {
	start, end int    // bytes in the text of its sentence
	norm       string // lower case, one spelling, without the apostrophe's part
	stem       string // without endings, one word for all of its synonyms
	kind       wordKind
}

// wordKind tells words that carry a meaning from those that only point.
type wordKind uint8

const (
	plain   wordKind = iota
	numeric          // begins with a digit
	address          // a web or e-mail address
	dated            // part of a date
	tag              // part of a template tag or other mark-up that no reader sees
)

// words takes a text apart. A contraction becomes the words it stands for, so that
// "won't" and "will not" are the same.
func words(text string) []word { return spellings(nil).words(text) }

// spellings keep how words are read by how they are written, for that costs more
// than to find where they begin and end. Nil keeps nothing.
type spellings map[string][]word

func (s spellings) words(text string) []word {
	list := make([]word, 0, len(text)/5+1)
	read := ahead{text: text}
	for i := 0; i < len(text); {
		if w, n := read.markup(i); n > 0 {
			if w.norm != "" {
				w.start, w.end = w.start+i, w.end+i
				list = append(list, w)
			}
			i += n
			continue
		}
		n := read.wordLength(i)
		if n == 0 {
			_, size := utf8.DecodeRuneInString(text[i:])
			i += size
			continue
		}
		if n > mostLeft || maskLength(text[i+n:]) == 0 { // else what a page left of a masked address
			list = s.append(list, text[i:i+n], i)
		}
		i += n
	}
	markDates(list, text)
	return list
}

// append adds the word that text writes at the given place, or the two words of a
// contraction.
func (s spellings) append(list []word, text string, at int) []word {
	read, ok := s[text]
	if !ok {
		text = strings.Clone(text) // and keep not the whole that it is part of
		read = appendWord(nil, text, 0)
		if s != nil && len(text) <= longestKept {
			s[text] = read
		}
	}
	for _, w := range read {
		w.start, w.end = w.start+at, w.end+at
		list = append(list, w)
	}
	return list
}

// longestKept is how many bytes a word has at most of which it is kept how it is read.
const longestKept = 32

func isASCIILetter(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }

// ahead is a text that is read from its head to its end. It keeps how far was looked
// ahead, so that no stretch of the text is looked at once for each word in it.
type ahead struct {
	text  string
	end   int             // of the token that the text was last read up to
	never map[string]bool // marks that are not in the rest of the text
}

// wordLength returns the length of the word at a place, 0 if none.
func (a *ahead) wordLength(at int) int {
	s := a.text[at:]
	if n := a.addressLength(at); n > 0 {
		return n
	}
	if s[0] == '&' {
		return 1
	}
	n, raised := 0, false
	for n < len(s) {
		r, size := utf8.DecodeRuneInString(s[n:])
		if isIdeograph(r) {
			if n == 0 {
				return size
			}
			return n
		}
		if raised = isRaised(r) && (raised || n > 0 && isDigit(s[n-1])); raised {
			n += size
			continue
		}
		if !isWordRune(r) && (n == 0 || !joins(s, n, r, size)) {
			break
		}
		n += size
	}
	return n
}

func isWordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return isASCIILetter(byte(r)) || '0' <= r && r <= '9' || r == '$' || r == '%' || r == '_'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || unicode.Is(unicode.Sc, r) || r == '×' || r == '≤' || r == '≥'
}

// isRaised reports whether a character is a digit or sign above the line. Behind a
// number it is part of that, as in 10³; behind a word it points to a note.
func isRaised(r rune) bool { return r > utf8.RuneSelf && strings.ContainsRune(raisedMarks, r) }

// raisedMarks are the digits in their order, and the signs.
const raisedMarks = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"

func isIdeograph(r rune) bool {
	return r >= 0x2E80 && (unicode.Is(unicode.Han, r) || unicode.Is(unicode.Hiragana, r) || unicode.Is(unicode.Katakana, r))
}

// joins reports whether the mark at s[n:] is inside a word: don't, 5,000,
// 8.3.2, e.g.
func joins(s string, n int, r rune, size int) bool {
	if n+size >= len(s) {
		return false
	}
	next, _ := utf8.DecodeRuneInString(s[n+size:])
	switch r {
	case '\'', '’':
		return unicode.IsLetter(next)
	case '.', ',', ':':
		return isDigit(s[n-1]) && unicode.IsDigit(next)
	}
	return false
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// addressLength returns the length of the web or e-mail address at a place, 0 if
// there is none.
func (a *ahead) addressLength(at int) int {
	if !isASCIILetter(a.text[at]) && !isDigit(a.text[at]) {
		return 0
	}
	if at >= a.end {
		a.end = at + tokenLength(a.text[at:])
	}
	return addressIn(a.text[at:min(a.end, at+longestAddress)])
}

// addressIn returns the length of the web or e-mail address that a token begins with,
// 0 if there is none.
func addressIn(token string) int {
	if !mayBeAddress(token) {
		return 0 // as most words
	}
	token = strings.TrimRight(token, ".;:!?*_")
	at := strings.IndexByte(token, '@')
	switch {
	case strings.HasPrefix(token, "http://"), strings.HasPrefix(token, "https://"), strings.HasPrefix(token, "www."):
		return len(token)
	case at > 0 && strings.IndexByte(token[at:], '.') > 0:
		return len(token)
	case isDomain(token):
		return len(token)
	}
	return 0
}

// mayBeAddress reports whether a token has one of the marks without which no address is.
func mayBeAddress(token string) bool {
	for i := range len(token) {
		if b := token[i]; b == '.' || b == '@' || b == ':' {
			return true
		}
	}
	return false
}

// longestAddress is how many bytes of a token are looked at for an address: at each
// point of "a.a.a." anew.
const longestAddress = 2048

// tokenLength returns how far s goes without white space, brackets, quotes and
// commas.
func tokenLength(s string) int {
	for i, r := range s {
		switch r {
		case ' ', '\n', '\t', '(', ')', '<', '>', '[', ']', '"', '“', '”', ',':
			return i
		}
		if r >= utf8.RuneSelf && unicode.IsSpace(r) || r < ' ' {
			return i
		}
	}
	return len(s)
}

// longestHost is how many bytes the name of a host has at most (RFC 1035, 2.3.4).
const longestHost = 255

// isDomain reports whether a token such as example.com/path is an address.
func isDomain(token string) bool {
	host, _, _ := strings.Cut(token, "/")
	dot := strings.LastIndexByte(host, '.')
	if dot < 2 || len(host)-dot < 3 || len(host)-dot > 6 || len(host) > longestHost {
		return false
	}
	for i := 0; i < len(host); i++ {
		b := host[i]
		if !isASCIILetter(b) && !isDigit(b) && b != '-' && b != '.' {
			return false
		}
	}
	for _, b := range []byte(host[dot+1:]) {
		if b < 'a' || b > 'z' {
			return false
		}
	}
	return true
}

// appendWord adds the word that text writes at the given place, or the two
// words of a contraction.
func appendWord(list []word, text string, at int) []word {
	w := word{start: at, end: at + len(text)}
	if n := gluedNumber(text); n > 0 { // 30days is 30 days
		return appendWord(appendWord(list, text[:n], at), text[n:], at+n)
	}
	switch {
	case len(text) > 3 && mayBeAddress(text) && isAddress(text):
		w.kind, w.norm = address, strings.ToLower(text)
		w.stem = w.norm
		return append(list, w)
	case isNumeral(text):
		w.kind, w.norm = numeric, strings.ReplaceAll(strings.ToLower(text), "×", "x")
		w.stem = w.norm
		return append(list, w)
	}
	lower := strings.ToLower(text)
	if strings.Contains(lower, "’") {
		lower = strings.ReplaceAll(lower, "’", "'")
	}
	head, rest := contraction(lower)
	if head != "" {
		w.norm = spelling(head)
		w.stem = stem(w.norm)
		list = append(list, w)
	}
	if rest != "" {
		w.norm, w.stem = rest, stem(rest)
		list = append(list, w)
	}
	return list
}

// isAddress reports whether a word is a web or e-mail address.
func isAddress(text string) bool {
	a := ahead{text: text}
	return a.addressLength(0) == len(text)
}

// isGluedUnit reports whether people write a unit to its number without a space.
func isGluedUnit(word string) bool {
	switch strings.TrimSuffix(word, "s") {
	case "day", "week", "month", "year", "hour", "minute", "eur", "usd", "gbp", "euro", "dollar", "percent":
		return true
	}
	return false
}

// gluedNumber returns the length of the number that a unit is written to; 0 where
// a word is no such thing.
func gluedNumber(text string) int {
	n := 0
	for n < len(text) && text[n] >= '0' && text[n] <= '9' {
		n++
	}
	if n == 0 || !isGluedUnit(strings.ToLower(text[n:])) {
		return 0
	}
	return n
}

// isNumeral reports whether a word is a number, with a currency or a short unit
// at most: 5,000 $500 18+ 20GB 1st. A name such as 4chan is none.
func isNumeral(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	if !unicode.IsDigit(first) && !unicode.Is(unicode.Sc, first) {
		return false
	}
	letters := 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return letters < 3
}

// contraction parts "don't" into "do" and "not", and drops a possessive. The
// head is empty where only the second word was written: "do n't".
func contraction(s string) (head, rest string) {
	at := strings.LastIndexByte(s, '\'')
	if at < 0 {
		if s == "cannot" {
			return "can", "not"
		}
		return s, ""
	}
	switch s[at+1:] {
	case "ll":
		return s[:at], "will"
	case "re":
		return s[:at], "are"
	case "ve":
		return s[:at], "have"
	case "d":
		return s[:at], "would"
	case "s":
		return s[:at], ""
	case "t":
		switch s {
		case "can't":
			return "can", "not"
		case "won't":
			return "will", "not"
		}
		return strings.TrimSuffix(s[:at], "n"), "not"
	}
	return s, ""
}
