package repair

import (
	"slices"
	"testing"

	"github.com/codicil/codicil/policy"
)

func TestHiddenTurnsOfDirectionAreNamed(t *testing.T) {
	tests := []struct {
		name, text string
		want       []int // columns
	}{
		{"an override", "You may leave within \u202e14\u202c days.", []int{22}},
		{"an isolate among Latin words", "Pay \u20665\u2069 euros.", []int{5}},
		{"an isolate among Hebrew words", "\u05e9\u05dc\u05d5\u05dd \u2066Example\u2069 \u05e2\u05d5\u05dc\u05dd", nil},
		{"an override among Hebrew words", "\u05e9\u05dc\u05d5\u05dd \u202dabc\u202c", []int{6}},
		{"a mark that only says where a word stands", "\u05e9\u05dc\u05d5\u05dd\u200f!", nil},
		{"joined letters", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			src := []byte("# Use\n\n" + test.text + "\n")
			d, err := policy.Parse("a.md", src)
			if err != nil {
				t.Fatal(err)
			}
			var got []int
			for _, found := range Lint(d, src) {
				if found.Rule == "hidden-direction" {
					got = append(got, found.Column)
				}
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("columns %v, want %v", got, test.want)
			}
		})
	}
}
