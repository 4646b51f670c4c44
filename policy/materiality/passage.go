package materiality

import (
	"slices"
	"sort"
)

// passage is a sentence that changed: as it was and as it is. One side
// is nil when the sentence came or went.
type passage struct {
	old, new *sentence
	order    int
	held     *comparison // nil where there is nothing to compare
	limited  bool        // the same words, in which a clause that says who is meant begins or ends so
	rejoined bool        // the sentence was split, or joined with others
	same     bool        // of a rejoined one: in the very same words
	moved    bool        // it says the same, and stands under another lead-in
}

// place returns where the passage is now, or was.
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
	list = append(list, t.limits()...)
	rows := t.leaveRejoined(&list)
	for _, row := range rows {
		old, new := leaveEqual(row.old, row.new)
		twins, old, new := pair(old, new, twin)
		pairs, restOld, restNew := pair(t.leave(old, false), t.leave(new, true), sameRow)
		list = append(append(list, twins...), pairs...)
		if len(restOld) == 1 && len(restNew) == 1 && (len(row.old) == 1 && len(row.new) == 1 || likely(restOld[0], restNew[0])) {
			list = append(list, &passage{old: restOld[0], new: restNew[0]})
			continue
		}
		gone, come = append(gone, restOld...), append(come, restNew...)
	}
	list = append(append(list, t.movedUnder()...), t.led...)
	cells, gone, come := pairCells(gone, come)
	list = append(list, cells...)
	pairs, gone, come := pair(gone, come, anywhere)
	list = t.parted(append(list, pairs...))
	for _, s := range gone {
		if !t.stays(s.reading) {
			list = append(list, &passage{old: s})
		}
	}
	for _, s := range come {
		if !t.wasThere(s.reading) {
			list = append(list, &passage{new: s})
		}
	}
	return list
}

// parted takes the cells that went to another column for what they are: something
// that is said of one column no more, and of another now.
func (t *texts) parted(list []*passage) []*passage {
	var out []*passage
	for _, p := range list {
		if p.old != nil && p.new != nil && t.changedColumn(p.old, p.new) {
			out = append(out, &passage{old: p.old}, &passage{new: p.new})
			continue
		}
		out = append(out, p)
	}
	return out
}

// changedColumn reports whether a cell went to another column of its row: both columns
// are on either side.
func (t *texts) changedColumn(old, new *sentence) bool {
	a, b := old.place, new.place
	if old.key != new.key || a.column == "" || b.column == "" || a.column == b.column || a.named != b.named {
		return false
	}
	both := &t.index().both.keys
	return both.has(keyOf(words(a.column))) && both.has(keyOf(words(b.column)))
}

// likely reports whether two sentences that alone were left over in one block
// are one that was reworded: they begin or end alike, or share some words.
func likely(a, b *sentence) bool {
	stems := make(map[string]weighed)
	x, y := bags([]*sentence{a}, stems), bags([]*sentence{b}, stems)
	return a.words[0].norm == b.words[0].norm || likeness(&x[0], &y[0], leftOver) >= leftOver
}

// pairCells pairs what is in the same row and column of a table, and the answers to
// the same line.
func pairCells(old, new []*sentence) (pairs []*passage, restOld, restNew []*sentence) {
	used := make([]bool, len(new))
	free := map[slot][]int{} // which of the new are not paired
	for k, n := range new {
		if at, ok := n.place.slot(); ok {
			free[at] = append(free[at], k)
		}
	}
	for _, o := range old {
		at, ok := o.place.slot()
		if next := free[at]; ok && len(next) > 0 {
			free[at], used[next[0]] = next[1:], true
			pairs = append(pairs, &passage{old: o, new: new[next[0]]})
			continue
		}
		restOld = append(restOld, o)
	}
	return pairs, restOld, unused(new, used)
}

