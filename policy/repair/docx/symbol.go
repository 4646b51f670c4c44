package docx

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// signsOf are the characters of Word's symbol fonts that texts use, by the low byte
// of their code. The first of a font's name that fits counts; all others have
// nothing but their own letters.
var signsOf = []struct {
	font  string
	signs map[rune]rune
}{
	{"wingdings 2", map[rune]rune{'P': '✓', 'O': '✗', 'R': '☑', 'S': '☒', 0xA3: '☐', 'T': '☒'}},
	{"wingdings", map[rune]rune{
		'J': '☺', 'l': '●', 'n': '■', 'o': '☐', 'q': '☐', 'r': '☐', 'u': '◆', 'v': '❖', 'x': '☒', '(': '☎', '*': '✉', '3': '➢', 0xA7: '▪', 0xA8: '☐', 0xD8: '➢',
		0xDF: '←', 0xE0: '→', 0xE1: '↑', 0xE2: '↓', 0xE8: '➔', 0xF0: '⇨', 0xFB: '✗', 0xFC: '✓', 0xFD: '☒', 0xFE: '☑',
	}},
	{"symbol", map[rune]rune{
		'a': 'α', 'b': 'β', 'g': 'γ', 'd': 'δ', 'e': 'ε', 'l': 'λ', 'm': 'μ', 'p': 'π', 's': 'σ', 'W': 'Ω', 'D': 'Δ', 'S': 'Σ',
		0xA0: '€', 0xA2: '′', 0xA3: '≤', 0xA5: '∞', 0xA7: '♣', 0xAB: '↔', 0xAC: '←', 0xAD: '↑', 0xAE: '→', 0xAF: '↓', 0xB0: '°', 0xB1: '±', 0xB2: '″', 0xB3: '≥',
		0xB4: '×', 0xB7: '•', 0xB8: '÷', 0xB9: '≠', 0xBA: '≡', 0xBB: '≈', 0xBC: '…', 0xD2: '®', 0xD3: '©', 0xD4: '™', 0xD6: '√', 0xDE: '⇒',
		0xE2: '®', 0xE3: '©', 0xE4: '™', 0xE5: '∑',
	}},
}

// private reports whether a character means something in one font only: Word keeps
// those of symbol fonts there.
func private(r rune) bool { return r >= 0xF000 && r <= 0xF0FF }

// symbol writes a character that is named by its font and code.
func (b *body) symbol(font, code string, p *paragraph, l look) {
	n, err := strconv.ParseUint(code, 16, 16)
	if err != nil {
		b.doubt("symbol", fmt.Sprintf("a character of the font %s (code %s) has no plain form and was left out", font, code), words(p.spans))
		return
	}
	l.font = font
	r := rune(n)
	if r <= 0xFF {
		r |= 0xF000 // of the font either way
	}
	b.words(string(r), p, l)
}

// signs writes words that hold characters of a symbol font.
func (b *body) signs(text string, p *paragraph, l look) {
	var plain strings.Builder
	for _, r := range text {
		if !private(r) {
			plain.WriteRune(r)
			continue
		}
		if sign := signOf(l.font, r&0xFF); sign != 0 {
			plain.WriteRune(sign)
			continue
		}
		b.doubt("symbol", fmt.Sprintf("a character of the font %s (code %04X) has no plain form and was left out", l.font, r), words(p.spans))
	}
	if plain.Len() > 0 {
		b.words(plain.String(), p, l)
	}
}

// signOf returns what a character of a font is; 0 where that is not known. In a
// font of letters it is the letter.
func signOf(font string, low rune) rune {
	name := strings.ToLower(font)
	for _, f := range signsOf {
		if strings.HasPrefix(name, f.font) {
			return f.signs[low]
		}
	}
	if strings.Contains(name, "dings") || !unicode.IsPrint(low) {
		return 0
	}
	return low
}
