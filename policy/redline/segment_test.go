package redline

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/words"
	"pgregory.net/rapid"
)

// segments lists what a segmenter cuts, and standard what uax29 does, plain
// spaces apart.
func segments(text string) []string {
	var out []string
	for s := (segmenter{text: text}); ; {
		from, to, ok := s.next()
		if !ok {
			return out
		}
		if w := text[from:to]; tells(w) {
			out = append(out, strings.TrimLeft(w, " "))
		}
	}
}

func standard(text string) []string {
	var out []string
	for it := words.FromString(text); it.Next(); {
		if w := it.Value(); tells(w) {
			out = append(out, strings.TrimLeft(w, " "))
		}
	}
	return out
}

// tells reports whether a segment is more than space.
func tells(segment string) bool {
	return strings.TrimSpace(segment) != "" || strings.Contains(segment, "\n")
}

func TestSegmentsAreThoseOfTheStandard(t *testing.T) {
	ascii := rapid.StringOf(rapid.RuneFrom([]rune("aZ09_:.,;'\"-()/ \t\n\r\v\f\x00@")))
	mixed := rapid.StringOf(rapid.RuneFrom([]rune("ab1 _.,:'’“”—é\u0301\u200d\u00a0\u202f\u3000我们データ한국שלום🇩🇪👩")))
	rapid.Check(t, func(t *rapid.T) {
		for _, text := range []string{ascii.Draw(t, "ascii"), mixed.Draw(t, "mixed")} {
			if got, want := segments(text), standard(text); !slices.Equal(got, want) {
				t.Fatalf("%q: cut into %q, want %q", text, got, want)
			}
		}
	})
}

func FuzzSegments(f *testing.F) {
	for _, s := range []string{"don't", "1,000.5", "a:b", "x \u0301y", "\r\n", "3rd_party", "don’t 我们 go"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			t.Skip("policy.Parse lets no such text through")
		}
		if got, want := segments(text), standard(text); !slices.Equal(got, want) {
			t.Fatalf("%q: cut into %q, want %q", text, got, want)
		}
	})
}
