package materiality

import (
	"slices"
	"strings"
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

// classed takes the numbers and the words of a class out of the differing tokens, and
// leaves the words that no list knows.
func (d *differences) classed() {
	d.pointing()
	d.renamed()
	d.oneOf()
	d.hours()
	is := func(_ *sentence, t token) bool { return t.num != nil }
	if gone, come := d.drop(is, is); len(gone)+len(come) > 0 {
		d.add(slices.Concat(gone, come)[0].num.kind, gone, come)
	}
	for _, f := range foreignShifts {
		is := ofClass(strings.Fields(f.classes)...)
		d.take(f.shift, is, is)
	}
}

// foreignPointers says which shift it is when words that only point somewhere
// gave way.
var foreignPointers = []struct {
	class string
	shift Shift
}{{"date", Dating}, {"address", Address}, {"document", Reference}, {"clause", Reference}, {"pointer", Pointer}, {"stamp", Dating}}

// pointing takes away what only points: dates, addresses, telephone numbers,
// the names of documents and the numbers of clauses.
func (d *differences) pointing() {
	for _, f := range foreignPointers {
		d.take(f.shift, ofClass(f.class), ofClass(f.class))
	}
	d.take(Reference, numbersClause(d.passage.held.old), numbersClause(d.passage.held.new))
}

// numbersClause tells the numbers of clauses: article 5, 8.3.4.
func numbersClause(list []token) telling {
	return func(s *sentence, t token) bool {
		if t.num == nil || t.num.unit != "" {
			return false
		}
		if text := s.quoteToken(t); strings.Count(text, ".") > 1 && !strings.Contains(text, "000") {
			return true
		}
		at := slices.IndexFunc(list, func(o token) bool { return o.from == t.from && o.key == t.key })
		return at > 0 && list[at-1].class == "clause"
	}
}

// oneOf takes away what is told by all that differs: a word that gave way to the same
// word, spelled otherwise, a "must" that says what its verb says by itself.
func (d *differences) oneOf() {
	shift := Shift("")
	switch gone, come := d.gone, d.come; {
	case len(gone) == 1 && len(come) == 1 && d.misspelt(gone[0], come[0]):
		shift = Typo
	case d.onlyDuty():
		shift = Synonym
	default:
		return
	}
	d.add(shift, d.gone, d.come)
	d.gone, d.come = nil, nil
}

// onlyDuty reports whether all that came or went is a "must" before a verb that says the
// duty by itself: the seller sends, the seller must send.
func (d *differences) onlyDuty() bool {
	is := func(t token) bool { return t.class == "must" }
	denies := func(t token) bool { return t.class == "not" } // "need not" is no "must not"
	a, b := omit(d.gone, is), omit(d.come, is)
	if len(a) == len(d.gone) && len(b) == len(d.come) || len(a) > 1 || len(a) != len(b) || slices.ContainsFunc(d.passage.held.old, denies) || slices.ContainsFunc(d.passage.held.new, denies) {
		return false
	}
	return len(a) == 0 || a[0].class+b[0].class == "" && sharedHead(d.passage.old.quoteToken(a[0]), d.passage.new.quoteToken(b[0])) >= 4
}

// sharedHead returns how many letters two words begin with alike.
func sharedHead(a, b string) int {
	return commonHead([]rune(strings.ToLower(a)), []rune(strings.ToLower(b)))
}

// hours takes away days of the week and times of the day, where no payment,
// right or deadline hangs on them.
func (d *differences) hours() {
	is := func(_ *sentence, t token) bool { return t.class == "hours" || t.num != nil && t.num.unit == "clock" }
	if top := ranked(d.foreignScores(nil, d.passage.new)); len(top) > 0 && top[0].category != Service && top[0].category != Conduct && top[0].score >= 2 {
		return
	}
	told := len(d.list)
	if d.take(Hours, is, is); len(d.list) > told {
		d.drop(ofClass("or"), ofClass("or"))
	}
}

// unknown judges what is left: words that no list knows.
func (d *differences) unknown() {
	surprising := func(t token) bool { return t.class == "sensitive" }
	joint := ofClass("or", "open")
	a, b := d.drop(joint, joint)
	switch {
	case len(d.gone)+len(d.come) == 0:
		if len(a)+len(b) > 0 && len(d.list) == 0 {
			d.add(Connective, a, b)
		}
	case slices.ContainsFunc(d.gone, surprising), slices.ContainsFunc(d.come, surprising):
		d.add(Rewording, d.gone, d.come)
	case d.afterOpen():
		d.add(Instance, d.gone, d.come)
	case d.grave():
	case !d.language.Full:
		d.add(Unread, d.gone, d.come)
	default:
		d.add(Rewording, d.gone, d.come)
	}
}

// grave reports whether something was found that decides by itself.
func (d *differences) grave() bool {
	return slices.ContainsFunc(d.list, func(f *found) bool {
		return f.shift != Dating && f.shift != Address && f.shift != Hours
	})
}

// misspelt reports whether one of two words is a misspelling of the other: one
// letter is another, too many or missing, or two changed places, in a long word; or they look alike, and one is in the texts at
// other places, too, while the other is nowhere else.
func (d *differences) misspelt(a, b token) bool {
	x, y := strings.ToLower(d.passage.old.quote(a.from, a.to)), strings.ToLower(d.passage.new.quote(b.from, b.to))
	switch {
	case strings.ContainsRune(x+y, utf8.RuneError):
		return true
	case a.class != "" && b.class != "" || a.to-a.from != 1 || b.to-b.from != 1 || reverses(x, y):
		return false
	}
	long := min(utf8.RuneCountInString(x), utf8.RuneCountInString(y))
	switch {
	case d.texts.inOld(y) > 0 && d.texts.inOld(x) == 1 && d.texts.inNew(x) == 0, d.texts.inNew(x) > 0 && d.texts.inNew(y) == 1 && d.texts.inOld(y) == 0:
		return long >= 5 && near(x, y) && a.class+b.class == ""
	case d.texts.inOld(y)+d.texts.inNew(x) > 0:
		return false
	}
	return long >= 7 && distance(x, y) == 1
}

// afterOpen reports whether words were put behind what opens a list of
// examples in the same sentence: such as.
func (d *differences) afterOpen() bool {
	if len(d.come) == 0 {
		return false
	}
	at := slices.IndexFunc(d.passage.held.new, func(t token) bool { return t.class == "open" })
	return at >= 0 && d.passage.held.new[at].to <= d.come[0].from
}

// renamed takes away the names and terms that gave way to others wherever they
// were in the document, and occurred more than once.
func (d *differences) renamed() {
	plain := func(list []token) bool {
		return len(list) > 0 && len(list) <= 8 && !slices.ContainsFunc(list, func(t token) bool { return t.class != "" && t.class != "role" })
	}
	for _, s := range d.passage.held.spans {
		if !plain(s.old) || !plain(s.new) {
			continue
		}
		in := func(of []token) telling {
			return func(_ *sentence, t token) bool { return t.from >= of[0].from && t.to <= of[len(of)-1].to }
		}
		if d.texts.renamed(d.passage.old.quote(s.old[0].from, s.old[len(s.old)-1].to), d.passage.new.quote(s.new[0].from, s.new[len(s.new)-1].to)) {
			d.take(Term, in(s.old), in(s.new))
		}
	}
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

func omit(list []token, is func(token) bool) []token {
	return slices.DeleteFunc(slices.Clone(list), is)
}
