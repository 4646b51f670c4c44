package materiality

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// appendMeasure adds a measure; "thirty (30) days" is one.
func appendMeasure(list []token, t token) []token {
	if n := len(list); n > 0 && list[n-1].num != nil && list[n-1].to == t.from && list[n-1].num.value == t.num.value {
		last := &list[n-1]
		if last.num.unit == "" || last.num.unit == t.num.unit || t.num.unit == "" {
			if last.num.unit == "" {
				last.num, last.key = t.num, t.key
			}
			last.to = t.to
			return list
		}
	}
	return append(list, t)
}

// measureAt reads a number with its unit at word i.
func (s *sentence) measureAt(i int) (token, bool) {
	if s.words[i].kind == dated {
		return token{}, false
	}
	if t, ok := s.partAt(i); ok {
		return t, true
	}
	unit, at := currencyAt(s, i), i
	if unit != "" && i+1 < len(s.words) && s.words[i].kind != numeric {
		at = i + 1
	}
	value, to, ok := s.valueAt(at)
	if !ok || at == i && s.words[i].kind == plain && value <= 1 && !s.counts(to) {
		return token{}, false
	}
	if at != i && s.words[at].kind == plain {
		return token{}, false
	}
	m := &measure{value: value, unit: unit, kind: Number}
	if unit != "" {
		m.kind = Amount
	}
	to = m.readUnit(s, at, to)
	return token{key: m.key(), class: "num", num: m, from: i, to: to}, true
}

// counts reports whether a number word that ends before word i counts
// something: "one of them" does not.
func (s *sentence) counts(i int) bool {
	return i < len(s.words) && (s.words[i].norm == "per" || !stopWords[s.words[i].stem])
}

func (m *measure) key() string {
	return "#" + strconv.FormatFloat(m.value, 'g', 9, 64) + " " + m.unit
}

// valueAt reads the number that begins at word i: 5, five, four thousand, one
// and a half, twenty-four.
func (s *sentence) valueAt(i int) (value float64, to int, ok bool) {
	w := &s.words[i]
	if w.kind == numeric {
		to := s.digitsTo(i)
		value, ok = numeral(strings.Join(strings.Fields(s.quote(i, to)), ""))
		if to < len(s.words) && numbers[s.words[to].norm] >= 1000 {
			value, to = value*numbers[s.words[to].norm], to+1
		}
		return value, to, ok
	}
	if w.kind != plain {
		return 0, 0, false
	}
	value, ok = numberWord(w.norm)
	to = i + 1
	if !ok {
		return 0, 0, false
	}
	for to < len(s.words) {
		next, is := numberWord(s.words[to].norm)
		switch {
		case is && next >= 100:
			value *= next
		case is && next < 10 && value >= 20 && value < 100 && int(value)%10 == 0, is && next < 100 && value >= 100:
			value += next
		case s.words[to].norm == "and" && to+2 < len(s.words) && s.words[to+1].norm == "a" && s.words[to+2].norm == "half":
			return value + 0.5, to + 3, true
		default:
			return value, to, true
		}
		to++
	}
	return value, to, true
}

// digitsTo returns where a number in digits ends that has spaces between its
// thousands: 10 000.
func (s *sentence) digitsTo(i int) int {
	to := i + 1
	for to < len(s.words) && s.words[to].kind == numeric && s.words[to].end-s.words[to].start == 3 && allDigits(s.quote(to, to+1)) &&
		s.words[to].start-s.words[to-1].end <= 2 && strings.TrimSpace(s.between(to-1, to)) == "" && len(strings.TrimFunc(s.quote(to-1, to), notDigit)) <= 3 {
		to++
	}
	return to
}

func notDigit(r rune) bool { return r < '0' || r > '9' }

func allDigits(text string) bool { return strings.IndexFunc(text, notDigit) < 0 }

// numberWord reads one number word, also two with a hyphen.
func numberWord(norm string) (float64, bool) {
	if v, ok := numbers[norm]; ok {
		return v, true
	}
	if tens, ones, ok := strings.Cut(norm, "-"); ok {
		a, okA := numberWord(tens)
		b, okB := numberWord(ones)
		if okA && okB && a >= 20 && b < 10 {
			return a + b, true
		}
	}
	return 0, false
}

