package materiality

import (
	"slices"
	"strings"
)

// part is what a word does in its clause: "We (who) may (how far) give (does)
// your address (what) to couriers (whom) within two days (when) if you ask (if)".
type part string

// The parts of a clause.
const (
	partWho  part = "who"      // acts, or has the right or duty
	partFar  part = "how far"  // a modal verb, a negation
	partDoes part = "does"     // the verb
	partWhat part = "what"     // what is done something with
	partWhom part = "whom"     // to or with whom
	partWhy  part = "why"      // for what
	partWhen part = "when"     // a time, or a length of time
	partIf   part = "if"       // a condition or an exception
	partMuch part = "how much" // a number or a word that says how many
	partHow  part = "how"      // an adverb, a standard
)

// parser reads the parts of the clauses of one sentence from left to right.
type parser struct {
	s    *sentence
	list []token
	now  part // the part that a word has which tells of none by itself
	verb bool // the clause has its verb
}

// partsOf tells the part of each token of a sentence. It is a light reading: a
// party before the verb acts, what stands behind it is acted on, prepositions
// and conjunctions open the other parts.
func partsOf(s *sentence) []part {
	p := &parser{s: s, list: s.tokens(), now: partWho}
	out := make([]part, len(p.list))
	for i := range p.list {
		if i > 0 && strings.ContainsAny(s.between(p.list[i-1].to-1, p.list[i].from), ",;:") {
			p.comma(i)
		}
		out[i] = p.at(i)
	}
	return out
}

// comma ends a condition or a time that opened the sentence, and lets a party
// open a clause of its own.
func (p *parser) comma(i int) {
	opening := !p.verb && (p.now == partIf || p.now == partWhen || p.now == partWhy)
	if opening || p.now == partIf && isActor(p.list[i]) {
		p.now, p.verb = partWho, false
	}
}

// at reads one token.
func (p *parser) at(i int) part {
	t := &p.list[i]
	switch t.class {
	case "if", "unless", "despite", "subject":
		p.now = partIf
		return partIf
	case "before", "after", "until", "within":
		if p.now != partIf {
			p.now = partWhen
		}
		return partWhen
	case "may", "must", "will", "should", "not":
		return partFar
	case "only", "all", "some", "either", "bound":
		return partMuch
	case "effort", "know", "grade", "right", "manner", "free", "writing", "default", "discretion", "business":
		return partHow
	case "num", "date", "clock":
		return p.number(t)
	}
	return p.word(i)
}

func (p *parser) number(t *token) part {
	if t.num == nil || t.num.kind == Period {
		return partWhen
	}
	return partMuch
}

// word reads a token that is of no class, a party or a conjunction.
func (p *parser) word(i int) part {
	t := &p.list[i]
	if p.now == partIf {
		return partIf
	}
	switch {
	case (t.class == "and" || t.class == "or") && i+1 < len(p.list) && isActor(p.list[i+1]) && p.verb && p.bindsBehind(i+1):
		p.now, p.verb = partWho, false // "and you may ..."
		return partWho
	case p.now == partWho && p.isVerb(i):
		p.now, p.verb = partWhat, true
		return partDoes
	case p.verb:
		p.open(i)
	}
	return p.now
}

// open lets a preposition open what stands behind it.
func (p *parser) open(i int) {
	switch p.list[i].key {
	case "to", "with", "from", "by":
		p.now = partWhom
		if p.list[i].key == "to" && i+1 < len(p.list) && p.verbal(i+1) {
			p.now = partWhy
		}
	case "for", "because":
		p.now = partWhy
	case "during", "while":
		p.now = partWhen
	}
}

// bindsBehind reports whether a modal or a verb follows the party at i.
func (p *parser) bindsBehind(i int) bool {
	return i+1 < len(p.list) && (slices.Contains([]string{"may", "must", "will", "should", "not"}, p.list[i+1].class) || p.verbal(i+1))
}

// isVerb reports whether the token at i is the verb of the clause: it can be one
// and follows a modal, a party or an adverb.
func (p *parser) isVerb(i int) bool {
	if i == 0 || !p.verbal(i) {
		return false
	}
	switch before := &p.list[i-1]; before.class {
	case "may", "must", "will", "should", "not", "us", "you", "role", "third", "manner":
		return !isNoun(p.s.words, p.list[i].from) || before.class != "us" && before.class != "you"
	}
	return p.list[i-1].key == "be" || p.list[i-1].key == "to" || acts[p.s.words[p.list[i].from].stem]
}

// verbal reports whether the word of a token is used as a verb.
func (p *parser) verbal(i int) bool {
	w := &p.s.words[p.list[i].from]
	return acts[w.stem] || obliging[w.stem] || strings.HasPrefix(fieldOf(w.norm), "verb.")
}

func isActor(t token) bool {
	return t.class == "us" || t.class == "you" || t.class == "role" || t.class == "third"
}

// partNames say for a sentence which part changed.
var partNames = map[part]string{
	partWho: "who acts or is bound", partFar: "how far it binds", partDoes: "what is done", partWhat: "what it is done with", partWhom: "to, with or by whom",
	partWhy: "the purpose", partWhen: "the time", partIf: "the condition", partMuch: "how much it covers", partHow: "how it is done",
}

// part names the part of a clause in which a change stands, "the wording" where
// it stands in several.
func (p *passage) part(f *found) string {
	if p.held == nil || len(f.subject) == 0 {
		return "the wording"
	}
	found := part("")
	for _, side := range []struct {
		s    *sentence
		spot func(*spanned) []token
	}{{p.old, func(s *spanned) []token { return s.old }}, {p.new, func(s *spanned) []token { return s.new }}} {
		parts := partsOf(side.s)
		for _, d := range p.held.unlicensed() {
			for _, t := range side.spot(d) {
				at := slices.IndexFunc(side.s.tokens(), func(o token) bool { return o.from == t.from })
				if isSmall(t) || at < 0 || !f.holds(side.s, t) {
					continue
				}
				if found != "" && found != parts[at] {
					return "the wording"
				}
				found = parts[at]
			}
		}
	}
	if found == "" {
		return "the wording"
	}
	return partNames[found]
}

// holds reports whether a token is among the changed words of a shift.
func (f *found) holds(s *sentence, t token) bool {
	return slices.ContainsFunc(f.subject, func(w word) bool { return w.start == s.words[t.from].start && w.norm == s.words[t.from].norm })
}
