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
	j.names = j.renames(passages)
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
		for _, r := range surface(book, j.texts.redline) {
			out = append(out, plainUnit(r))
		}
	}
	return out
}

// mostJudged is how many changed sentences are judged one by one. Where more changed,
// it is another text, whatever else is in it.
const mostJudged = 10_000

// within leaves as many passages as are judged.
func (j *judge) within(passages []*passage) []*passage {
	if len(passages) <= mostJudged {
		return passages
	}
	j.tooMany = true
	j.skip(fmt.Sprintf("More than %d sentences changed: only so many of them were judged.", mostJudged))
	return passages[:mostJudged]
}

// plainUnit is a change that no sentence shows.
func plainUnit(r judged) *unit {
	f := features{}
	f.set("one")
	f.set("rule:", r.Rule)
	f.set("kind:surface")
	return &unit{reasons: []judged{r}, features: f.sorted(), proved: true}
}
