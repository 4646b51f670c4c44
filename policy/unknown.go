package policy

import (
	"fmt"
	"slices"
	"strings"
)

// maxListed is how many names an error lists.
const maxListed = 12

// Unknown returns the error that there is nothing of a name, with a hint that gives
// the names that there are, and the one that was perhaps meant.
func Unknown(what, name string, known []string) error {
	err := fmt.Errorf("there is no %s %q", what, name)
	if near := Nearest(name, known); near != "" {
		return Hinted(err, fmt.Sprintf("did you mean %q? %s", near, Listed(known)))
	}
	return Hinted(err, Listed(known))
}

// Listed writes a hint that gives the names that there are.
func Listed(known []string) string {
	switch {
	case len(known) == 0:
		return "nothing is published yet: `codicil list` names the drafts"
	case len(known) > maxListed:
		return fmt.Sprintf("there are: %s, and %d more", strings.Join(known[:maxListed], ", "), len(known)-maxListed)
	}
	return "there are: " + strings.Join(known, ", ")
}

// Nearest returns the known name that differs least from name, if it is near
// enough to be a slip.
func Nearest(name string, known []string) string {
	best, least := "", max(2, len(name)/3)+1
	for _, candidate := range known {
		if d := Distance(strings.ToLower(name), strings.ToLower(candidate)); d < least {
			best, least = candidate, d
		}
	}
	return best
}

// Distance is the number of letters to add, drop or change (Levenshtein 1966).
func Distance(a, b string) int {
	from, to := []rune(a), []rune(b)
	row := make([]int, len(to)+1)
	for j := range row {
		row[j] = j
	}
	for i, r := range from {
		diagonal := row[0]
		row[0] = i + 1
		for j, s := range to {
			cost := diagonal
			if r != s {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = slices.Min([]int{cost, row[j] + 1, row[j+1] + 1})
		}
	}
	return row[len(to)]
}
