package lexicon

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Read takes a sentence apart into what it says. Words that may come and go
// are left out.
func (l *Language) Read(sentence string) []Token {
	atoms := l.atoms(sentence)
	list := make([]Token, 0, len(atoms))
	for i := 0; i < len(atoms); {
		t, to := l.tokenAt(atoms, i)
		t.Start, t.End = atoms[i].start, atoms[to-1].end
		i = to
		switch {
		case t.Class == idle:
		case repeats(list, &t, sentence):
			list[len(list)-1] = joined(list[len(list)-1], t)
		default:
			list = append(list, t)
		}
	}
	return list
}

// tokenAt reads the token that begins at atom i, and returns the atom after it.
func (l *Language) tokenAt(atoms []atom, i int) (Token, int) {
	if t, to, ok := l.dateAt(atoms, i); ok {
		return t, to
	}
	if t, to, ok := l.measureAt(atoms, i); ok {
		return t, to
	}
	if text := atoms[i].text; strings.ContainsAny(text, "@/") || strings.HasPrefix(text, "www.") {
		return Token{Key: "address " + text, Class: "address"}, i + 1
	}
	if e, n := l.phrases.longest(atoms[i:]); e != nil {
		return Token{Key: e.key, Class: e.class}, i + n
	}
	if e, n := l.units.longest(atoms[i:]); e != nil {
		if l.bare && i > 0 {
			return Token{Key: "#" + number(e.value) + " " + e.key, Class: "num", Value: e.value, Unit: e.key, count: 1}, i + n
		}
		return Token{Key: "unit " + e.key + " " + number(e.value)}, i + n
	}
	return Token{Key: l.stem(atoms[i].text)}, i + 1
}

// measureAt reads a number with what it counts.
func (l *Language) measureAt(atoms []atom, i int) (Token, int, bool) {
	sign, from := "", i
	if e, n := l.money(atoms[i:]); e != nil {
		sign, from = e.key, i+n
	}
	if from >= len(atoms) {
		return Token{}, 0, false
	}
	value, to, ok := l.valueAt(atoms, from)
	if !ok {
		return Token{}, 0, false
	}
	t := Token{Class: "num", Value: value, Unit: sign, count: value}
	if e, n := l.units.longest(atoms[to:]); e != nil && sign == "" {
		t.Value, t.Unit, to = value*e.value, e.key, to+n
	} else if e != nil && e.key == sign {
		to += n
	}
	if l.told(atoms, i) && value <= 24 && (t.Unit == "" || t.Unit == "s" && t.Value == value*3600) {
		t.Value, t.Unit = value, "clock"
	}
	word := atoms[from].text[0] < '0' || atoms[from].text[0] > '9'
	if word && t.Unit == "" && (value <= 1 || from+1 == to && formal[atoms[from].text]) {
		return Token{}, 0, false // an article, not a number
	}
	t.Key = "#" + number(t.Value) + " " + t.Unit
	return t, to, true
}

// told reports whether the words before atom i say that a time of the day
// follows.
func (l *Language) told(atoms []atom, i int) bool {
	for n := 1; n <= 2 && n <= i; n++ {
		if e, taken := l.clock.longest(atoms[i-n : i]); e != nil && taken == n {
			return true
		}
	}
	return false
}

// money returns the currency that is before a number.
func (l *Language) money(atoms []atom) (*entry, int) {
	e, n := l.units.longest(atoms)
	if e == nil || e.value != 1 || len(e.key) != 3 || n == len(atoms) {
		return nil, 0
	}
	if c := atoms[n].text[0]; c < '0' || c > '9' {
		return nil, 0
	}
	return e, n
}

// dateAt reads a day, month or year with the name of its month, or in digits.
func (l *Language) dateAt(atoms []atom, i int) (Token, int, bool) {
	to, month := i, false
	for to < len(atoms) && to < i+6 {
		if e, n := l.months.longest(atoms[to:]); e != nil {
			to, month = to+n, true
			continue
		}
		c := atoms[to].text[0]
		digits := c >= '0' && c <= '9' && len(atoms[to].text) <= 4
		if !digits && !(to > i && (atoms[to].text == "de" || atoms[to].text == "of" || atoms[to].text == "er")) {
			break
		}
		to++
	}
	if !month {
		return l.digitDate(atoms, i)
	}
	return Token{Key: "date " + joinAtoms(atoms[i:to]), Class: "date"}, to, true
}

