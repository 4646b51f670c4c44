package materiality

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func norms(text string) string {
	var list []string
	for _, w := range words(text) {
		list = append(list, w.norm)
	}
	return strings.Join(list, " ")
}

func TestWordsAreToldApart(t *testing.T) {
	for text, want := range map[string]string{
		"We don't, can't and won't.":             "we do not can not and will not",
		"It’s the user’s choice":                 "it the user choice",
		"Pay $1,000.50 (or 5%)":                  "pay $1,000.50 or 5%",
		"Write to help@example.com today":        "write to help@example.com today",
		"See https://example.com/a?b=c for more": "see https://example.com/a?b=c for more",
		"We recognise colour and labour":         "we recognize color and labor",
		"{% if a %}We pay{% endif %} <b>you</b>": "we pay you",
		"我们付款":                                   "我 们 付 款",
		"":                                       "",
		"— … !":                                  "",
	} {
		if got := norms(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestStemsGiveTheFormsOfAWordOneName(t *testing.T) {
	for _, same := range []string{
		"share shares shared sharing", "policy policies", "delete deletes deleted deleting", "sell sold selling", "pay paid paying", "transfer transferred transferring",
		"utilize use used using", "guard protect protected safeguard", "solve resolve resolved", "must shall", "may can", "website site", "inform tell told",
	} {
		list := strings.Fields(same)
		for _, w := range list[1:] {
			if stem(spelling(w)) != stem(spelling(list[0])) {
				t.Errorf("%s is %q, %s is %q", list[0], stem(list[0]), w, stem(w))
			}
		}
	}
	for _, apart := range []string{"sell lend", "may must", "keep delete", "remove delete", "public private", "person personal", "use user"} {
		a, b, _ := strings.Cut(apart, " ")
		if stem(a) == stem(b) {
			t.Errorf("%s and %s are both %q", a, b, stem(a))
		}
	}
}

func TestSynonymsStandInOneGroupEach(t *testing.T) {
	for from, to := range synonyms {
		if again, ok := synonyms[to]; ok && again != to {
			t.Errorf("%s is said for %s, and %s for that", to, from, again)
		}
	}
}

func TestWordsKeepTheirPlaceInTheText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		last := 0
		for _, w := range words(text) {
			if w.start < 0 || w.end > len(text) || w.start >= w.end {
				t.Fatalf("%q: word %q at %d to %d", text, w.norm, w.start, w.end)
			}
			if w.start < last {
				t.Fatalf("%q: word %q goes back to %d", text, w.norm, w.start)
			}
			last = w.start
		}
	})
}

func TestSentencesEnd(t *testing.T) {
	tests := []struct {
		text string
		want []string
	}{
		{"We pay. You get it.", []string{"We pay.", "You get it."}},
		{"We pay; you get it.", []string{"We pay;", "you get it."}},
		{"Acme Inc. Pays you.", []string{"Acme Inc. Pays you."}},
		{"It is e.g. This one.", []string{"It is e.g. This one."}},
		{"Is it? Yes! (It is.)", []string{"Is it?", "Yes!", "(It is.)"}},
		{"我们付款。您收到。", []string{"我们付款。", "您收到。"}},
		{"You must (a) pay; (b) obey.", []string{"You must (a) pay;", "obey."}},
		{"It costs 5.50 euros.", []string{"It costs 5.50 euros."}},
		{"", nil},
	}
	for _, test := range tests {
		var got []string
		for _, s := range split(test.text, nil, new(Memory)) {
			got = append(got, s.text)
		}
		if strings.Join(got, "|") != strings.Join(test.want, "|") {
			t.Errorf("%q: %q, want %q", test.text, got, test.want)
		}
	}
}

func TestTypos(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{"recieve", "receive", true}, {"receive", "recieve", true}, {"acces", "access", true}, {"cancelation", "cancellation", true}, {"infromation", "information", true},
		{"lawful", "unlawful", false}, {"share", "sell", false}, {"may", "must", false}, {"delete", "deleted", false}, {"30", "300", false},
		{"serial", "aerial", false}, {"include", "exclude", false}, {"opt", "out", false},
	} {
		if got := isTypo(test.a, test.b); got != test.want {
			t.Errorf("%s and %s: %v", test.a, test.b, got)
		}
	}
}

func TestDistance(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"a", "", 1}, {"dog", "dog", 0}, {"dog", "dig", 1}, {"dog", "dgo", 1}, {"dog", "dogs", 1}, {"abc", "xyz", 3}, {"über", "uber", 1}} {
		if got := distance(test.a, test.b); got != test.want {
			t.Errorf("%q and %q: %d, want %d", test.a, test.b, got, test.want)
		}
		if distance(test.a, test.b) != distance(test.b, test.a) {
			t.Errorf("%q and %q: the way back is longer", test.a, test.b)
		}
	}
}
