package policy

import (
	"strings"
	"testing"
)

func TestWordsAreWrittenDownWithOneSpaceAfterEach(t *testing.T) {
	t.Parallel()
	for _, words := range []string{"", " ", "one", "one two", " one", "one ", "one  two", "one\ntwo", "one\u00a0two", "one\u3000two", "don’t", "\xff \xff"} {
		want := ""
		for _, word := range strings.Fields(words) {
			want += word + " "
		}
		if got := string(spaceOnce([]byte(words), 0)); got != want {
			t.Errorf("%q became %q, want %q", words, got, want)
		}
	}
}
