package docx

import "testing"

// Numbers are written as Word shows them; of a format that is not known, in digits,
// and that is said.
func TestNumbersAreWrittenInTheFormatsOfWord(t *testing.T) {
	for format, want := range map[string][3]string{ // of 4, 12 and 27; with a ? where it is not known
		"decimal": {"4", "12", "27"}, "decimalHalfWidth": {"4", "12", "27"}, "decimalZero": {"04", "12", "27"}, "ordinal": {"4th", "12th", "27th"},
		"lowerLetter": {"d", "l", "aa"}, "upperLetter": {"D", "L", "AA"}, "lowerRoman": {"iv", "xii", "xxvii"}, "upperRoman": {"IV", "XII", "XXVII"},
		"chineseCounting": {"四", "十二", "二十七"}, "decimalEnclosedCircle": {"④", "⑫", "27?"}, "decimalEnclosedParen": {"⑷", "⑿", "27?"},
		"decimalEnclosedFullstop": {"⒋", "⒓", "27?"}, "none": {"", "", ""}, "hebrew1": {"4?", "12?", "27?"},
	} {
		for i, n := range []int{4, 12, 27} {
			got, known := formatNumber(format, n)
			if !known {
				got += "?"
			}
			if got != want[i] {
				t.Errorf("%d as %s is %q, want %q", n, format, got, want[i])
			}
		}
	}
	if got, known := formatNumber("decimalEnclosedCircle", 20); got != "⑳" || !known {
		t.Errorf("20 in a circle is %q", got)
	}
	if got, known := formatNumber("decimalEnclosedCircle", 0); got != "0" || known {
		t.Errorf("0 in a circle is %q", got)
	}
}

// The boxes, ticks, dashes and signs of Word's symbol fonts come in as what readers
// saw. The codes are those of the fonts' own tables.
func TestSignsOfSymbolFontsAreReadAsTheyLook(t *testing.T) {
	for font, signs := range map[string]map[rune]rune{
		"Wingdings":   {0x6F: '☐', 0x78: '☒', 0xFE: '☑', 0xFC: '✓', 0xFB: '✗', 0xA7: '▪', 0x6C: '●', 0xD8: '➢', 0xE0: '→', 0xDF: '←', 0x2A: '✉', 0x28: '☎'},
		"Wingdings 2": {0x50: '✓', 0x4F: '✗', 0x52: '☑', 0x53: '☒', 0xA3: '☐'},
		"Symbol":      {0xB7: '•', 0xA3: '≤', 0xB3: '≥', 0xB1: '±', 0xB4: '×', 0xA5: '∞', 0xB0: '°', 0xAE: '→', 0xD3: '©', 0xD2: '®', 0xD4: '™', 0xA0: '€', 0xB9: '≠', 0xE5: '∑', 0x61: 'α', 0x57: 'Ω'},
		"Wingdings 9": {0x01: 0}, "Calibri": {0x41: 'A', 0xB7: '·'}, // a font of letters
	} {
		for code, want := range signs {
			if got := signOf(font, code); got != want {
				t.Errorf("%#x of %s is %q, want %q", code, font, got, want)
			}
		}
	}
}
