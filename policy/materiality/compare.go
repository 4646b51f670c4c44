package materiality

import (
	"slices"
	"strings"

	"github.com/codicil/codicil/policy"
)

// Licence names why a difference says nothing else.
type Licence string

// The licences. A difference that has none is one of substance until proved
// otherwise.
const (
	LicenceTypo      Licence = "typo"      // one of two words is a misspelling of the other
	LicenceForm      Licence = "form"      // another form of the same word: receive, received
	LicenceSynonym   Licence = "synonym"   // words of equal force
	LicenceSmall     Licence = "small"     // words that carry no rule: of, that, is
	LicenceOrder     Licence = "order"     // the same words in another order, where the order says nothing
	LicenceList      Licence = "list"      // the items of a list in another order
	LicenceVoice     Licence = "voice"     // active for passive with the same parties, or the other way round
	LicenceRename    Licence = "rename"    // a name or term that changed throughout
	LicenceReference Licence = "reference" // where in a text something is
	LicenceDate      Licence = "date"      // the day of an update
	LicenceAddress   Licence = "address"   // where somebody is found
	LicenceMask      Licence = "mask"      // an address that robots are not shown
)

// spanned is one difference between two sentences: a run of tokens that went
// and the run that came in its place.
type spanned struct {
	old, new       []token
	oldFrom, oldTo int // of the tokens of the old sentence
	newFrom, newTo int
	licence        Licence
}

// comparison is two sentences held against each other.
type comparison struct {
	old, new  []token
	spans     []*spanned
	exchanged bool // the same words are in another order, and the order says who does what
}

// unlicensed returns the differences that nothing explains.
func (c *comparison) unlicensed() []*spanned {
	var list []*spanned
	for _, s := range c.spans {
		if s.licence == "" {
			list = append(list, s)
		}
	}
	return list
}

// changed returns the tokens that differ, with and without a licence.
func (c *comparison) changed() (gone, come []token) {
	for _, s := range c.spans {
		gone, come = append(gone, s.old...), append(come, s.new...)
	}
	return gone, come
}

// unmatched returns the tokens without a licence on either side that have no like
// among those of the other.
func (c *comparison) unmatched() (gone, come []token) {
	for _, s := range c.unlicensed() {
		gone, come = append(gone, s.old...), append(come, s.new...)
	}
	return unmatched(gone, come, tokenKey)
}

// surgical reports whether few words were changed in a sentence that else stayed
// as it was.
func (c *comparison) surgical() bool {
	changed, open := 0, c.unlicensed()
	for _, s := range open {
		changed += len(s.old) + len(s.new)
	}
	return changed <= 8 && len(open) <= 3
}

// weighty reports whether a word on which rules turn, or a number with its
// unit, is among the differences that no licence covers.
func (c *comparison) weighty(p *passage) bool {
	for _, s := range c.unlicensed() {
		weighs := func(in *sentence) func(token) bool {
			heading := in.place.kind == policy.Heading
			return func(t token) bool {
				return t.weighty(heading) || isCountry(in.words, t.from) > 0 || legalForms[in.words[t.from].norm]
			}
		}
		if slices.ContainsFunc(lacking(s.old, s.new), weighs(p.old)) || slices.ContainsFunc(lacking(s.new, s.old), weighs(p.new)) {
			return true
		}
	}
	return false
}

// weighty reports whether a rule turns on a token. Some words only name what is below
// them where they stand in a heading.
func (t *token) weighty(heading bool) bool {
	switch {
	case t.num != nil:
		return t.num.kind != Number
	case heading && (naming[t.class] || t.class == "free" && !strings.Contains(t.key, "free")):
		return false
	}
	return classGroups[t.class] == "operator" || classGroups[t.class] == "standard"
}

// naming are the classes of these words.
var naming = wordSet("writing manner effort business before after")

