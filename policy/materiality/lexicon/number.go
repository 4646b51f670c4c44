package lexicon

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Digits turns the digits of any script into those of ASCII: "٩٠" into "90".
func Digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < utf8.RuneSelf || !unicode.IsDigit(r) {
			return r
		}
		// The digits of a script follow each other, and each run begins at a zero.
		zero := r
		for n := 0; n < 9 && unicode.IsDigit(zero-1); n++ {
			zero--
		}
		return '0' + (r-zero)%10
	}, s)
}

// numeralLength returns how many bytes of s a number in digits takes, with the
// signs that group them: 1.000,50 and 10 000.
func numeralLength(s string) int {
	n := 0
	for n < len(s) {
		r, size := utf8.DecodeRuneInString(s[n:])
		if unicode.IsDigit(r) {
			n += size
			continue
		}
		rest := s[n+size:]
		if strings.ContainsRune(".,·٬٫'’", r) && digitsAt(rest) > 0 || unicode.IsSpace(r) && n > 0 && leading(s[:n]) <= 3 && digitsAt(rest) == 3 {
			n += size
			continue
		}
		break
	}
	return n
}

// leading returns how many digits the first group of a number has.
func leading(s string) int { return digitsAt(s) }

// digitsAt returns how many digits are at the head of s.
func digitsAt(s string) int {
	n := 0
	for _, r := range s {
		if !unicode.IsDigit(r) {
			break
		}
		n++
	}
	return n
}

// numeral returns the value of a number in digits. A single point or comma
// before exactly three digits groups them; before others it is the decimal sign.
func numeral(text string) (float64, bool) {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r) || strings.ContainsRune("'’٬", r):
			return -1
		case r == '٫':
			return '.'
		}
		return r
	}, text)
	last := strings.LastIndexAny(text, ".,")
	if last < 0 {
		v, err := strconv.ParseFloat(text, 64)
		return v, err == nil
	}
	sign := text[last : last+1]
	other := strings.ContainsAny(text[:last], ".,") && !strings.Contains(text[:last], sign)
	groups := strings.Count(text, sign) > 1 || !other && len(text)-last-1 == 3 && text[0] != '0'
	plain := strings.NewReplacer(".", "", ",", "")
	whole, part := plain.Replace(text[:last]), text[last+1:]
	if groups {
		whole, part = whole+part, ""
	}
	v, err := strconv.ParseFloat(whole+"."+part+"0", 64)
	return v, err == nil
}

// valueAt reads the number that begins at atom i, and returns its value and the
// atom after it.
func (l *Language) valueAt(atoms []atom, i int) (value float64, to int, ok bool) {
	text := atoms[i].text
	if text[0] >= '0' && text[0] <= '9' {
		v, ok := numeral(text)
		return l.scaled(atoms, v, i+1, ok)
	}
	if v, n := hanNumber(atoms[i:]); n > 0 {
		return v, i + n, true
	}
	v, n := l.numberWord(atoms[i:])
	if n == 0 {
		return 0, 0, false
	}
	return l.wordsAfter(atoms, v, i+n)
}

// scaled multiplies digits by the words for thousand and million after them.
func (l *Language) scaled(atoms []atom, v float64, to int, ok bool) (float64, int, bool) {
	if !ok || to >= len(atoms) {
		return v, to, ok
	}
	if times, is := hanScales[atoms[to].text]; is && times >= 1000 {
		return v * times, to + 1, true
	}
	if e, n := l.counting.longest(atoms[to:]); e != nil && e.value >= 1000 {
		return v * e.value, to + n, true
	}
	return v, to, true
}

// wordsAfter goes on with the words of a number that began with v: hundreds
// multiply, ones follow tens.
func (l *Language) wordsAfter(atoms []atom, v float64, to int) (float64, int, bool) {
	for to < len(atoms) {
		from := to
		if slices.Contains(l.links, atoms[to].text) {
			from++
		}
		if from >= len(atoms) {
			break
		}
		next, n := l.numberWord(atoms[from:])
		switch {
		case n == 0:
			return v, to, true
		case next >= 100 && next > v && from == to:
			v *= next
		case smaller(next, v):
			v += next
		default:
			return v, to, true
		}
		to = from + n
	}
	return v, to, true
}

// smaller reports whether next fills the empty places at the end of v.
func smaller(next, v float64) bool {
	for _, place := range []float64{10, 20, 100, 1000} {
		if v >= place && next < place && int(v)%int(place) == 0 {
			return true
		}
	}
	return false
}

// longestNumber is the length in bytes of the longest number in one word.
const longestNumber = 40

// numberWord reads one number word, also one that is glued or hyphenated.
func (l *Language) numberWord(atoms []atom) (value float64, taken int) {
	if e, n := l.counting.longest(atoms); e != nil {
		return e.value, n
	}
	text := atoms[0].text
	if len(text) > longestNumber {
		return 0, 0
	}
	for _, glue := range []string{l.glue, "-"} {
		for at := 1; glue != "" && at < len(text); at++ {
			i := strings.Index(text[at:], glue)
			if i < 0 {
				break
			}
			at += i
			a, okA := l.exact(text[:at])
			b, okB := l.exact(text[at+len(glue):])
			if okA && okB && (smaller(a, b) || smaller(b, a)) {
				return a + b, 1
			}
		}
	}
	return 0, 0
}

func (l *Language) exact(text string) (float64, bool) {
	e, n := l.counting.longest([]atom{{text: text}})
	if n != 1 {
		return 0, false
	}
	return e.value, true
}
