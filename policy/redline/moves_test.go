package redline_test

import (
	"strings"
	"testing"
	"unicode"

	"github.com/codicil/codicil/policy"
	"github.com/codicil/codicil/policy/redline"
)

// places are the words of a move where they were and where they are.
type places struct{ old, now string }

// moves collects the words of all moves by their number.
func moves(r *redline.Redline) map[int]*places {
	out := make(map[int]*places)
	at := func(n int) *places {
		if out[n] == nil {
			out[n] = &places{}
		}
		return out[n]
	}
	for _, row := range r.Rows {
		if row.Move != 0 && row.Old != nil {
			at(row.Move).old = row.Old.Text()
		}
		if row.Move != 0 && row.New != nil {
			at(row.Move).now = row.New.Text()
		}
		for _, e := range row.Edits {
			switch {
			case e.Move == 0:
			case e.Op == redline.Delete:
				at(e.Move).old = e.Text()
			default:
				at(e.Move).now = e.Text()
			}
		}
	}
	return out
}

// bag counts words; an ideograph or kana is one, as no space divides them.
func bag(text string) (map[string]int, int) {
	var apart strings.Builder
	for _, r := range text {
		if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) {
			apart.WriteString(" " + string(r) + " ")
		} else {
			apart.WriteRune(r)
		}
	}
	words := strings.FieldsFunc(apart.String(), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) })
	out := make(map[string]int)
	for _, w := range words {
		out[w]++
	}
	return out, len(words)
}

// shared is the share of their words that two texts have in common.
func shared(a, b string) float64 {
	x, n := bag(a)
	y, m := bag(b)
	if n+m == 0 {
		return 1
	}
	common := 0
	for w, k := range x {
		common += min(k, y[w])
	}
	return 2 * float64(common) / float64(n+m)
}

// checkPrecision fails where a mark says that words moved which are not
// at both places. Below 0.8 a reader would not call them the same words; the
// margin is for words that are counted otherwise here.
func checkPrecision(t testing.TB, r *redline.Redline) {
	t.Helper()
	for n, p := range moves(r) {
		if s := shared(p.old, p.now); s < 0.75 {
			t.Errorf("move %d shares %.2f of its words:\n%q\n%q", n, s, p.old, p.now)
		}
		if _, n := bag(p.old); n < 8 && n > 0 && strings.Join(strings.Fields(p.old), " ") != strings.Join(strings.Fields(p.now), " ") && shared(p.old, p.now) < 1 {
			t.Errorf("a move of few words changed: %q, %q", p.old, p.now)
		}
	}
}

func TestWhatIsShownAsMovedStandsAtBothPlaces(t *testing.T) {
	for _, p := range corpus(t) {
		checkPrecision(t, redline.Compare(p[0], p[1]))
		checkPrecision(t, redline.Compare(p[1], p[0]))
	}
}

func TestFewCommonWordsAreNotShownAsMoved(t *testing.T) {
	const one = "We keep your data for as long as you have an account and delete it within thirty days of your asking us to."
	r := redline.Compare(parse(t, one+"\n\nEnd."), parse(t, one[:60]+" of time that our lawyers find right.\n\nwithin thirty days of\n\nEnd."))
	checkLaws(t, r)
	if n := len(moves(r)); n > 0 {
		t.Errorf("%d moves", n)
	}
}

func TestTheItemsOfASplitSentenceAreShownAsMoved(t *testing.T) {
	r := redline.Compare(parse(t, "We collect your full legal name; your postal home address; the make of your device."),
		parse(t, "We collect\n\n- your full legal name\n- your postal home address\n- the make of your device"))
	checkLaws(t, r)
	checkPrecision(t, r)
	if n := len(moves(r)); n != 3 {
		t.Errorf("%d moves: %s", n, told(r))
	}
}

// table moves its first row to the end when the middle cell is 99.
func table(a, b, c string) string {
	rows := []string{"| " + a + " | " + b + " | " + c + " |", "| an account with a name and an address of its own | x | y |", "| a log of each visit with the time and the page | v | w |"}
	if b == "99" {
		rows = append(rows[1:], rows[0])
	}
	return "| what | sum | where |\n|---|---|---|\n" + strings.Join(rows, "\n")
}

func TestAReplacedCellOfAMovedRowIsNoMove(t *testing.T) {
	r := redline.Compare(parse(t, table("kept for our own records and audits by the board", "10", "sent to the bank")),
		parse(t, table("kept for our own records and audits by the board", "99", "sent to the bank")))
	var kinds []string
	for _, c := range r.Changes() {
		kinds = append(kinds, string(c.Kind))
	}
	if got := strings.Join(kinds, " "); got != "removed moved added moved" {
		t.Errorf("changes: %s", got)
	}
}

func TestARowIsNotTakenForOneOfFewerCells(t *testing.T) {
	cells := func(parts ...string) *policy.Document {
		table, row := &policy.Container{Kind: policy.Table}, &policy.Container{Kind: policy.Row}
		d := &policy.Document{}
		for _, p := range parts {
			d.Blocks = append(d.Blocks, policy.Block{Kind: policy.Text, Path: []*policy.Container{table, row, {Kind: policy.Cell}}, Spans: []policy.Span{{Text: p}}})
		}
		return d
	}
	checkLaws(t, redline.Compare(cells("a\tb", "c"), cells("a", "b", "c")))
}

func TestAParagraphSplitIntoAnotherOrderIsCompared(t *testing.T) {
	r, _ := changed(t, "big boats from the -By order of captain, tickets at the north harbour",
		"By order of captain, shown\n\ntickets at the north harbour ;\n\nleave big boats from the")
	if got, want := told(r), "edited: [-big boats from the --]By order of captain,[--]{+shown\n+}tickets at the north harbour{+;+}\nadded: leave big boats from the"; normal(got) != normal(want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// normal leaves no spaces, which are on either side of a border.
func normal(s string) string { return strings.ReplaceAll(s, " ", "") }