// signedDateEnd returns where a date ends whose year ends at a place: 年2月14日.
func (l *Language) signedDateEnd(atoms []atom, to int) int {
	for _, sign := range []string{"年", "月", "日"} {
		if to >= len(atoms) || atoms[to].text != sign {
			continue
		}
		to++
		if to == len(atoms) || sign == "日" {
			continue
		}
		if _, next, ok := l.valueAt(atoms, to); ok {
			to = next
		}
	}
	return to
}

// digitDate reads 14.02.2024, 14/02/2024, 2024-02-14 and 2024年2月14日.
func (l *Language) digitDate(atoms []atom, i int) (Token, int, bool) {
	text := atoms[i].text
	if strings.Count(text, ".") == 2 && len(text) >= 8 && len(text) <= 10 {
		if year := text[strings.LastIndexByte(text, '.')+1:]; len(year) == 4 {
			return Token{Key: "date " + text, Class: "date"}, i + 1, true
		}
	}
	if slashed(atoms, i) {
		return Token{Key: "date " + joinAtoms(atoms[i:i+3]), Class: "date"}, i + 3, true
	}
	if v, to, ok := l.valueAt(atoms, i); ok && v >= 1900 && v < 2200 && to < len(atoms) && atoms[to].text == "年" {
		to = l.signedDateEnd(atoms, to)
		return Token{Key: "date " + joinAtoms(atoms[i:to]), Class: "date"}, to, true
	}
	return Token{}, 0, false
}

// slashed reports whether three numbers with one mark between them are a date:
// one of the outer ones is a year.
func slashed(atoms []atom, i int) bool {
	if i+2 >= len(atoms) || atoms[i].end+1 != atoms[i+1].start || atoms[i+1].end+1 != atoms[i+2].start {
		return false
	}
	for _, a := range atoms[i : i+3] {
		if strings.Trim(a.text, "0123456789") != "" {
			return false
		}
	}
	short, year := len(atoms[i+1].text) <= 2, func(s string) bool { return len(s) == 4 && (s[:2] == "19" || s[:2] == "20") }
	return short && (year(atoms[i].text) && len(atoms[i+2].text) <= 2 || year(atoms[i+2].text) && len(atoms[i].text) <= 2)
}

func joinAtoms(atoms []atom) string {
	var b strings.Builder
	for _, a := range atoms {
		b.WriteString(a.text)
		b.WriteByte(' ')
	}
	return b.String()
}

// repeats reports whether t says once more what the last token said: thirty (30).
func repeats(list []Token, t *Token, sentence string) bool {
	if len(list) == 0 || t.Class != "num" {
		return false
	}
	last := &list[len(list)-1]
	gap := strings.TrimSpace(sentence[last.End:t.Start])
	same := last.Class == "num" && last.count == t.count && (last.Unit == "" || t.Unit == "" || last.Unit == t.Unit)
	return same && (gap == "(" || gap == "（" || gap == ")" || gap == "")
}

func joined(a, b Token) Token {
	a.End = b.End
	if a.Unit == "" {
		a.Key, a.Unit, a.Value = b.Key, b.Unit, b.Value
	}
	return a
}

func number(v float64) string { return strconv.FormatFloat(v, 'g', 9, 64) }

// stemmed is how many letters a word keeps at least when its ending is taken off.
const stemmed = 4

// stem takes an ending off a word.
func (l *Language) stem(word string) string {
	letters := utf8.RuneCountInString(word)
	for _, end := range l.endings {
		if letters-utf8.RuneCountInString(end) >= stemmed && strings.HasSuffix(word, end) {
			return strings.TrimSuffix(word, end)
		}
	}
	return word
}
