package materiality

import (
	"strconv"
	"strings"
)

// quantity is a number that a sentence binds to something: 30 days, $500,
// 16 years, 5 %.
type quantity struct {
	value    float64
	unit     string // in the smallest unit of its family: "hour", "day", "business day", "month", "$"
	kind     Shift
	bound    string // "at least", "at most", "more than", "less than" or empty
	from, to int    // its words
}

// same reports whether two quantities say the same: 12 months is a year and
// 24 hours a day, but 30 days is not a month.
func (q quantity) same(o quantity) bool {
	if q.unit == "" || o.unit == "" {
		return q.value == o.value // the unit was forgotten, or said elsewhere
	}
	return q.value == o.value && q.unit == o.unit && q.bound == o.bound
}

// units maps the stem of a unit to its family's smallest unit and how many of
// these it is.
var units = map[string]struct {
	name  string
	times float64
	kind  Shift
}{
	"second": {"second", 1, Period}, "minut": {"second", 60, Period}, "hour": {"day", 1.0 / 24, Period},
	"day": {"day", 1, Period}, "week": {"day", 7, Period}, "month": {"month", 1, Period}, "year": {"month", 12, Period},
	"jour": {"day", 1, Period}, "semain": {"day", 7, Period}, "mois": {"month", 1, Period}, "ann": {"month", 12, Period},
	"an": {"month", 12, Period}, "heur": {"day", 1.0 / 24, Period}, "année": {"month", 12, Period},
	"tag": {"day", 1, Period}, "tagen": {"day", 1, Period}, "tage": {"day", 1, Period}, "woch": {"day", 7, Period}, "wochen": {"day", 7, Period},
	"monat": {"month", 1, Period}, "monaten": {"month", 1, Period}, "monate": {"month", 1, Period}, "jahr": {"month", 12, Period},
	"jahren": {"month", 12, Period}, "stunden": {"day", 1.0 / 24, Period}, "werktagen": {"business day", 1, Period},
	"día": {"day", 1, Period}, "semana": {"day", 7, Period}, "mes": {"month", 1, Period}, "mese": {"month", 1, Period},
	"año": {"month", 12, Period}, "hora": {"day", 1.0 / 24, Period},
	"天": {"day", 1, Period}, "日": {"day", 1, Period}, "周": {"day", 7, Period}, "月": {"month", 1, Period}, "年": {"month", 12, Period},
	"dollar": {"$", 1, Amount}, "usd": {"$", 1, Amount}, "euro": {"€", 1, Amount}, "eur": {"€", 1, Amount},
	"gbp": {"£", 1, Amount}, "pound": {"£", 1, Amount}, "cent": {"$", 0.01, Amount}, "chf": {"chf", 1, Amount}, "元": {"¥", 1, Amount},
	"percent": {"%", 1, Percentage}, "%": {"%", 1, Percentage},
	"gb": {"gb", 1, Number}, "mb": {"gb", 0.001, Number}, "tb": {"gb", 1000, Number}, "kilomet": {"km", 1, Number}, "kg": {"kg", 1, Number},
	"歳": {"month", 12, Age}, "岁": {"month", 12, Age},
}

// numbers are the number words that policies use.
var numbers = map[string]float64{
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
	"twenty": 20, "thirty": 30, "forty": 40, "forty-five": 45, "sixty": 60, "ninety": 90, "hundred": 100,
	"un": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "quatorze": 14, "quinze": 15, "trente": 30,
	"zwei": 2, "drei": 3, "vier": 4, "vierzehn": 14, "dreißig": 30, "dos": 2, "tres": 3, "cinco": 5, "diez": 10, "quince": 15, "treinta": 30,
	"一": 1, "两": 2, "三": 3, "十": 10,
}

