// Package numeral writes and reads the numbers that lists and clauses bear in
// letters of Rome and in Chinese characters. It exists so that what Word shows
// and what a text is numbered by are the same numbers.
package numeral

import (
	"strings"
	"unicode/utf8"
)

// MaxRoman is the highest number that is written in Roman letters.
const MaxRoman = 3999

// Roman writes 1 to MaxRoman as I to MMMCMXCIX; nothing for other numbers.
func Roman(n int) string {
	if n < 1 || n > MaxRoman {
		return ""
	}
	var b strings.Builder
	for _, step := range []struct {
		value int
		text  string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= step.value; n -= step.value {
			b.WriteString(step.text)
		}
	}
	return b.String()
}

// RomanValue returns the value of a Roman number below 400 in its one right
// spelling, in capitals; else 0. Higher ones number no clause, and their letters
// begin words.
func RomanValue(s string) int {
	values := map[byte]int{'I': 1, 'V': 5, 'X': 10, 'L': 50, 'C': 100}
	sum := 0
	for i := range len(s) {
		v := values[s[i]]
		if i+1 < len(s) && v < values[s[i+1]] {
			v = -v
		}
		sum += v
	}
	if sum <= 0 || Roman(sum) != s {
		return 0
	}
	return sum
}

const hanDigits = "一二三四五六七八九"

// Han writes 1 to 99 as 一 to 九十九; nothing for other numbers.
func Han(n int) string {
	digits := []rune(hanDigits)
	if n < 1 || n > 99 {
		return ""
	}
	s := ""
	if n >= 20 {
		s = string(digits[n/10-1])
	}
	if n >= 10 {
		s += "十"
	}
	if n%10 > 0 {
		s += string(digits[n%10-1])
	}
	return s
}

// HanValue returns the value of a Chinese number below 100, 一十二 for 十二 among
// them; else 0.
func HanValue(s string) int {
	sum := 0
	if tens, ones, found := strings.Cut(s, "十"); found {
		sum, s = 10, ones
		if tens != "" {
			sum = 10 * hanDigit(tens)
		}
	}
	if s != "" {
		sum += hanDigit(s)
	}
	if sum <= 0 || sum > 99 {
		return 0
	}
	return sum
}

// hanDigit returns the value of one character; far below nothing for another.
func hanDigit(s string) int {
	if at := strings.Index(hanDigits, s); at >= 0 && utf8.RuneCountInString(s) == 1 {
		return at/3 + 1
	}
	return -1000
}
