package redline

import (
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/codicil/codicil/policy"
)

// passage is the words of a block laid out for comparison.
type passage struct {
	flat   string // the words of all spans; a picture without words is one objectMark
	pieces []piece
	tokens []token
	sorted []int32 // numbers of its words; filled when first asked for
}

// bag returns the words of a passage in an order that lets two be compared.
func (p *passage) bag() []int32 {
	if p.sorted == nil {
		p.sorted = make([]int32, 0, len(p.tokens))
		for _, t := range p.tokens {
			if t.class.word() {
				p.sorted = append(p.sorted, t.word)
			}
		}
		slices.Sort(p.sorted)
	}
	return p.sorted
}

// piece is the stretch of flat that one span fills.
type piece struct {
	start, end int32
	span       policy.Span
}

// token is a word, a punctuation mark or a line break. White space is none:
// a text that was only spaced differently did not change.
type token struct {
	start, end int32
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

// objectMark is in a passage for a picture without words (U+FFFC).
const objectMark = "\uFFFC"

// interner numbers strings in the order in which it meets them, and remembers
// what they are.
type interner struct {
	ids     map[string]int32
	classes []class // by number
	ends    []bool  // by number: the token ends a sentence
}

func newInterner() *interner {
	return &interner{ids: make(map[string]int32, 1<<8)}
}

// space is the class of segments that are no tokens.
const space class = 0xFF

func (in *interner) id(s string) int32 {
	if id, ok := in.ids[s]; ok {
		return id
	}
	id := int32(len(in.classes))
	in.ids[s] = id
	c := classify(s)
	in.classes = append(in.classes, c)
	in.ends = append(in.ends, c == mark && endsSentence(s))
	return id
}

// word numbers a word as a reader sees it.
func (in *interner) word(s string) int32 {
	if id, ok := in.ids[s]; ok {
		return id
	}
	seen := policy.Visible(s)
	id := in.id(seen)
	if seen != s {
		in.ids[s] = id
	}
	return id
}

// lay lays out the words of spans.
func (in *interner) lay(spans []policy.Span) *passage {
	p := &passage{pieces: make([]piece, 0, len(spans))}
	if len(spans) == 1 && spans[0].Text != "" {
		p.flat = spans[0].Text
		p.pieces = append(p.pieces, piece{0, int32(len(p.flat)), spans[0]})
		in.tokenise(p)
		return p
	}
	var flat strings.Builder
	flat.Grow(length(spans))
	for _, s := range spans {
		start := int32(flat.Len())
		if s.Text == "" && s.Image != "" {
			flat.WriteString(objectMark)
		} else {
			flat.WriteString(s.Text)
		}
		p.pieces = append(p.pieces, piece{start, int32(flat.Len()), s})
	}
	p.flat = flat.String()
	in.tokenise(p)
	return p
}

// length is about how many bytes the words of spans take.
func length(spans []policy.Span) int {
	n := 0
	for _, s := range spans {
		n += max(len(s.Text), len(objectMark))
	}
	return n
}

// tokenise cuts a passage into words. A picture is one word: part of it cannot
// have changed.
func (in *interner) tokenise(p *passage) {
	p.tokens = make([]token, 0, len(p.flat)/5+1)
	from := int32(0)
	for i, q := range p.pieces {
		if q.span.Image == "" {
			continue
		}
		in.cut(p, from, q.start)
		in.add(p, i, q.start, q.end)
		from = q.end
	}
	in.cut(p, from, int32(len(p.flat)))
}

// cut adds the words of flat[from:to].
func (in *interner) cut(p *passage, from, to int32) {
	at := 0
	s := segmenter{text: p.flat[from:to], first: from}
	start, end, ok := s.next()
	for ok {
		for p.pieces[at].end <= start {
			at++
		}
		n := len(p.tokens) - 1
		if n < 0 || !p.tokens[n].class.word() || !p.goesOn(p.tokens[n].end, start) {
			in.add(p, at, start, end)
			start, end, ok = s.next()
			continue
		}
		word, last := p.tokens[n], end
		for start, end, ok = s.next(); ok && p.goesOn(last, start); start, end, ok = s.next() {
			last = end
		}
		p.tokens = p.tokens[:n]
		in.add(p, p.pieceAt(word.start), word.start, last)
	}
}

// goesOn reports whether a word that ends at a place goes on at another, after
// nothing but hints where a line may end, at which Unicode parts words.
func (p *passage) goesOn(end, at int32) bool {
	between := p.flat[end:at]
	if between == "" || between[0] < utf8.RuneSelf || strings.Trim(between, policy.LineHints) != "" {
		return false
	}
	r, _ := utf8.DecodeRuneInString(p.flat[at:])
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// pieceAt returns the number of the first piece that ends after a place.
func (p *passage) pieceAt(place int32) int {
	return sort.Search(len(p.pieces), func(i int) bool { return p.pieces[i].end > place })
}

// add adds flat[start:end] as one token unless it is space; it begins in the
// piece with that number.
func (in *interner) add(p *passage, at int, start, end int32) {
	word := in.word(p.flat[start:end])
	t := token{start: start, end: end, class: in.classes[word], word: word, stop: in.ends[word]}
	if t.class == space {
		if p.pieces[at].span.Image == "" {
			return
		}
		t.class = mark
	}
	in.dress(p, at, &t)
	p.tokens = append(p.tokens, t)
}

// dress sets what tells a token from one with the same characters: where it
// leads, and how it looks.
func (in *interner) dress(p *passage, at int, t *token) {
	t.key = t.word
	if first := &p.pieces[at]; t.end <= first.end {
		t.look = int32(first.span.Style)
		if first.span.Link != "" || first.span.Image != "" {
			t.key = in.id(policy.Visible(p.flat[t.start:t.end]) + "\x00" + first.span.Link + "\x00" + first.span.Image + "\x00")
		}
		return
	}
	var key, look strings.Builder
	for ; at < len(p.pieces) && p.pieces[at].start < t.end; at++ {
		q := p.pieces[at]
		part := policy.Visible(p.flat[max(q.start, t.start):min(q.end, t.end)])
		key.WriteString(part + "\x00" + q.span.Link + "\x00" + q.span.Image + "\x00")
		look.WriteString(part + "\x00" + string(rune(q.span.Style)) + "\x00")
	}
	t.key = in.id(key.String())
	t.look = mixedLook + in.id(look.String())
}

// mixedLook is more than any one style: a token that changes its style midway
// looks different from all that do not.
const mixedLook = 1 << 8

// classify weighs a segment.
func classify(s string) class {
	blank, word, ideographs := true, false, 0
	for _, r := range s {
		switch {
		case r < utf8.RuneSelf && joins(byte(r)) && r != '_':
			word = true
		case r == '\n':
			return brk
		case unicode.IsSpace(r), strings.ContainsRune(policy.LineHints, r):
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

// append adds the pieces and tokens of another passage whose words begin at
// that place; the words themselves are for the caller to add.
func (p *passage) append(q *passage, at int32) {
	for _, r := range q.pieces {
		p.pieces = append(p.pieces, piece{r.start + at, r.end + at, r.span})
	}
	for _, t := range q.tokens {
		t.start, t.end = t.start+at, t.end+at
		p.tokens = append(p.tokens, t)
	}
}

// spans returns the spans of flat[from:to].
func (p *passage) spans(from, to int32) []policy.Span {
	var out []policy.Span
	for _, q := range p.pieces[p.pieceAt(from):] {
		if q.start >= to {
			break
		}
		s := q.span
		if s.Text != "" {
			s.Text = p.flat[max(q.start, from):min(q.end, to)]
		}
		out = append(out, s)
	}
	return out
}
