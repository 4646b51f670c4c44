package materiality

import (
	"slices"
	"strconv"
	"strings"
)

// clockAt reads a time of day at word i: 14:00, 2 pm, 2.30 p.m., noon.
func (s *sentence) clockAt(i int) (token, bool) {
	w := &s.words[i]
	switch w.norm {
	case "noon", "midday":
		return clock(12*60, i, i+1), true
	case "midnight":
		return clock(0, i, i+1), true
	}
	if w.kind != numeric {
		return token{}, false
	}
	text := strings.ToLower(s.quote(i, i+1))
	half := ""
	digits := strings.TrimRight(text, "apm. ")
	if digits != text {
		half = strings.NewReplacer(".", "", " ", "").Replace(text[len(digits):])
	}
	to := i + 1
	if half == "" && to < len(s.words) {
		switch s.words[to].norm {
		case "am", "pm", "a.m", "p.m":
			half, to = strings.ReplaceAll(s.words[to].norm, ".", ""), to+1
		}
	}
	hours, minutes, colon := strings.Cut(strings.Replace(digits, ".", ":", 1), ":")
	h, err := strconv.Atoi(hours)
	if err != nil || h > 24 || half == "" && (!colon || !strings.Contains(digits, ":") || len(minutes) != 2) || half != "" && half != "am" && half != "pm" {
		return token{}, false
	}
	m := 0
	if colon {
		if m, err = strconv.Atoi(minutes); err != nil || m > 59 {
			return token{}, false
		}
	}
	switch {
	case half == "pm" && h < 12:
		h += 12
	case half == "am" && h == 12:
		h = 0
	}
	return clock(h*60+m, i, to), true
}

func clock(minutes, from, to int) token {
	return token{key: "@" + strconv.Itoa(minutes), class: "clock", from: from, to: to}
}

// partAt reads "half an hour", "a day and a half" and, behind a word that
// measures, "a week".
func (s *sentence) partAt(i int) (token, bool) {
	w := s.words
	is := func(k int, list ...string) bool { return k < len(w) && slices.Contains(list, w[k].norm) }
	if t, ok := s.shareAt(i); ok {
		return t, true
	}
	value, at := 0.0, 0
	switch {
	case is(i, "half") && is(i+1, "a", "an"):
		value, at = 0.5, i+2
	case is(i, "a", "an") && (i > 0 && measuring[w[i-1].norm] || is(i+2, "and") && is(i+3, "a") && is(i+4, "half")):
		value, at = 1, i+1
	default:
		return token{}, false
	}
	if at >= len(w) {
		return token{}, false
	}
	u, ok := units[w[at].stem]
	if !ok || u.kind != Period {
		return token{}, false
	}
	m := &measure{value: value * u.times, unit: u.name, kind: u.kind}
	to := s.halfAfter(m, u.times, at+1)
	return token{key: m.key(), class: "num", num: m, from: i, to: to}, true
}
