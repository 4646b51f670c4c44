package notify

import (
	"regexp"
	"strings"
)

// Cell keeps a spreadsheet from taking the words of a cell for a formula: what
// people write of themselves ends in a list that others open in one.
func Cell(words string) string {
	if formula.MatchString(words) {
		return "'" + words
	}
	return words
}

// Uncell returns the words of a cell that Cell wrote.
func Uncell(cell string) string {
	if rest, marked := strings.CutPrefix(cell, "'"); marked && formula.MatchString(rest) {
		return rest
	}
	return cell
}

// formula is what a spreadsheet may take for one, also in the wide letters of East
// Asia, with the marks before it that Cell would not be known by otherwise.
var formula = regexp.MustCompile(`^'*[=+\-@\t\r\n＝＋－＠]`)
