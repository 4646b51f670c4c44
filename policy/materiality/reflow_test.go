package materiality

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/codicil/codicil/policy"
)

// TestSettledBlocksAreThoseBetweenSharedCuts holds what is settled against all letters
// of both texts written behind each other, on small texts of few letters, for which
// blocks are cut at all places.
func TestSettledBlocksAreThoseBetweenSharedCuts(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	settled := 0
	for range 3000 {
		letters := some(r, 9)
		old, new := parsed(t, cutText(r, letters)), parsed(t, cutText(r, letters+some(r, 1)))
		if r.IntN(2) == 0 {
			old, new = new, old
		}
		a, b := surround(old, nil), surround(new, nil)
		x, y := &lettered{page: a}, &lettered{page: b}
		headA, headB := common(x, y)
		tailA, tailB := common(x.back(), y.back())
		want := plainlySettled(a, b)
		for _, p := range []struct {
			*page
			head, tail int
		}{{a, headA, tailA}, {b, headB, tailB}} {
			for i := range p.blocks {
				k := &p.blocks[i]
				if got := p.settled(k, p.head, p.tail); got != want[k.Block] {
					t.Fatalf("block %d of %q beside %q: %v", i, linesOf(a), linesOf(b), got)
				}
				if want[k.Block] {
					settled++
				}
			}
		}
	}
	if settled < 1000 {
		t.Errorf("only %d blocks are settled", settled)
	}
}

func some(r *rand.Rand, most int) string {
	var s strings.Builder
	for range r.IntN(most + 1) {
		s.WriteByte("aab"[r.IntN(3)])
	}
	return s.String()
}

// cutText writes letters as paragraphs, items and cells, one of them now and then
// another one, and some blocks of marks alone.
func cutText(r *rand.Rand, letters string) string {
	var s strings.Builder
	for len(letters) > 0 {
		n := 1 + r.IntN(min(3, len(letters)))
		block := letters[:n]
		letters = letters[n:]
		switch r.IntN(12) {
		case 0:
			s.WriteString("| " + block + " | x |\n|---|---|\n| a | b |\n\n")
		case 1:
			s.WriteString("- " + block + "\n\n")
		case 2:
			s.WriteString(block + "\n\n\\*\n\n")
		case 3:
			s.WriteString(block + "b\n\n")
		default:
			s.WriteString(block + "\n\n")
		}
	}
	return s.String()
}

func parsed(t *testing.T, text string) *policy.Document {
	t.Helper()
	d, err := policy.Parse("a.md", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// plainlySettled finds the blocks that lie before the last cut that both sides share up
// to the first letter that differs, or behind the first one from the last that does.
func plainlySettled(a, b *page) map[*policy.Block]bool {
	type laid struct {
		letters []rune
		at      map[*policy.Block][2]int
	}
	lay := func(p *page) laid {
		l := laid{at: map[*policy.Block][2]int{}}
		for i := range p.blocks {
			k := p.blocks[i].Block
			from := len(l.letters)
			l.letters = appendLetters(l.letters, itemNumber(k)+p.blocks[i].text)
			if !isCell(k) {
				l.at[k] = [2]int{from, len(l.letters)}
			}
		}
		return l
	}
	x, y := lay(a), lay(b)
	shared := func(place func(l laid, at [2]int) int, limit int) (last int) {
		for _, i := range x.at {
			for _, k := range y.at {
				if n := place(x, i); n == place(y, k) && n <= limit {
					last = max(last, n)
				}
			}
		}
		return last
	}
	head := commonHead(x.letters, y.letters)
	tail := 0
	for tail < min(len(x.letters), len(y.letters))-head && x.letters[len(x.letters)-1-tail] == y.letters[len(y.letters)-1-tail] {
		tail++
	}
	head = shared(func(_ laid, at [2]int) int { return at[1] }, head)
	tail = shared(func(l laid, at [2]int) int { return len(l.letters) - at[0] }, tail)
	settled := map[*policy.Block]bool{}
	for _, l := range []laid{x, y} {
		for k, at := range l.at {
			settled[k] = at[1] <= head || at[0] >= len(l.letters)-tail
		}
	}
	return settled
}

func linesOf(p *page) (lines []string) {
	for i := range p.blocks {
		lines = append(lines, p.blocks[i].text)
	}
	return lines
}
