package materiality

import (
	"slices"
	"strings"
	"unicode/utf8"

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
	case s.place.item && len(tokens) <= itemWords && isOpenIn(j, s.place.lead):
		shift = Instance
	case !j.language.Full && !s.place.cell:
		shift = Unread
	case !slices.ContainsFunc(tokens, func(t token) bool { return bindingClasses[t.Class] }) && len(j.language.Topics(s.text)) == 0:
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

// isStamp reports whether a sentence only tells when the text was changed.
func isStamp(list []token) bool {
	stamp := false
	for i := range list {
		stamp = stamp || list[i].Class == "stamp"
	}
	date := slices.ContainsFunc(list, func(t token) bool { return t.Class == "date" || t.Class == "num" })
	return date && (stamp && len(list) <= 6 || len(list) == 1 && list[0].Class == "date")
}

func isOpenIn(j *judge, lead string) bool {
	return slices.ContainsFunc(j.language.Read(lead), func(t languages.Token) bool { return t.Class == "open" })
}

// foreignChange is a sentence that changed, taken apart by its lexicon.
type foreignChange struct {
	*judge
	passage  *passage
	old, new []token
	spans    []foreignSpan
	list     []*found
}

// foreignSpan is a run of tokens that went, and the run that came in its place.
type foreignSpan struct {
	old, new       []token
	oldFrom, oldTo int
	newFrom, newTo int
}

// align finds the runs that differ.
func (c *foreignChange) align() {
	keys := func(list []token) []word {
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
func (c *foreignChange) differing() (gone, come []token) {
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

// exchanged reports whether two parties stand in each other's place, and all
// else where it stood.
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

func parties(list []token) []string {
	var out []string
	for _, t := range list {
		if isPartyToken(t) {
			out = append(out, t.Key)
		}
	}
	return out
}

func isPartyToken(t token) bool {
	return t.Class == "us" || t.Class == "you" || t.Class == "role" || t.Class == "third"
}

// foreignShifts says which shift it is when a word of a class came, went or
// gave way, the surest first.
var foreignShifts = []struct {
	classes string
	shift   Shift
}{
	{"not", Negation},
	{"may must should will", Modal},
	{"only all some either bound", Quantifier},
	{"if unless before after until within", Condition},
	{"effort grade right manner free writing default discretion us you role third other", Rewording},
}

// classed takes the numbers and the words of a class out of the differing
// tokens, and returns what is left: words that no list knows.
func (c *foreignChange) classed(gone, come []token) (restGone, restCome []token) {
	gone, come = c.renames(gone, come)
	gone, come = c.channel(gone, come)
	gone, come = c.typos(gone, come)
	gone, come = c.duties(gone, come)
	gone, come = c.hours(gone, come)
	gone, come = c.numbers(gone, come)
	for _, f := range foreignShifts {
		in := wordSet(f.classes)
		is := func(t token) bool { return in[t.Class] }
		if slices.ContainsFunc(gone, is) || slices.ContainsFunc(come, is) {
			c.list = append(c.list, c.found(f.shift, pick(gone, is), pick(come, is)))
		}
		gone, come = omit(gone, is), omit(come, is)
	}
	for _, class := range []string{"date", "address"} {
		is := func(t token) bool { return t.Class == class }
		if slices.ContainsFunc(gone, is) || slices.ContainsFunc(come, is) {
			shift := Dating
			if class == "address" {
				shift = Address
			}
			c.list = append(c.list, c.found(shift, pick(gone, is), pick(come, is)))
		}
		gone, come = omit(gone, is), omit(come, is)
	}
	return gone, come
}

// channel takes away a way to write or call that was put beside others.
func (c *foreignChange) channel(gone, come []token) (restGone, restCome []token) {
	only := func(list []token) bool {
		way := false
		for _, t := range list {
			way = way || t.Class == "channel" || t.Class == "writing"
			if t.Class != "channel" && t.Class != "writing" && t.Class != "or" {
				return false
			}
		}
		return way
	}
	switch {
	case len(gone) == 0 && only(come), len(come) == 0 && only(gone):
		c.list = append(c.list, c.found(Channel, gone, come))
		return nil, nil
	}
	return gone, come
}

// typos takes away a word that gave way to the same word, spelled otherwise.
func (c *foreignChange) typos(gone, come []token) (restGone, restCome []token) {
	if len(gone) == 1 && len(come) == 1 && c.misspelt(gone[0], come[0]) {
		c.list = append(c.list, c.found(Typo, gone, come))
		return nil, nil
	}
	return gone, come
}

// duties takes away a "must" that came to, or left, a verb that says the duty
// by itself: the seller sends, the seller must send.
func (c *foreignChange) duties(gone, come []token) (restGone, restCome []token) {
	is := func(t token) bool { return t.Class == "must" }
	a, b := omit(gone, is), omit(come, is)
	if len(a) == len(gone) && len(b) == len(come) || len(a) > 1 || len(a) != len(b) || c.denies() {
		return gone, come
	}
	if len(a) == 1 && (a[0].Class+b[0].Class != "" || sharedHead(c.passage.old.quote(a[0].from, a[0].to), c.passage.new.quote(b[0].from, b[0].to)) < 4) {
		return gone, come
	}
	c.list = append(c.list, c.found(Synonym, gone, come))
	return nil, nil
}

// denies reports whether the sentence denies something: "need not" is no "must
// not".
func (c *foreignChange) denies() bool {
	is := func(t token) bool { return t.Class == "not" }
	return slices.ContainsFunc(c.old, is) || slices.ContainsFunc(c.new, is)
}

// sharedHead returns how many letters two words begin with alike.
func sharedHead(a, b string) int {
	x, y := []rune(strings.ToLower(a)), []rune(strings.ToLower(b))
	n := 0
	for n < len(x) && n < len(y) && x[n] == y[n] {
		n++
	}
	return n
}

// hours takes away days of the week and times of the day, where no payment,
// right or deadline hangs on them.
func (c *foreignChange) hours(gone, come []token) (restGone, restCome []token) {
	is := func(t token) bool { return t.Class == "hours" || t.Class == "num" && t.Unit == "clock" }
	a, b := pick(gone, is), pick(come, is)
	if len(a)+len(b) == 0 {
		return gone, come
	}
	if top := ranked(c.foreignScores(nil, c.passage.new)); len(top) > 0 && top[0].category != Service && top[0].category != Conduct && top[0].score >= 2 {
		return gone, come
	}
	c.list = append(c.list, c.found(Hours, a, b))
	is2 := func(t token) bool { return is(t) || t.Class == "or" }
	return omit(gone, is2), omit(come, is2)
}

// numbers takes the numbers away.
func (c *foreignChange) numbers(gone, come []token) (restGone, restCome []token) {
	is := func(t token) bool { return t.Class == "num" }
	a, b := pick(gone, is), pick(come, is)
	if len(a)+len(b) > 0 {
		one := append(slices.Clone(a), b...)[0]
		c.list = append(c.list, c.found(c.measured(one), a, b))
	}
	return omit(gone, is), omit(come, is)
}

// measured says what kind of number a token is.
func (c *foreignChange) measured(t token) Shift {
	switch t.Unit {
	case "":
		return Number
	case "s", "month", "business day", "night":
		return Period
	case "%":
		return Percentage
	case "age":
		return Age
	}
	if len(t.Unit) == 3 {
		return Amount
	}
	return Number
}

// rest judges what is left: words that no list knows.
func (c *foreignChange) rest(gone, come []token) {
	if len(gone)+len(come) == 0 {
		return
	}
	is := func(t token) bool { return t.Class == "or" || t.Class == "open" }
	if len(omit(gone, is))+len(omit(come, is)) == 0 {
		if a, b := pick(gone, is), pick(come, is); len(a)+len(b) > 0 && len(c.list) == 0 {
			c.list = append(c.list, c.found(Connective, a, b))
		}
		return
	}
	surprising := func(t token) bool { return t.Class == "sensitive" }
	example := slices.ContainsFunc(gone, func(t token) bool { return t.Class == "open" }) || slices.ContainsFunc(come, func(t token) bool { return t.Class == "open" })
	gone, come = omit(gone, is), omit(come, is)
	switch {
	case slices.ContainsFunc(gone, surprising), slices.ContainsFunc(come, surprising):
		c.list = append(c.list, c.found(Rewording, gone, come))
	case example, c.inOpenList(), c.afterOpen(come):
		c.list = append(c.list, c.found(Instance, gone, come))
	case len(c.list) > 0 && c.grave():
	case !c.language.Full:
		c.list = append(c.list, c.found(Unread, gone, come))
	default:
		c.list = append(c.list, c.found(Rewording, gone, come))
	}
}

// grave reports whether something was found that decides by itself.
func (c *foreignChange) grave() bool {
	return slices.ContainsFunc(c.list, func(f *found) bool {
		return f.shift != Dating && f.shift != Address && f.shift != Channel && f.shift != Hours
	})
}

// misspelt reports whether one of two words is a misspelling of the other: one
// letter is another, too many or missing, or two changed places, in a word that
// is long enough for that; and no list knows both.
func (c *foreignChange) misspelt(a, b token) bool {
	x, y := strings.ToLower(c.passage.old.quote(a.from, a.to)), strings.ToLower(c.passage.new.quote(b.from, b.to))
	if a.Class != "" && b.Class != "" || a.to-a.from != 1 || b.to-b.from != 1 || reverses(x, y) || c.texts.inOld(y)+c.texts.inNew(x) > 0 {
		return false
	}
	long := min(utf8.RuneCountInString(x), utf8.RuneCountInString(y))
	return long >= 7 && distance(x, y) == 1 || long >= 5 && x != y && sorted(x) == sorted(y) && distance(x, y) == 1
}

func sorted(s string) string {
	runes := []rune(s)
	slices.Sort(runes)
	return string(runes)
}

// inOpenList reports whether the sentence is an item of a list of examples.
func (c *foreignChange) inOpenList() bool {
	return c.passage.new.place.item && isOpenIn(c.judge, c.passage.new.place.lead)
}

// afterOpen reports whether words were put behind what opens a list of
// examples in the same sentence: such as.
func (c *foreignChange) afterOpen(come []token) bool {
	if len(come) == 0 {
		return false
	}
	at := slices.IndexFunc(c.new, func(t token) bool { return t.Class == "open" })
	return at >= 0 && c.new[at].to <= come[0].from
}

// renames takes away the names and terms that gave way to others wherever they
// stood in the document, and stood more than once.
func (c *foreignChange) renames(gone, come []token) (restGone, restCome []token) {
	plain := func(list []token) bool {
		return len(list) > 0 && len(list) <= 8 && !slices.ContainsFunc(list, func(t token) bool { return t.Class != "" && t.Class != "role" })
	}
	for _, s := range c.spans {
		if !plain(s.old) || !plain(s.new) {
			continue
		}
		old, new := c.passage.old.text[s.old[0].Start:s.old[len(s.old)-1].End], c.passage.new.text[s.new[0].Start:s.new[len(s.new)-1].End]
		if !c.texts.renamed(old, new) {
			continue
		}
		in := func(of []token) func(token) bool {
			return func(t token) bool { return t.Start >= of[0].Start && t.End <= of[len(of)-1].End }
		}
		c.list = append(c.list, c.found(Term, s.old, s.new))
		gone, come = omit(gone, in(s.old)), omit(come, in(s.new))
	}
	return gone, come
}

// renamed reports whether words stand more than once in the old document and no
// longer in the new one, where others stand as often.
func (t *texts) renamed(old, new string) bool {
	if t.redline.Old == nil || t.redline.New == nil {
		return false
	}
	n := countIn(t.redline.Old, old)
	return n > 1 && countIn(t.redline.New, old) == 0 && countIn(t.redline.Old, new) == 0 && countIn(t.redline.New, new) == n
}

// countIn returns how often words stand in a document, capitals apart.
func countIn(d *policy.Document, words string) int {
	n := 0
	for _, b := range d.Blocks {
		n += strings.Count(strings.ToLower(b.Text()), strings.ToLower(words))
	}
	return n
}

func pick(list []token, is func(token) bool) []token {
	return slices.DeleteFunc(slices.Clone(list), func(t token) bool { return !is(t) })
}

func omit(list []token, is func(token) bool) []token {
	return slices.DeleteFunc(slices.Clone(list), is)
}

// found makes a shift of changed tokens.
func (c *foreignChange) found(s Shift, gone, come []token) *found {
	f := c.judge.found(c.passage, s, changesOf(c.passage.old, gone), changesOf(c.passage.new, come))
	if unplaced, turns := turningShifts[s]; turns && len(c.foreignScores(f.subject, c.passage.new)) == 0 {
		f.shift = unplaced
	}
	return f
}

// turningShifts says what a shift is when it is not known what the sentence is
// about.
var turningShifts = map[Shift]Shift{Negation: Unplaced, Modal: Unplaced, Quantifier: Unplaced, Condition: Unplaced, Connective: Unplaced,
	Period: Unplaced, Amount: Unplaced, Percentage: Unplaced, Age: Unplaced, Number: Unread, Rewording: Unread}

func changesOf(s *sentence, list []token) []change {
	var out []change
	for _, t := range list {
		for i := t.from; i < t.to; i++ {
			if n := len(out); n == 0 || out[n-1].at < i {
				out = append(out, change{i, &s.words[i]})
			}
		}
	}
	return out
}
