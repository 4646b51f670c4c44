package materiality

import (
	"slices"
	"strings"
)

// order looks at what only is in another place of the sentence.
func (c *comparison) order(p *passage) {
	open := c.unlicensed()
	var gone, come []token
	for _, s := range open {
		gone, come = append(gone, solid(s.old)...), append(come, solid(s.new)...)
	}
	if restGone, restCome := unmatched(gone, come, tokenKey); len(gone) == 0 || len(restGone)+len(restCome) > 0 {
		return
	}
	licence := Licence("")
	switch {
	case c.fronted(p), c.strayed(p):
		licence = LicenceOrder
	case c.samePassive():
		licence = LicenceVoice
	case c.sameList(p):
		licence = LicenceList
	}
	if licence == "" {
		c.exchanged = true
		return
	}
	for _, s := range open {
		s.licence = licence
	}
}

// fronted reports whether all that moved is one phrase that begins with a
// preposition or a conjunction and opens the sentence on one side: "Within 30
// days, we pay" for "We pay within 30 days".
func (c *comparison) fronted(p *passage) bool {
	return frontOf(p.old, c.old, c.new) || frontOf(p.new, c.new, c.old)
}

func frontOf(s *sentence, list, other []token) bool {
	if !leads[s.words[0].norm] && !manner(s.words[0].norm) {
		return false
	}
	for n := 1; n < len(list); n++ {
		if strings.Contains(s.between(list[n-1].to-1, list[n].from), ",") && frontedBy(list, other, n) {
			return !among(other, list[:n])
		}
	}
	return false
}

// among reports whether a phrase stands between the parts of a sentence that "and" or
// "or" joins: it is about the last of them there, and about all at the head.
func among(list, phrase []token) bool {
	at := indexOfRun(list, phrase)
	return at > 0 && at+len(phrase) < len(list) && slices.ContainsFunc(list[:at], func(t token) bool { return t.class == "and" || t.class == "or" })
}

// frontedBy reports whether the other sentence has the first n tokens elsewhere,
// in one piece, and else says the same.
func frontedBy(list, other []token, n int) bool {
	at := indexOfRun(other, list[:n])
	if at < 0 {
		return false
	}
	rest := slices.Concat(list[n:], list[:n])
	moved := slices.Concat(other[at:at+n], other[:at], other[at+n:])
	return slices.EqualFunc(solid(moved), solid(list), sameKey) || slices.EqualFunc(solid(rest), solid(other), sameKey)
}

func sameKey(a, b token) bool { return a.key == b.key }

// solid leaves out the words that carry no rule.
func solid(list []token) []token { return slices.DeleteFunc(slices.Clone(list), isSmall) }

// indexOfRun returns where a run of tokens is in a list, -1 for nowhere.
func indexOfRun(list, run []token) int {
	for i := 0; i+len(run) <= len(list); i++ {
		if slices.EqualFunc(list[i:i+len(run)], run, sameKey) {
			return i
		}
	}
	return -1
}

// leads are the words with which a phrase begins that may be first or last.
var leads = wordSet("without within on at in after before if unless when where until for by from during upon once while because as with without under except to every each following prior")

// strayed reports whether one phrase that says how, when or under what condition
// is elsewhere in the sentence, in the same words, within the same "and"s and
// "or"s.
func (c *comparison) strayed(p *passage) bool {
	open := c.unlicensed()
	if len(open) != 2 {
		return false
	}
	from, to := open[0], open[1]
	if len(from.old) == 0 {
		from, to = to, from
	}
	if len(from.new) > 0 || len(to.old) > 0 || !slices.EqualFunc(from.old, to.new, sameKey) {
		return false
	}
	passed := c.old[min(from.oldFrom, to.oldFrom):max(from.oldFrom, to.oldTo)]
	if head := p.old.words[from.old[0].from].norm; !leads[head] && !wandering[head] && (len(from.old) > 1 || !manner(head) && !c.beside(passed, from.oldTo == len(c.old) || to.newTo == len(c.new))) {
		return false
	}
	return !slices.ContainsFunc(passed, func(t token) bool {
		return !slices.ContainsFunc(from.old, func(m token) bool { return m.from == t.from }) && (t.class == "and" || t.class == "or")
	})
}

