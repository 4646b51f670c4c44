package materiality

import "fmt"

// units takes a redline apart into what changed, each with what was found.
func (j *judge) units(book *Book) []*unit {
	if from, to := j.texts.translated(); from != nil {
		return j.translation(book, from, to)
	}
	passages := j.within(j.texts.passages())
	for i, p := range passages {
		p.order = i
		j.align(p)
	}
	if j.language == nil {
		j.names = j.renames(passages)
	}
	var out []*unit
	for _, p := range passages {
		list := j.passage(p)
		var reasons []judged
		for _, f := range list {
			reasons = append(reasons, j.reasons(book, f)...)
		}
		out = append(out, j.describe(p, list, reasons, len(passages)))
	}
	if n := j.texts.renumbered; n != nil {
		for _, r := range book.plain("clause-renumbered", n.place.name(), n.old, n.new) {
			out = append(out, plainUnit(r))
		}
	}
	if len(passages) == 0 {
		for _, r := range surface(book, j.texts) {
			out = append(out, plainUnit(r))
		}
	}
	return out
}

// The budget of a judgement. What goes beyond is another text, whatever else is in
// it, and counts as major.
const (
	mostJudged   = 10_000            // changed sentences that are judged one by one
	longestWords = 1_000             // of a sentence that is judged; the longest of a hundred thousand real ones has 607
	longestBytes = 10 * longestWords // of one in a script that puts no space between words, a word of which is a line
	mostWork     = 1 << 26           // the sum of the squares of their words: that of ten thousand of eighty
)

// within leaves as many passages as are judged.
func (j *judge) within(passages []*passage) []*passage {
	left := mostWork
	var kept []*passage
	for _, p := range passages {
		words := p.words()
		switch {
		case words > longestWords:
			j.tooMany = true
			j.skip(fmt.Sprintf("A sentence of more than %d words or %d bytes changed: it was not judged.", longestWords, longestBytes))
			continue
		case len(kept) == mostJudged || words*words > left:
			j.tooMany = true
			j.skip(fmt.Sprintf("More than %d sentences changed: only so many of them were judged.", len(kept)))
			return kept
		}
		left -= words * words
		kept = append(kept, p)
	}
	return kept
}

// words is how many words the longer side of a passage has, or would have if none had
// more than ten bytes.
func (p *passage) words() int {
	n := 0
	for _, s := range []*sentence{p.old, p.new} {
		if s != nil {
			n = max(n, len(s.words), len(s.text)*longestWords/longestBytes)
		}
	}
	return n
}

// plainUnit is a change that no sentence shows.
func plainUnit(r judged) *unit {
	f := newFeatures()
	f.set("one")
	f.set("rule:", r.Rule)
	f.set("kind:surface")
	return &unit{reasons: []judged{r}, features: f.sorted(), proved: true}
}
