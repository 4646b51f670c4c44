package policy

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// CarryIDs lets the clauses of next keep the ids that they have in previous,
// the version before it, so that a link to a clause outlives a new heading, a
// new number and a new place. Clauses are matched by their words. Where the
// author gave an id, that one stays and the old one becomes an alias; where the
// id was made from the words, the old id comes back and the new one becomes the
// alias. Aliases of previous are kept. Call it along the versions of a policy,
// oldest first, on the documents that were carried before. Only clauses whose
// id previous does not have are compared, and at most carryPairs pairs of them.
func CarryIDs(previous, next *Document) {
	if previous == nil || next == nil {
		return
	}
	c := carrier{old: heads(previous), new: heads(next)}
	c.keepIDs()
	c.matchEqual()
	c.matchAlike()
	c.carry(next)
}

// carryPairs bounds how many pairs of clauses are compared word by word.
const carryPairs = 40_000

// alikeClauses is the share of words that two clauses must have in common to
// be one clause in two versions.
const alikeClauses = 0.5

// head is a clause with the block that begins it and the words that it holds.
type head struct {
	block *Block
	words []string // of the clause and what stands below it, without its number
	match *head    // the same clause in the other version
}

// heads lists the clauses of a document in reading order.
func heads(d *Document) []*head {
	var list []*head
	of := make(map[*Clause]*head)
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if b.Clause != nil && of[b.Clause] == nil && b.ID == b.Clause.ID && b.ID != "" {
			of[b.Clause] = &head{block: b}
			list = append(list, of[b.Clause])
		}
		text := b.Text()
		if h := of[b.Clause]; h != nil && h.block == b {
			_, text = splitHeading(text)
		}
		words := terms(text)
		for c := b.Clause; c != nil; c = c.Parent {
			if h := of[c]; h != nil && len(h.words) < carryWords {
				h.words = append(h.words, words...)
			}
		}
	}
	return list
}

// carryWords is about how many words of a clause are compared.
const carryWords = 400

// terms lists the words of a text in lower case; a character of a script
// without spaces counts as a word.
func terms(text string) []string {
	var list []string
	start := -1
	for i, r := range text {
		single := unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai)
		inWord := !single && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r))
		if start >= 0 && !inWord {
			list = append(list, strings.ToLower(text[start:i]))
			start = -1
		}
		switch {
		case single:
			list = append(list, string(r))
		case inWord && start < 0:
			start = i
		}
	}
	if start >= 0 {
		list = append(list, strings.ToLower(text[start:]))
	}
	return list
}

// carrier matches the clauses of two versions.
type carrier struct {
	old, new []*head
}

// keepIDs matches clauses whose id stayed. A made id that several clauses
// compete for, as their words begin alike, says nothing by itself.
func (c *carrier) keepIDs() {
	rivals := make(map[string]int)
	for _, heads := range [][]*head{c.old, c.new} {
		seen := make(map[string]int)
		for _, h := range heads {
			seen[family(h.block)]++
			rivals[family(h.block)] = max(rivals[family(h.block)], seen[family(h.block)])
		}
	}
	old := make(map[string]*head)
	for _, h := range c.old {
		old[h.block.ID] = h
	}
	for _, h := range c.new {
		if o := old[h.block.ID]; o != nil && rivals[family(h.block)] == 1 {
			h.match, o.match = o, h
		}
	}
}

// family is a made id without the number that makes it unique.
func family(b *Block) string {
	if !b.Made {
		return b.ID
	}
	return strings.TrimRight(strings.TrimRight(b.ID, "0123456789"), "-")
}

// matchEqual matches clauses that say the same words, in reading order.
func (c *carrier) matchEqual() {
	byWords := make(map[string][]*head)
	for _, h := range free(c.old) {
		key := strings.Join(h.words, " ")
		byWords[key] = append(byWords[key], h)
	}
	for _, h := range free(c.new) {
		key := strings.Join(h.words, " ")
		if same := byWords[key]; len(same) > 0 && key != "" {
			h.match, same[0].match = same[0], h
			byWords[key] = same[1:]
		}
	}
}

// likeness is a pair of clauses and how much they have in common.
type likeness struct {
	old, new *head
	share    float64
}

// matchAlike matches what is left by the words in common, the most alike first.
func (c *carrier) matchAlike() {
	old, new := free(c.old), free(c.new)
	if len(old)*len(new) > carryPairs {
		return
	}
	var pairs []likeness
	for _, o := range old {
		for _, n := range new {
			if share := common(o.words, n.words); share >= alikeClauses {
				pairs = append(pairs, likeness{o, n, share})
			}
		}
	}
	slices.SortStableFunc(pairs, func(a, b likeness) int {
		return cmp.Or(cmp.Compare(b.share, a.share), cmp.Compare(a.levels(), b.levels()))
	})
	for _, p := range pairs {
		if p.old.match == nil && p.new.match == nil {
			p.old.match, p.new.match = p.new, p.old
		}
	}
}

// levels tells how far apart the two clauses stand in the tree.
func (l likeness) levels() int {
	d := l.old.block.Clause.Level - l.new.block.Clause.Level
	return max(d, -d)
}

// common is the share of words that two texts have in common: Dice's
// coefficient, each word counted as often as it stands there.
func common(a, b []string) float64 {
	if len(a)+len(b) == 0 {
		return 0
	}
	count := make(map[string]int)
	for _, word := range a {
		count[word]++
	}
	both := 0
	for _, word := range b {
		if count[word] > 0 {
			count[word]--
			both++
		}
	}
	return 2 * float64(both) / float64(len(a)+len(b))
}

// free returns the clauses that are not matched yet.
func free(heads []*head) []*head {
	return slices.DeleteFunc(slices.Clone(heads), func(h *head) bool { return h.match != nil })
}

// carry gives the matched clauses their old ids. Those of the author come
// first, then the old ones; what is left of the made ones is dealt out anew, so
// that no two clauses share one. What leads nowhere then becomes an alias.
func (c *carrier) carry(next *Document) {
	t := tree{ids: make(map[string]bool)}
	for i := range next.Blocks {
		if b := &next.Blocks[i]; !b.Made && b.ID != "" {
			t.ids[b.ID] = true
		}
	}
	made := make(map[*head]string)
	for _, h := range c.new {
		if made[h] = h.block.ID; h.block.Made && h.match != nil && !t.ids[h.match.block.ID] {
			t.ids[h.match.block.ID] = true
			h.setID(h.match.block.ID)
		}
	}
	for _, h := range c.new {
		if h.block.Made && (h.match == nil || h.block.ID != h.match.block.ID) {
			h.setID(t.unique(h.block.ID))
		}
	}
	for _, h := range c.new {
		for _, alias := range h.block.Aliases {
			t.ids[alias] = true
		}
	}
	for _, h := range c.new {
		h.lead(t.ids, made[h])
	}
	for _, h := range c.new {
		if h.match != nil {
			h.lead(t.ids, h.match.block.ID)
			h.lead(t.ids, h.match.block.Aliases...)
		}
	}
}

func (h *head) setID(id string) { h.block.ID, h.block.Clause.ID = id, id }

// lead lets other anchors lead to the clause, unless they lead elsewhere.
func (h *head) lead(taken map[string]bool, anchors ...string) {
	for _, anchor := range anchors {
		if !taken[anchor] {
			taken[anchor] = true
			h.block.Aliases = append(h.block.Aliases, anchor)
		}
	}
}