// quantities reads the quantities of a sentence.
func quantities(s *sentence) []quantity {
	var list []quantity
	for i := range s.words {
		value, ok := numberAt(s, i)
		if !ok || s.points(i) || isEdition(s, i) || isQuarter(s.words, i) {
			continue
		}
		q := quantity{value: value, from: i, to: i + 1, kind: Number}
		q.readUnit(s, i)
		q.readAge(s.words)
		if s.words[i].kind != numeric && q.unit == "" {
			continue // "one of them" counts nothing
		}
		q.readBound(s.words)
		if n := len(list); n > 0 && list[n-1].to >= i && list[n-1].value == q.value && (list[n-1].unit == "" && q.unit != "" || list[n-1].to == q.to) {
			q.from = list[n-1].from
			list = list[:n-1] // thirty (30) days
		}
		list = append(list, q)
	}
	return list
}

// numberAt reads the number that word i writes.
func numberAt(s *sentence, i int) (float64, bool) {
	w := &s.words[i]
	if w.kind == plain {
		value, ok := numbers[w.norm]
		return value, ok
	}
	if w.kind != numeric {
		return 0, false
	}
	digits := strings.TrimFunc(w.norm, func(r rune) bool { return r < '0' || r > '9' })
	if at := strings.LastIndexByte(digits, ','); at >= 0 && len(digits)-at != 4 {
		digits = strings.NewReplacer(",", "", ".", "").Replace(digits[:at]) + "." + digits[at+1:]
	}
	value, err := strconv.ParseFloat(strings.ReplaceAll(digits, ",", ""), 64)
	return value, err == nil
}

// readUnit finds what the number counts: $5 and 5 EUR, 30 days and 30
// business days.
func (q *quantity) readUnit(s *sentence, i int) {
	text := s.quote(i, i+1)
	if strings.Contains(text, "%") {
		q.unit, q.kind = "%", Percentage
		return
	}
	for _, sign := range []string{"$", "€", "£", "¥"} {
		if strings.Contains(text, sign) {
			q.unit, q.kind = sign, Amount
			return
		}
	}
	business := false
	for j := i + 1; j < min(i+5, len(s.words)); j++ {
		w := &s.words[j]
		u, ok := units[w.stem]
		switch {
		case ok:
			q.unit, q.kind, q.to = u.name, u.kind, j+1
			q.value *= u.times
			if business {
				q.unit = "business day"
			}
			return
		case w.norm == "business" || w.norm == "working":
			business = true
		case w.kind == numeric, w.norm == "calendar", w.norm == "consecutive", w.norm == "full", w.norm == "個" || w.norm == "个":
		default:
			if u, ok := units[before(s.words, i)]; ok && u.kind == Amount {
				q.unit, q.kind = u.name, Amount
			}
			return
		}
	}
}

func before(list []word, i int) string {
	if i == 0 {
		return ""
	}
	return list[i-1].stem
}

// readAge turns years of life into an age.
func (q *quantity) readAge(list []word) {
	if q.kind != Number && (q.kind != Period || q.unit != "month") {
		return
	}
	years := q.value
	if q.unit == "month" {
		years /= 12
	}
	if years < 8 || years > 25 {
		return
	}
	for j := max(0, q.from-4); j < min(q.to+4, len(list)); j++ {
		switch list[j].norm {
		case "age", "aged", "ages", "old", "older", "younger", "minor", "minors", "child", "children", "under", "âge", "ans", "jahre", "alt", "edad", "años", "over", "teen", "teens":
			if list[j].norm == "over" && q.unit == "" && j > q.from {
				continue
			}
			if (list[j].norm == "under" || list[j].norm == "over") && (j != q.from-1 || q.unit != "" && !oldAfter(list, q.to)) {
				continue
			}
			q.kind, q.unit, q.value = Age, "month", years*12
			return
		}
	}
}

// oldAfter reports whether nothing stands at word i that would make the years
// before it a length of time: "over 20 years in business".
func oldAfter(list []word, i int) bool {
	if i >= len(list) {
		return true
	}
	switch list[i].norm {
	case "in", "ago", "for", "experience", "after", "from", "before":
		return false
	case "of":
		return i+1 < len(list) && list[i+1].norm == "age"
	}
	return true
}