// align holds the two sentences of a passage against each other.
func (j *judge) align(p *passage) {
	if p.old == nil || p.new == nil || j.language == nil && (p.rejoined || p.moved || p.limited) {
		return
	}
	c := &comparison{old: slices.Clone(j.read(p.old)), new: slices.Clone(j.read(p.new))}
	hunks, whole := align(c.old, c.new)
	if !whole {
		j.skip("A sentence was too long to be compared word by word: " + p.new.quote(0, 8) + " …")
	}
	for _, h := range hunks {
		c.spans = append(c.spans, &spanned{old: c.old[h.oldFrom:h.oldTo], new: c.new[h.newFrom:h.newTo],
			oldFrom: h.oldFrom, oldTo: h.oldTo, newFrom: h.newFrom, newTo: h.newTo})
	}
	p.held = c
}

// licenseAll finds the licences of all differences of a passage.
func (j *judge) licenseAll(p *passage) {
	c := p.held
	for _, s := range c.spans {
		s.licence = j.license(p, s)
	}
	if c.doubleNegation() {
		for _, s := range c.unlicensed() {
			s.licence = LicenceSynonym
		}
	}
	if sameDays(p.old.words, p.new.words) {
		for _, s := range c.unlicensed() {
			if allTokens(s.old, isDateToken) && allTokens(s.new, isDateToken) {
				s.licence = LicenceForm
			}
		}
	}
	c.order(p)
}

// doubleNegation reports whether "not ... unless" gave way to "only if", or "not
// ... without" to "only with", or the other way round.
func (c *comparison) doubleNegation() bool {
	var gone, come []string
	for _, s := range c.unlicensed() {
		for _, t := range solid(s.old) {
			gone = append(gone, t.key)
		}
		for _, t := range solid(s.new) {
			come = append(come, t.key)
		}
	}
	slices.Sort(gone)
	slices.Sort(come)
	a, b := strings.Join(gone, " "), strings.Join(come, " ")
	return negatedTwice[a] != "" && negatedTwice[a] == b || negatedTwice[b] != "" && negatedTwice[b] == a
}

var negatedTwice = map[string]string{"not unless": "if only", "not without": "only"}

// license finds the licence of one difference by itself.
func (j *judge) license(p *passage, s *spanned) Licence {
	switch {
	case masks(p.old, s.old, p.new, s.new), masks(p.new, s.new, p.old, s.old):
		return LicenceMask
	case j.renamedSpan(p, s):
		return LicenceRename
	case allTokens(s.old, isDateToken) && allTokens(s.new, isDateToken) && datesText(p.old):
		return LicenceDate
	case allTokens(s.old, enumerates(p.old)) && allTokens(s.new, enumerates(p.new)):
		return LicenceReference
	case allTokens(s.old, isSmall) && allTokens(s.new, isSmall) && !crossed(s.old, s.new):
		return LicenceSmall
	case p.slipped(s):
		return LicenceTypo
	case dutiful(s.old, s.new, p.new), dutiful(s.new, s.old, p.old):
		return LicenceForm
	}
	if crossed(s.old, s.new) {
		return ""
	}
	if readdressed(p, s) {
		return LicenceAddress
	}
	if j.repointed(p, s) {
		return LicenceReference
	}
	old, new := slices.DeleteFunc(slices.Clone(s.old), isSmall), slices.DeleteFunc(slices.Clone(s.new), isSmall)
	if len(old) != len(new) {
		return ""
	}
	worst := LicenceSmall
	for i := range old {
		l := j.alike(p, old[i], new[i])
		if l == "" {
			return ""
		}
		worst = l
	}
	return worst
}

// crossed reports whether small words that say who acts and who is acted on gave way to
// others of them: a notice by and a notice to.
func crossed(gone, come []token) bool {
	for _, a := range gone {
		other, same := false, false
		for _, b := range come {
			other = other || sides[b.key]
			same = same || a.key == b.key || equalSides[a.key+" "+b.key]
		}
		if sides[a.key] && other && !same {
			return true
		}
	}
	return false
}

var (
	sides      = wordSet("by to from of for")
	equalSides = map[string]bool{"of for": true, "for of": true, "to for": true, "for to": true, "of from": true, "from of": true}
)

// slips are words that are written for one another by mistake only.
var slips = map[string]string{"form": "from", "there": "their", "loose": "lose", "principle": "principal", "then": "than", "compliment": "complement", "advise": "advice", "effect": "affect", "where": "were", "quiet": "quite"}

