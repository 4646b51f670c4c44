package materiality

// echoes are the sentences of one side by their rare words, so that it can be
// asked whether something is said there too, in other words.
type echoes struct {
	holding map[string][]int32
}

// commonWord is how many sentences may hold a word by which sentences are found.
const commonWord = 40

// echo returns the greatest share of the words of a sentence that one sentence
// of the other side has: of the old side for a new sentence.
func (t *texts) echo(s *sentence, new bool) float64 {
	e := t.echoesOf(!new)
	count := map[int32]int{}
	total := 0
	for i := range s.words {
		w := &s.words[i]
		if stopWords[w.stem] || w.kind != plain {
			continue
		}
		total++
		if list := e.holding[w.stem]; len(list) <= commonWord {
			for _, k := range list {
				count[k]++
			}
		}
	}
	if total < 3 {
		return 0
	}
	most := 0
	for _, n := range count {
		most = max(most, n)
	}
	return min(1, float64(most)/float64(total))
}

// echoesOf indexes one side, once.
func (t *texts) echoesOf(new bool) *echoes {
	if e := t.echoes[new]; e != nil {
		return e
	}
	if t.echoes == nil {
		t.echoes = map[bool]*echoes{}
	}
	e := &echoes{holding: t.asked()}
	t.echoes[new] = e
	n := int32(0)
	add := func(list []*sentence) {
		for _, s := range list {
			for i := range s.words {
				e.add(&s.words[i], n)
			}
			n++
		}
	}
	for _, list := range t.unchanged() {
		add(list)
	}
	add(t.side(new))
	return e
}

// asked returns the words that can be asked for, which are those of the changed
// sentences: of the others it need not be known who holds them.
func (t *texts) asked() map[string][]int32 {
	asked := map[string][]int32{}
	for _, new := range []bool{false, true} {
		for _, s := range t.side(new) {
			for i := range s.words {
				if w := &s.words[i]; w.kind == plain && !stopWords[w.stem] {
					asked[w.stem] = nil
				}
			}
		}
	}
	return asked
}

// add notes that a sentence holds a word, once.
func (e *echoes) add(w *word, sentence int32) {
	if w.kind != plain {
		return
	}
	list, ok := e.holding[w.stem]
	if !ok || len(list) > 0 && list[len(list)-1] == sentence {
		return
	}
	e.holding[w.stem] = append(list, sentence)
}
