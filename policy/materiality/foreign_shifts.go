package materiality

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/codicil/codicil/policy"
)

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
func (c *foreignChange) classed(gone, come []foreignToken) (restGone, restCome []foreignToken) {
	gone, come = c.pointing(gone, come)
	gone, come = c.renames(gone, come)
	gone, come = c.channel(gone, come)
	gone, come = c.typos(gone, come)
	gone, come = c.duties(gone, come)
	gone, come = c.hours(gone, come)
	gone, come = c.numbers(gone, come)
	for _, f := range foreignShifts {
		in := wordSet(f.classes)
		is := func(t foreignToken) bool { return in[t.Class] }
		if slices.ContainsFunc(gone, is) || slices.ContainsFunc(come, is) {
			c.list = append(c.list, c.found(f.shift, pick(gone, is), pick(come, is)))
		}
		gone, come = omit(gone, is), omit(come, is)
	}
	return gone, come
}

// foreignPointers says which shift it is when words that only point somewhere
// gave way.
var foreignPointers = []struct {
	class string
	shift Shift
}{{"date", Dating}, {"address", Address}, {"document", Reference}, {"clause", Reference}, {"pointer", Pointer}, {"stamp", Dating}}

// pointing takes away what only points: dates, addresses, telephone numbers,
// the names of documents and the numbers of clauses.
func (c *foreignChange) pointing(gone, come []foreignToken) (restGone, restCome []foreignToken) {
	take := func(shift Shift, inOld, inNew func(foreignToken) bool) {
		if slices.ContainsFunc(gone, inOld) || slices.ContainsFunc(come, inNew) {
			c.list = append(c.list, c.found(shift, pick(gone, inOld), pick(come, inNew)))
		}
		gone, come = omit(gone, inOld), omit(come, inNew)
	}
	for _, f := range foreignPointers {
		is := func(t foreignToken) bool { return t.Class == f.class }
		take(f.shift, is, is)
	}
	numbers := func(s *sentence, list []foreignToken) func(foreignToken) bool {
		return func(t foreignToken) bool { return isClauseNumber(s, list, t) }
	}
	take(Reference, numbers(c.passage.old, c.old), numbers(c.passage.new, c.new))
	calls := func(s *sentence) func(foreignToken) bool { return func(t foreignToken) bool { return isCode(s, t) } }
	take(Address, calls(c.passage.old), calls(c.passage.new))
	return gone, come
}

// isClauseNumber reports whether a number is that of a clause: article 5, 8.3.4.
func isClauseNumber(s *sentence, list []foreignToken, t foreignToken) bool {
	if t.Class != "num" || t.Unit != "" {
		return false
	}
	if strings.Count(s.text[t.Start:t.End], ".") > 1 && !strings.Contains(s.text[t.Start:t.End], "000") {
		return true
	}
	at := slices.IndexFunc(list, func(o foreignToken) bool { return o.Start == t.Start })
	return at > 0 && list[at-1].Class == "clause"
}

// isCode reports whether a number counts nothing: a telephone number, a
// postcode.
func isCode(s *sentence, t foreignToken) bool {
	if t.Class != "num" || t.Unit != "" {
		return false
	}
	digits := 0
	for _, r := range s.text[t.Start:t.End] {
		if unicode.IsDigit(r) {
			digits++
		}
	}
	plain := !strings.ContainsAny(s.text[t.Start:t.End], ".,")
	return plain && (digits >= 7 || digits > 3 && s.text[t.Start] == '0' || digits == 5 && !strings.Contains(s.text[t.Start:t.End], "00"))
}

// channel takes away a way to write or call that was put beside others.
func (c *foreignChange) channel(gone, come []foreignToken) (restGone, restCome []foreignToken) {
	only := func(list []foreignToken) bool {
		beside, way := false, false
		for _, t := range list {
			beside = beside || t.Class == "or" || t.Class == "channel"
			way = way || t.Class == "channel" || t.Class == "writing"
			if t.Class != "channel" && t.Class != "writing" && t.Class != "or" {
				return false
			}
		}
		return way && beside // "in writing" alone is a form that is demanded
	}
	switch {
	case len(gone) == 0 && only(come), len(come) == 0 && only(gone):
		c.list = append(c.list, c.found(Channel, gone, come))
		return nil, nil
	}
	return gone, come
}

// typos takes away a word that gave way to the same word, spelled otherwise.
func (c *foreignChange) typos(gone, come []foreignToken) (restGone, restCome []foreignToken) {
	if len(gone) == 1 && len(come) == 1 && c.misspelt(gone[0], come[0]) {
		c.list = append(c.list, c.found(Typo, gone, come))
		return nil, nil
	}
	return gone, come
}

