package materiality

import "sort"

// passage is a sentence that changed: as it stood and as it stands. One side
// is nil when the sentence came or went.
type passage struct {
	old, new *sentence
	hunks    []hunk
	gone     []change // content that went: words whose like does not stand elsewhere in the sentence
	come     []change
	order    int
}

// change is a changed word, by its index in its sentence.
type change struct {
	at   int
	word *word
}

// place returns where the passage stands now, or stood.
func (p *passage) place() *place {
	if p.new != nil {
		return p.new.place
	}
	return p.old.place
}

// passages pairs the sentences that changed, leaving out what only moved.
func (t *texts) passages() []*passage {
	var list []*passage
	var gone, come []*sentence
	for _, row := range t.rows {
		old, new := leaveEqual(row.old, row.new)
		twins, old, new := pair(old, new, twin)
		pairs, restOld, restNew := pair(t.leave(old, false), t.leave(new, true), sameRow)
		list = append(append(list, twins...), pairs...)
		gone, come = append(gone, restOld...), append(come, restNew...)
	}
	pairs, gone, come := pair(gone, come, anywhere)
	list = append(list, pairs...)
	for _, s := range gone {
		if !t.stays(s.words) {
			list = append(list, &passage{old: s})
		}
	}
	for _, s := range come {
		if !t.stood(s.words) {
			list = append(list, &passage{new: s})
		}
	}
	return list
}

// leaveEqual leaves out the sentences that both sides of a block have.
func leaveEqual(old, new []*sentence) (restOld, restNew []*sentence) {
	if len(old) == 0 || len(new) == 0 {
		return old, new
	}
	count := map[uint64]int{}
	for _, s := range old {
		count[s.letters()]++
	}
	both := map[uint64]int{}
	for _, s := range new {
		if key := s.letters(); count[key] > both[key] {
			both[key]++
			continue
		}
		restNew = append(restNew, s)
	}
	for _, s := range old {
		if key := s.letters(); both[key] > 0 {
			both[key]--
			continue
		}
		restOld = append(restOld, s)
	}
	return restOld, restNew
}

// How alike two sentences must be to count as one that was reworded: within
// one block without a second look, in one block, and anywhere.
const (
	twin     = 0.75
	sameRow  = 0.34
	anywhere = 0.55
)

// pairs bounds how many sentences are compared with each other.
const pairBound = 1 << 16

type candidate struct {
	old, new int
	like     float64
}

// pair finds for each old sentence the new one that it became: the most alike
// first.
func pair(old, new []*sentence, least float64) (pairs []*passage, restOld, restNew []*sentence) {
	if len(old) == 0 || len(new) == 0 || len(old)*len(new) > pairBound {
		return nil, old, new
	}
	var list []candidate
	bags := make([]map[string]int, len(new))
	for j, s := range new {
		bags[j] = bag(s)
	}
	for i, s := range old {
		for j := range new {
			if like := likeness(s, new[j], bags[j]); like >= least {
				list = append(list, candidate{i, j, like})
			}
		}
	}
	sort.SliceStable(list, func(a, b int) bool { return list[a].like > list[b].like })
	usedOld, usedNew := make([]bool, len(old)), make([]bool, len(new))
	for _, c := range list {
		if !usedOld[c.old] && !usedNew[c.new] {
			usedOld[c.old], usedNew[c.new] = true, true
			pairs = append(pairs, &passage{old: old[c.old], new: new[c.new]})
		}
	}
	return pairs, unused(old, usedOld), unused(new, usedNew)
}

func unused(list []*sentence, used []bool) []*sentence {
	var rest []*sentence
	for i, s := range list {
		if !used[i] {
			rest = append(rest, s)
		}
	}
	return rest
}

// bag counts the words of a sentence.
func bag(s *sentence) map[string]int {
	m := make(map[string]int, len(s.words))
	for i := range s.words {
		m[s.words[i].stem]++
	}
	return m
}

// likeness is the share of words that two sentences have in common (Dice),
// words that carry a meaning counting three times.
func likeness(a, b *sentence, bagB map[string]int) float64 {
	if len(a.words) > 4*len(b.words)+8 || len(b.words) > 4*len(a.words)+8 {
		return 0
	}
	seen := make(map[string]int, len(a.words))
	var both, total int
	for i := range a.words {
		w := &a.words[i]
		n := weight(w)
		total += n
		if seen[w.stem]++; seen[w.stem] <= bagB[w.stem] {
			both += 2 * n
		}
	}
	for i := range b.words {
		total += weight(&b.words[i])
	}
	return float64(both) / float64(total)
}

func weight(w *word) int {
	if stopWords[w.stem] {
		return 1
	}
	return 3
}
