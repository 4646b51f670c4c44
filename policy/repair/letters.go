package repair

import "regexp"

// lettersCite is a letter that a text cites: "paragraph (c)", "items (a) and (b)
// of section 4".
type lettersCite struct {
	cite
	of string // the number of the section that is behind it, if one does
}

const lettersJoined = `(?:\s*(?:,\s*(?:and|or)|,|and|or|to|through|–|-)\s*\([a-z]{1,4}\))*`

var (
	lettersCited = regexp.MustCompile(`\b(?:(?i:paragraph|clause|item|point|letter|sub-?(?:section|clause|paragraph))s?)[\s\x{a0}]+(\([a-z]{1,4}\)` + lettersJoined + `)` +
		`(?:[\s\x{a0}]+(?:of|in|under)[\s\x{a0}]+(?i:section|clause|paragraph|article)[\s\x{a0}]+(` + citedNumber + `))?`)
	oneLetter = regexp.MustCompile(`\(([a-z]{1,4})\)`)
)

// citedLetters finds the letters that a text cites of itself.
func citedLetters(text string) []lettersCite {
	var found []lettersCite
	for _, m := range lettersCited.FindAllStringSubmatchIndex(text, -1) {
		if outward(text[:m[0]], text[m[1]:]) {
			continue
		}
		of := ""
		if m[4] >= 0 {
			of = text[m[4]:m[5]]
		}
		for _, n := range oneLetter.FindAllStringSubmatchIndex(text[m[2]:m[3]], -1) {
			at, end := m[2]+n[2], m[2]+n[3]
			found = append(found, lettersCite{cite{at, end, text[at:end], "paragraph"}, of})
		}
	}
	return found
}
