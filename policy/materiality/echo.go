package materiality

// echoes tell whether something is said on the other side too, in other words: they
// hold the sentences of both sides by their rare words.
type echoes struct {
	asked     []bool // of which stems it matters who holds them: those of the changed sentences
	both      holders
	old, new  holders
	sentences int     // of all these
	shared    []int32 // words that each of them shares with the one at hand; else 0
}

// holders are the sentences that hold a word, by the number of its stem.
type holders [][]int32

// commonWord is how many sentences may hold a word by which sentences are found.
const commonWord = 40

// echo returns the greatest share of the words of a sentence that one sentence
// of the other side has: of the old side for a new sentence.
func (t *texts) echo(s *sentence, new bool) float64 {
	stems := t.memory.stemsOf(s.reading)
	if len(stems) < 3 {
		return 0
	}
	e := t.echoing()
	other := e.new
	if new {
		other = e.old
	}
	most := int32(0)
	for _, n := range stems {
		if len(e.both[n])+len(other[n]) > commonWord {
			continue
		}
		most = max(most, e.share(e.both[n]), e.share(other[n]))
	}
	for _, n := range stems {
		e.forget(e.both[n])
		e.forget(other[n])
	}
	return min(1, float64(most)/float64(len(stems)))
}

// share counts one more word that sentences share, and returns the most that one does.
func (e *echoes) share(list []int32) (most int32) {
	for _, k := range list {
		e.shared[k]++
		most = max(most, e.shared[k])
	}
	return most
}

func (e *echoes) forget(list []int32) {
	for _, k := range list {
		e.shared[k] = 0
	}
}

// echoing indexes both sides, once.
func (t *texts) echoing() *echoes {
	if t.echoes != nil {
		return t.echoes
	}
	e := &echoes{}
	t.echoes = e
	for _, new := range []bool{false, true} {
		for _, s := range t.side(new) {
			e.ask(t.memory.stemsOf(s.reading))
		}
	}
	e.both, e.old, e.new = make(holders, len(e.asked)), make(holders, len(e.asked)), make(holders, len(e.asked))
	for _, list := range t.unchanged() {
		e.add(e.both, list, t.memory)
	}
	e.add(e.old, t.side(false), t.memory)
	e.add(e.new, t.side(true), t.memory)
	e.shared = make([]int32, e.sentences)
	return e
}

// ask notes that it can be asked who holds these stems.
func (e *echoes) ask(stems []int32) {
	for _, n := range stems {
		for int(n) >= len(e.asked) {
			e.asked = append(e.asked, false)
		}
		e.asked[n] = true
	}
}

// add notes which stems sentences hold, each once.
func (e *echoes) add(to holders, list []*sentence, m *Memory) {
	for _, s := range list {
		k := int32(e.sentences)
		e.sentences++
		for _, n := range m.stemsOf(s.reading) {
			if int(n) >= len(e.asked) || !e.asked[n] {
				continue
			}
			if held := to[n]; len(held) == 0 || held[len(held)-1] != k {
				to[n] = append(held, k)
			}
		}
	}
}
