package lexicon

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// idle is the class of words that may come and go without a change of what is
// said: articles and courtesy.
const idle = "idle"

// atom is one word of a sentence; in scripts that write no blanks, one
// character.
type atom struct {
	text       string // lower case, digits of any script as ASCII
	start, end int
}

// matcher finds the longest phrase at the head of a list of atoms.
type matcher struct {
	byHead map[rune][]entry // by the first letter of the first atom, the longest first
}

func newMatcher() *matcher { return &matcher{byHead: make(map[rune][]entry)} }

func (m *matcher) add(e entry) {
	if len(e.atoms) == 0 {
		return
	}
	head, _ := utf8.DecodeRuneInString(e.atoms[0])
	list := append(m.byHead[head], e)
	slices.SortStableFunc(list, func(a, b entry) int {
		if d := len(b.atoms) - len(a.atoms); d != 0 {
			return d
		}
		return weight(b) - weight(a)
	})
	m.byHead[head] = list
}

// weight ranks phrases of equally many atoms: more letters are more certain,
// and a whole word more than the beginning of one.
func weight(e entry) int {
	n := 0
	for _, a := range e.atoms {
		n += 2 * len(a)
		if strings.HasSuffix(a, "*") {
			n -= 3
		}
	}
	return n
}

// longest returns the entry that fits the head of the atoms, and how many of
// them it takes.
func (m *matcher) longest(atoms []atom) (*entry, int) {
	if len(atoms) == 0 {
		return nil, 0
	}
	head, _ := utf8.DecodeRuneInString(atoms[0].text)
	list := m.byHead[head]
	for i := range list {
		if list[i].fits(atoms) {
			return &list[i], len(list[i].atoms)
		}
	}
	return nil, 0
}

func (e *entry) fits(atoms []atom) bool {
	if len(e.atoms) > len(atoms) {
		return false
	}
	for i, want := range e.atoms {
		stem, open := strings.CutSuffix(want, "*")
		if open && !strings.HasPrefix(atoms[i].text, stem) || !open && atoms[i].text != want {
			return false
		}
	}
	return true
}

// atoms takes a sentence apart. An apostrophe ends a word, so that "l'accord"
// is two.
func (l *Language) atoms(sentence string) []atom {
	list := make([]atom, 0, len(sentence)/5+1)
	end := 0 // of what may be one address with the last word
	for i := 0; i < len(sentence); {
		r, size := utf8.DecodeRuneInString(sentence[i:])
		n := size
		switch {
		case unicode.IsDigit(r):
			n = numeralLength(sentence[i:])
		case unbroken(r):
		case isLetter(r):
			if i >= end {
				end = i + unspaced(sentence[i:])
			}
			if n = addressLength(sentence[i:min(end, i+longestAddress)]); n == 0 {
				n = wordLength(sentence[i:])
			}
		case !isSign(r):
			i += size
			continue
		}
		if text := fold(sentence[i : i+n]); text != "" { // a mark of stretching alone says nothing
			list = append(list, atom{text: text, start: i, end: i + n})
		}
		i += n
	}
	return list
}

// unbroken reports whether a letter is of a script that puts no blank between
// words.
func unbroken(r rune) bool {
	return r >= firstUnbroken && (unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai) || r == 'ー')
}

// firstUnbroken is the first letter of the first of these scripts.
const firstUnbroken = 'ก'

func isLetter(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) }

// isSign reports whether a character is read though it is no letter: signs of
// money and shares, and the star that ends an entry of a file.
func isSign(r rune) bool { return unicode.Is(unicode.Sc, r) || r == '%' || r == '％' || r == '٪' }

// longestAddress is the length in bytes up to which an address is looked for.
const longestAddress = 256

// unspaced returns how many bytes at the head of s an address may have.
func unspaced(s string) int {
	if n := strings.IndexFunc(s, func(r rune) bool { return r <= ' ' || r > unicode.MaxASCII || strings.ContainsRune("()<>[]\",;", r) }); n >= 0 {
		return n
	}
	return len(s)
}

// addressLength returns how many bytes of s, which has no space, a web or e-mail
// address takes, 0 for none.
func addressLength(s string) int {
	if s == "" {
		return 0
	}
	if c := s[0] | 0x20; c < 'a' || c > 'z' {
		return 0
	}
	s = strings.TrimRight(s, ".:!?*_")
	if !strings.Contains(s, "@") && !strings.Contains(s, "://") && !strings.HasPrefix(s, "www.") {
		return 0
	}
	return len(s)
}

func wordLength(s string) int {
	n := 0
	for n < len(s) {
		r, size := utf8.DecodeRuneInString(s[n:])
		inner := r == '-' || r == '*' || r == '·'
		if !isLetter(r) && !unicode.IsDigit(r) && !(inner && n > 0) || unbroken(r) {
			break
		}
		n += size
	}
	return len(strings.TrimRight(s[:n], "-·"))
}

// folding makes one form of what is written in two ways.
var folding = strings.NewReplacer("ß", "ss", "œ", "oe", "％", "%", "٪", "%", "￥", "¥", "ё", "е", "ـ", "")

// fold returns the form in which a word is compared.
func fold(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return folding.Replace(strings.ToLower(Digits(s)))
		}
	}
	return strings.ToLower(s)
}
