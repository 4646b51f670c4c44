package redline

import "slices"

// postings lists for each word the units in which it occurs, as long as these
// are few.
type postings struct {
	words   []posting // by word; one of an earlier round counts as empty
	entries []entry
	round   int32
	shared  []int32 // by unit: so many rare words it shares with the one looked at
	sharing []int32 // the units with any
	ranked  []int64 // the nearest of these, the most words first: minus the words above, the unit below
}

// posting is the list of one word.
type posting struct{ round, units, head int32 }

// entry is a unit in a list, and the number of the next entry; 0 ends it.
type entry struct{ unit, next int32 }

// reset empties the lists, and makes room for so many units.
func (p *postings) reset(units int) {
	p.round++
	p.entries = append(p.entries[:0], entry{})
	p.shared = make([]int32, units)
}

// add puts a unit on the lists of its words, which are sorted.
func (p *postings) add(unit int32, bag []int32) {
	if n := len(bag); n > 0 && int(bag[n-1]) >= len(p.words) {
		p.words = append(p.words, make([]posting, int(bag[n-1])+1-len(p.words))...)
	}
	for k, w := range bag {
		if k > 0 && bag[k-1] == w {
			continue
		}
		list := &p.words[w]
		if list.round != p.round {
			*list = posting{round: p.round}
		}
		if list.units++; list.units <= rare {
			p.entries = append(p.entries, entry{unit, list.head})
			list.head = int32(len(p.entries) - 1)
		}
	}
}

// near returns the units that share the most rare words with a sorted bag. The
// result is good until the next call.
func (p *postings) near(bag []int32) []int32 {
	p.sharing = p.sharing[:0]
	for k, w := range bag {
		if k > 0 && bag[k-1] == w || int(w) >= len(p.words) {
			continue
		}
		if list := p.words[w]; list.round == p.round && list.units <= rare {
			p.count(list.head)
		}
	}
	p.ranked = p.ranked[:0]
	for _, j := range p.sharing {
		r := int64(-p.shared[j])<<32 | int64(j)
		p.shared[j] = 0
		if len(p.ranked) == nearest {
			if r > p.ranked[nearest-1] {
				continue
			}
			p.ranked = p.ranked[:nearest-1]
		}
		at, _ := slices.BinarySearch(p.ranked, r)
		p.ranked = slices.Insert(p.ranked, at, r)
	}
	p.sharing = p.sharing[:len(p.ranked)]
	for i, r := range p.ranked {
		p.sharing[i] = int32(r)
	}
	return p.sharing
}

func (p *postings) count(head int32) {
	for at := head; at != 0; at = p.entries[at].next {
		j := p.entries[at].unit
		if p.shared[j] == 0 {
			p.sharing = append(p.sharing, j)
		}
		p.shared[j]++
	}
}
