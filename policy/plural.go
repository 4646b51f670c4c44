package policy

import "strconv"

// Plural writes how many there are of something: 1 version, 2 versions.
func Plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}