// slipped reports whether a difference is one word written for another that
// looks like it.
func (p *passage) slipped(s *spanned) bool {
	if len(s.old) != 1 || len(s.new) != 1 {
		return false
	}
	x, y := p.old.words[s.old[0].from].norm, p.new.words[s.new[0].from].norm
	return slips[x] == y || slips[y] == x
}

// dutiful reports whether all that came is a "shall" or "will" before a verb
// that bound its subject before: "The tenant pays" and "The tenant shall pay".
func dutiful(gone, come []token, s *sentence) bool {
	if len(gone) > 0 || len(come) != 1 || come[0].class != "must" && come[0].class != "will" || !duties[s.words[come[0].from].norm] {
		return false
	}
	for _, t := range s.tokens() {
		if t.from != come[0].from && (classGroups[t.class] == "operator" && t.class != "within" && t.class != "all") {
			return false
		}
	}
	return true
}

// alike finds the licence of one word for another.
func (j *judge) alike(p *passage, a, b token) Licence {
	if a.key == b.key {
		return LicenceForm
	}
	if (a.class == "must" || a.class == "will") && (b.class == "must" || b.class == "will") {
		if x, y := p.old.words[a.from].norm, p.new.words[b.from].norm; duties[x] && duties[y] {
			return LicenceSynonym
		}
	}
	if a.num != nil || b.num != nil || a.class == "date" || b.class == "date" {
		return ""
	}
	if a.to-a.from > 1 || b.to-b.from > 1 {
		return ""
	}
	x, y := &p.old.words[a.from], &p.new.words[b.from]
	if x.kind == address && y.kind == address {
		return LicenceAddress
	}
	if a.class != b.class {
		return ""
	}
	switch {
	case a.class == "" && isTypo(x.norm, y.norm):
		return LicenceTypo
	case x.stem == y.stem || a.class == "" && sameRoot(x.norm, y.norm):
		return LicenceForm
	case equalForce(x.norm, y.norm):
		return LicenceSynonym
	}
	return ""
}

// masks reports whether one side has the mask that robots are shown, and the other the
// address that readers are: it is the same.
func masks(a *sentence, mask []token, b *sentence, addresses []token) bool {
	is := func(s *sentence, as func(*word) bool) func(token) bool {
		return func(t token) bool { return as(&s.words[t.from]) }
	}
	return len(mask) > 0 && len(addresses) > 0 &&
		allTokens(mask, is(a, func(w *word) bool { return w.norm == masked })) &&
		allTokens(addresses, is(b, func(w *word) bool { return w.kind == address || w.norm == "mailto" }))
}

// sameRoot reports whether two words are forms of one, as a noun of its verb:
// failure and fails. Who does something is another word: payer and payment.
func sameRoot(a, b string) bool {
	x, y := rootOf(a), rootOf(b)
	return len(x) > 3 && x == y
}

func rootOf(w string) string {
	w = strip(w)
	for _, end := range []string{"ation", "ition", "tion", "ment", "ance", "ence", "ure", "al", "ion", "ing"} {
		if base, ok := strings.CutSuffix(w, end); ok && len(base) > 3 {
			return strings.TrimSuffix(base, "e")
		}
	}
	return strings.TrimSuffix(w, "e")
}

// duties are the modals that bind alike.
var duties = wordSet("shall must will")

func allTokens(list []token, is func(token) bool) bool {
	for _, t := range list {
		if !is(t) {
			return false
		}
	}
	return true
}

func isDateToken(t token) bool { return t.class == "date" || smallKeys[t.key] }

// smallKeys carry no rule of their own wherever they are.
var smallKeys = wordSet("that this be of it its do have there so also as and-so while to in at for with about by from on into")

func isSmall(t token) bool { return t.class == "" && smallKeys[t.key] }

// renamedSpan reports whether a difference is a name or term that changed
// throughout.
func (j *judge) renamedSpan(p *passage, s *spanned) bool {
	key, _ := swap(p, s)
	return key != "" && j.names[key] != ""
}