// numeral reads a number in digits: 5,000 5.000 0.12 1 000,50 18+ 10³.
func numeral(text string) (float64, bool) {
	if at := strings.IndexFunc(text, isRaised); at > 0 {
		base, ok := numeral(text[:at])
		return math.Pow(base, power(text[at:])), ok
	}
	digits := strings.TrimFunc(text, func(r rune) bool { return r < '0' || r > '9' })
	if digits == "" {
		return 0, false
	}
	comma, point := strings.LastIndexByte(digits, ','), strings.LastIndexByte(digits, '.')
	switch {
	case comma >= 0 && point >= 0 && comma > point:
		digits = strings.Replace(strings.ReplaceAll(digits, ".", ""), ",", ".", 1)
	case comma >= 0 && point >= 0:
		digits = strings.ReplaceAll(digits, ",", "")
	case comma >= 0 && (len(digits)-comma == 4 || strings.Count(digits, ",") > 1):
		digits = strings.ReplaceAll(digits, ",", "")
	case comma >= 0:
		digits = strings.Replace(digits, ",", ".", 1)
	case point >= 0 && len(digits)-point == 4 && digits[0] != '0' && strings.Count(digits, ".") == 1:
		digits = strings.ReplaceAll(digits, ".", "")
	}
	v, err := strconv.ParseFloat(digits, 64)
	return v, err == nil
}

// power reads digits above the line.
func power(text string) float64 {
	value, sign := 0.0, 1.0
	for _, r := range text {
		if at := strings.IndexRune(raisedMarks, r); at >= 0 && r != '⁺' && r != '⁻' {
			value = 10*value + float64(utf8.RuneCountInString(raisedMarks[:at]))
		} else if r == '⁻' {
			sign = -1
		}
	}
	return sign * value
}

// currencies are the signs and words of money.
var currencies = map[string]string{
	"$": "usd", "us$": "usd", "usd": "usd", "dollar": "usd", "dollars": "usd", "€": "eur", "eur": "eur", "euro": "eur", "euros": "eur", "£": "gbp", "gbp": "gbp", "pound": "gbp", "pounds": "gbp",
	"¥": "jpy", "yen": "jpy", "jpy": "jpy", "cny": "cny", "rmb": "cny", "元": "cny", "人民币": "cny", "美元": "usd", "chf": "chf", "franc": "chf", "francs": "chf", "cad": "cad", "aud": "aud", "inr": "inr", "₹": "inr", "rupees": "inr",
	"kr": "kr", "sek": "sek", "nok": "nok", "dkk": "dkk", "pln": "pln", "zł": "pln", "cent": "cent", "cents": "cent", "pence": "penny",
}

// currencyAt returns the currency that word i names or wears.
func currencyAt(s *sentence, i int) string {
	w := &s.words[i]
	if w.kind == numeric || len(w.norm) < 6 && w.kind == plain && !isASCIILetter(w.norm[0]) {
		text := s.quote(i, i+1)
		for _, sign := range []string{"$", "€", "£", "¥", "₹"} {
			if strings.Contains(text, sign) {
				return currencies[sign]
			}
		}
	}
	if w.kind == plain {
		return currencies[w.norm]
	}
	return ""
}

