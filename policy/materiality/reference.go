package materiality

import "strings"

// isEdition reports whether the number at i belongs to a name: Acme 4.
func isEdition(s *sentence, i int) bool {
	w := &s.words[i]
	if w.kind != numeric || i == 0 || len(w.norm) > 3 || !isDigit(w.norm[0]) || !capital(s, i-1) || shouting(s) {
		return false
	}
	if i+1 < len(s.words) && counted(&s.words[i+1]) {
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
	if isReference(s.words, i) || s.place != nil && s.place.numbers[w.norm] {
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
	if strings.Count(w.norm, ".") > 1 || i == 0 && len(list) > 1 && !counted(&list[1]) && len(w.norm) < 3 {
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
	return (i+1 == len(list) || !counted(&list[i+1])) && (len(digits) >= 5 && !strings.Contains(digits, ",") || isYear(list, i) || digits != "0" && digits[0] == '0')
}

// counted reports whether a word is what a number counts: a unit, a currency.
func counted(w *word) bool { return units[w.stem].name != "" || currencies[w.norm] != "" }
