package materiality

import (
	_ "embed" // the directions of words
	"fmt"
	"math"
	"strings"
	"sync"
)

// meaningSize is how many numbers tell in which direction a word points.
const meaningSize = 24

// meaning is a direction: words that stand among the same words in policies point
// the same way. It has the length 1, or 0 where no word is known.
type meaning [meaningSize]float64

//go:embed meanings.txt
var meaningText string

// directed is a word of which it is known where it stands, how much it counts beside
// others (the less, the more common it is), and with which words it forms a family:
// those that stand as it does.
type directed struct {
	weight float64
	family string
	meaning
}

// meanings are the words whose directions are known.
var meanings = sync.OnceValue(func() map[string]*directed { return readMeanings(meaningText) })

// The numbers of meanings.txt are letters, from '0' on: a weight in 63rds, two for a
// family, and what a direction is along each axis, in 48ths from middleLetter.
const (
	firstLetter  = '0'
	middleLetter = firstLetter + 32
	weightUnit   = 63
	axisUnit     = 48
)

// readMeanings reads a word a line, a tab, and its numbers. Lines that begin with # are
// remarks.
func readMeanings(text string) map[string]*directed {
	all := map[string]*directed{}
	for line := range strings.Lines(text) {
		word, numbers, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if !ok || len(numbers) != 3+meaningSize {
			continue
		}
		k := &directed{weight: float64(numbers[0]-firstLetter) / weightUnit, family: numbers[1:3]}
		for i := range k.meaning {
			k.meaning[i] = float64(int(numbers[3+i])-middleLetter) / axisUnit
		}
		all[word] = k
	}
	return all
}

// meaningOf returns where the words of tokens point together.
func meaningOf(list []token) *meaning {
	sum := new(meaning)
	for i := range list {
		k := meanings()[list[i].key]
		if k == nil || list[i].num != nil {
			continue
		}
		for axis, x := range k.meaning {
			sum[axis] += k.weight * x
		}
	}
	length := 0.0
	for _, x := range sum {
		length += x * x
	}
	if length == 0 {
		return nil
	}
	for axis := range sum {
		sum[axis] /= math.Sqrt(length)
	}
	return sum
}

// The words of which the directions count, and how far.
const (
	meansGone    = iota // those that went from a sentence
	meansCome           // those that came into it
	meansAll            // all of it, where some of its words changed
	meansRemoved        // all of one that went
	meansAdded          // all of one that came
	meansHeading        // those of the heading above
	meansCount

	meansAtOnce = 4 // so many of them at most count for one change
)

const (
	meaningScale = 2.0 // what changed
	headingScale = 1.4 // where it stands
	familyScale  = 0.7
)

// directions are these features, along each axis, without their values.
type directions [meansCount][meaningSize]Feature

// namedDirections returns the features by their names alone.
var namedDirections = sync.OnceValue(func() (d directions) {
	for what, name := range [...]string{"gone", "come", "sentence", "removed", "added", "heading"} {
		for axis := range d[what] {
			d[what][axis].Name = fmt.Sprintf("means %s %02d", name, axis)
		}
	}
	return d
})

// directions returns the features as a model knows them.
func (m *Model) directions() *directions {
	if m == nil || m.catalogue == nil {
		d := namedDirections()
		return &d
	}
	return &m.catalogue.means
}

// means adds where words point.
func (d *directions) means(f Features, what int, m *meaning, scale float64) Features {
	if m == nil {
		return f
	}
	f = append(f, d[what][:]...)
	for axis, x := range m {
		f[len(f)-meaningSize+axis].Value = scale * x
	}
	return f
}

// meaning adds where the words of a change point, and those of the heading above it.
func (j *judge) meaning(f Features, p *passage) Features {
	d := j.model.directions()
	switch {
	case p.old == nil:
		f = d.means(f, meansAdded, p.new.meaning(), meaningScale)
	case p.new == nil:
		f = d.means(f, meansRemoved, p.old.meaning(), meaningScale)
	case p.held != nil:
		gone, come := p.held.exchange()
		f = d.means(f, meansGone, meaningOf(gone), meaningScale)
		f = d.means(f, meansCome, meaningOf(come), meaningScale)
		f = d.means(f, meansAll, p.new.meaning(), meaningScale)
	}
	if titles := p.place().headings(); len(titles) > 0 {
		heading := sentence{reading: j.texts.memory.reading(titles[0])}
		f = d.means(f, meansHeading, heading.meaning(), headingScale)
	}
	return f
}

// meaning returns where the words of a sentence point together, nil where nothing is
// known of them.
func (s *sentence) meaning() *meaning {
	if s.meant == nil {
		s.meant = meaningOf(s.tokens())
	}
	return s.meant
}

// exchange returns the words that went and those that came in their place.
func (c *comparison) exchange() (gone, come []token) {
	for _, s := range c.unlicensed() {
		gone, come = append(gone, lacking(s.old, s.new)...), append(come, lacking(s.new, s.old)...)
	}
	return gone, come
}

// families tells of which families the words of a change are.
func (f *features) families(p *passage) {
	switch {
	case p.old == nil:
		f.family(p.new.tokens(), "W")
	case p.new == nil:
		f.family(p.old.tokens(), "W")
	case p.held != nil:
		gone, come := p.held.exchange()
		f.family(gone, "-", "")
		f.family(come, "+", "")
	}
}

func (f *features) family(list []token, signs ...string) {
	for i := range list {
		if k := meanings()[list[i].key]; k != nil && list[i].num == nil {
			for _, sign := range signs {
				f.raise(familyScale, sign, "family:", k.family)
			}
		}
	}
}

// Keys returns the words of a text in the form in which they are compared, a number as
// "#". Directions are learned of these.
func Keys(text string) []string {
	s := newSentence(text, words(text), nil)
	return keysIn(s.tokens())
}
