package materiality

import (
	"slices"
	"strconv"
	"strings"
)

// months are the names of the months in the languages that are read.
var months = wordSet(`january february march april may june july august september october november december
	jan feb mar apr jun jul aug sep sept oct nov dec
	janvier février mars avril mai juin juillet août septembre octobre novembre décembre janv févr juil déc
	januar februar märz juni juli oktober dezember
	enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre`)

func wordSet(lists ...string) map[string]bool {
	m := make(map[string]bool)
	for _, list := range lists {
		for _, w := range strings.Fields(list) {
			m[w] = true
		}
	}
	return m
}

// markDates marks the words of dates, so that a number in one is not taken for
// a quantity: 5 May 2026, May 5, 2026-05-05, 05/05/2026.
func markDates(list []word, text string) {
	for i := range list {
		switch {
		case isVerb(list, i, text) || isVerb(list, i+1, text):
		case isDay(list, i) && inside(list, i+2) && (list[i+1].norm == "de" || list[i+1].norm == "of") && isMonth(list, i+2):
			markSpelled(list, i)
		case isDay(list, i) && isMonth(list, i+1), isMonth(list, i) && (isDay(list, i+1) || isYear(list, i+1)):
			list[i].kind, list[i+1].kind = dated, dated
			if isYear(list, i+2) {
				list[i+2].kind = dated
			}
		case isYear(list, i) && isTwoDigits(list, i+1) && isTwoDigits(list, i+2):
			list[i].kind, list[i+1].kind, list[i+2].kind = dated, dated, dated
		case isTwoDigits(list, i) && isTwoDigits(list, i+1) && isYear(list, i+2):
			list[i].kind, list[i+1].kind, list[i+2].kind = dated, dated, dated
		}
	}
}

// sameDays reports whether the dates of two sentences are the same ones in another
// notation. Of two that are both in digits, nobody knows which is the month.
func sameDays(a, b []word) bool {
	x, spelledX := daysOf(a, true)
	y, spelledY := daysOf(b, true)
	if spelledX != spelledY {
		x, _ = daysOf(a, false)
		y, _ = daysOf(b, false)
	}
	return len(x) > 0 && (spelledX || spelledY) && slices.Equal(x, y)
}

// daysOf returns the days, months and years of the dates of a sentence, sorted, those
// of months with a mark on demand, and whether any month is spelled.
func daysOf(list []word, marked bool) (parts []string, spelled bool) {
	for i := range list {
		if list[i].kind != dated {
			continue
		}
		part := strings.TrimLeft(strings.TrimRight(list[i].norm, "stndrh"), "0")
		if n := monthNumber(list[i].norm); n != "" {
			part, spelled = n, true
			if marked {
				part = "month " + n
			}
		}
		if part != "de" && part != "of" {
			parts = append(parts, part)
		}
	}
	slices.Sort(parts)
	return parts, spelled
}

// monthNumber returns the number of a month of that name in English, empty for another
// word.
func monthNumber(norm string) string {
	if len(norm) < 3 || !months[norm] {
		return ""
	}
	at := strings.Index("janfebmaraprmayjunjulaugsepoctnovdec", norm[:3])
	if at < 0 || at%3 > 0 {
		return ""
	}
	return strconv.Itoa(at/3 + 1)
}

// markSpelled marks "5 de mayo de 2026" and "5th of May 2026".
func markSpelled(list []word, i int) {
	for j := i; j < min(i+5, len(list)) && (j < i+3 || list[j].norm == "de" || isYear(list, j)); j++ {
		list[j].kind = dated
	}
}

// isVerb reports whether word i is "may" or "march" in small letters, and so
// no month: "children under 13 may not join".
func isVerb(list []word, i int, text string) bool {
	return inside(list, i) && (list[i].norm == "may" || list[i].norm == "march") && text[list[i].start] == 'm'
}

func inside(list []word, i int) bool { return i >= 0 && i < len(list) }

func isMonth(list []word, i int) bool { return inside(list, i) && months[list[i].norm] }

func isYear(list []word, i int) bool {
	return inside(list, i) && len(list[i].norm) == 4 && list[i].kind != plain && (strings.HasPrefix(list[i].norm, "19") || strings.HasPrefix(list[i].norm, "20"))
}

func isDay(list []word, i int) bool {
	if !inside(list, i) || list[i].kind != numeric && list[i].kind != dated {
		return false
	}
	return isTwoDigits(list, i) || len(strings.TrimRight(list[i].norm, "stndrh")) <= 2 && isDigit(list[i].norm[0])
}

func isTwoDigits(list []word, i int) bool {
	return inside(list, i) && len(list[i].norm) <= 2 && isDigit(list[i].norm[0])
}