// lengths are units of one measure, in the smallest that is used.
var units = map[string]struct {
	name  string
	times float64
	kind  Shift
}{
	"second": {"s", 1, Period}, "minut": {"s", 60, Period}, "hour": {"s", 3600, Period}, "day": {"s", 86400, Period}, "week": {"s", 604800, Period},
	"fortnight": {"s", 1209600, Period}, "night": {"night", 1, Period}, "month": {"month", 1, Period}, "quarter": {"month", 3, Period}, "year": {"month", 12, Period},
	"time":  {"times", 1, Number},
	"meter": {"m", 1, Number}, "metr": {"m", 1, Number}, "m": {"m", 1, Number}, "km": {"m", 1000, Number}, "kilomet": {"m", 1000, Number}, "kilometr": {"m", 1000, Number}, "kilometer": {"m", 1000, Number}, "cm": {"m", 0.01, Number},
	"kg": {"kg", 1, Number}, "kilogram": {"kg", 1, Number}, "g": {"kg", 0.001, Number}, "gram": {"kg", 0.001, Number},
	"gb": {"gb", 1, Number}, "mb": {"gb", 0.001, Number}, "tb": {"gb", 1000, Number}, "gigabyte": {"gb", 1, Number}, "megabyte": {"gb", 0.001, Number}, "terabyte": {"gb", 1000, Number},
	"percent": {"%", 1, Percentage}, "%": {"%", 1, Percentage},
}

// readUnit finds what the number counts, and returns where it ends.
func (m *measure) readUnit(s *sentence, at, to int) int {
	if strings.Contains(s.quote(at, at+1), "%") {
		m.unit, m.kind = "%", Percentage
		return to
	}
	business := ""
	for k := to; k < min(to+4, len(s.words)); k++ {
		w := &s.words[k]
		if c := currencyAt(s, k); c != "" && m.unit == "" && w.kind == plain {
			m.unit, m.kind = c, Amount
			return k + 1
		}
		if w.norm == "per" && k+1 < len(s.words) && s.words[k+1].norm == "cent" {
			m.unit, m.kind = "%", Percentage
			return k + 2
		}
		if u, ok := units[w.stem]; ok && (m.unit == "" || m.kind == Amount) {
			if m.kind == Amount {
				return to
			}
			m.value *= u.times
			m.unit, m.kind = business+u.name, u.kind
			return s.halfAfter(m, u.times, k+1)
		}
		if w.norm == "business" || w.norm == "working" {
			business = "business "
		} else if !m.repeatedAt(s, k) {
			return to
		}
	}
	return to
}

// repeatedAt reports whether a word says the number once more, or only how its
// unit is counted.
func (m *measure) repeatedAt(s *sentence, k int) bool {
	w := &s.words[k]
	switch {
	case w.norm == "calendar" || w.norm == "consecutive" || w.norm == "full":
		return true
	case w.kind == numeric:
		v, ok := numeral(s.quote(k, k+1))
		return ok && v == m.value
	case w.kind == plain:
		v, _, ok := s.valueAt(k)
		return ok && v == m.value
	}
	return false
}

// halfAfter reads "and a half" behind a unit: a day and a half.
func (s *sentence) halfAfter(m *measure, times float64, to int) int {
	if to+2 < len(s.words) && s.words[to].norm == "and" && s.words[to+1].norm == "a" && s.words[to+2].norm == "half" {
		m.value += times / 2
		return to + 3
	}
	return to
}

// measuring are words behind which "a week" is one week, not each.
var measuring = wordSet("within after for of than least most by in before until lasts last about nearly over under")

// shareAt reads "twice" and, as a share of what is behind it, "one tenth"
// and "half of".
func (s *sentence) shareAt(i int) (token, bool) {
	w := s.words
	is := func(k int, list ...string) bool { return k < len(w) && slices.Contains(list, w[k].norm) }
	m, to := measure{unit: "%", kind: Percentage}, i+1
	switch {
	case is(i, "twice"):
		m = measure{value: 2, unit: "times", kind: Number}
	case is(i, "half") && is(i+1, "of", "the"):
		m.value = 50
	case is(i, "one", "a") && i+1 < len(w) && shares[w[i+1].norm] > 0:
		m.value, to = shares[w[i+1].norm], i+2
	default:
		return token{}, false
	}
	share := m // most words are none, and m takes no memory for them
	return token{key: share.key(), class: "num", num: &share, from: i, to: to}, true
}

// shares are parts of a whole, in percent.
var shares = map[string]float64{"half": 50, "third": 100.0 / 3, "quarter": 25, "fifth": 20, "tenth": 10}

// numbers are the number words that policies use.
var numbers = map[string]float64{
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "dozen": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
	"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "thousand": 1000, "million": 1e6,
}
