package materiality

import "slices"

// split and joined sentences: what one side says in one sentence, the other in
// several.

// joiners may be where a sentence is split or joined.
var joiners = wordSet("and but that this it they do so where there be have then also")

// narrowing are the keys of words that say for whom or when a rule holds.
var narrowing = wordSet("that if unless when whenever")

// rejoined reports whether the old sentences together say what the new ones
// say, only cut at other places: all words are in the same order, apart from
// joiners and from what a new sentence must name again.
func rejoined(old, new []*sentence) bool {
	a, b := allTokensOf(old), allTokensOf(new)
	if len(a) > 2*len(b) || len(b) > 2*len(a) || len(a) < 6 {
		return false
	}
	if tellsNew(a, b) || tellsNew(b, a) {
		return false // as most do: they need not be aligned
	}
	hunks, whole := align(a, b)
	if !whole || saysWhen(a[0]) != saysWhen(b[0]) {
		return false
	}
	for _, h := range hunks {
		parts := b[h.newFrom:h.newTo]
		if len(old) > len(new) {
			parts = a[h.oldFrom:h.oldTo]
		}
		if slices.ContainsFunc(parts, func(t token) bool { return narrowing[t.key] }) {
			return false // of two conditions that held together, each holds by itself in the parts
		}
		if !repeats(a[h.oldFrom:h.oldTo], b) || !repeats(b[h.newFrom:h.newTo], a) {
			return false
		}
	}
	return true
}

// saysWhen reports whether a sentence that begins so says first when it holds.
func saysWhen(t token) bool {
	return t.class == "if" || t.class == "unless" || narrowing[t.key] && t.key != "that"
}

// tellsNew reports whether a token says what the other side does not say anywhere.
func tellsNew(list, other []token) bool {
	said := make(map[string]bool, len(other))
	for i := range other {
		said[other[i].key] = true
	}
	return slices.ContainsFunc(list, func(t token) bool { return !said[t.key] && !joiners[t.key] && !isSmall(t) })
}

// repeats reports whether tokens only join or name again what the other side
// names too.
func repeats(list, other []token) bool {
	for _, t := range list {
		if joiners[t.key] || isSmall(t) {
			continue
		}
		switch t.class {
		case "", "role", "us", "you":
		default:
			return false
		}
		found := false
		for i := range other {
			found = found || other[i].key == t.key
		}
		if !found {
			return false
		}
	}
	return true
}

func allTokensOf(list []*sentence) []token {
	var out []token
	for _, s := range list {
		out = append(out, s.tokens()...)
	}
	return out
}