// beside reports whether an "only" went past no more than what it limits: from behind a
// name at the end to before it, or to the other side of a verb.
func (c *comparison) beside(passed []token, last bool) bool {
	at := passed[0].from
	first := slices.IndexFunc(c.old, func(t token) bool { return t.from == at })
	modal := first > 0 && modalClasses[c.old[first-1].class]
	return last && len(passed) <= 3 || modal && len(solid(passed)) <= 2
}

var modalClasses = wordSet("may must will")

// manner reports whether an adverb says how something is done, wherever it stands. What
// limits a sentence limits what it stands beside.
func manner(norm string) bool {
	return strings.HasSuffix(norm, "ly") && classOf[norm] != "only"
}

// wandering are adverbs that may be before or behind a verb.
var wandering = wordSet("here there today also then however normally usually still now too therefore instead always")

// samePassive reports whether the sentence was turned from active to passive
// or back, with the same party acting: what is behind "by" in the one
// is before the verb in the other.
func (c *comparison) samePassive() bool {
	return passiveOf(c.old, c.new) || passiveOf(c.new, c.old)
}

func passiveOf(active, passive []token) bool {
	head, tail := commonEnds(active, passive)
	if slices.ContainsFunc(active[head:len(active)-tail], func(t token) bool { return t.key == "by" }) {
		return false
	}
	for i, t := range passive {
		if t.key != "by" || i == 0 || i+1 >= len(passive) {
			continue
		}
		agent := indexOfRun(active, passive[i+1:i+2])
		if agent < 0 || agent > 0 && active[agent-1].key == "by" {
			continue
		}
		return !slices.ContainsFunc(passive[:i], func(t token) bool {
			at := indexOfRun(active, []token{t})
			return at >= 0 && at < agent && (t.from == passive[0].from || t.isParty()) && !leads[t.key]
		})
	}
	return false
}

// sameList reports whether the items between the same commas, "and"s and "or"s
// were put in another order.
func (c *comparison) sameList(p *passage) bool {
	if ranks(c.old) {
		return false
	}
	head, tail := commonEnds(c.old, c.new)
	for head > 0 && (c.old[head-1].class == "you" || c.old[head-1].class == "us" || isSmall(c.old[head-1])) {
		head-- // "your name and your address"
	}
	if slices.ContainsFunc(c.old[head:len(c.old)-tail], func(t token) bool { return strongConditions[t.class] || t.class == "if" || t.class == "only" }) {
		return false // it holds of what it stands beside
	}
	a, b := itemsOf(p.old, c.old[head:len(c.old)-tail]), itemsOf(p.new, c.new[head:len(c.new)-tail])
	if len(a) < 2 || len(a) != len(b) {
		return false
	}
	if slices.ContainsFunc(a, isPhrase) && slices.ContainsFunc(a, func(item string) bool { return !isPhrase(item) }) {
		return false // "on request" is about what it stands beside
	}
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(a, b)
}

// isPhrase reports whether an item says when, where or under what condition.
func isPhrase(item string) bool {
	first, rest, _ := strings.Cut(item, " ")
	return rest != "" && conditional[first]
}

var conditional = wordSet("with without if unless when whenever where until upon under except after before within once")

// commonEnds returns how many tokens two sentences have in common at their heads and ends.
func commonEnds(a, b []token) (head, tail int) {
	for head < min(len(a), len(b)) && a[head].key == b[head].key {
		head++
	}
	for tail < min(len(a), len(b))-head && a[len(a)-1-tail].key == b[len(b)-1-tail].key {
		tail++
	}
	return head, tail
}

// ranks reports whether a sentence says that the order of its items counts.
func ranks(list []token) bool {
	return slices.ContainsFunc(list, func(t token) bool { return ranking[t.key] || t.class == "before" || t.class == "after" })
}

var ranking = stems("order precedence prevail prevails priority rank ranking first second third then sequence hierarchy highest next last")

// itemsOf splits a sentence at its commas and conjunctions.
func itemsOf(s *sentence, list []token) []string {
	var items []string
	var open []string
	flush := func() {
		if len(open) > 0 {
			items = append(items, strings.Join(open, " "))
		}
		open = nil
	}
	for i, t := range list {
		if t.class == "and" || t.class == "or" {
			flush()
			continue
		}
		open = append(open, t.key)
		if i+1 < len(list) && strings.ContainsAny(s.between(t.to-1, list[i+1].from), ",;:") {
			flush()
		}
	}
	flush()
	return items
}