// leaveRejoined leaves out the sentences of neighbouring blocks that were only
// split or joined, and adds what became of them to the list.
func (t *texts) leaveRejoined(list *[]*passage) []rowSentences {
	var out []rowSentences
	for i := 0; i < len(t.rows); {
		next := i + 1
		for next < len(t.rows) && t.rows[next].index == t.rows[next-1].index+1 {
			next++
		}
		if p := rejoin(t.rows[i:next]); p != nil {
			*list = append(*list, p)
		} else if next == i+1 {
			out = append(out, t.rows[i])
		} else {
			for _, row := range t.rows[i:next] {
				if p := rejoin([]rowSentences{row}); p != nil {
					*list = append(*list, p)
				} else {
					out = append(out, row)
				}
			}
		}
		i = next
	}
	*list = slices.DeleteFunc(*list, func(p *passage) bool { return p.same })
	return out
}

// rejoin returns the passage of sentences that were split or joined, nil when
// they were not.
func rejoin(rows []rowSentences) *passage {
	var old, new []*sentence
	for _, row := range rows {
		a, b := leaveEqual(row.old, row.new)
		old, new = append(old, a...), append(new, b...)
	}
	if len(old) == len(new) || len(old) == 0 || len(new) == 0 {
		return nil
	}
	same := lettersOf(old) == lettersOf(new)
	if !same && (len(old)+len(new) > manyRejoined || !rejoined(old, new)) {
		return nil
	}
	return &passage{old: old[0], new: new[0], rejoined: true, same: same}
}

// lettersOf hashes the letters of sentences without what stands between them.
func lettersOf(list []*sentence) uint64 {
	h := uint64(emptyHash)
	for _, s := range list {
		h = s.lettersAfter(h)
	}
	return h
}

// manyRejoined bounds how many sentences are tried together.
const manyRejoined = 24

// leaveEqual leaves out the sentences that both sides of a block have.
func leaveEqual(old, new []*sentence) (restOld, restNew []*sentence) {
	return unmatched(old, new, (*sentence).letters)
}

// How alike two sentences must be to count as one that was reworded: within
// one block without a second look, in one block, and anywhere.
const (
	twin     = 0.75
	sameRow  = 0.34
	anywhere = 0.55
	leftOver = 0.15
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
	stems := make(map[string]weighed)
	before, after := bags(old, stems), bags(new, stems)
	for i := range before {
		for j := range after {
			if like := likeness(&before[i], &after[j], least); like >= least {
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

// bag is the words of a sentence, made ready to be compared with those of many.
type bag struct {
	stems []weighed // sorted
	total int       // weight of all
}

// weighed is the number of a stem, and in its last bits what a word of it weighs.
type weighed int32

const weightBits = 2

func (s weighed) weight() int { return int(s) & (1<<weightBits - 1) }

// bags makes the bags of sentences. Stems that are not known get a number.
func bags(list []*sentence, known map[string]weighed) []bag {
	out := make([]bag, len(list))
	for i, s := range list {
		b := &out[i]
		b.stems = make([]weighed, len(s.words))
		for k := range s.words {
			w := &s.words[k]
			id, ok := known[w.stem]
			if !ok {
				id = weighed(len(known)<<weightBits | weight(w))
				known[w.stem] = id
			}
			b.stems[k] = id
			b.total += id.weight()
		}
		slices.Sort(b.stems)
	}
	return out
}

// likeness is the share of words that two sentences have in common (Dice),
// words that carry a meaning counting three times; 0 where it cannot be as much
// as the least that is asked for.
func likeness(a, b *bag, least float64) float64 {
	if len(a.stems) > 4*len(b.stems)+8 || len(b.stems) > 4*len(a.stems)+8 {
		return 0
	}
	total := float64(a.total + b.total)
	if float64(2*min(a.total, b.total))/total < least {
		return 0
	}
	both := 0
	for i, j := 0, 0; i < len(a.stems) && j < len(b.stems); {
		switch x, y := a.stems[i], b.stems[j]; {
		case x < y:
			i++
		case x > y:
			j++
		default:
			both += 2 * x.weight()
			i, j = i+1, j+1
		}
	}
	return float64(both) / total
}

func weight(w *word) int {
	if stopWords[w.stem] {
		return 1
	}
	return 3
}
