package redline

import (
	"strings"
	"unicode"

	"github.com/clipperhouse/uax29/v2/words"

	"github.com/codicil/codicil/policy"
)

// passage is the words of a block laid out for comparison.
type passage struct {
	flat   string // the words of all spans; a picture without words is one objectMark
	pieces []piece
	tokens []token
}

// piece is the stretch of flat that one span fills.
type piece struct {
	start, end int
	span       policy.Span
}

// token is a word, a punctuation mark or a line break. White space is none:
// a text that was only spaced differently did not change.
type token struct {
	start, end int
	word       int32 // the same for the same characters
	key        int32 // the same for the same characters with the same link and picture
	look       int32 // the same for the same style; 0 for plain
	class      class
	stop       bool // it ends a sentence
}

// class says what a token weighs when runs of words are tidied.
type class uint8

const (
	mark   class = iota // punctuation
	lesser              // a word that carries little meaning by itself, or one ideograph
	full                // any other word
	brk                 // a line break
)

// word reports whether the token is a word, not a mark or a break.
func (c class) word() bool { return c == lesser || c == full }

// objectMark stands in a passage for a picture without words (U+FFFC).
const objectMark = "\uFFFC"

// interner numbers strings in the order in which it meets them, and remembers
// what they are.
type interner struct {
	ids     map[string]int32
	classes []class // by number
	ends    []bool  // by number: the token ends a sentence
}

func newInterner() *interner { return &interner{ids: make(map[string]int32, 1<<10)} }

// space is the class of segments that are no tokens.
const space class = 0xFF

func (in *interner) id(s string) int32 {
	id, ok := in.ids[s]
	if !ok {
		id = int32(len(in.ids))
		in.ids[s] = id
		c := classify(s)
		in.classes = append(in.classes, c)
		in.ends = append(in.ends, c == mark && endsSentence(s))
	}
	return id
}

// lay lays out the words of spans.
func (in *interner) lay(spans []policy.Span) *passage {
	p := &passage{pieces: make([]piece, 0, len(spans))}
	if len(spans) == 1 && spans[0].Text != "" {
		p.flat = spans[0].Text
		p.pieces = append(p.pieces, piece{0, len(p.flat), spans[0]})
		in.tokenise(p)
		return p
	}
	var flat strings.Builder
	for _, s := range spans {
		start := flat.Len()
		if s.Text == "" && s.Image != "" {
			flat.WriteString(objectMark)
		} else {
			flat.WriteString(s.Text)
		}
		p.pieces = append(p.pieces, piece{start, flat.Len(), s})
	}
	p.flat = flat.String()
	in.tokenise(p)
	return p
}

// tokenise cuts a passage at the word borders of Unicode (UAX #29).
func (in *interner) tokenise(p *passage) {
	at := 0
	p.tokens = make([]token, 0, len(p.flat)/5+1)
	for it := words.FromString(p.flat); it.Next(); {
		text := it.Value()
		if text == " " {
			continue
		}
		word := in.id(text)
		if in.classes[word] == space {
			continue
		}
		t := token{start: it.Start(), end: it.End(), class: in.classes[word], word: word, stop: in.ends[word]}
		for p.pieces[at].end <= t.start {
			at++
		}
		in.dress(p, at, &t)
		p.tokens = append(p.tokens, t)
	}
}

// dress sets what tells a token from one with the same characters: where it
// leads, and how it looks. The token begins in the piece with that number.
func (in *interner) dress(p *passage, at int, t *token) {
	t.key = t.word
	if first := p.pieces[at]; t.end <= first.end {
		t.look = int32(first.span.Style)
		if first.span.Link == "" && first.span.Image == "" {
			return
		}
	}
	var key, look strings.Builder
	for ; at < len(p.pieces) && p.pieces[at].start < t.end; at++ {
		q := p.pieces[at]
		part := p.flat[max(q.start, t.start):min(q.end, t.end)]
		key.WriteString(part + "\x00" + q.span.Link + "\x00" + q.span.Image + "\x00")
		look.WriteString(part + "\x00" + string(rune(q.span.Style)) + "\x00")
	}
	t.key = in.id(key.String())
	if t.end > p.pieces[at-1].start && at >= 2 && p.pieces[at-2].end > t.start {
		t.look = mixedLook + in.id(look.String())
	}
}

// mixedLook is more than any one style: a token that changes its style midway
// looks different from all that do not.
const mixedLook = 1 << 8

// classify weighs a segment.
func classify(s string) class {
	blank, word, ideographs := true, false, 0
	for _, r := range s {
		switch {
		case r == '\n':
			return brk
		case unicode.IsSpace(r):
			continue
		case r >= 0x2E80 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana):
			ideographs++
			word = true
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r):
			word = true
		}
		blank = false
	}
	switch {
	case blank:
		return space
	case !word:
		return mark
	case ideographs == 1 || lesserWord(s):
		return lesser
	}
	return full
}

// endsSentence reports whether a mark closes a sentence.
func endsSentence(s string) bool {
	switch s {
	case ".", "!", "?", ";", ":", "。", "！", "？", "；", "：", "؟", "।":
		return true
	}
	return false
}

// spans returns the spans of flat[from:to].
func (p *passage) spans(from, to int) []policy.Span {
	var out []policy.Span
	for _, q := range p.pieces {
		if q.end <= from || q.start >= to {
			continue
		}
		s := q.span
		if s.Text != "" {
			s.Text = p.flat[max(q.start, from):min(q.end, to)]
		}
		out = append(out, s)
	}
	return out
}
