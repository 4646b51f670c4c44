package materiality

import (
	"slices"

	"github.com/codicil/codicil/policy"
	languages "github.com/codicil/codicil/policy/materiality/lexicon"
)

// inLanguage finds the shifts of one passage of a text in another language
// than English, by what its lexicon knows of the words.
func (j *judge) inLanguage(p *passage) []*found {
	if p.old == nil || p.new == nil {
		return []*found{j.foreignWhole(p)}
	}
	c := &foreignChange{judge: j, passage: p, old: j.read(p.old), new: j.read(p.new)}
	c.align()
	return c.run()
}

// foreignWhole judges a sentence that came or went.
func (j *judge) foreignWhole(p *passage) *found {
	s, shift := p.new, Appears
	if s == nil {
		s, shift = p.old, Vanishes
	}
	tokens := j.read(s)
	switch {
	case isStamp(tokens):
		shift = Dating
	case s.place.kind == policy.Heading:
		shift = Title
	case isAddressLine(s):
		shift = Address
	case s.place.linked:
		shift = Pointer
	case s.place.item && len(tokens) <= itemWords && isOpenIn(j, s.place.lead), len(tokens) > 0 && tokens[0].Class == "open":
		shift = Instance
	case readMore(tokens):
		shift = Pointer
	case !j.language.Full && !s.place.cell:
		shift = Unread
	case !slices.ContainsFunc(tokens, func(t foreignToken) bool { return bindingClasses[t.Class] }) && len(j.language.Topics(s.text)) == 0:
		shift = Unread
	}
	f := &found{passage: p, subject: s.words, shift: shift}
	if p.old != nil {
		f.before = quoteWhole(s)
	} else {
		f.after = quoteWhole(s)
	}
	return f
}

// bindingClasses are the classes of words by which a sentence binds somebody.
var bindingClasses = wordSet("not may must num")

// readMore reports whether a sentence says where to read more, and neither
// forbids nor demands anything.
func readMore(list []foreignToken) bool {
	is := func(class string) bool {
		return slices.ContainsFunc(list, func(t foreignToken) bool { return t.Class == class })
	}
	return is("pointer") && !is("not") && !is("must") && !is("num")
}

// isStamp reports whether a sentence only tells when the text was changed.
func isStamp(list []foreignToken) bool {
	stamp, date, other := false, false, 0
	for _, t := range list {
		switch t.Class {
		case "stamp":
			stamp = true
		case "date", "num", "hours":
			date = date || t.Class != "hours"
		default:
			other++
		}
	}
	return date && (stamp && other <= 4 || other == 0 && len(list) == 1 && list[0].Class == "date")
}

func isOpenIn(j *judge, lead string) bool {
	return slices.ContainsFunc(j.language.Read(lead), func(t languages.Token) bool { return t.Class == "open" })
}

// foreignChange is a sentence that changed, taken apart by its lexicon.
type foreignChange struct {
	*judge
	passage  *passage
	old, new []foreignToken
	spans    []foreignSpan
	list     []*found
}

// foreignSpan is a run of tokens that went, and the run that came in its place.
type foreignSpan struct {
	old, new       []foreignToken
	oldFrom, oldTo int
	newFrom, newTo int
}

// align finds the runs that differ.
func (c *foreignChange) align() {
	keys := func(list []foreignToken) []word {
		out := make([]word, len(list))
		for i := range list {
			out[i].norm = list[i].Key
		}
		return out
	}
	hunks, _ := align(keys(c.old), keys(c.new))
	for _, h := range hunks {
		c.spans = append(c.spans, foreignSpan{c.old[h.oldFrom:h.oldTo], c.new[h.newFrom:h.newTo], h.oldFrom, h.oldTo, h.newFrom, h.newTo})
	}
}

// run looks for shifts; what only moved within the sentence did not change.
func (c *foreignChange) run() []*found {
	gone, come := c.differing()
	c.passage.differs = &differing{gone, come, len(c.spans), float64(len(gone)+len(come)) / float64(max(1, len(c.old)+len(c.new)))}
	switch {
	case isStamp(c.old) && isStamp(c.new):
		return []*found{c.found(Dating, gone, come)}
	case c.passage.new.place.kind == policy.Heading:
		return []*found{c.found(Title, gone, come)}
	case len(gone)+len(come) == 0 && c.exchanged():
		return []*found{c.found(Rewording, c.old, c.new)}
	case len(gone)+len(come) == 0:
		return []*found{c.found(Synonym, c.old, c.new)}
	}
	gone, come = c.classed(gone, come)
	c.rest(gone, come)
	return c.list
}

// differing returns the tokens of the differing runs that have no like among
// those of the other side.
func (c *foreignChange) differing() (gone, come []foreignToken) {
	count := map[string]int{}
	for _, s := range c.spans {
		for _, t := range s.new {
			count[t.Key]++
		}
	}
	both := map[string]int{}
	for _, s := range c.spans {
		for _, t := range s.old {
			if count[t.Key] > 0 {
				count[t.Key]--
				both[t.Key]++
				continue
			}
			gone = append(gone, t)
		}
	}
	for _, s := range c.spans {
		for _, t := range s.new {
			if both[t.Key] > 0 {
				both[t.Key]--
				continue
			}
			come = append(come, t)
		}
	}
	return gone, come
}

// exchanged reports whether two parties are in each other's place, and all
// else where it was.
func (c *foreignChange) exchanged() bool {
	a, b := parties(c.old), parties(c.new)
	if slices.Equal(a, b) || len(c.old) != len(c.new) {
		return false
	}
	for i := range c.old {
		if c.old[i].Key != c.new[i].Key && (!isPartyToken(c.old[i]) || !isPartyToken(c.new[i])) {
			return false
		}
	}
	return true
}

func parties(list []foreignToken) []string {
	var out []string
	for _, t := range list {
		if isPartyToken(t) {
			out = append(out, t.Key)
		}
	}
	return out
}

func isPartyToken(t foreignToken) bool {
	return t.Class == "us" || t.Class == "you" || t.Class == "role" || t.Class == "third"
}

// found makes a shift of changed tokens.
func (c *foreignChange) found(s Shift, gone, come []foreignToken) *found {
	f := c.judge.found(c.passage, s, foreignRuns(gone), foreignRuns(come))
	if unplaced, turns := turningShifts[s]; turns && c.foreignScores(f.subject, c.passage.new).none() {
		f.shift = unplaced
	}
	return f
}

// turningShifts says what a shift is when it is not known what the sentence is
// about.
var turningShifts = map[Shift]Shift{Negation: Unplaced, Modal: Unplaced, Quantifier: Unplaced, Condition: Unplaced, Connective: Unplaced,
	Period: Unplaced, Amount: Unplaced, Percentage: Unplaced, Age: Unplaced, Number: Unread, Rewording: Unread}

// foreignRuns returns the runs of words that tokens form.
func foreignRuns(list []foreignToken) []span {
	var runs []span
	for _, t := range list {
		if n := len(runs); n > 0 && t.from <= runs[n-1].to {
			runs[n-1].to = max(runs[n-1].to, t.to)
			continue
		}
		if t.to > t.from {
			runs = append(runs, span{t.from, t.to})
		}
	}
	return runs
}
