package repair

import (
	"testing"

	"github.com/codicil/codicil/policy"
)

// TestWordsThatAreStruckThroughAreAFault: once a paragraph, by either way to write it.
func TestWordsThatAreStruckThroughAreAFault(t *testing.T) {
	for text, want := range map[string]int{
		"We never sell it.":                      0,
		"~~We never sell it.~~":                  1,
		"We ~~never~~ sell ~~it~~.":              1,
		"- <del>We never sell it.</del>\n- More": 1,
		"| a |\n|---|\n| ~~30~~ 90 days |":       1,
		"`~~code~~` and \\~~tildes\\~~":          0,
	} {
		src := []byte("# Use\n\n" + text + "\n")
		d, err := policy.Parse("a.md", src)
		if err != nil {
			t.Fatal(err)
		}
		got := 0
		for _, found := range Lint(d, src) {
			if found.Rule == "struck-through" && found.Level == policy.Error && found.Line >= 3 {
				got++
			}
		}
		if got != want {
			t.Errorf("%q: %d faults, want %d", text, got, want)
		}
	}
}
