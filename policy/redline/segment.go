package redline

import (
	"strings"

	"github.com/clipperhouse/uax29/v2/words"
)

// segmenter cuts a text at the word borders of Unicode (UAX #29, Word
// Boundaries). Most of a policy is ASCII, for which the rules are few: it cuts
// that by itself, several times faster, and leaves to uax29 each stretch
// between two spaces that holds anything else.
type segmenter struct {
	text   string
	first  int32 // added to the borders that it returns
	at     int
	border int                     // the stretch being cut ends here
	other  *words.Iterator[string] // cuts the stretch, if it is not all ASCII
	from   int                     // where that stretch began
}

// next returns the borders of the next segment that is not plain spaces.
func (s *segmenter) next() (from, to int32, ok bool) {
	for s.other != nil && s.other.Next() {
		if strings.TrimLeft(s.other.Value(), " ") != "" {
			return s.first + int32(s.from+s.other.Start()), s.first + int32(s.from+s.other.End()), true
		}
	}
	if s.at == s.border {
		s.stretch()
	}
	if s.at == len(s.text) {
		return 0, 0, false
	}
	if s.other != nil {
		s.at = s.border
		return s.next()
	}
	begin := s.at
	s.at = asciiEnd(s.text[:s.border], begin)
	return s.first + int32(begin), s.first + int32(s.at), true
}

// stretch finds what comes up to the next space. A space before a character
// that is not ASCII divides nothing, for that could be a mark upon the space.
func (s *segmenter) stretch() {
	s.other = nil
	for s.at < len(s.text) && s.divides(s.at) {
		s.at++
	}
	ascii := true
	end := s.at
	for ; end < len(s.text) && !s.divides(end); end++ {
		ascii = ascii && s.text[end] < 0x80
	}
	s.border = end
	if !ascii {
		s.from = s.at
		s.other = words.FromString(s.text[s.at:end])
	}
}

func (s *segmenter) divides(i int) bool {
	return s.text[i] == ' ' && (i+1 == len(s.text) || s.text[i+1] < 0x80)
}

// asciiEnd returns the end of the segment of s that begins at i. The rules in
// brackets are those of UAX #29.
func asciiEnd(s string, i int) int {
	first := s[i]
	i++
	if first == '\r' && i < len(s) && s[i] == '\n' { // [WB3]
		return i + 1
	}
	if !joins(first) {
		return i
	}
	for i < len(s) {
		switch {
		case joins(s[i]): // [WB5, WB8-10, WB13a-b]
			i++
		case i+1 < len(s) && bridges(s[i-1], s[i], s[i+1]): // [WB6-7, WB11-12]
			i += 2
		default:
			return i
		}
	}
	return i
}

// joins reports whether c is a letter, a digit or the low line, which hold
// together.
func joins(c byte) bool { return c == '_' || letter(c) || digit(c) }

func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
func digit(c byte) bool  { return c >= '0' && c <= '9' }

// bridges reports whether a mark holds what is before and after it together.
func bridges(before, mark, after byte) bool {
	switch {
	case letter(before) && letter(after):
		return strings.IndexByte(":.'", mark) >= 0
	case digit(before) && digit(after):
		return strings.IndexByte(",;.'", mark) >= 0
	}
	return false
}
