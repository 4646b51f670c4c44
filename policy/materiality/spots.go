package materiality

import (
	"math"
	"sync"
)

// spot is where words stand that speak of a category; a reason speaks of it as well.
type spot int

// The spots.
const (
	ofAll spot = iota
	ofSentence
	ofPlainSentence
	ofChanged
	ofPlainChanged
	ofFrame
	ofLead
	ofHeading
	ofPlainHeading
	ofParent
	ofPlainParent
	ofTitle
	ofReason
	ofLearnedChanged
	ofLearnedSentence
	ofLearnedHeading
	spotCount
)

// spots are what they are called.
var spots = [spotCount]string{"all", "sentence", "plain sentence", "changed", "plain changed", "frame", "lead", "heading", "plain heading", "parent", "plain parent", "title", "reason",
	"learned changed", "learned sentence", "learned heading"}

// topicNames are what it is called how much the words at each spot speak of a
// category.
var topicNames = sync.OnceValue(func() map[string]spotted {
	names := map[string]spotted{}
	for at := range spots {
		for c := range rubric {
			names[topicName(spot(at), c)] = spotted{spot(at), c}
		}
	}
	return names
})

// spotted is a spot, and a category by its place in the rubric.
type spotted struct {
	at       spot
	category int
}

func topicName(at spot, category int) string {
	if at == ofReason {
		return "reason:" + string(rubric[category])
	}
	return "topic:" + string(rubric[category]) + "@" + spots[at]
}

// topics tells of which categories the words at a spot speak.
func (f *features) topics(at spot, sum *tally) {
	for c, score := range sum {
		if score > 0 {
			f.speak(at, c, math.Log1p(score)/2)
		}
	}
}

// speak tells that the words at a spot speak of a category so much.
func (f *features) speak(at spot, category int, value float64) {
	if f.catalogue == nil {
		f.raise(value, topicName(at, category))
		return
	}
	n := f.catalogue.topics[at][category]
	f.put(n, max(f.values[n], value))
}

// speaking is how much the words at each spot speak for each category; nothing where
// they do not.
type speaking [spotCount][categoryCount]float64

func speakingOf(f Features) *speaking {
	s := new(speaking)
	for i := range f {
		if is := f[i].spotted(); is != nil {
			s[is.at][is.category] = f[i].Value
		}
	}
	return s
}

// spotted returns the spot at which words speak of a category; nil for any other
// feature.
func (x *Feature) spotted() *spotted {
	if x.listed != nil {
		return x.listed.spot
	}
	if is, ok := topicNames()[x.Name]; ok {
		return &is
	}
	return nil
}

// rivals tells how much the words at a spot speak for the strongest rival of each
// category.
func (s *speaking) rivals(at spot) (out [categoryCount]float64) {
	first, second, strongest := 0.0, 0.0, -1
	for c, x := range s[at] {
		switch {
		case x > first:
			first, second, strongest = x, first, c
		case x > second:
			second = x
		}
	}
	for c := range out {
		if out[c] = first; c == strongest {
			out[c] = second
		}
	}
	return out
}
