package policy

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// How many marks of emphasis or links one paragraph may hold, how many of these and
// of escapes a text, and how many addresses of which links are made.
const (
	maxMarks     = 10_000
	maxAllMarks  = 200_000
	maxAddresses = 20_000
)

const (
	marks    = "*_[]~`<"        // open or close a style or a link
	allMarks = marks + "\\&"    // and those that stand for other characters
	armed    = allMarks + "@:." // and those that make a link of an address
)

// firstDisarmed begins the characters that stand for those of armed from when they
// are taken for words until they are. Unicode keeps it for uses like this one: it
// is never a character of a text. An escape would do as well, but the parser makes
// a node of each.
const firstDisarmed = '\uFDD0'

// disarmedHead is what these begin with in UTF-8.
const disarmedHead = "\xEF\xB7"

// withoutDisarmed takes out of a text what it must not have of them.
func withoutDisarmed(src []byte) []byte {
	if !bytes.Contains(src, []byte(disarmedHead)) {
		return src
	}
	return bytes.Map(func(r rune) rune {
		if isDisarmed(r) {
			return utf8.RuneError
		}
		return r
	}, src)
}

func isDisarmed(r rune) bool { return r >= firstDisarmed && int(r-firstDisarmed) < len(armed) }

// disarmed appends a character so that it marks nothing.
func disarmed(out []byte, c byte) []byte {
	return utf8.AppendRune(out, firstDisarmed+rune(strings.IndexByte(armed, c)))
}

// rearmed returns the words in which nothing is disarmed any more.
func rearmed(words string) string {
	if !strings.Contains(words, disarmedHead) {
		return words
	}
	return strings.Map(func(r rune) rune {
		if isDisarmed(r) {
			return rune(armed[r-firstDisarmed])
		}
		return r
	}, words)
}

// boundMarks makes the marks of an overloaded paragraph into words.
func boundMarks(src []byte) []byte {
	if countAny(src, marks) <= maxMarks {
		return src
	}
	paragraphs := bytes.SplitAfter(src, []byte("\n\n"))
	for i, p := range paragraphs {
		if countAny(p, marks) > maxMarks {
			paragraphs[i] = disarm(p, marks)
		}
	}
	return bytes.Join(paragraphs, nil)
}

// boundAllMarks makes the marks of the paragraphs beyond maxAllMarks into words.
func boundAllMarks(src []byte) []byte {
	if len(src) <= maxAllMarks || countAny(src, allMarks) <= maxAllMarks {
		return src
	}
	left := maxAllMarks
	paragraphs := bytes.SplitAfter(src, []byte("\n\n"))
	for i, p := range paragraphs {
		if left -= countAny(p, allMarks); left < 0 {
			paragraphs[i] = disarm(p, allMarks)
		}
	}
	return bytes.Join(paragraphs, nil)
}

// mostLinkEnds is how many bytes are read in search of the ends of links: each ends
// with its word at the latest.
const mostLinkEnds = 1 << 26

// boundLinks makes the marks of the paragraphs into words whose links stand in words of
// so many bytes that looking for their ends goes beyond mostLinkEnds.
func boundLinks(src []byte) []byte {
	begin := []byte("](")
	if links := bytes.Count(src, begin); links == 0 || !hasWordOf(src, 1+mostLinkEnds/links) {
		return src
	}
	left := mostLinkEnds
	paragraphs := bytes.SplitAfter(src, []byte("\n\n"))
	for i, p := range paragraphs {
		work := bytes.Count(p, begin) * longestWord(p)
		if work <= left {
			left -= work
			continue
		}
		paragraphs[i] = disarm(p, marks)
	}
	return bytes.Join(paragraphs, nil)
}

// hasWordOf reports whether a text has a word of so many bytes. It looks at few of them.
func hasWordOf(src []byte, size int) bool {
	for len(src) >= size {
		space := bytes.LastIndexAny(src[:size], " \n\t")
		if space < 0 {
			return true
		}
		src = src[space+1:]
	}
	return false
}

// longestWord returns how many bytes the longest word of a text has.
func longestWord(src []byte) int {
	longest, from := 0, 0
	for i, c := range src {
		if c == ' ' || c == '\n' || c == '\t' {
			longest = max(longest, i-from)
			from = i + 1
		}
	}
	return max(longest, len(src)-from)
}

// countAny counts the characters of a text that are among some.
func countAny(src []byte, among string) int {
	n := 0
	for i := range len(among) {
		n += bytes.Count(src, []byte{among[i]})
	}
	return n
}

// disarm makes some characters of a text into words.
func disarm(src []byte, some string) []byte {
	out := make([]byte, 0, 2*len(src))
	for _, c := range src {
		if strings.IndexByte(some, c) >= 0 {
			out = disarmed(out, c)
		} else {
			out = append(out, c)
		}
	}
	return out
}

// boundAddresses makes the addresses beyond maxAddresses into words.
func boundAddresses(src []byte) []byte {
	if countAny(src, ":w@") <= maxAddresses {
		return src // so it is with most texts, and is soon counted
	}
	scheme, host := []byte("://"), []byte("www.")
	met := bytes.Count(src, scheme) + bytes.Count(src, host) + bytes.Count(src, []byte("@"))
	if met <= maxAddresses {
		return src
	}
	out := make([]byte, 0, len(src)+2*met)
	met = 0
	for i, c := range src {
		sign := c == '@' || c == ':' && bytes.HasPrefix(src[i:], scheme) || c == '.' && i >= 3 && bytes.HasPrefix(src[i-3:], host)
		if sign {
			met++
		}
		if sign && met > maxAddresses {
			out = disarmed(out, c)
		} else {
			out = append(out, c)
		}
	}
	return out
}