// duties takes away a "must" that came to, or left, a verb that says the duty
// by itself: the seller sends, the seller must send.
func (c *foreignChange) duties(gone, come []foreignToken) (restGone, restCome []foreignToken) {
	is := func(t foreignToken) bool { return t.Class == "must" }
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
	is := func(t foreignToken) bool { return t.Class == "not" }
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
func (c *foreignChange) hours(gone, come []foreignToken) (restGone, restCome []foreignToken) {
	is := func(t foreignToken) bool { return t.Class == "hours" || t.Class == "num" && t.Unit == "clock" }
	a, b := pick(gone, is), pick(come, is)
	if len(a)+len(b) == 0 {
		return gone, come
	}
	if top := ranked(c.foreignScores(nil, c.passage.new)); len(top) > 0 && top[0].category != Service && top[0].category != Conduct && top[0].score >= 2 {
		return gone, come
	}
	c.list = append(c.list, c.found(Hours, a, b))
	is2 := func(t foreignToken) bool { return is(t) || t.Class == "or" }
	return omit(gone, is2), omit(come, is2)
}

// numbers takes the numbers away.
func (c *foreignChange) numbers(gone, come []foreignToken) (restGone, restCome []foreignToken) {
	is := func(t foreignToken) bool { return t.Class == "num" }
	a, b := pick(gone, is), pick(come, is)
	if len(a)+len(b) > 0 {
		one := append(slices.Clone(a), b...)[0]
		c.list = append(c.list, c.found(c.measured(one), a, b))
	}
	return omit(gone, is), omit(come, is)
}

// measured says what kind of number a foreignToken is.
func (c *foreignChange) measured(t foreignToken) Shift {
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
func (c *foreignChange) rest(gone, come []foreignToken) {
	if len(gone)+len(come) == 0 {
		return
	}
	is := func(t foreignToken) bool { return t.Class == "or" || t.Class == "open" }
	if len(omit(gone, is))+len(omit(come, is)) == 0 {
		if a, b := pick(gone, is), pick(come, is); len(a)+len(b) > 0 && len(c.list) == 0 {
			c.list = append(c.list, c.found(Connective, a, b))
		}
		return
	}
	surprising := func(t foreignToken) bool { return t.Class == "sensitive" }
	example := slices.ContainsFunc(gone, func(t foreignToken) bool { return t.Class == "open" }) || slices.ContainsFunc(come, func(t foreignToken) bool { return t.Class == "open" })
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
// is long enough for that; or they look alike, and one is in the texts at
// other places, too, while the other is nowhere else.
func (c *foreignChange) misspelt(a, b foreignToken) bool {
	x, y := strings.ToLower(c.passage.old.quote(a.from, a.to)), strings.ToLower(c.passage.new.quote(b.from, b.to))
	switch {
	case strings.ContainsRune(x+y, utf8.RuneError):
		return true
	case a.Class != "" && b.Class != "" || a.to-a.from != 1 || b.to-b.from != 1 || reverses(x, y):
		return false
	}
	long := min(utf8.RuneCountInString(x), utf8.RuneCountInString(y))
	switch {
	case c.texts.inOld(y) > 0 && c.texts.inOld(x) == 1 && c.texts.inNew(x) == 0, c.texts.inNew(x) > 0 && c.texts.inNew(y) == 1 && c.texts.inOld(y) == 0:
		return long >= 5 && near(x, y) && a.Class+b.Class == ""
	case c.texts.inOld(y)+c.texts.inNew(x) > 0:
		return false
	}
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
func (c *foreignChange) afterOpen(come []foreignToken) bool {
	if len(come) == 0 {
		return false
	}
	at := slices.IndexFunc(c.new, func(t foreignToken) bool { return t.Class == "open" })
	return at >= 0 && c.new[at].to <= come[0].from
}

// renames takes away the names and terms that gave way to others wherever they
// was in the document, and occurred more than once.
func (c *foreignChange) renames(gone, come []foreignToken) (restGone, restCome []foreignToken) {
	plain := func(list []foreignToken) bool {
		return len(list) > 0 && len(list) <= 8 && !slices.ContainsFunc(list, func(t foreignToken) bool { return t.Class != "" && t.Class != "role" })
	}
	for _, s := range c.spans {
		if !plain(s.old) || !plain(s.new) {
			continue
		}
		old, new := c.passage.old.text[s.old[0].Start:s.old[len(s.old)-1].End], c.passage.new.text[s.new[0].Start:s.new[len(s.new)-1].End]
		if !c.texts.renamed(old, new) {
			continue
		}
		in := func(of []foreignToken) func(foreignToken) bool {
			return func(t foreignToken) bool { return t.Start >= of[0].Start && t.End <= of[len(of)-1].End }
		}
		c.list = append(c.list, c.found(Term, s.old, s.new))
		gone, come = omit(gone, in(s.old)), omit(come, in(s.new))
	}
	return gone, come
}

// mostRenames is how often it is asked whether words gave way throughout: each
// time the whole texts are read.
const mostRenames = 100

// renamed reports whether words occur more than once in the old document and no
// longer in the new one, where others are as often.
func (t *texts) renamed(old, new string) bool {
	if t.renames++; t.renames > mostRenames || t.redline.Old == nil || t.redline.New == nil {
		return false
	}
	n := countIn(t.redline.Old, old)
	return n > 1 && countIn(t.redline.New, old) == 0 && countIn(t.redline.Old, new) == 0 && countIn(t.redline.New, new) == n
}

// countIn returns how often words are in a document, capitals apart.
func countIn(d *policy.Document, words string) int {
	n := 0
	for _, b := range d.Blocks {
		n += strings.Count(strings.ToLower(b.Text()), strings.ToLower(words))
	}
	return n
}

func omit(list []foreignToken, is func(foreignToken) bool) []foreignToken {
	return slices.DeleteFunc(slices.Clone(list), is)
}
