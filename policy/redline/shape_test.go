package redline_test

import (
	"strings"
	"testing"

	"github.com/codicil/codicil/policy/redline"
)

// What becomes an item of a list, or a cell, is another shape with the same words.
func TestAParagraphThatBecameAnItemIsComparedWordByWord(t *testing.T) {
	t.Parallel()
	const words = "You bring the bicycle back to the desk at which you took it by noon on Monday."
	edited := strings.Replace(words, "noon", "six", 1)
	for name, now := range map[string]string{"an item": "- " + edited + "\n", "a quotation": "> " + edited + "\n", "a heading": "## " + edited + "\n"} {
		r := redline.Compare(parse(t, words+"\n"), parse(t, now))
		changes := r.Changes()
		if len(changes) != 1 || changes[0].Kind == redline.Added || changes[0].Kind == redline.Removed {
			t.Errorf("%s: %d changes: %s", name, len(changes), told(r))
		}
		checkLaws(t, r)
	}
}

// From which likeness on two blocks are the same one, edited, decides what is
// shown as moved. A long clause that kept four fifths of its words has moved; one
// that kept less came anew.
func TestAClauseThatMovedIsKnownByFourFifthsOfItsWords(t *testing.T) {
	t.Parallel()
	const clause = "riders return every bicycle helmet lock basket pump light bell mirror saddle stand cable hook chain cover trailer seat strap"
	words := strings.Fields(clause)
	between := "The desk opens at nine on every day of the week.\n\nChildren ride with a grown person beside them.\n\nPrices are listed on the board behind the desk.\n"
	for replaced, want := range map[int]bool{0: true, 2: true, 6: false} {
		now := append([]string{}, words...)
		for i := range replaced {
			now[3*i+1] = "other" + string(rune('a'+i))
		}
		r := redline.Compare(parse(t, clause+".\n\n"+between), parse(t, between+"\n"+strings.Join(now, " ")+".\n"))
		moved := len(moves(r)) > 0
		if moved != want {
			t.Errorf("with %d of %d words replaced, moved is %v: %s", replaced, len(words), moved, told(r))
		}
	}
}
