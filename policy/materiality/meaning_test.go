package materiality

import "testing"

func TestWordsThatStandAmongTheSameWordsPointTheSameWay(t *testing.T) {
	t.Parallel()
	means := func(text string) *meaning { return meaningOf(newSentence(text, words(text), nil).tokens()) }
	near := func(a, b string) (sum float64) {
		x, y := means(a), means(b)
		for axis := range x {
			sum += x[axis] * y[axis]
		}
		return sum
	}
	for _, c := range [][3]string{ // the first is nearer to the second than to the third
		{"arbitration", "lawsuit", "cookie"},
		{"advertising", "marketing", "court"},
		{"refund", "payment", "harassment"},
		{"erase", "delete", "indemnify"},
	} {
		if near(c[0], c[1]) <= near(c[0], c[2]) {
			t.Errorf("%s: %s is %.2f near, %s %.2f", c[0], c[1], near(c[0], c[1]), c[2], near(c[0], c[2]))
		}
	}
	if got := near("a court", "a court"); got < 0.999 || got > 1.001 {
		t.Errorf("a direction has the length %.3f", got)
	}
	if means("zxqv 12") != nil {
		t.Error("an unknown word and a number point somewhere")
	}
}
