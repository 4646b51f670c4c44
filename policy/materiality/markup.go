package materiality

import "strings"

// markup reads what a page generator or a browser would take away at a place
// of a text, and returns its length: a template tag ({% ... %}), an HTML tag, the
// destination of a link that was written as no link, a note that a link opens a
// window. A word stands for what it would put there, if anything: the name of a
// variable, an address.
func (a *ahead) markup(at int) (word, int) {
	s := a.text[at:]
	if strings.IndexByte("[({<]", s[0]) < 0 {
		return word{}, 0 // as most of a text
	}
	switch {
	case s[0] == '[' && maskLength(s) > 0:
		return word{end: maskLength(s), norm: masked, stem: masked, kind: address}, maskLength(s)
	case s[0] == '(':
		return word{}, noteLength(s)
	case strings.HasPrefix(s, "{%"), strings.HasPrefix(s, "{{"):
		n := a.closed(s, map[byte]string{'%': "%}", '{': "}}"}[s[1]])
		return variable(s[:n]), n
	case strings.HasPrefix(s, "{: "):
		return word{}, a.closed(s, "}") // what a page generator is to call the block
	case len(s) > 1 && s[0] == '<' && (s[1] == '/' || isASCIILetter(s[1])):
		return word{}, a.closed(s, ">")
	case strings.HasPrefix(s, "](") && !strings.HasPrefix(s, "]()"):
		n := a.closed(s, ")")
		if n == 0 {
			return word{}, 0
		}
		norm := strings.ToLower(s[2 : n-1])
		return word{start: 2, end: n - 1, norm: norm, stem: norm, kind: address}, n
	}
	return word{}, 0
}

// masked is the word for an address that robots are not shown.
const masked = "@"

// maskLength returns the length of a masked address of mail at the head of s (see
// maskedAddress), with what a page left of the address behind it, 0 if there is none.
func maskLength(s string) int {
	if s == "" || s[0] != '[' {
		return 0
	}
	for _, mask := range []string{"[email protected]", "[email\u00a0protected]"} {
		if rest, ok := strings.CutPrefix(s, mask); ok {
			left := leftLength(rest)
			if left > mostLeft {
				left = 0 // these are words that somebody wrote there
			}
			return len(mask) + left
		}
	}
	return 0
}

// leftLength returns how far s goes on as the rest of an address would.
func leftLength(s string) int {
	for i, r := range s {
		within := r == '.' && i+1 < len(s) && isASCIILetter(s[i+1])
		if !within && !isWordRune(r) && r != '-' {
			return i
		}
	}
	return len(s)
}

// mostLeft is how many bytes a page leaves of an address behind its mask, at most.
const mostLeft = 12

// noteLength returns the length of a note at the head of s that tells of a link
// how it opens, 0 if there is none.
func noteLength(s string) int {
	for _, note := range []string{"(opens in a new window)", "(opens in new window)", "(opens in a new tab)", "(opens in new tab)", "(external link)"} {
		if len(s) >= len(note) && strings.EqualFold(s[:len(note)], note) {
			return len(note)
		}
	}
	return 0
}

// closed returns how many bytes of s, the rest of the text, a mark ends that begins
// there, 0 when nothing ends it: nor then what begins behind it.
func (a *ahead) closed(s, mark string) int {
	if a.never[mark] {
		return 0
	}
	if n := strings.Index(s, mark); n >= 0 {
		return n + len(mark)
	}
	if a.never == nil {
		a.never = map[string]bool{}
	}
	a.never[mark] = true
	return 0
}

// variable returns the word for a template tag that prints a variable: the same
// for {{ site.data.product.name }} and {% data product.name %}. A variable of
// contacts is an address. Tags that print nothing have no word.
func variable(tag string) word {
	inside := strings.Trim(tag, "{}%- ")
	name := inside
	if strings.HasPrefix(tag, "{%") {
		var ok bool
		if name, ok = strings.CutPrefix(inside, "data "); !ok {
			return word{}
		}
	}
	path := strings.Split(strings.TrimSpace(name), ".")
	if strings.ContainsAny(name, "|\"'(") || len(path) < 2 {
		return word{}
	}
	w := word{start: strings.Index(tag, name), norm: strings.ReplaceAll(strings.ToLower(path[len(path)-1]), "_", "")}
	w.end, w.stem = w.start+len(name), w.norm
	for _, part := range path {
		if part == "contact" || part == "contacts" || part == "url" || part == "urls" {
			w.kind = address
		}
	}
	return w
}