// readBound reads which side of the number is meant: over 16 leaves out those
// who are 16, 16 or over does not.
func (q *quantity) readBound(list []word) {
	var text strings.Builder
	for j := max(0, q.from-4); j < q.from; j++ {
		text.WriteString(list[j].norm + " ")
	}
	head := text.String()
	switch {
	case hasAny(head, "at least ", "minimum ", "less than ", "not less ", "no less ", "no fewer "):
		q.bound = "at least"
		if strings.Contains(head, "less than ") && !hasAny(head, "no less", "not less") {
			q.bound = "less than"
		}
	case hasAny(head, "no more than ", "not more than ", "up to ", "at most ", "maximum ", "within ", "no later than "):
		q.bound = "at most"
	case hasAny(head, "more than ", "over ", "exceeding ", "older than ", "over the age of "):
		q.bound = "more than"
	case hasAny(head, "under ", "below ", "younger than "):
		q.bound = "less than"
	}
	if q.to+1 < len(list) && (list[q.to].norm == "or" || list[q.to].norm == "and") {
		switch list[q.to+1].norm {
		case "older", "over", "above", "more", "up":
			q.bound = "at least"
		}
	}
}

// isEdition reports whether the number at i belongs to a name: Acme 4.
func isEdition(s *sentence, i int) bool {
	w := &s.words[i]
	if w.kind != numeric || i == 0 || len(w.norm) > 3 || !isDigit(w.norm[0]) || !capital(s, i-1) || shouting(s) {
		return false
	}
	if i+1 < len(s.words) && units[s.words[i+1].stem].name != "" {
		return false
	}
	return !stopWords[s.words[i-1].stem] && strings.Trim(s.between(i-1, i), " \u00a0") == ""
}

func hasAny(s string, parts ...string) bool {
	for _, p := range parts {
		if strings.Contains(s, p) {
			return true
		}
	}
	return false
}

// pointers are words after which a number names a place in a text or on a map.
var pointers = wordSet(`section sections article articles clause clauses paragraph paragraphs annex chapter title part point no nos number
	version exhibit schedule step footnote page appendix decision regulation directive act group phone suite box floor room building level
	tel telephone fax pmb ste unit code art abs ziffer artículo § §§ bill assembly law statute public part rule form item table figure`)

// points reports whether the number at i only says where something stands: as
// isReference, or as the number of a clause of the document, or as one of
// several: "sections 4, 5 and 6".
func (s *sentence) points(i int) bool {
	w := &s.words[i]
	if w.kind != numeric {
		return false
	}
	if isReference(s.words, i) || s.place != nil && s.place.numbers[w.norm] || i > 0 && s.words[i-1].norm == "第" {
		return true
	}
	for k := i - 1; k >= 0 && i-k < 8; k-- {
		switch before := &s.words[k]; {
		case pointers[before.norm]:
			return true
		case before.kind != numeric && before.norm != "and" && before.norm != "or" && before.norm != "to" && before.norm != "through":
			return false
		}
	}
	return false
}

// isReference reports whether the number at i only points: to a clause, a
// law, a house, a telephone, a year.
func isReference(list []word, i int) bool {
	w := &list[i]
	if w.kind != numeric {
		return false
	}
	if strings.Count(w.norm, ".") > 1 || i == 0 && len(list) > 1 && units[list[1].stem].name == "" && len(w.norm) < 3 {
		return true
	}
	if i > 0 && pointers[list[i-1].norm] || i > 1 && pointers[list[i-2].norm] && list[i-1].kind == numeric {
		return true
	}
	if i+1 < len(list) {
		switch list[i+1].norm {
		case "cfr", "usc", "c.f.r", "u.s.c", "c", "u", "th", "street", "st", "avenue", "ave", "road", "north", "south", "east", "west", "w":
			return true
		}
	}
	digits := strings.TrimFunc(w.norm, func(r rune) bool { return r < '0' || r > '9' })
	if digits != w.norm {
		return false
	}
	unit := ""
	if i+1 < len(list) {
		unit = units[list[i+1].stem].name
	}
	return unit == "" && (len(digits) >= 5 || isYear(list, i) || digits != "0" && digits[0] == '0')
}
