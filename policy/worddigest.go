package policy

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// wordDigest tells texts apart whose words, numbers, lists, tables, headings or
// links differ. Emphasis, white space, wrapping, heading levels and the marks
// that make a list are form: a commit that changes nothing else starts no
// version. It is made of what appendWords writes down of the blocks, in parts.
func wordDigest(parts iter.Seq[[]byte]) string {
	sum := sha256.New()
	for part := range parts {
		sum.Write(part)
	}
	return base64.RawStdEncoding.EncodeToString(sum.Sum(nil)[:16])
}

// appendWords writes down what counts of blocks.
func appendWords(text []byte, blocks []Block) []byte {
	size := 0
	for i := range blocks {
		for _, s := range blocks[i].Spans {
			size += len(s.Text) + len(s.Link) + 16
		}
	}
	text = slices.Grow(text, size)
	for i := range blocks {
		if b := &blocks[i]; b.Kind != Rule {
			text = appendBlock(text, b)
		}
	}
	return text
}

// appendBlock writes down what counts of a block; NUL ends each part.
func appendBlock(text []byte, b *Block) []byte {
	switch b.Kind {
	case Heading:
		text = append(text, "heading\x00"...)
	case Code:
		text = append(text, "code\x00"...)
		return append(append(text, b.Text()...), 0)
	}
	for _, c := range b.Path {
		switch c.Kind {
		case Item:
			text = append(append(append(text, "item "...), c.Number...), 0)
		case HeadCell, Cell:
			text = append(text, "cell\x00"...)
		}
	}
	from := len(text)
	for i := range b.Spans {
		text = append(text, b.Spans[i].Text...)
	}
	text = spaceOnce(text, from)
	for _, s := range b.Spans {
		if s.Link != "" {
			text = append(append(append(text, 0), "link "...), linkTarget(s.Link)...)
		}
	}
	return append(text, 0)
}

// spaceOnce leaves one space after each word from a place on.
func spaceOnce(text []byte, from int) []byte {
	if spacedPlainly(text[from:]) {
		return append(text, ' ')
	}
	words := string(text[from:])
	text = text[:from]
	for word := range strings.FieldsSeq(words) {
		text = append(append(text, word...), ' ')
	}
	return text
}

// spacedPlainly reports whether nothing but single spaces is between words:
// then they need not be told apart one by one.
func spacedPlainly(words []byte) bool {
	if plainASCII(words) {
		return !bytes.Contains(words, []byte("  ")) && words[0] != ' ' && words[len(words)-1] != ' '
	}
	last := byte(' ')
	for i, c := range words {
		if c <= ' ' && (c != ' ' || last == ' ') || c >= 0xC2 && c <= 0xE3 && beginsSpace(words[i:]) {
			return false
		}
		last = c
	}
	return last != ' '
}

// plainASCII reports whether there are bytes, and all are letters, marks or spaces
// of ASCII, eight at a time.
func plainASCII(words []byte) bool {
	const low, high = 0x2020202020202020, 0x8080808080808080
	rest := words
	for ; len(rest) >= 8; rest = rest[8:] {
		if x := binary.NativeEndian.Uint64(rest); (x|(x-low))&high != 0 {
			return false
		}
	}
	for _, c := range rest {
		if c < ' ' || c >= utf8.RuneSelf {
			return false
		}
	}
	return len(words) > 0
}

// beginsSpace reports whether a character of several bytes is white space; all
// of these begin with a byte from 0xC2 to 0xE3.
func beginsSpace(words []byte) bool {
	r, _ := utf8.DecodeRune(words)
	return unicode.IsSpace(r)
}

// linkTarget leaves out what a link carries besides the page that it leads to:
// tracking parameters and places on the page.
func linkTarget(link string) string {
	if end := strings.IndexAny(link, "?#"); end >= 0 {
		return link[:end]
	}
	return link
}
