package materiality

import (
	"maps"
	"math/bits"
	"slices"
	"strings"
)

// catalogue numbers the features that a model can make use of: those that it has
// weights for, and those that say of which category words speak. To note features by
// number takes no memory for their names and no sorting of them; and most names that
// a change could have are of words on which the model has no opinion.
type catalogue struct {
	list  []listed         // in order of the names
	of    map[string]int32 // their numbers
	means directions

	topics  [spotCount][categoryCount]int32 // the numbers of what says of which category words speak
	pooling pooling
}

// listed is a feature that a model can make use of.
type listed struct {
	name   string
	number int32             // its place in the list
	row    *[targets]float64 // its weights; nil for none
	spot   *spotted          // where words stand that speak of a category; nil for any other
}

// list makes the catalogue of a model, once its weights are all there.
func (m *Model) list() {
	names := slices.AppendSeq(make([]string, 0, len(m.rows)+len(topicNames())), maps.Keys(m.rows))
	for name := range topicNames() {
		if m.rows[name] == nil {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	all := &catalogue{of: make(map[string]int32, len(names)), list: make([]listed, 0, len(names))}
	for i, name := range names {
		k := listed{name: name, number: int32(i), row: m.rows[name]}
		if is, ok := topicNames()[name]; ok {
			k.spot = &is
			all.topics[is.at][is.category] = k.number
		}
		all.list = append(all.list, k)
		all.of[name] = int32(i)
	}
	all.pooling, all.means = *m.pooling(), namedDirections()
	for what := range all.means {
		for axis := range all.means[what] {
			if n, ok := all.find("", all.means[what][axis].Name); ok {
				all.means[what][axis].listed = &all.list[n]
			}
		}
	}
	m.catalogue = all
}

// find returns the number of the name that consists of a mark and of parts.
func (c *catalogue) find(mark string, parts ...string) (int32, bool) {
	var room [64]byte // longer ones take memory of their own
	whole := append(room[:0], mark...)
	for _, part := range parts {
		whole = append(whole, part...)
	}
	n, ok := c.of[string(whole)]
	return n, ok
}

// features are what is known of one change, while it is found out.
type features struct {
	mark string // before every name
	size string // "surgical" or "wide", where a difference has a size

	named map[string]float64 // by name, where all is to be kept

	catalogue *catalogue // else what is to be kept
	values    []float64
	held      []uint64 // a bit for each number whose value is not 0
	count     int      // how many there are
}

// newFeatures returns features of which all are kept.
func newFeatures() *features { return &features{named: map[string]float64{}} }

// features returns features of which those are kept that a model can make use of.
func (m *Model) features() *features {
	if m == nil || m.catalogue == nil {
		return newFeatures()
	}
	n := len(m.catalogue.list)
	return &features{catalogue: m.catalogue, values: make([]float64, n), held: make([]uint64, n/64+1)}
}

// features returns an empty list of features. It is the same one each time: take what
// was found out before the next change is looked at.
func (j *judge) features(mark string) *features {
	if j.model == nil || j.noted == nil {
		j.noted = j.texts.memory.features(j.model)
	}
	j.noted.mark, j.noted.size = mark, ""
	return j.noted
}

// set notes that something is so.
func (f *features) set(name ...string) {
	if f.catalogue == nil {
		f.named[f.mark+strings.Join(name, "")] = 1
		return
	}
	if n, ok := f.catalogue.find(f.mark, name...); ok {
		f.put(n, 1)
	}
}

// raise gives a feature a value unless it has a higher one.
func (f *features) raise(value float64, name ...string) {
	if f.catalogue == nil {
		whole := f.mark + strings.Join(name, "")
		f.named[whole] = max(f.named[whole], value)
		return
	}
	if n, ok := f.catalogue.find(f.mark, name...); ok {
		f.put(n, max(f.values[n], value))
	}
}

// raiseTo is raise for a feature of another list of the same model.
func (f *features) raiseTo(x *Feature, value float64) {
	if x.listed == nil || f.catalogue == nil {
		f.raise(value, x.Name)
		return
	}
	f.put(x.listed.number, max(f.values[x.listed.number], value))
}

func (f *features) put(n int32, value float64) {
	if value == 0 {
		return
	}
	if f.values[n] == 0 {
		f.held[n/64] |= 1 << (n % 64)
		f.count++
	}
	f.values[n] = value
}

// sorted lists the features by their names, and leaves none behind.
func (f *features) sorted() Features { return f.sortedFor(0) }

// sortedFor does so, with room for so many more.
func (f *features) sortedFor(room int) Features {
	if f.catalogue == nil {
		list := make(Features, 0, len(f.named))
		for name, value := range f.named {
			list = append(list, Feature{Name: name, Value: value})
		}
		slices.SortFunc(list, func(a, b Feature) int { return strings.Compare(a.Name, b.Name) })
		return list
	}
	list := make(Features, 0, f.count+room)
	for i, left := range f.held {
		f.held[i] = 0
		for ; left != 0; left &= left - 1 { // a bit less each time
			n := 64*i + bits.TrailingZeros64(left)
			k := &f.catalogue.list[n]
			list = append(list, Feature{Name: k.name, Value: f.values[n], listed: k})
			f.values[n] = 0
		}
	}
	f.count = 0
	return list
}
