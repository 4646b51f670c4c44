package lexicon_test

import (
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/codicil/codicil/policy/materiality/lexicon"
)

// What is read of a sentence is in it, in order, and is the same each time.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{"", "trente (30) jours", "三十日 ３０日", "1.000,50 €", "20% ٩٠ يوما", "l'", "'", "a@b", "0", "²", "一万亿", "#-", "quatre-vingt-", "５-", "۱٬۲۳۴"} {
		f.Add(seed)
	}
	all := lexicon.All()
	f.Fuzz(func(t *testing.T, text string) {
		for _, l := range all {
			checkTokens(t, l, text)
		}
		lexicon.Tell(text, "fr")
	})
}

func checkTokens(t testing.TB, l *lexicon.Language, text string) {
	t.Helper()
	end := 0
	for _, token := range l.Read(text) {
		if token.Start < end || token.End <= token.Start || token.End > len(text) {
			t.Fatalf("%s: %q: token %+v after byte %d", l.Code, text, token, end)
		}
		if utf8.ValidString(text) && !utf8.ValidString(text[token.Start:token.End]) {
			t.Fatalf("%s: %q: token %+v cuts a character", l.Code, text, token)
		}
		end = token.End
	}
}

// A number says the same in every script that has digits.
func TestDigitsOfAScriptSayTheSameNumber(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.StringMatching(`[1-9][0-9]{0,3}`).Draw(t, "number")
		zero := rapid.SampledFrom([]rune{'٠', '۰', '०', '๐', '０', '০'}).Draw(t, "zero")
		other := make([]rune, len(n))
		for i := range n {
			other[i] = zero + rune(n[i]-'0')
		}
		if got := lexicon.Digits(string(other)); got != n {
			t.Fatalf("%q is %q, want %q", string(other), got, n)
		}
		l := lexicon.Tell("", "")
		a, b := l.Read(n+" %"), l.Read(string(other)+" %")
		if len(a) != 1 || len(b) != 1 || a[0].Key != b[0].Key {
			t.Fatalf("%v and %v", a, b)
		}
	})
}
